#include "sim/program/sensitivity_of_folder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "outputs/sweep_index.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "scenarios/near_names.hpp"
#include "sim/program/stored_answers.hpp"
#include "sim/sensitivity_of_designs.hpp"
#include "sim/sensitivity_plan.hpp"

namespace plimsoll {
namespace {

void refuse_new_runs(const CommandLine& line) {
  const auto refuse = [&](const char* option) {
    refuse_usage(std::string(option) + " does not go with a folder", "what it holds is told, nothing is simulated",
                 "name a scenario instead, for example: plimsoll sensitivity base");
  };
  if (!line.set.empty()) refuse("--set");
  if (!line.over.empty()) refuse("--over");
  if (line.by) refuse("--by");
  if (line.points) refuse("--points");
  if (line.paths) refuse("--paths");
  if (line.seed) refuse("--seed");
}

[[noreturn]] void refuse_data(const std::string& folder, const std::string& what, const std::string& why,
                              const std::string& hint) {
  throw InputError(InputKind::data, {{{folder}, "", what, why, hint}});
}

/// Outputs of the sweep that --of names; all without it.
std::vector<std::size_t> asked_outputs(const SweepPlan& plan, const std::vector<std::string>& figures) {
  std::vector<std::size_t> asked;
  std::vector<std::string> names;
  for (const SweepPlan::Output& output : plan.outputs) names.push_back(output.text);
  for (const std::string& figure : figures) {
    Problem problem{{"command line"}, "--of", "", "", ""};
    const std::optional<Statistic> statistic = parse_statistic(figure, problem);
    if (!statistic) throw InputError(InputKind::usage, {problem});
    const auto found = std::find(names.begin(), names.end(), to_string(*statistic));
    if (found == names.end()) {
      refuse_usage("the sweep has no output '" + figure + "'", "its outputs are chosen before it runs",
                   did_you_mean(to_string(*statistic), names, "it has " + either_of(names)));
    }
    asked.push_back(static_cast<std::size_t>(found - names.begin()));
  }
  for (std::size_t o = 0; figures.empty() && o < names.size(); ++o) asked.push_back(o);
  return asked;
}

FolderSensitivity of_sweep(const CommandLine& line) {
  const std::string& folder = line.names.front();
  const SweepPlan plan = read_plan(folder);
  const bool saltelli = plan.design == DesignKind::saltelli;
  if (!saltelli && plan.design != DesignKind::morris)
    refuse_usage("the design of sweep " + plan.name + " is " + to_string(plan.design),
                 "indices need saltelli, elementary effects morris", "sweep the same fields with one of these designs");
  FolderSensitivity answer{plan.name, {}};
  answer.result.method = saltelli ? SensitivityMethod::sobol : SensitivityMethod::morris;
  if (line.method && *line.method != to_string(answer.result.method))
    refuse_usage(
        "a " + to_string(plan.design) + " sweep answers " + to_string(answer.result.method) + ", not " + *line.method,
        "", "leave --method out");
  const SweepIndex index(plan, results_files(folder));
  const std::vector<std::size_t> outputs = asked_outputs(plan, line.figures);
  std::vector<DesignFigure> figures;
  for (const std::size_t o : outputs)
    figures.push_back({plan.outputs[o].text, plan.outputs[o].unit,
                       std::vector<double>(plan.points.size(), std::numeric_limits<double>::quiet_NaN())});
  for (std::int64_t k = 0; k < plan.point_count(); ++k) {
    if (index.status(k) != SweepIndex::Status::done) continue;
    const PointOutcome point = index.read(k);
    for (std::size_t f = 0; f < outputs.size(); ++f)
      figures[f].values[static_cast<std::size_t>(k)] = point.figures[outputs[f]].value;
  }
  const std::size_t width = plan.fields.size() + (saltelli ? 2 : 1);
  const auto groups = static_cast<std::int64_t>(plan.points.size() / width);
  const SamplingDesign design =
      SamplingDesign::morris(plan.fields, groups, kMorrisLevels, static_cast<std::uint64_t>(plan.seed));
  for (const DesignFigure& figure : figures) {
    answer.result.points = whole_groups(figure, width);
    if (answer.result.points < 2)
      refuse_data(folder, "too few points are done", "two whole rows or trajectories are the least",
                  "'plimsoll resume " + folder + "' goes on with it");
    if (saltelli)
      tell_saltelli(figure, plan.fields, answer.result);
    else
      tell_morris(figure, plan.fields, design, answer.result);
  }
  keep_without_effect(answer.result);
  for (const std::string& field : plan.fields) answer.result.inputs.push_back({field, {}, 1, {}, kNone});
  answer.result.left_out = groups - answer.result.points;
  return answer;
}

/// What a driver adds to the fall of the worst paths below the mean. Sums of a run hold no covariance, so the share of
/// the variance is not told.
FolderSensitivity of_run(const CommandLine& line, int threads) {
  const std::string& folder = line.names.front();
  if (line.method && *line.method != to_string(SensitivityMethod::importance))
    refuse_usage("a run's folder answers importance, not " + *line.method, "other methods need new runs",
                 "name the scenario instead of the folder");
  const StoredAnswers stored = stored_answers(folder, threads);
  const std::optional<TailResult>& tail = stored.results.tail;
  const std::string prefix = tail ? tail->headline + "/driver/" : "";
  double gap = 0;
  std::vector<const TailResult::Row*> drivers;
  for (std::size_t k = 0; tail && k < tail->rows.size(); ++k) {
    const TailResult::Row& row = tail->rows[k];
    if (row.series.rfind(prefix, 0) != 0 || !(row.period == tail->period)) continue;
    drivers.push_back(&row);
    gap += row.mean - row.tail_mean;
  }
  if (drivers.empty() || gap == 0)
    refuse_data(folder, "the run tells no tail by driver",
                "growth of total exports or its contributions are not reported",
                "run the scenario with both, or name the scenario instead of the folder");
  double se_tail = 0;  // of the worst paths' mean growth
  for (const ProbabilityRow& row : stored.results.probabilities) {
    if (row.series == tail->headline && row.period == tail->period && row.event == "es_low") se_tail = row.se;
  }
  const std::string of = tail->headline + "@" + to_string(tail->period);
  for (const std::string& asked : line.figures) {
    if (asked != of)
      refuse_usage("the run's tail is that of " + of + ", not of '" + asked + "'", "",
                   "name the scenario instead of the folder");
  }
  FolderSensitivity answer{stored.stored.context.scenario_name, {}};
  SensitivityResult& result = answer.result;
  result.method = SensitivityMethod::importance;
  const auto estimate = [](double value, double se) {
    return IntervalEstimate{value, se, value - 1.96 * se, value + 1.96 * se};
  };
  result.rows.push_back({of, SensitivityBasis::decomposition, "", "tail_gap", "pp", estimate(gap, se_tail)});
  std::vector<SensitivityEffect> effects;
  for (const TailResult::Row* row : drivers) {
    const double share = (row->mean - row->tail_mean) / gap;
    // How the two errors go together is not stored: their sum is the most that they can be.
    const double se = (row->se_tail_mean + std::abs(share) * se_tail) / std::abs(gap);
    effects.push_back({std::abs(share),
                       {{of, SensitivityBasis::decomposition, row->series.substr(prefix.size()), "tail_share", "share",
                         estimate(share, se)}}});
  }
  tell_effects(std::move(effects), result);
  return answer;
}

}  // namespace

bool is_results_folder(const std::string& name) { return is_sweep_folder(name) || is_run_folder(name); }

FolderSensitivity sensitivity_of_folder(const CommandLine& line, int threads) {
  refuse_new_runs(line);
  return is_sweep_folder(line.names.front()) ? of_sweep(line) : of_run(line, threads);
}

}  // namespace plimsoll
