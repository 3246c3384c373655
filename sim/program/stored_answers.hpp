/// \file
/// The answers of a stored run, from the sums in its folder: no path is simulated again but those of a last part of a
/// statistics block, which no state holds.
#pragma once

#include <string>

#include "sim/program/stored_run.hpp"
#include "sim/results.hpp"

namespace plimsoll {

struct StoredAnswers {
  StoredRun stored;
  RunResults results;
  std::string digest;  ///< of the tables
};

/// \throws InputError: data when no path is done; incompatible as load_stored, and when the run is whole but the tables
/// are not those that its manifest vouches for
StoredAnswers stored_answers(const std::string& folder, int threads);

}  // namespace plimsoll
