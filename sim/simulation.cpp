#include "sim/simulation.hpp"

#include <algorithm>
#include <future>

#include "models/historical_spread.hpp"
#include "models/model_setup.hpp"
#include "models/pin_setup.hpp"
#include "models/scenario_sets.hpp"
#include "models/shared_setup.hpp"
#include "scenarios/input_error.hpp"
#include "sim/draw_plan.hpp"
#include "sim/driver_outputs.hpp"
#include "sim/kernels.hpp"
#include "sim/observed_history.hpp"
#include "sim/plan.hpp"
#include "sim/sobol_axes.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

namespace {

/// Runs the drivers' history with all draws at 0.
CentralSlopes central_slopes(const ModelPlan& plan) {
  WorkspaceMemory memory(plan);
  const Workspace& w = memory.rows();
  kernels("").simulate(plan, 0, Drawing::central, 1, w);
  CentralSlopes central;
  for (int k = 0; k < kLaggedTracks; ++k) central.track_slope.push_back(static_cast<double>(w.track_slope[k].at[0]));
  for (int j = 0; j < plan.parameter_default.size; ++j)
    central.parameter.push_back(static_cast<double>(w.parameter[j].at[0]));
  // An ensemble's centre is the weighted mean of its models', which the central run holds side by side.
  for (int k = 0; k < plan.tariffs.size; ++k) {
    const float* slope = w.tariff[k].slope.at;
    double sum = static_cast<double>(slope[0]);
    if (plan.elasticity.ensemble) {
      sum = 0;
      for (int model = 0; model < 3; ++model) sum += plan.elasticity.weight[model] * static_cast<double>(slope[model]);
    }
    central.tariff_slope.push_back(sum);
  }
  if (*std::max_element(std::begin(w.unsolved->at), std::end(w.unsolved->at)) > 0) {
    throw InputError(InputKind::data, {{{},
                                        "supplier_shares.csv",
                                        "the prices of armington_ces do not converge at the centre of all parameters",
                                        "shares, elasticities or the tariffs of history are extreme",
                                        "use partial_adjustment, or milder shares and elasticities"}});
  }
  for (int k = 0; k < plan.imports.tracks.size; ++k)
    central.import_slope.push_back(static_cast<double>(w.import_slope[k].at[0]));
  return central;
}

/// Whether any output or observation reads a series of imports; they stand after those of exports, and no export
/// depends on them.
bool asks_for_imports(const Simulation::Plan& plan) {
  const ModelPlan& m = plan.model;
  const int first = 1 + m.products + m.markets + m.aggregates.size;
  const auto reads = [&](const OutputPlan& o) { return std::max({o.series, o.minus, o.total_series}) >= first; };
  return std::any_of(plan.outputs.plans.begin(), plan.outputs.plans.end(), reads) ||
         std::any_of(plan.evidence.outputs.begin(), plan.evidence.outputs.end(), reads);
}

/// Runs the central path, all draws at 0, up to the horizon.
PinResult weigh_pins(const ModelPlan& plan) {
  const WorkspaceMemory memory(plan);
  kernels("").simulate(plan, 0, Drawing::central, 0, memory.rows());
  PinResult result;
  result.distance = static_cast<double>(memory.rows().pin_distance->at[0]);
  result.months = pinned_months(plan);
  result.plausibility = plausibility(result.distance, result.months);
  return result;
}

/// What the groups and the scenario's sets are called.
Titles titles_of(const Scenario& scenario, const Calibration& c) {
  Titles titles;
  for (const Product& product : c.products) titles.products[product.id] = product.title;
  for (const Market& market : c.markets) titles.markets[market.id] = market.title;
  for (const Product& product : c.imports.products) titles.imports[product.id] = product.title;
  for (const SetDefinition& set : scenario.sets) titles.sets[set.name] = set.title;
  return titles;
}

/// Both depend on the calibration's files alone, but for series of the scenario's own sets.
std::shared_ptr<const std::vector<HistoryRow>> history_of(const Scenario& scenario, const Calibration& calibration) {
  static SetupMemo<std::string, std::vector<HistoryRow>> memo;
  const auto make = [&] { return observed_history(calibration); };
  if (!scenario.sets.empty() || calibration.sha256.empty())
    return std::make_shared<const std::vector<HistoryRow>>(make());
  return memo.find(calibration.sha256, make);
}
std::shared_ptr<const std::vector<HistoricalSpread>> spread_of(const Calibration& calibration) {
  static SetupMemo<std::string, std::vector<HistoricalSpread>> memo;
  const auto make = [&] { return historical_spread(calibration, {1, 3, 5, 8, 12}); };
  if (calibration.sha256.empty()) return std::make_shared<const std::vector<HistoricalSpread>>(make());
  return memo.find(calibration.sha256, make);
}

}  // namespace

Simulation::Simulation(const Scenario& scenario, const Calibration& base) {
  // Of many scenarios others are set up meanwhile; of one, what does not need the model's plan is.
  const auto meanwhile =
      SharedSetup::generation() != 0 ? std::launch::deferred : std::launch::async | std::launch::deferred;
  const SharedSetup shared;  // the axes of Sobol points are found with a plan of the same distributions
  const Calibration own_sets = scenario.sets.empty() ? Calibration{} : with_sets(base, scenario.sets);
  const Calibration& calibration = scenario.sets.empty() ? base : own_sets;
  if (scenario.horizon <= calibration.as_of) {
    throw InputError(InputKind::scenario, {{{},
                                            "horizon",
                                            "the horizon " + to_string(scenario.horizon) + " is not after as_of " +
                                                to_string(calibration.as_of),
                                            "there is no month to simulate",
                                            "use " + to_string(calibration.as_of + 1) + " or later"}});
  }
  auto outputs = std::async(meanwhile, [&] { return select_outputs(scenario, calibration); });
  auto history = std::async(meanwhile, [&] { return history_of(scenario, calibration); });
  auto plan = std::make_unique<Plan>();
  plan->scenario = scenario;
  plan->model = plan_model(scenario, calibration, plan->storage, central_slopes);
  plan->model.draw_plan =
      plan_draws(scenario, calibration, plan->model, bridge_months(plan->model.months), plan->storage);
  if (plan->model.draw_plan.sampling == Sampling::sobol)
    turn_towards_growth(plan->model.draw_plan, plan->model.months, calibration, central_slopes, plan->storage);
  plan->outputs = outputs.get();
  plan->tail = plan_tail(plan->outputs);
  plan->evidence = plan_evidence(scenario, calibration);
  plan->model.attribution.on =
      plan->evidence.attributed || std::any_of(plan->outputs.plans.begin(), plan->outputs.plans.end(),
                                               [](const OutputPlan& o) { return o.piece_to >= o.piece_from; });
  if (!asks_for_imports(*plan)) plan->model.imports = {};
  if (!scenario.pins.empty()) plan->pins = weigh_pins(plan->model);
  plan->history = history.get();
  plan->titles = titles_of(scenario, calibration);
  for (const DriverThreshold& threshold : scenario.report.driver_thresholds) {
    plan->driver_levels.push_back(
        {"driver." + threshold.driver + ".level",
         threshold.side == DriverThreshold::Side::above ? "risen_to" : "fallen_to",
         threshold_level(threshold, calibration),
         threshold.level ? "" : "its mean of " + to_string(threshold.from) + " to " + to_string(threshold.to)});
  }
  const auto spread = spread_of(calibration);
  for (const HistoricalSpread& past : *spread) {
    const Month last = released_after(calibration.as_of, past.horizon);
    if (last > scenario.horizon || past.forecasts == 0) continue;
    const Month first = last.month() == 2 ? last - 1 : last;
    plan->spread.push_back({past.horizon, {Frequency::month, first, last}, 0, past.sd_pp, past.forecasts});
  }
  plan->evaluation.emplace(plan->outputs.plans, plan->model.months, plan->model.attribution.first);
  plan_ = std::move(plan);
}

Simulation::~Simulation() = default;
Simulation::Simulation(Simulation&&) noexcept = default;

std::vector<double> simulate_outputs(const Simulation::Plan& plan, std::int64_t path0,
                                     const std::string& instruction_set) {
  const Kernels& kernel = kernels(instruction_set);
  WorkspaceMemory memory(plan.model);
  kernel.simulate(plan.model, static_cast<std::uint64_t>(path0), Drawing::planned, 0, memory.rows());
  std::vector<double> out(plan.outputs.plans.size() * kBlockPaths);
  kernel.evaluate(plan.outputs.plans.data(), static_cast<int>(plan.outputs.plans.size()), plan.model, memory.rows(),
                  out.data());
  return out;
}

}  // namespace plimsoll
