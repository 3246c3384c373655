/// \file
/// Fields of the mechanisms beside the drivers: front-loading, diversion, generic shocks.
#pragma once

#include "scenarios/fields.hpp"

namespace plimsoll {

Field sets_field();
Field domestic_demand_field();
Field front_loading_field();
Field diversion_field();
Field elasticity_model_field();
Field shocks_field();

}  // namespace plimsoll
