/// \file
/// Fields of what is known or assumed beyond the calibration: observations of outputs, and pins of drivers.
#pragma once

#include "scenarios/fields.hpp"

namespace plimsoll {

Field observations_field();
Field pin_field();

}  // namespace plimsoll
