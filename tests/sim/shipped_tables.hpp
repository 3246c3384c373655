/// \file
/// The tables of a shipped calibration, for tests that change them.
#pragma once

#include "models/estimation/table_text.hpp"
#include "scenarios/embedded.hpp"

namespace plimsoll {

inline TableFiles shipped_tables(const std::string& calibration) {
  const std::string prefix = "models/calibrations/" + calibration + "/";
  TableFiles files;
  for (const std::string& path : shipped_files(prefix)) files[path.substr(prefix.size())] = shipped_file(path).value();
  return files;
}

}  // namespace plimsoll
