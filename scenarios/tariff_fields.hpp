/// \file
/// Field of the tariff layers.
#pragma once

#include "scenarios/fields.hpp"

namespace plimsoll {

Field tariff_field();

}  // namespace plimsoll
