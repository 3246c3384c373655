/// \file
/// A user's own imports as the import tables of a calibration, before anything is estimated.
#pragma once

#include "models/estimation/own_frame.hpp"

namespace plimsoll {

/// Writes history, products, dates, priors and the plan of estimation of imports into `frame`, whose export tables
/// stand already. `imports` is over the window of `exports`; the base has import tables.
void write_own_imports(const OwnFrameInputs& inputs, const OwnHistory& exports, const OwnHistory& imports,
                       OwnFrame& frame);

/// The base's imports as they are, to be estimated again: of the same months, hanging on export products that are
/// there. Otherwise a note says why there are none. \return whether they were taken.
bool carry_base_imports(const OwnFrameInputs& inputs, const OwnHistory& exports, OwnFrame& frame);

}  // namespace plimsoll
