/// \file
/// The parameters that the model needs from a calibration, for every product or market.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"

namespace plimsoll {

struct MissingParameter {
  std::string what, hint;
};

/// Parameters that are missing, and those that nothing reads.
std::vector<MissingParameter> parameter_problems(const Calibration& calibration);

}  // namespace plimsoll
