/// \file
/// report.xlsx: a run, or several side by side, with one sheet for each table.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"
#include "outputs/run_folder.hpp"

namespace plimsoll {

struct WorkbookRun {
  const RunResults* results;
  const RunContext* context;
  std::string digest;  ///< of the tables
};

/// The file's bytes, a pure function of the runs and the language. `scratch`: a folder for temporary files, which go
/// again. \throws std::runtime_error when there is no room
std::string report_workbook(const std::vector<WorkbookRun>& runs, Language language, const std::string& scratch);

}  // namespace plimsoll
