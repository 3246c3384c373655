#include "scenarios/sweep_fields.hpp"

namespace plimsoll {

namespace {

using Type = Field::Type;
constexpr double kMostPoints = 100'000;

/// Swept fields: several of them may move together.
Field swept(const std::string& name, const std::string& help, const std::string& value) {
  return paths_table(name, help, value, "; 'a.{b,c}.d' moves several together");
}

Field design_field() {
  const std::string levels = "a list of levels", either = "a list of levels, or a distribution";
  return {
      .name = "design",
      .type = Type::map,
      .help = "which fields take which values: one of grid, zip, latin_hypercube, sobol, saltelli, morris",
      .required = true,
      .items = {swept("grid", "every combination of the levels; the last field varies fastest", levels),
                swept("zip", "the first levels together, the second ones together, and so on", levels),
                swept("latin_hypercube", "every field's range cut into `points` equal shares, each met once", either),
                swept("sobol", "points of a scrambled Sobol sequence", either),
                swept("saltelli", "the points that Sobol indices are estimated from", either),
                swept("morris", "the trajectories that elementary effects are estimated from", either),
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
      about_field("what the sweep is for", "where its levels come from"),
      {.name = "scenario",
       .type = Type::text,
       .help = "the scenario whose fields vary: a shipped one, or a path that starts at this file's folder",
       .standard = "base"},
      paths_table("set", "fields that are other than in the scenario, at all points", "the field's value"),
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
