#include "scenarios/tariff_fields.hpp"

#include "scenarios/chain_fields.hpp"

namespace plimsoll {

using Type = Field::Type;

Field tariff_field() {
  Field regime{.name = "regime",
               .type = Type::map,
               .help = "one regime",
               .items = {{.name = "change_pp",
                          .type = Type::random,
                          .help = "change of the average rate while it lasts, which stops at zero",
                          .unit = "pp",
                          .low = -100,
                          .high = 1000,
                          .required = true}}};
  add_chain_state(regime);
  Field layer{.name = "layer", .type = Type::map, .help = "one change of tariff"};
  layer.items = {{.name = "name", .type = Type::text, .help = "names the layer and its random draws", .required = true},
                 {.name = "market",
                  .type = Type::names,
                  .help = "the market that imposes it: an id or a set of markets",
                  .required = true},
                 {.name = "products",
                  .type = Type::names,
                  .help = "`all`, ids or sets; a set is covered by its weights",
                  .required = true},
                 {.name = "except", .type = Type::names, .help = "products taken out"},
                 {.name = "change_pp",
                  .type = Type::random,
                  .help = "change of the average rate, which stops at zero; this or regimes",
                  .unit = "pp",
                  .low = -100,
                  .high = 1000},
                 {.name = "regimes",
                  .type = Type::table,
                  .help = "instead: states such as truce, escalation and deal, two to eight, that follow one another "
                          "from as_of on",
                  .items = {regime},
                  .key_help = "a regime's name"},
                 start_regime_field(),
                 start_pct_field(),
                 {.name = "announced",
                  .type = Type::day,
                  .help = "when it became known: from here to `effective` goods are shipped ahead"},
                 {.name = "effective",
                  .type = Type::day,
                  .help = "first day in force; a month means its first day",
                  .required = true},
                 {.name = "expires", .type = Type::day, .help = "first day no longer in force"},
                 {.name = "probability_pct",
                  .type = Type::random,
                  .help = "probability that it happens",
                  .unit = "pct",
                  .low = 0,
                  .high = 100,
                  .standard = "100"},
                 {.name = "all_suppliers", .type = Type::flag, .help = "rivals pay it too", .standard = "false"},
                 {.name = "authority", .type = Type::text, .help = "legal basis, for the reader"}};
  return {.name = "tariff_shocks",
          .type = Type::list,
          .help = "dated tariff layers on top of the calibration's schedule, in force [effective, expires)",
          .items = {layer}};
}

}  // namespace plimsoll
