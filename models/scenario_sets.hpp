/// \file
/// A scenario's own sets beside those of the calibration.
#pragma once

#include "models/calibration.hpp"

namespace plimsoll {

/// The calibration with the scenario's sets after its own, so that everything that reads sets knows them.
Calibration with_sets(const Calibration& calibration, const std::vector<SetDefinition>& sets);

}  // namespace plimsoll
