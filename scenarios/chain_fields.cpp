#include "scenarios/chain_fields.hpp"

namespace plimsoll {

using Type = Field::Type;

namespace {

/// Probabilities by state.
Field row(const std::string& name, const std::string& help) {
  return {.name = name,
          .type = Type::table,
          .help = help,
          .unit = "pct",
          .items = {{.name = "probability",
                     .type = Type::random,
                     .help = "probability; distributions count by their medians and every path rescales the row",
                     .unit = "pct",
                     .low = 0,
                     .high = 100}},
          .key_help = "a regime's name"};
}

}  // namespace

void add_chain_state(Field& state) {
  state.items.push_back(
      {.name = "duration_months",
       .type = Type::random,
       .help = "mean duration; it ends with probability 1/duration a month, to every other regime alike",
       .unit = "months",
       .low = 1,
       .high = 1200});
  state.items.push_back(
      row("next_pct", "instead of the duration: where it is a month later, itself included; adds up to 100"));
}

Field start_regime_field() {
  return {.name = "start_regime", .type = Type::text, .help = "the regime at as_of; this or start_pct"};
}

Field start_pct_field() { return row("start_pct", "probabilities of the regimes at as_of; add up to 100"); }

}  // namespace plimsoll
