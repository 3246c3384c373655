#include "sim/program/sensitivity_ask.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "scenarios/number_text.hpp"
#include "scenarios/random_number_text.hpp"
#include "sim/plan.hpp"
#include "sim/program/choices.hpp"

namespace plimsoll {
namespace {

constexpr std::int64_t kFewestPaths = 64;      ///< sixteen parts tell errors
constexpr std::int64_t kPathsOfAPoint = 2048;  ///< of designs of many points
constexpr std::int64_t kTrajectories = 16, kRows = 64;

SensitivityMethod method_of(const CommandLine& line) {
  const std::vector<SensitivityMethod> all{SensitivityMethod::tornado, SensitivityMethod::morris,
                                           SensitivityMethod::sobol, SensitivityMethod::importance};
  if (!line.method) return SensitivityMethod::tornado;
  std::vector<std::string> names;
  for (const SensitivityMethod method : all) names.push_back(to_string(method));
  require_choice("method", *line.method, names);
  return all[static_cast<std::size_t>(std::find(names.begin(), names.end(), *line.method) - names.begin())];
}

Statistic parse_figure(const std::string& text, std::vector<Problem>& problems) {
  Problem problem{{"command line"}, "--of", "", "", ""};
  if (const auto statistic = parse_statistic(text, problem)) return *statistic;
  Problem ignored;
  if (const auto cell = parse_cell(text, ignored)) return {Statistic::Kind::mean, 0, *cell, {}};
  problems.push_back(problem);
  return {};
}

/// Growth of total exports in the last whole year, else in the last month.
std::vector<Statistic> usual_figures(const Loaded& one, SensitivityMethod method) {
  const Month horizon = one.scenario.scenario.horizon;
  const int year = horizon.month() == 12 ? horizon.year() : horizon.year() - 1;
  const bool is_simulated = year >= one.calibration.as_of.year() && one.calibration.as_of.month() < 12;
  const std::string period =
      is_simulated || year > one.calibration.as_of.year() ? std::to_string(year) : to_string(horizon);
  const CellName cell{"exports.total.yoy", period};
  std::vector<Statistic> figures{{Statistic::Kind::mean, 0, cell, {}}};
  if (method == SensitivityMethod::tornado || method == SensitivityMethod::morris)
    figures.push_back({Statistic::Kind::quantile, 0.05, cell, {}});
  return figures;
}

/// `FIELD=DISTRIBUTION` of --over.
struct Over {
  std::string field;
  RandomNumber number;
};
Over parse_over(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    refuse_usage("'--over " + text + "' names no distribution", "FIELD=DISTRIBUTION",
                 "for example: --over 'oil_price.annual_sd_log={uniform: [0.2, 0.4]}'");
  std::vector<Problem> problems;
  Over over{text.substr(0, equals), parse_random_number_text(text.substr(equals + 1), {"command line"}, problems)};
  for (Problem& problem : problems) problem.path = "--over " + over.field;
  if (!problems.empty()) throw InputError(InputKind::usage, std::move(problems));
  if (over.number.is_fixed())
    refuse_usage("'--over " + text + "' gives one number", "an input is varied over a distribution",
                 "for example: --over '" + over.field + "={uniform: [0.9, 1.1]}', or use --set");
  return over;
}

std::set<std::string> drawn_parameters(const Loaded& one) {
  const Simulation::Plan& plan = one.simulation->plan();
  std::set<std::string> names;
  for (const ParameterDraw& draw : plan.model.draws)
    names.insert(plan.storage.parameter_names()[static_cast<std::size_t>(draw.row)]);
  return names;
}

/// What is drawn because the field is a distribution: gone when the field is a number.
std::map<std::string, std::string> streams_of_fields(const std::vector<Over>& fields, const Loaded& one,
                                                     const std::string& name, const ReadOptions& options) {
  const std::set<std::string> all = drawn_parameters(one);
  std::map<std::string, std::string> streams;
  for (const Over& over : fields) {
    ReadOptions fixed = options;
    fixed.overrides.push_back({over.field + "=" + shortest(median(over.number)), "command line"});
    const std::set<std::string> left = drawn_parameters(load(name, fixed));
    bool any = false;
    for (const std::string& parameter : all) {
      if (left.contains(parameter)) continue;
      streams.emplace("parameter/" + parameter, over.field);
      any = true;
    }
    if (!any)
      refuse_usage("'--over " + over.field + "' is drawn by no path of " + one.asked,
                   "the scenario's processes do not use this number",
                   "vary another field; 'plimsoll show " + one.asked + "' lists them");
  }
  return streams;
}

}  // namespace

SensitivityQuestion read_question(const CommandLine& line, const Environment& environment) {
  SensitivityAsk ask;
  ask.method = method_of(line);
  const bool has_points = ask.method == SensitivityMethod::morris || ask.method == SensitivityMethod::sobol;
  if (line.points && !has_points)
    refuse_usage("--points is of no use to " + to_string(ask.method), "its number of runs follows from the inputs",
                 "--paths sets how exact it is");
  if (ask.method == SensitivityMethod::importance && (!line.over.empty() || line.by))
    refuse_usage("importance takes no " + std::string(line.by ? "--by" : "--over"),
                 "it shares out growth to the drivers that contributions know", "use --method sobol");
  if (line.by) require_choice("by", *line.by, {"group", "number"});
  if (line.by && !line.over.empty())
    refuse_usage("--by and --over do not go together", "the fields of --over are the inputs");
  ask.grouping = line.by && *line.by == "number" ? InputGrouping::number : InputGrouping::group;
  ask.points = line.points.value_or(ask.method == SensitivityMethod::morris ? kTrajectories : kRows);
  std::vector<Problem> problems;
  for (const std::string& figure : line.figures) ask.of.push_back(parse_figure(figure, problems));
  if (!problems.empty()) throw InputError(InputKind::usage, std::move(problems));

  ReadOptions options = overrides_of(line, environment);
  const ReadOptions without = options;
  std::vector<Over> fields;
  for (const std::string& text : line.over) {
    fields.push_back(parse_over(text));
    options.overrides.push_back({text, "command line"});
  }
  Loaded one = load(line.names.front(), options);
  const Scenario& scenario = one.scenario.scenario;
  if (!scenario.observations.empty())
    refuse_usage(one.asked + " has observations, which 'sensitivity' does not weigh", "its paths would not count alike",
                 "use the scenario without observations");
  if (ask.of.empty()) ask.of = usual_figures(one, ask.method);
  if (!fields.empty()) ask.fields = streams_of_fields(fields, one, line.names.front(), options);
  ask.paths = scenario.paths;
  ask.point_paths = has_points && !line.paths ? std::min(scenario.paths, kPathsOfAPoint) : scenario.paths;
  if (scenario.paths < kFewestPaths)
    refuse_usage(std::to_string(scenario.paths) + " paths are too few",
                 "errors come from sixteen parts of at least four paths", "--paths 4096, for example");
  return {std::move(one), std::move(ask)};
}

}  // namespace plimsoll
