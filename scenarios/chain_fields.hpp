/// \file
/// Fields of a Markov chain: how a state ends, and the state at as_of.
#pragma once

#include "scenarios/fields.hpp"

namespace plimsoll {

/// Adds duration_months and next_pct to the fields of a state.
void add_chain_state(Field& state);
Field start_regime_field();
Field start_pct_field();

}  // namespace plimsoll
