#include "sim/program/sweep_points.hpp"

#include <algorithm>
#include <new>

#include "models/calibration_reader.hpp"
#include "sim/engine_number.hpp"
#include "sim/point_run.hpp"

namespace plimsoll {

namespace {

/// All problems on one line.
std::string one_line(const InputError& error) {
  std::string text;
  for (const Problem& p : error.problems()) {
    text += (text.empty() ? "" : "; ") + (p.path.empty() ? "" : p.path + ": ") + p.what;
    if (!p.why.empty()) text += " (" + p.why + ")";
  }
  return text;
}

std::string one_line(const std::exception& error) {
  std::string text = error.what();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text.empty() ? "failed" : text;
}

FigurePlan figures_of(const SweepPlan& plan) {
  std::vector<Statistic> statistics;
  for (const SweepPlan::Output& output : plan.outputs) {
    Problem problem{{"plan.json"}, "outputs", "", "", ""};
    const std::optional<Statistic> statistic = parse_statistic(output.text, problem);
    if (!statistic) throw InputError(InputKind::data, {problem});
    statistics.push_back(*statistic);
  }
  return FigurePlan(statistics);
}

}  // namespace

const CalibrationShelf::Kept& CalibrationShelf::at(const std::string& name) const {
  const std::lock_guard lock(guard_);
  const auto known = kept_.find(name);
  if (known != kept_.end()) return known->second;
  Calibration calibration = load_calibration(name, folder_);
  IdCatalog catalog = catalog_of(calibration);
  return kept_.emplace(name, Kept{std::move(calibration), std::move(catalog)}).first->second;
}

SweepPoints::SweepPoints(const SweepPlan& plan)
    : plan_(plan),
      scenario_(ScenarioTemplate::parse(plan.scenario_yaml, plan.scenario)),
      figures_(figures_of(plan)),
      shelf_(plan.calibrations_folder) {
  const auto refuse = [](const std::string& what, const std::string& why, const std::string& hint) {
    throw InputError(InputKind::incompatible, {{{"plan.json"}, "", what, why, hint}});
  };
  if (plan.engine_number != kEngineNumber)
    refuse("the sweep is of engine " + std::to_string(plan.engine_number),
           "this program has engine " + std::to_string(kEngineNumber) + ", whose digits are others",
           "go on with plimsoll " + plan.version + ", or run the sweep again in another folder");
  for (const SweepPlan::Input& c : plan.calibrations) {
    if (shelf_.at(c.name).calibration.sha256 != c.sha256)
      refuse("calibration " + c.name + " is another than that of the plan", "its files have changed since",
             "bring them back, or run the sweep again in another folder");
  }
  weighted_ = plan.scenario_json.find("\"observations\":[{") != std::string::npos ||
              std::any_of(plan.fields.begin(), plan.fields.end(),
                          [](const std::string& field) { return field.rfind("observations", 0) == 0; });
}

Simulation SweepPoints::simulation(std::int64_t point) const {
  const Scenario scenario =
      scenario_.variant(assignments(plan_, point), [&](const std::string& name) { return shelf_.at(name).catalog; });
  return {scenario, shelf_.at(scenario.calibration).calibration};
}

std::optional<PointOutcome> SweepPoints::simulate(std::int64_t point, int threads,
                                                  const std::atomic<bool>& stop) const {
  PointOutcome outcome;
  try {
    const Simulation one = simulation(point);
    RunOptions options;
    options.threads = threads;
    options.stop = &stop;
    const PointRun run = run_point(figures_, one, options);
    if (run.figures.empty()) return std::nullopt;
    outcome.figures = run.figures;
    outcome.unsolved = run.paths_unsolved;
  } catch (const InputError& error) {
    outcome.error = one_line(error);
  } catch (const std::bad_alloc&) {
    throw;  // of the host, not of the point
  } catch (const std::exception& error) {
    outcome.error = one_line(error);
  }
  return outcome;
}

}  // namespace plimsoll
