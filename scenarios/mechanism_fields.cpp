#include "scenarios/mechanism_fields.hpp"

#include "scenarios/elasticity_model.hpp"
#include "scenarios/process_fields.hpp"

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

Field domestic_demand_field() {
  return {.name = "domestic_demand",
          .type = Type::map,
          .help = "growth of demand at home, which draws imports",
          .items = {{.name = "growth_pct",
                     .type = Type::random,
                     .help = "growth a year; the calibration's forecast where not given",
                     .unit = "pct",
                     .low = -50,
                     .high = 50},
                    {.name = "sd_pp",
                     .type = Type::random,
                     .help = "sd of a year's growth around its path; 1 where not given",
                     .unit = "pp",
                     .low = 0,
                     .high = 50}}};
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

Field elasticity_model_field() {
  Field weights{.name = "ensemble", .type = Type::map, .help = "models and their shares of the paths; they sum to 1"};
  Field field{.name = "elasticity_model",
              .type = Type::choice,
              .help = "how trade answers tariffs; an ensemble draws one of its models for each path",
              .standard = "partial_adjustment"};
  for (const ElasticityModelFacts& facts : elasticity_models()) {
    field.choices.emplace_back(facts.name);
    weights.items.push_back(
        {.name = facts.name, .type = Type::number, .help = facts.help, .unit = "0..1", .low = 0, .high = 1});
  }
  weights.required = true;
  field.items = {weights};
  return field;
}

Field shocks_field() {
  Field shock{.name = "shock", .type = Type::map, .help = "one shock"};
  shock.items = {
      {.name = "name",
       .type = Type::text,
       .help = "names the shock, its random draws and its contribution: letters, digits, - and _",
       .required = true},
      {.name = "on",
       .type = Type::choice,
       .help =
           "what it moves; share: China's share of the cells' demand (volume at unchanged price); supply: price up, "
           "volume down",
       .required = true,
       .choices = {"volume", "price", "share", "supply", "capex"}},
      {.name = "cells",
       .type = Type::map,
       .help = "the goods and markets it reaches; not with on: capex",
       .items = {{.name = "products", .type = Type::names, .help = "exports: `all`, ids or sets of products"},
                 {.name = "except", .type = Type::names, .help = "exported products taken out"},
                 {.name = "market", .type = Type::names, .help = "`all`, ids or sets of markets", .standard = "all"},
                 {.name = "imports", .type = Type::names, .help = "imports: `all`, ids or sets of import products"}}},
      {.name = "elasticity",
       .type = Type::random,
       .help = "log change per log of the index",
       .low = -100,
       .high = 100,
       .standard = "1"},
      {.name = "volume_elasticity",
       .type = Type::random,
       .help = "with on: supply, log volume lost per log of price",
       .low = 0,
       .high = 100},
      shock_process_field()};
  return {.name = "shocks",
          .type = Type::list,
          .help = "drivers of the scenario's own, for risks without a section",
          .items = {shock}};
}

}  // namespace plimsoll
