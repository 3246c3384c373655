#include "sim/sensitivity.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "scenarios/input_error.hpp"
#include "sim/cell_index.hpp"
#include "sim/sensitivity_plan.hpp"

namespace plimsoll {

namespace {

constexpr const char* kPlace = "command line";

std::vector<CellName> cells_of(const Statistic& statistic) {
  if (statistic.kind != Statistic::Kind::probability) return {statistic.cell};
  std::vector<CellName> cells;
  for (const Condition& condition : statistic.event.conditions) cells.push_back(condition.cell);
  return cells;
}

Scenario narrowed(const Scenario& scenario, const SensitivityAsk& ask) {
  Scenario asked = scenario;
  asked.sampling = "random";  // inputs are exchanged and held by name, path by path
  asked.report = ReportSpec{};
  asked.report.thresholds_pct.clear();
  asked.report.single_lunar_months = scenario.report.single_lunar_months;
  asked.report.contributions.clear();
  for (const Statistic& statistic : ask.of) {
    for (const CellName& cell : cells_of(statistic)) {
      asked.report.series.push_back(cell.series + "@" + cell.period);
      if (ask.method == SensitivityMethod::importance)
        asked.report.contributions.push_back("driver@" + cell.period);
      else
        asked.report.contributions = {"none"};
    }
  }
  return asked;
}

/// All that may be asked for, for the nearest name.
CellIndex all_outputs(const Scenario& scenario, const Calibration& calibration) {
  Scenario all = scenario;
  all.report = ReportSpec{};
  all.report.single_lunar_months = scenario.report.single_lunar_months;
  all.report.contributions = {"none"};
  return CellIndex(Simulation(all, calibration).plan().outputs);
}

Problem unknown_cell(const CellIndex& known, const CellName& cell) {
  Problem problem = known.missing(cell, {kPlace}, "--of");
  if (known.find(cell)) {
    problem.why = "all its months are observed";
    problem.hint = "ask for a period with a month to come";
  }
  return problem;
}

int find_cell(const OutputSelection& outputs, const CellName& cell) {
  for (std::size_t o = 0; o < outputs.labels.size(); ++o) {
    const OutputLabel& label = outputs.labels[o];
    const PeriodSum& now = outputs.plans[o].now;
    if (label.table == OutputLabel::Table::summary && label.series == cell.series &&
        to_string(label.period) == cell.period && now.to >= now.from)
      return static_cast<int>(o);
  }
  return -1;
}

void find_split(const OutputSelection& outputs, const CellName& cell, Sensitivity::Plan& plan) {
  plan.split.emplace_back();
  plan.drivers.emplace_back();
  for (std::size_t o = 0; o < outputs.labels.size(); ++o) {
    const OutputLabel& label = outputs.labels[o];
    if (label.table != OutputLabel::Table::contributions || label.by != "driver" || label.series != cell.series ||
        to_string(label.period) != cell.period)
      continue;
    plan.split.back().push_back(outputs.plans[o]);
    plan.drivers.back().push_back(label.key);
  }
}

/// Sets of paths that the points of one cell's figures take.
std::int64_t points_of(const SensitivityAsk& ask, std::int64_t inputs) {
  switch (ask.method) {
    case SensitivityMethod::tornado: return 1 + 2 * inputs;
    case SensitivityMethod::morris: return 1 + ask.points * (inputs + 1);
    case SensitivityMethod::sobol: return 1 + ask.points * (inputs + 2);
    case SensitivityMethod::importance: return 0;
  }
  return 0;
}

std::int64_t all_points(const Sensitivity::Plan& plan) {
  std::int64_t points = 0;
  for (const auto& [cell, inputs] : plan.held) points += points_of(plan.ask, static_cast<std::int64_t>(inputs.size()));
  return points;
}
/// Exchanges of inputs, or the one run that is split.
std::int64_t all_sets(const Sensitivity::Plan& plan) {
  if (plan.ask.method == SensitivityMethod::importance) return 1;
  const bool exchanged = plan.ask.method == SensitivityMethod::sobol &&
                         std::any_of(plan.ask.of.begin(), plan.ask.of.end(), is_of_the_output);
  return exchanged ? static_cast<std::int64_t>(plan.inputs.size()) + 3 : 0;
}
std::int64_t all_paths(const Sensitivity::Plan& plan) {
  return all_sets(plan) * plan.ask.paths + all_points(plan) * plan.ask.point_paths;
}

/// Inputs as points hold them, for each first cell.
void find_held(Sensitivity::Plan& plan) {
  if (plan.ask.method == SensitivityMethod::importance) return;
  for (const auto& [cell, figures] : figures_by_cell(plan, plan.ask.method == SensitivityMethod::sobol)) {
    std::vector<SensitivityInput> inputs = plan.inputs;
    std::erase_if(inputs, [](const SensitivityInput& input) { return input.name == kEverythingElse; });
    set_directions(plan.space, kernels(""), plan.outputs[cell], inputs);
    std::erase_if(inputs, [&](const SensitivityInput& input) {
      if (input.direction.empty()) plan.still.push_back(input.name);
      return input.direction.empty();
    });
    inputs.insert(inputs.end(), plan.events.begin(), plan.events.end());
    plan.held.emplace(cell, std::move(inputs));
  }
}

}  // namespace

std::string to_string(SensitivityMethod method) {
  switch (method) {
    case SensitivityMethod::tornado: return "tornado";
    case SensitivityMethod::morris: return "morris";
    case SensitivityMethod::sobol: return "sobol";
    case SensitivityMethod::importance: return "importance";
  }
  return "";
}

std::string to_string(SensitivityBasis basis) {
  switch (basis) {
    case SensitivityBasis::paths: return "paths";
    case SensitivityBasis::points: return "points";
    case SensitivityBasis::decomposition: return "decomposition";
  }
  return "";
}

std::string unit_of(const Sensitivity::Plan& plan, const PathFigure& figure) {
  if (figure.statistic.kind == Statistic::Kind::probability) return "probability";
  const std::string& unit = plan.units[figure.cells.front()];
  return figure.statistic.kind == Statistic::Kind::sd ? difference_unit(unit) : unit;
}
std::string difference_unit(const std::string& unit) { return unit == "pct" ? "pp" : unit; }

std::map<std::size_t, std::vector<std::size_t>> figures_by_cell(const Sensitivity::Plan& plan, bool by_points_alone) {
  std::map<std::size_t, std::vector<std::size_t>> groups;
  for (std::size_t f = 0; f < plan.figures.size(); ++f) {
    if (!by_points_alone || !is_of_the_output(plan.figures[f].statistic))
      groups[plan.figures[f].cells.front()].push_back(f);
  }
  return groups;
}

void tell_effects(std::vector<SensitivityEffect> effects, SensitivityResult& result) {
  std::stable_sort(effects.begin(), effects.end(),
                   [](const SensitivityEffect& a, const SensitivityEffect& b) { return a.size > b.size; });
  for (SensitivityEffect& effect : effects) {
    const bool none = std::all_of(effect.rows.begin(), effect.rows.end(), [](const SensitivityRow& row) {
      return (row.quantity != "swing" && row.quantity != "mu_star" && row.quantity != "total") ||
             (row.estimate.value == 0 && row.estimate.se == 0);
    });
    if (none && effect.rows.front().basis != SensitivityBasis::decomposition) {
      result.without_effect.push_back(effect.rows.front().input);
      continue;
    }
    result.rows.insert(result.rows.end(), effect.rows.begin(), effect.rows.end());
  }
}

void keep_without_effect(SensitivityResult& result) {
  std::vector<std::string>& names = result.without_effect;
  std::erase_if(names, [&](const std::string& name) {
    return std::any_of(result.rows.begin(), result.rows.end(),
                       [&](const SensitivityRow& row) { return row.input == name; });
  });
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

Sensitivity::Sensitivity(const Scenario& scenario, const Calibration& calibration, SensitivityAsk ask) {
  Simulation simulation(narrowed(scenario, ask), calibration);
  NormalSpace space(simulation.plan(), calibration);
  auto plan = std::make_unique<Plan>(
      Plan{std::move(ask), std::move(simulation), std::move(space), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}});
  const OutputSelection& outputs = plan->simulation.plan().outputs;
  std::vector<Problem> problems;
  std::optional<CellIndex> every;
  for (const Statistic& statistic : plan->ask.of) {
    PathFigure figure{statistic, {}};
    for (const CellName& cell : cells_of(statistic)) {
      const auto known = std::find(plan->cells.begin(), plan->cells.end(), cell);
      figure.cells.push_back(static_cast<std::size_t>(known - plan->cells.begin()));
      if (known != plan->cells.end()) continue;
      const int o = find_cell(outputs, cell);
      if (o < 0) {
        if (!every) every.emplace(all_outputs(scenario, calibration));
        problems.push_back(unknown_cell(*every, cell));
        continue;
      }
      plan->cells.push_back(cell);
      plan->units.push_back(outputs.labels[static_cast<std::size_t>(o)].unit);
      plan->outputs.push_back(outputs.plans[static_cast<std::size_t>(o)]);
      find_split(outputs, cell, *plan);
      if (plan->ask.method == SensitivityMethod::importance && plan->split.back().empty())
        problems.push_back({{kPlace},
                            "--of",
                            "'" + to_string(cell) + "' is not split by driver",
                            "importance shares out the growth that contributions add up to",
                            "ask for exports.total.yoy, or use --method sobol"});
    }
    plan->figures.push_back(std::move(figure));
  }
  if (!problems.empty()) throw InputError(InputKind::usage, std::move(problems));
  plan->inputs = inputs_of(plan->space, plan->ask.grouping, plan->ask.fields);
  const bool is_chosen = !plan->ask.fields.empty();
  if (is_chosen && plan->ask.method != SensitivityMethod::sobol) plan->inputs.pop_back();  // everything else
  if (!is_chosen && plan->ask.method == SensitivityMethod::tornado)
    plan->events = events_of(plan->space, plan->simulation.plan().storage.parameter_names());
  find_held(*plan);
  plan_ = std::move(plan);
}

Sensitivity::~Sensitivity() = default;

SensitivityCost Sensitivity::cost(const SensitivityOptions& options) const {
  constexpr std::int64_t kMeasured = 64;
  SensitivityCost cost;
  cost.inputs = static_cast<std::int64_t>(plan_->inputs.size() + plan_->events.size());
  cost.sets = all_sets(*plan_);
  cost.paths = plan_->ask.paths;
  cost.points = all_points(*plan_);
  cost.point_paths = plan_->ask.point_paths;
  cost.simulated = all_paths(*plan_);
  std::int64_t outputs = static_cast<std::int64_t>(plan_->outputs.size());
  for (const std::vector<OutputPlan>& split : plan_->split) outputs += static_cast<std::int64_t>(split.size());
  const std::int64_t of_sets = cost.sets * cost.paths * outputs, of_points = 2 * cost.point_paths * outputs;
  cost.bytes = static_cast<std::int64_t>(sizeof(double)) *
               std::max({of_sets, cost.points > 0 ? of_points + static_cast<std::int64_t>(kMostValues) : 0});
  SensitivityOptions one;
  one.instruction_set = options.instruction_set;
  // As most of what follows: many inputs held, or none.
  static const std::vector<SensitivityInput> none;
  const std::vector<SensitivityInput>& inputs = plan_->held.empty() ? none : plan_->held.begin()->second;
  HeldPoint point;
  const std::size_t held =
      plan_->ask.method == SensitivityMethod::tornado ? std::min<std::size_t>(1, inputs.size()) : inputs.size();
  for (std::size_t i = 0; i < held; ++i) point.push_back({i, 0});
  const auto time_of = [&](std::size_t points) {
    const auto began = std::chrono::steady_clock::now();
    values_when_held(plan_->space, inputs, std::vector<HeldPoint>(points, point), plan_->outputs, kMeasured, one);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  };
  time_of(1);  // pages in
  const double per_block = std::max(1e-6, (time_of(17) - time_of(1)) / 16);
  cost.seconds = per_block * static_cast<double>(cost.simulated) / static_cast<double>(kMeasured) /
                 static_cast<double>(std::max(1, options.threads));
  return cost;
}

SensitivityResult Sensitivity::run(const SensitivityOptions& options) const {
  const auto began = std::chrono::steady_clock::now();
  SensitivityResult result;
  result.method = plan_->ask.method;
  result.points = plan_->ask.points;
  result.without_effect = plan_->still;
  kernels(options.instruction_set, &result.instruction_set);
  SensitivityProgress progress(options, all_paths(*plan_));
  switch (plan_->ask.method) {
    case SensitivityMethod::tornado: run_tornado(*plan_, progress, result); break;
    case SensitivityMethod::morris: run_morris(*plan_, progress, result); break;
    case SensitivityMethod::sobol: run_sobol(*plan_, progress, result); break;
    case SensitivityMethod::importance: run_importance(*plan_, progress, result); break;
  }
  result.simulated = progress.simulated();
  keep_without_effect(result);
  result.inputs = plan_->inputs;
  result.inputs.insert(result.inputs.end(), plan_->events.begin(), plan_->events.end());
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return result;
}

}  // namespace plimsoll
