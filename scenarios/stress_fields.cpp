#include "scenarios/stress_fields.hpp"

namespace plimsoll {

namespace {

using Type = Field::Type;

Field scenarios_field() {
  Field one{.name = "scenario",
            .type = Type::map,
            .help = "a scenario's name alone, or a map",
            .items = {{.name = "scenario",
                       .type = Type::text,
                       .help = "a shipped scenario, or a path that starts at this file's folder",
                       .required = true},
                      {.name = "name",
                       .type = Type::text,
                       .help = "name in the tables (default: the scenario's own); needed where one stands twice"},
                      both_languages("title", "title for people (default: the scenario's own)"),
                      paths_table("set", "fields that are other than in the scenario", "the field\'s value"),
                      {.name = "severity",
                       .type = Type::choice,
                       .help = "place in the layout of supervisors' stress tests",
                       .choices = {"baseline", "adverse", "severely_adverse"}},
                      {.name = "risk", .type = Type::text, .help = "id in a register of risks, e.g. K3"},
                      {.name = "note", .type = Type::text, .help = "a remark for readers of the memo"}},
            .short_for = "scenario"};
  return {.name = "scenarios",
          .type = Type::list,
          .help = "what is held against the baseline",
          .required = true,
          .items = {one}};
}

Field suite() {
  Field root{.name = "suite", .type = Type::map, .help = "a stress suite, format 1"};
  root.items = {
      {.name = "plimsoll_stress",
       .type = Type::integer,
       .help = "format number",
       .low = 1,
       .high = 1,
       .required = true},
      {.name = "name", .type = Type::text, .help = "short name: letters, digits, - and _ (default: that of the file)"},
      both_languages("title", "title for people"),
      about_field("what the suite is for", "where its figures come from"),
      {.name = "baseline",
       .type = Type::text,
       .help = "scenario that losses are measured from; its paths, seed, sampling and horizon hold for all",
       .standard = "base"},
      paths_table("set", "fields that are other in all scenarios, the baseline too", "the field\'s value"),
      scenarios_field(),
      {.name = "thresholds",
       .type = Type::list,
       .help = "events whose probability is told for every scenario",
       .required = true,
       .items = {{.name = "event",
                  .type = Type::text,
                  .help = "SERIES@PERIOD < NUMBER, or >; several joined by 'and' hold on the same path"}}},
      {.name = "fail_if",
       .type = Type::list,
       .help = "gates: exit code 7 when one holds in any scenario",
       .items = {{.name = "gate",
                  .type = Type::text,
                  .help = "STATISTIC < NUMBER, or >; statistics: mean, sd, p01 .. p99 of a cell, prob(EVENT)"}}},
      {.name = "headline",
       .type = Type::text,
       .help = "cell that orders the scenarios (default: growth of exports in the last whole year)"},
      {.name = "order",
       .type = Type::choice,
       .help = "statistic of the headline that orders the scenarios, lowest first",
       .standard = "p05",
       .choices = {"p05", "mean"}},
      {.name = "exposures",
       .type = Type::text,
       .help = "CSV of weights by product, market or chain, beside this file: exposure,by,id,weight"},
      {.name = "outputs",
       .type = Type::list,
       .help = "further cells whose distribution is told",
       .items = {{.name = "output", .type = Type::text, .help = "SERIES@PERIOD"}}},
      {.name = "recovery_tolerance_pct",
       .type = Type::number,
       .help = "monthly exports this much below the baseline's count as hit",
       .unit = "pct",
       .low = 0.1,
       .high = 50,
       .standard = "1"},
      {.name = "variance_draws",
       .type = Type::integer,
       .help = "draws of the parameters for the split of the headline's variance, 64 paths each; 0: no split",
       .low = 0,
       .high = 4096,
       .standard = "128"}};
  return root;
}

}  // namespace

const Field& stress_fields() {
  static const Field fields = suite();
  return fields;
}

}  // namespace plimsoll
