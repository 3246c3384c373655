#include "scenarios/process_fields.hpp"

#include "scenarios/chain_fields.hpp"

namespace plimsoll {

using Type = Field::Type;

namespace {

/// What only some processes read: regimes, blocks of history, fat tails.
std::vector<Field> shock_fields() {
  Field regime{.name = "regime",
               .type = Type::map,
               .help = "one regime: its shocks, and how it ends",
               .items = {{.name = "monthly_drift_log",
                          .type = Type::random,
                          .help = "expected change a month",
                          .unit = "log",
                          .low = -1,
                          .high = 1,
                          .standard = "0"},
                         {.name = "monthly_sd_log",
                          .type = Type::random,
                          .help = "sd of a month's shocks; this or annual_sd_log",
                          .unit = "log",
                          .low = 0,
                          .high = 2},
                         {.name = "annual_sd_log",
                          .type = Type::random,
                          .help = "sd of a year's shocks; a month's is this over sqrt(12)",
                          .unit = "log",
                          .low = 0,
                          .high = 5}}};
  add_chain_state(regime);
  return {{.name = "regimes",
           .type = Type::table,
           .help = "regimes of regime_switching, two to eight",
           .items = {regime},
           .key_help = "a regime's name"},
          start_regime_field(),
          start_pct_field(),
          {.name = "block_months",
           .type = Type::integer,
           .help = "bootstrap: length of a block of history; the history must hold two",
           .unit = "months",
           .low = 1,
           .high = 240,
           .standard = "12"},
          {.name = "demean",
           .type = Type::flag,
           .help = "bootstrap: take the history's mean change out, so that blocks carry no drift",
           .standard = "true"},
          {.name = "innovations",
           .type = Type::map,
           .help = "distribution of the monthly shocks, scaled to unit variance; normal when not given",
           .items = {{.name = "student_t",
                      .type = Type::map,
                      .help = "Student's t: fat tails",
                      .required = true,
                      .items = {{.name = "dof",
                                 .type = Type::number,
                                 .help = "degrees of freedom: fewer, fatter",
                                 .low = 2.5,
                                 .high = 1000,
                                 .required = true}}}}}};
}

/// What every such driver has; `level` names its level field.
Field process_field(const std::string& name, const std::string& help, const std::string& process,
                    const std::string& level, const std::string& unit) {
  Field driver{.name = name, .type = Type::map, .help = help};
  driver.items = {
      {.name = "process",
       .type = Type::choice,
       .help = "how it moves",
       .standard = process,
       .choices = {"path", "random_walk", "mean_reverting", "stochastic_cycle", "regime_switching", "bootstrap"}},
      {.name = "path",
       .type = Type::table,
       .help = "levels at given months; the log is linear between them and flat after the last",
       .unit = unit,
       .items = {{.name = "level", .type = Type::random, .help = "level", .unit = unit, .low = 1e-6}},
       .key_help = "a month (2026-12)"},
      {.name = level, .type = Type::random, .help = "level to which it returns", .unit = unit, .low = 1e-6},
      {.name = "half_life_months",
       .type = Type::random,
       .help = "time in which half of a deviation is gone",
       .unit = "months",
       .low = 0.1,
       .high = 1200},
      {.name = "annual_sd_log",
       .type = Type::random,
       .help = "sd of a year's shocks; a month's is this over sqrt(12)",
       .unit = "log",
       .low = 0,
       .high = 5},
      {.name = "amplitude_log",
       .type = Type::random,
       .help = "half of trough to peak",
       .unit = "log",
       .low = 0,
       .high = 5},
      {.name = "period_months",
       .type = Type::random,
       .help = "trough to trough",
       .unit = "months",
       .low = 2,
       .high = 600},
      {.name = "peak_delay_months",
       .type = Type::random,
       .help = "months from as_of to the peak",
       .unit = "months",
       .low = 0,
       .high = 240},
      {.name = "peak_rise_log",
       .type = Type::random,
       .help = "further rise from as_of to the peak",
       .unit = "log",
       .low = -3,
       .high = 3},
      {.name = "downswing_months",
       .type = Type::random,
       .help = "from the peak to the trough",
       .unit = "months",
       .low = 1,
       .high = 240},
      {.name = "noise",
       .type = Type::map,
       .help = "AR(1) noise around a path or cycle",
       .items = {{.name = "monthly_sd_log",
                  .type = Type::random,
                  .help = "sd of the noise",
                  .unit = "log",
                  .low = 0,
                  .high = 2,
                  .required = true},
                 {.name = "half_life_months",
                  .type = Type::random,
                  .help = "half-life of the noise",
                  .unit = "months",
                  .low = 0.01,
                  .high = 120,
                  .standard = "1"}}},
      {.name = "jump",
       .type = Type::map,
       .help = "a temporary jump of the level",
       .items = {{.name = "monthly_hazard_pct",
                  .type = Type::random,
                  .help = "probability that one starts in a month",
                  .unit = "pct",
                  .low = 0,
                  .high = 100,
                  .required = true},
                 {.name = "size_log",
                  .type = Type::random,
                  .help = "size in logs",
                  .unit = "log",
                  .low = -5,
                  .high = 5,
                  .required = true},
                 {.name = "duration_months",
                  .type = Type::random,
                  .help = "how long it lasts",
                  .unit = "months",
                  .low = 0,
                  .high = 1200,
                  .required = true}}}};
  for (Field& field : shock_fields()) driver.items.push_back(std::move(field));
  return driver;
}

}  // namespace

Field memory_field() {
  Field memory = process_field("memory_price_cycle", "price of memory chips", "stochastic_cycle", "level", "index");
  memory.items.insert(memory.items.begin(), {.name = "index",
                                             .type = Type::choice,
                                             .help = "price index the figures mean",
                                             .standard = "boj_usd",
                                             .choices = {"boj_usd", "contract", "spot"}});
  return memory;
}
Field oil_field() {
  return process_field("oil_price", "Brent crude oil", "mean_reverting", "level_usd_per_bbl", "USD per barrel");
}
Field exchange_rate_field() {
  return process_field("exchange_rate", "yuan per dollar", "random_walk", "level_cny_per_usd", "CNY per USD");
}

Field shock_process_field() {
  Field process =
      process_field("process", "how the shock's index moves; 100 is no shock", "path", "level", "index, as_of = 100");
  process.items.front().choices = {"path", "random_walk", "mean_reverting", "regime_switching"};
  process.required = true;
  return process;
}

std::vector<std::string> fields_of_process(const std::string& process) {
  std::vector<std::string> fields{"process", "index", "jump"};
  const auto add = [&](std::initializer_list<const char*> more) {
    fields.insert(fields.end(), more.begin(), more.end());
  };
  if (process == "path") add({"path", "noise", "innovations"});
  if (process == "random_walk") add({"annual_sd_log", "innovations"});
  if (process == "mean_reverting")
    add({"annual_sd_log", "half_life_months", "level", "level_usd_per_bbl", "level_cny_per_usd", "innovations"});
  if (process == "stochastic_cycle")
    add({"amplitude_log", "period_months", "peak_delay_months", "peak_rise_log", "downswing_months", "noise",
         "innovations"});
  if (process == "regime_switching") add({"regimes", "start_regime", "start_pct", "innovations"});
  if (process == "bootstrap") add({"block_months", "demean"});
  return fields;
}

}  // namespace plimsoll
