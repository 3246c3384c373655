#include "scenarios/evidence_fields.hpp"

namespace plimsoll {

using Type = Field::Type;

namespace {

Field edges(const std::string& name, const std::string& unit) {
  return {.name = name,
          .type = Type::list,
          .help = "two figures: it lies between them",
          .items = {{.name = "edge", .type = Type::number, .help = "an edge, the lower first", .unit = unit}}};
}

}  // namespace

Field observations_field() {
  Field item{.name = "observation", .type = Type::map, .help = "one figure; one of value, below, above and between"};
  item.items = {
      {.name = "series",
       .type = Type::text,
       .help = "an output, e.g. exports.total.yoy; it need not be in the report",
       .required = true},
      {.name = "period",
       .type = Type::text,
       .help = "a simulated period as tables print it: 2026-07, 2027-01..02, 2026Q3, 2026, 2026-09ytd",
       .required = true},
      {.name = "value_pct", .type = Type::number, .help = "observed; needs sd_pp", .unit = "pct"},
      {.name = "below_pct", .type = Type::number, .help = "it is below this", .unit = "pct"},
      {.name = "above_pct", .type = Type::number, .help = "it is above this", .unit = "pct"},
      edges("between_pct", "pct"),
      {.name = "sd_pp",
       .type = Type::number,
       .help = "standard deviation of the observation's error; edges without it are sharp",
       .unit = "pp",
       .low = 0},
      {.name = "value_usd_bn", .type = Type::number, .help = "the same for series in USD bn", .unit = "USD bn"},
      {.name = "below_usd_bn", .type = Type::number, .help = "it is below this", .unit = "USD bn"},
      {.name = "above_usd_bn", .type = Type::number, .help = "it is above this", .unit = "USD bn"},
      edges("between_usd_bn", "USD bn"),
      {.name = "sd_usd_bn",
       .type = Type::number,
       .help = "standard deviation of the observation's error",
       .unit = "USD bn",
       .low = 0},
      {.name = "indicator",
       .type = Type::text,
       .help = "name of another statistic, in pct, that was observed: intercept + slope * output + error"},
      {.name = "slope",
       .type = Type::number,
       .help = "points of the indicator per unit of the output; required with 'indicator'",
       .low = -1000,
       .high = 1000},
      {.name = "intercept_pp",
       .type = Type::number,
       .help = "the indicator where the output is 0; required with 'indicator'",
       .unit = "pp"}};
  return {.name = "observations",
          .type = Type::list,
          .help = "soft evidence on outputs: paths are weighted by how likely it is on them",
          .items = {item}};
}

Field pin_field() {
  Field item{.name = "fixed",
             .type = Type::map,
             .help = "one driver over some months; what correlates with it follows its shocks"};
  item.items = {
      {.name = "driver",
       .type = Type::text,
       .help = "memory_price, oil_price, exchange_rate, foreign_demand.MARKET or shocks.NAME",
       .required = true},
      {.name = "from", .type = Type::month, .help = "first month", .required = true},
      {.name = "to", .type = Type::month, .help = "last month; after it the driver moves on", .required = true},
      {.name = "change_pct",
       .type = Type::number,
       .help = "level against as_of; one of this and 'level'",
       .unit = "pct",
       .low = -99,
       .high = 10000},
      {.name = "level",
       .type = Type::number,
       .help = "level in the driver's own unit; not for foreign demand",
       .low = 1e-6,
       .high = 1e9}};
  return {.name = "pin",
          .type = Type::list,
          .help = "drivers fixed for some months: a conditional forecast",
          .items = {item}};
}

}  // namespace plimsoll
