/// \file
/// Files that a command names: by path, or, of those that ship, by name.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace plimsoll {

inline constexpr std::size_t kLargestNamedFile = 1U << 20U;

/// A sort of files beside scenarios.
struct FileSort {
  std::string noun;     ///< suite
  std::string library;  ///< of those that ship: scenarios/library/suites/
  std::string key;      ///< that each has: plimsoll_stress
};

struct NamedFile {
  std::string label, text;  ///< as a place names it; what it holds
  bool ships = false;
  std::filesystem::path folder;  ///< of a file by path

  /// A scenario that the file names: its path starts at the file's folder.
  std::string scenario_path(const std::string& what) const;
};

/// True for a path, false for a name.
bool is_path(const std::string& what);
/// Whether `what` names such a file and no scenario.
bool is_of_sort(const std::string& what, const FileSort& sort);
/// Shipped files of the sort, as paths inside the program.
std::vector<std::string> shipped_of_sort(const FileSort& sort);

/// \throws InputError (scenario) when there is no such file, or none that can be read, with the nearest shipped name.
NamedFile find_named_file(const std::string& what, const FileSort& sort);

}  // namespace plimsoll
