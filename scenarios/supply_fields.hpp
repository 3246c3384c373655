/// \file
/// Fields of what supply can do: ceilings of capacity, foreign controls, buyers of computing beside the large ones.
#pragma once

#include "scenarios/fields.hpp"

namespace plimsoll {

Field supply_limits_field();
Field export_controls_field();
Field other_buyers_field();

}  // namespace plimsoll
