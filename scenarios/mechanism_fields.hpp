/// \file
/// Fields of the mechanisms beside the drivers: front-loading and diversion.
#pragma once

#include "scenarios/fields.hpp"

namespace plimsoll {

Field front_loading_field();
Field diversion_field();

}  // namespace plimsoll
