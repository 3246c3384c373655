#include "scenarios/named_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include "scenarios/embedded.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& file, const std::string& what, const std::string& hint) {
  throw InputError(InputKind::scenario, {{Place{file}, "", what, "", hint}});
}

std::string hint_of(const std::string& what, const FileSort& sort) {
  std::vector<std::string> names;
  std::string all;
  for (const std::string& path : shipped_of_sort(sort)) {
    names.push_back(fs::path(path).stem());
    all += (all.empty() ? "" : ", ") + names.back();
  }
  const std::string near = nearest_name(fs::path(what).stem(), names);
  if (!near.empty()) return "did you mean '" + near + "'?";
  return "shipped " + sort.noun + "s: " + all;
}

}  // namespace

bool is_path(const std::string& what) {
  const std::string ending = fs::path(what).extension();
  return what.find('/') != std::string::npos || ending == ".yaml" || ending == ".yml";
}

bool is_of_sort(const std::string& what, const FileSort& sort) {
  if (!is_path(what))
    return !shipped_file("scenarios/library/" + what + ".yaml") &&
           shipped_file(sort.library + what + ".yaml").has_value();
  std::error_code error;
  if (!fs::is_regular_file(what, error) || fs::file_size(what, error) > kLargestNamedFile) return false;
  try {
    std::ifstream in(what, std::ios::binary);
    std::vector<Problem> ignored;
    return parse_yaml({std::istreambuf_iterator<char>(in), {}}, what, ignored).find(sort.key) != nullptr;
  } catch (const InputError&) {
    return false;  // whoever reads it says why
  }
}

std::vector<std::string> shipped_of_sort(const FileSort& sort) {
  std::vector<std::string> paths = shipped_files(sort.library);
  std::erase_if(paths, [](const std::string& path) { return fs::path(path).extension() != ".yaml"; });
  return paths;
}

std::string NamedFile::scenario_path(const std::string& what) const {
  if (!is_path(what) || ships || fs::path(what).is_absolute()) return what;
  const std::string path = (folder / what).lexically_normal().string();
  return path.find('/') == std::string::npos ? "./" + path : path;
}

NamedFile find_named_file(const std::string& what, const FileSort& sort) {
  if (!is_path(what)) {
    const std::optional<std::string> text = shipped_file(sort.library + what + ".yaml");
    std::error_code ignored;
    if (!text && shipped_file("scenarios/library/" + what + ".yaml"))
      refuse(what, "this is a scenario, not a " + sort.noun, "to simulate it: plimsoll run " + what);
    if (!text && fs::is_directory(what, ignored))
      refuse(what, what + " is a folder, not a " + sort.noun, "'plimsoll status " + what + "' says what it holds");
    if (!text) refuse(what, "there is no shipped " + sort.noun + " '" + what + "'", hint_of(what, sort));
    return {
        "shipped:" + fs::path(sort.library).parent_path().filename().string() + "/" + what + ".yaml", *text, true, {}};
  }
  std::error_code error;
  if (!fs::exists(what, error)) refuse(what, "there is no file " + what, hint_of(what, sort));
  if (fs::is_directory(what, error)) refuse(what, what + " is a folder", "name a " + sort.noun + " file");
  if (fs::file_size(what, error) > kLargestNamedFile)
    refuse(what, what + " is larger than 1 MiB", "a " + sort.noun + " is a few kilobytes");
  std::ifstream in(what, std::ios::binary);
  if (!in) refuse(what, "cannot read " + what + ": " + std::strerror(errno), "check its permissions");
  return {what, std::string(std::istreambuf_iterator<char>(in), {}), false, fs::path(what).parent_path()};
}

}  // namespace plimsoll
