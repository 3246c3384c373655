#include "scenarios/fields.hpp"

#include "scenarios/evidence_fields.hpp"
#include "scenarios/mechanism_fields.hpp"
#include "scenarios/process_fields.hpp"
#include "scenarios/supply_fields.hpp"
#include "scenarios/tariff_fields.hpp"

namespace plimsoll {

using Type = Field::Type;

const Field* Field::find(const std::string& child) const {
  for (const Field& f : items) {
    if (f.name == child) return &f;
  }
  return nullptr;
}

std::vector<std::string> Field::child_names() const {
  std::vector<std::string> names;
  for (const Field& f : items) names.push_back(f.name);
  return names;
}

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Field capex_field() {
  const Field level{.name = "level",
                    .type = Type::random,
                    .help = "USD bn, or {growth_pct: x} on the period a year before",
                    .unit = "USD bn",
                    .low = 0};
  Field paths{.name = "capex_paths",
              .type = Type::map,
              .help = "capital spending of the hyperscalers; annual keys include quarters already reported"};
  paths.items.push_back(
      {.name = "definition",
       .type = Type::choice,
       .help =
           "company: as the companies announce it, with finance leases; cash_ppe: cash paid for property and equipment",
       .required = true,
       .choices = {"company", "cash_ppe"}});
  for (const char* firm : {"amazon", "alphabet", "meta", "microsoft"}) {
    paths.items.push_back({.name = firm,
                           .type = Type::table,
                           .help = std::string("spending of ") + firm + " by year or quarter",
                           .items = {level},
                           .key_help = "a year (2026) or a quarter (2026Q3)"});
  }
  paths.items.push_back({.name = "uncertainty",
                         .type = Type::map,
                         .help = "errors around the paths, growing with distance",
                         .items = {{.name = "annual_sd_log",
                                    .type = Type::random,
                                    .help = "sd of the log error after a year",
                                    .unit = "log",
                                    .low = 0,
                                    .high = 2},
                                   {.name = "common_share",
                                    .type = Type::random,
                                    .help = "share of the variance that the firms have in common",
                                    .unit = "0..1",
                                    .low = 0,
                                    .high = 1}}});
  paths.items.push_back({.name = "pause",
                         .type = Type::map,
                         .help = "a sudden common cut that starts with a hazard and lasts a drawn time",
                         .items = {{.name = "monthly_hazard_pct",
                                    .type = Type::random,
                                    .help = "probability that one starts in a month",
                                    .unit = "pct",
                                    .low = 0,
                                    .high = 100,
                                    .required = true},
                                   {.name = "depth_pct",
                                    .type = Type::random,
                                    .help = "change of spending while it lasts",
                                    .unit = "pct",
                                    .low = -99,
                                    .high = 0,
                                    .required = true},
                                   {.name = "duration_months",
                                    .type = Type::random,
                                    .help = "how long it lasts",
                                    .unit = "months",
                                    .low = 0,
                                    .high = 240,
                                    .required = true},
                                   {.name = "from", .type = Type::month, .help = "first month in which one may start"},
                                   {.name = "to", .type = Type::month, .help = "last month in which one may start"}}});
  paths.items.push_back(other_buyers_field());
  return paths;
}

Field demand_field() {
  Field demand{.name = "foreign_demand",
               .type = Type::map,
               .help = "growth of demand in the markets; the calibration's forecast where not given"};
  for (const char* market : {"us", "eu", "asean", "japan", "korea", "taiwan", "hong_kong", "india", "mexico",
                             "other_latin_america", "africa", "russia", "uk", "rest_of_world"}) {
    demand.items.push_back({.name = market,
                            .type = Type::map,
                            .help = std::string("demand in ") + market,
                            .items = {{.name = "growth_pct",
                                       .type = Type::random,
                                       .help = "growth a year",
                                       .unit = "pct",
                                       .low = -50,
                                       .high = 50,
                                       .required = true}}});
  }
  demand.items.push_back({.name = "sd_pp",
                          .type = Type::random,
                          .help = "sd of a year's growth around its path",
                          .unit = "pp",
                          .low = 0,
                          .high = 50});
  demand.items.push_back({.name = "common_share",
                          .type = Type::random,
                          .help = "share of that variance common to all markets",
                          .unit = "0..1",
                          .low = 0,
                          .high = 1});
  return demand;
}

Field driver_thresholds_field() {
  Field one{.name = "threshold",
            .type = Type::map,
            .help = "one level: `level`, or the mean of the months from `from` to `to`"};
  one.items = {{.name = "driver",
                .type = Type::choice,
                .help = "the driver",
                .required = true,
                .choices = {"memory_price", "oil_price", "exchange_rate"}},
               {.name = "level", .type = Type::number, .help = "in the driver's own unit", .low = 1e-6, .high = 1e6},
               {.name = "from", .type = Type::month, .help = "first observed month of the mean"},
               {.name = "to", .type = Type::month, .help = "last observed month of the mean"},
               {.name = "side",
                .type = Type::choice,
                .help = "below: the chance of falling to the level; above: of rising to it",
                .standard = "below",
                .choices = {"below", "above"}}};
  return {.name = "driver_thresholds",
          .type = Type::list,
          .help = "levels of drivers whose chance is reported month by month, once and by then",
          .items = {one}};
}

Field make_fields() {
  Field root{.name = "scenario", .type = Type::map, .help = "a scenario, format 1"};
  root.items = {
      {.name = "plimsoll", .type = Type::integer, .help = "format number", .low = 1, .high = 1, .required = true},
      {.name = "name", .type = Type::text, .help = "short name: letters, digits, - and _"},
      both_languages("title", "title for people"),
      about_field("what the scenario is for", "where its figures come from"),
      {.name = "extends",
       .type = Type::text,
       .help = "scenario to build on: a shipped name, or a path under this file's folder"},
      {.name = "calibration", .type = Type::text, .help = "baseline, history and elasticities", .required = true},
      {.name = "as_of", .type = Type::month, .help = "last month of trade data; the calibration's"},
      {.name = "horizon",
       .type = Type::month,
       .help = "last simulated month, at most 15 years after as_of",
       .required = true},
      {.name = "paths",
       .type = Type::integer,
       .help = "number of Monte Carlo paths",
       .low = 1,
       .high = 1099511627776.0,
       .standard = "16384"},
      {.name = "seed",
       .type = Type::integer,
       .help = "any integer; 0 is a seed like any other",
       .low = -9223372036854775808.0,
       .high = 9223372036854775807.0,
       .standard = "20260605"},
      {.name = "sampling",
       .type = Type::choice,
       .help =
           "how paths are drawn: scrambled Sobol points (paths in multiples of 16, best 16 x 2^k), independent random "
           "numbers, or random numbers and their mirror images (multiples of 32)",
       .standard = "sobol",
       .choices = {"sobol", "random", "antithetic"}},
      elasticity_model_field(),
      capex_field(),
      tariff_field(),
      memory_field(),
      demand_field(),
      oil_field(),
      exchange_rate_field(),
      supply_limits_field(),
      export_controls_field(),
      shocks_field(),
      domestic_demand_field(),
      front_loading_field(),
      diversion_field(),
      sets_field(),
      observations_field(),
      pin_field(),
      {.name = "correlations",
       .type = Type::list,
       .help = "correlations of the drivers' monthly innovations; they replace the calibration's of the same pair",
       .items = {{.name = "correlation",
                  .type = Type::map,
                  .help = "one pair",
                  .items = {{.name = "between",
                             .type = Type::list,
                             .help = "two drivers",
                             .required = true,
                             .items = {{.name = "driver",
                                        .type = Type::choice,
                                        .help = "a driver",
                                        .choices = {"capex", "memory_price", "oil_price", "exchange_rate",
                                                    "foreign_demand"}}}},
                            {.name = "value",
                             .type = Type::number,
                             .help = "correlation",
                             .low = -1,
                             .high = 1,
                             .required = true}}}}},
      {.name = "copula",
       .type = Type::map,
       .help = "how the correlated innovations depend on one another; normal when not given",
       .items = {{.name = "student_t",
                  .type = Type::map,
                  .help = "Student's t: months in which all drivers are extreme; their own distributions stay",
                  .required = true,
                  .items = {{.name = "dof",
                             .type = Type::number,
                             .help = "degrees of freedom: fewer, more extremes together",
                             .low = 2,
                             .high = 1000,
                             .required = true}}}}},
      {.name = "report",
       .type = Type::map,
       .help = "what is computed and told",
       .items = {{.name = "series",
                  .type = Type::list,
                  .help = "patterns of series, e.g. 'exports.product.*.yoy', also of periods: '..@A'; empty: all",
                  .items = {{.name = "pattern",
                             .type = Type::text,
                             .help = "a series; * matches anything, ? one character; SERIES@PERIOD keeps the periods "
                                     "of a frequency (M, Q, A, YTD) or whose names match"}}},
                 {.name = "frequencies",
                  .type = Type::list,
                  .help = "periods that are reported: months, quarters, years, the year to date",
                  .standard = "[M, Q, A, YTD]",
                  .items = {{.name = "frequency",
                             .type = Type::choice,
                             .help = "length of a period",
                             .choices = {"M", "Q", "A", "YTD"}}}},
                 {.name = "contributions",
                  .type = Type::list,
                  .help = "which contributions to growth are told, e.g. 'product@A'; empty: all",
                  .items = {{.name = "pattern",
                             .type = Type::text,
                             .help = "product, market, market_set, chain, stage, driver, price_volume, or none; "
                                     "@PERIOD as for series"}}},
                 {.name = "thresholds_pct",
                  .type = Type::list,
                  .help = "growth rates whose probabilities are reported",
                  .standard = "[0]",
                  .items = {{.name = "threshold",
                             .type = Type::number,
                             .help = "a growth rate",
                             .unit = "pct",
                             .low = -100,
                             .high = 1000}}},
                 driver_thresholds_field(),
                 {.name = "languages",
                  .type = Type::list,
                  .help = "languages of the documents: a memo in each, the others in the first (report.html in all)",
                  .standard = "[en, zh]",
                  .items = {{.name = "language", .type = Type::choice, .help = "a language", .choices = {"en", "zh"}}}},
                 {.name = "single_lunar_months",
                  .type = Type::flag,
                  .help = "also single January and February",
                  .standard = "false"}}},
      {.name = "check",
       .type = Type::map,
       .help = "how the scenario is run as a test",
       .items = {{.name = "timeout_s",
                  .type = Type::number,
                  .help = "longest time it may take",
                  .unit = "s",
                  .low = 0.1,
                  .high = kInfinity,
                  .standard = "60"}}},
  };
  return root;
}

}  // namespace

Field both_languages(const std::string& name, const std::string& help) {
  return {.name = name,
          .type = Type::map,
          .help = help,
          .items = {{.name = "en", .type = Type::text, .help = "English"},
                    {.name = "zh", .type = Type::text, .help = "Chinese"}}};
}

Field about_field(const std::string& what, const std::string& sources) {
  return {.name = "about",
          .type = Type::map,
          .help = what,
          .items = {{.name = "question", .type = Type::text, .help = "the question it answers"},
                    {.name = "author", .type = Type::text, .help = "who wrote it"},
                    {.name = "date", .type = Type::day, .help = "when it was written"},
                    {.name = "sources",
                     .type = Type::list,
                     .help = sources,
                     .items = {{.name = "source", .type = Type::text, .help = "one source"}}}}};
}

Field paths_table(const std::string& name, const std::string& help, const std::string& value, const std::string& keys) {
  return {.name = name,
          .type = Type::table,
          .help = help,
          .items = {{.name = "value", .type = Type::any, .help = value}},
          .key_help = "a path of a scenario's field (memory_price_cycle.noise.monthly_sd_log)" + keys};
}

const Field& scenario_fields() {
  static const Field fields = make_fields();
  return fields;
}

}  // namespace plimsoll
