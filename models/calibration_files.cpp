#include "models/calibration_files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "models/calibration_reader.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

const std::string kShipped = "models/calibrations/";

bool is_table(const std::string& file) {
  return file.find('/') == std::string::npos && (file == "calibration.yaml" || file.ends_with(".csv"));
}

}  // namespace

std::map<std::string, std::string> calibration_files(const std::string& name, const std::string& folder) {
  std::map<std::string, std::string> files;
  const std::filesystem::path own = std::filesystem::path(folder) / name;
  std::error_code missing;
  if (!folder.empty() && !name.empty() && std::filesystem::is_directory(own, missing)) {
    for (const auto& entry : std::filesystem::directory_iterator(own)) {
      const std::string file = entry.path().filename();
      if (!is_table(file)) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      files[file] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return files;
  }
  const std::string prefix = kShipped + name + "/";
  for (const std::string& path : shipped_files(prefix)) {
    const std::string file = path.substr(prefix.size());
    if (is_table(file)) files[file] = shipped_file(path).value_or("");
  }
  return files;
}

std::string hash_of_files(const std::map<std::string, std::string>& files) {
  std::string all;
  for (const auto& [file, bytes] : files) all += file + "\n" + std::to_string(bytes.size()) + "\n" + bytes;
  return sha256_hex(all);
}

std::vector<std::string> shipped_calibrations() {
  std::vector<std::string> names;
  for (const std::string& path : shipped_files(kShipped)) {
    const std::size_t end = path.find('/', kShipped.size());
    if (end == std::string::npos) continue;
    const std::string name = path.substr(kShipped.size(), end - kShipped.size());
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return names;
}

}  // namespace plimsoll
