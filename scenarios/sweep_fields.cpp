#include "scenarios/sweep_fields.hpp"

namespace plimsoll {

namespace {

using Type = Field::Type;
constexpr double kMostPoints = 100'000;

Field both_languages(const std::string& name, const std::string& help) {
  return {.name = name,
          .type = Type::map,
          .help = help,
          .items = {{.name = "en", .type = Type::text, .help = "English"},
                    {.name = "zh", .type = Type::text, .help = "Chinese"}}};
}

Field paths_table(const std::string& name, const std::string& help, const std::string& value,
                  const std::string& braces = "; 'a.{b,c}.d' moves several together") {
  return {.name = name,
          .type = Type::table,
          .help = help,
          .items = {{.name = "value", .type = Type::any, .help = value}},
          .key_help = "a path of a scenario's field (memory_price_cycle.noise.monthly_sd_log)" + braces};
}

Field design_field() {
  const std::string levels = "a list of levels", either = "a list of levels, or a distribution";
  return {.name = "design",
          .type = Type::map,
          .help = "which fields take which values: one of grid, zip, latin_hypercube, sobol, saltelli, morris",
          .required = true,
          .items = {paths_table("grid", "every combination of the levels; the last field varies fastest", levels),
                    paths_table("zip", "the first levels together, the second ones together, and so on", levels),
                    paths_table("latin_hypercube", "every field's range cut into `points` equal shares, each met once",
                                either),
                    paths_table("sobol", "points of a scrambled Sobol sequence", either),
                    paths_table("saltelli", "the points that Sobol indices are estimated from", either),
                    paths_table("morris", "the trajectories that elementary effects are estimated from", either),
                    {.name = "points",
                     .type = Type::integer,
                     .help = "latin_hypercube, sobol: number of points; saltelli: base points, each of which becomes "
                             "(fields + 2); morris: trajectories, each of (fields + 1) points",
                     .low = 1,
                     .high = kMostPoints}}};
}

Field sweep() {
  Field root{.name = "sweep", .type = Type::map, .help = "a sweep, format 1"};
  root.items = {
      {.name = "plimsoll_sweep", .type = Type::integer, .help = "format number", .low = 1, .high = 1, .required = true},
      {.name = "name", .type = Type::text, .help = "short name: letters, digits, - and _ (default: that of the file)"},
      both_languages("title", "title for people"),
      {.name = "about",
       .type = Type::map,
       .help = "what the sweep is for",
       .items = {{.name = "question", .type = Type::text, .help = "the question it answers"},
                 {.name = "author", .type = Type::text, .help = "who wrote it"},
                 {.name = "date", .type = Type::day, .help = "when it was written"},
                 {.name = "sources",
                  .type = Type::list,
                  .help = "where its levels come from",
                  .items = {{.name = "source", .type = Type::text, .help = "one source"}}}}},
      {.name = "scenario",
       .type = Type::text,
       .help = "the scenario whose fields vary: a shipped one, or a path that starts at this file's folder",
       .standard = "base"},
      paths_table("set", "fields that are other than in the scenario, at all points", "the field's value", ""),
      {.name = "paths",
       .type = Type::integer,
       .help = "paths of every point (default: the scenario's)",
       .low = 1,
       .high = 1e12},
      {.name = "seed",
       .type = Type::integer,
       .help = "seed of the paths, which all points share, and of sampled designs (default: the scenario's)",
       .low = -9.3e18,
       .high = 9.3e18},
      design_field(),
      {.name = "outputs",
       .type = Type::list,
       .help = "figures told of every point, each with its Monte Carlo error",
       .required = true,
       .items = {{.name = "output",
                  .type = Type::text,
                  .help = "mean, sd, p01 .. p99 of SERIES@PERIOD, or prob(SERIES@PERIOD < NUMBER and ..)"}}}};
  return root;
}

}  // namespace

const Field& sweep_fields() {
  static const Field fields = sweep();
  return fields;
}

}  // namespace plimsoll
