#include "scenarios/mechanism_fields.hpp"

namespace plimsoll {

using Type = Field::Type;

Field front_loading_field() {
  Field stock{.name = "stock", .type = Type::map, .help = "goods shipped early before as_of"};
  stock.items = {{.name = "products", .type = Type::names, .help = "`all`, ids or sets of products", .required = true},
                 {.name = "market", .type = Type::names, .help = "`all`, ids or sets of markets", .required = true},
                 {.name = "usd_bn",
                  .type = Type::random,
                  .help = "value shipped early in all",
                  .unit = "USD bn",
                  .low = 0,
                  .high = 1e4,
                  .required = true},
                 {.name = "already_paid_frac",
                  .type = Type::random,
                  .help = "part of the payback that lies before as_of; above 0 the payback is under way at as_of",
                  .unit = "0..1",
                  .low = 0,
                  .high = 1,
                  .standard = "0"},
                 {.name = "payback_share",
                  .type = Type::random,
                  .help = "part of the value that is missed later; the rest is permanent",
                  .unit = "0..1",
                  .low = 0,
                  .high = 1,
                  .standard = "1"},
                 {.name = "over_months",
                  .type = Type::random,
                  .help = "months after as_of over which the rest is paid back evenly",
                  .unit = "months",
                  .low = 1,
                  .high = 120,
                  .required = true}};
  return {.name = "front_loading",
          .type = Type::map,
          .help = "goods shipped ahead of tariffs, and the shortfall that follows",
          .items = {{.name = "payback_share",
                     .type = Type::random,
                     .help = "part of what is shipped ahead of announced layers that is missed later",
                     .unit = "0..1",
                     .low = 0,
                     .high = 1},
                    {.name = "payback_months",
                     .type = Type::random,
                     .help = "mean time of the payback",
                     .unit = "months",
                     .low = 0.1,
                     .high = 120},
                    {.name = "inherited",
                     .type = Type::list,
                     .help = "stocks of goods shipped early before as_of",
                     .items = {stock}}}};
}

Field diversion_field() {
  return {.name = "diversion",
          .type = Type::map,
          .help = "trade lost to a scenario's tariffs that reappears in other markets",
          .items = {{.name = "share",
                     .type = Type::random,
                     .help = "part of the lost value that is diverted",
                     .unit = "0..1",
                     .low = 0,
                     .high = 1},
                    {.name = "enforcement",
                     .type = Type::map,
                     .help = "rerouting is policed from a month on",
                     .items = {{.name = "from", .type = Type::month, .help = "first month", .required = true},
                               {.name = "cut_pct",
                                .type = Type::random,
                                .help = "cut of what would be diverted",
                                .unit = "pct",
                                .low = 0,
                                .high = 100,
                                .required = true}}}}};
}

}  // namespace plimsoll
