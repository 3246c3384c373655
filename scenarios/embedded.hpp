/// \file
/// Files that ship with the program: read from PLIMSOLL_HOME when it has them, else from the binary itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll {

/// Text of a shipped file by its path in the source tree, e.g. `scenarios/library/base.yaml` or
/// `models/calibrations/china-2026-05/history.csv`; nullopt when none ships.
std::optional<std::string> shipped_file(const std::string& path);
/// Paths of the shipped files that start with `prefix`, sorted.
std::vector<std::string> shipped_files(const std::string& prefix);

}  // namespace plimsoll
