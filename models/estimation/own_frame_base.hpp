/// \file
/// What a calibration of own data takes from its base: priors, drivers, tariffs, sets, as far as they fit the new
/// groups.
#pragma once

#include "models/estimation/own_frame.hpp"

namespace plimsoll {

/// Adds the tables that own data do not make to `frame`, and notes of what had to be left out.
void carry_base_tables(const OwnFrameInputs& inputs, const OwnHistory& history, OwnFrame& frame);

}  // namespace plimsoll
