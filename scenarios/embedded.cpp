#include "scenarios/embedded.hpp"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace plimsoll {

namespace {

/// One record of the table that cmake/EmbedFiles.cmake writes.
struct EmbeddedFile {
  const char* path;
  const char* begin;
  std::uint64_t size;
};

}  // namespace

extern "C" const EmbeddedFile plimsoll_shipped_table[];
extern "C" const std::uint64_t plimsoll_shipped_count;

namespace {

namespace fs = std::filesystem;

/// The folder that goes before what is embedded, or an empty path.
fs::path home() {
  const char* value = std::getenv("PLIMSOLL_HOME");
  return value == nullptr ? fs::path() : fs::path(value);
}

}  // namespace

std::optional<std::string> shipped_file(const std::string& path) {
  if (!home().empty()) {
    std::ifstream in(home() / path, std::ios::binary);
    if (in) return std::string(std::istreambuf_iterator<char>(in), {});
  }
  for (std::uint64_t k = 0; k < plimsoll_shipped_count; ++k) {
    const EmbeddedFile& file = plimsoll_shipped_table[k];
    if (path == file.path) return std::string(file.begin, file.size);
  }
  return std::nullopt;
}

std::vector<std::string> shipped_files(const std::string& prefix) {
  std::set<std::string> paths;
  for (std::uint64_t k = 0; k < plimsoll_shipped_count; ++k) {
    const std::string path = plimsoll_shipped_table[k].path;
    if (path.rfind(prefix, 0) == 0) paths.insert(path);
  }
  std::error_code error;
  const fs::path folder = home() / prefix;
  if (!home().empty() && fs::is_directory(folder, error)) {
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
      if (entry.is_regular_file()) paths.insert(fs::relative(entry.path(), home()).generic_string());
    }
  }
  return {paths.begin(), paths.end()};
}

}  // namespace plimsoll
