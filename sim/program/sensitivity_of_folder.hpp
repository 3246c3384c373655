/// \file
/// Sensitivity of what a folder already holds, without new runs: indices of a sweep's design, the tail of a run.
#pragma once

#include <string>

#include "sim/program/command_line.hpp"
#include "sim/sensitivity.hpp"

namespace plimsoll {

/// A question about a folder of results, and its answer.
struct FolderSensitivity {
  std::string name;  ///< of the sweep or scenario
  SensitivityResult result;
};

/// Whether the name is a folder of a sweep or of a run.
bool is_results_folder(const std::string& name);

/// A sweep: Sobol indices of saltelli, effects of morris. A run: what drivers add to the tail of total exports.
/// \throws InputError: usage for options that would need new runs and for other designs; data for what is not done
FolderSensitivity sensitivity_of_folder(const CommandLine& line, int threads);

}  // namespace plimsoll
