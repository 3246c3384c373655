#include "sim/trace.hpp"

#include "scenarios/number_text.hpp"
#include "sim/driver_outputs.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {
namespace {

using Kind = TraceRow::Kind;

/// A path's place: its block of 64 and its lane there.
struct LaneOfPath {
  std::uint64_t path0;
  std::size_t lane;

  explicit LaneOfPath(std::int64_t path)
      : path0(static_cast<std::uint64_t>(path) / kBlockPaths * kBlockPaths),
        lane(static_cast<std::size_t>(path) % kBlockPaths) {}
  double of(const Row& row) const { return static_cast<double>(row.at[lane]); }
};

void add_draws(const Simulation::Plan& plan, const Workspace& w, const LaneOfPath& at, std::vector<TraceRow>& rows) {
  const std::vector<std::string>& names = plan.storage.parameter_names();
  for (const ParameterDraw& draw : plan.model.draws)
    rows.push_back(
        {Kind::parameter, names[static_cast<std::size_t>(draw.row)], "", "", "", "", "", at.of(w.parameter[draw.row])});
  for (std::size_t k = 0; k < plan.scenario.tariff_shocks.size(); ++k) {
    const TariffLayer& layer = plan.scenario.tariff_shocks[k];
    rows.push_back({Kind::event, "tariff_shocks." + layer.name + "." + to_string(layer.effective), "", "", "", "", "",
                    at.of(w.layer_event[k])});
  }
  if (plan.model.elasticity.ensemble)
    rows.push_back({Kind::event, "elasticity_model", "", "", "", "", "", at.of(*w.elasticity_model)});
}

/// Values of outputs on one path.
std::vector<double> evaluate(const std::vector<OutputPlan>& outputs, const ModelPlan& model, const Kernels& kernel,
                             const Workspace& w, const LaneOfPath& at) {
  std::vector<double> all(outputs.size() * kBlockPaths), values;
  kernel.evaluate(outputs.data(), static_cast<int>(outputs.size()), model, w, all.data());
  for (std::size_t o = 0; o < outputs.size(); ++o) values.push_back(all[o * kBlockPaths + at.lane]);
  return values;
}

void add_levels(const Simulation::Plan& plan, const Calibration& calibration, const Kernels& kernel, const Workspace& w,
                const LaneOfPath& at, std::vector<TraceRow>& rows) {
  OutputSelection drivers;
  add_driver_outputs(
      plan.scenario, calibration, [](const std::string&) { return true; }, drivers);
  const std::vector<double> values = evaluate(drivers.plans, plan.model, kernel, w, at);
  for (std::size_t o = 0; o < values.size(); ++o) {
    const OutputLabel& label = drivers.labels[o];
    if (label.table != OutputLabel::Table::summary || label.period.frequency != Frequency::month) continue;
    rows.push_back({Kind::driver, label.series, "", "", to_string(label.period.frequency), to_string(label.period),
                    label.unit, values[o]});
  }
}

/// What the workspace keeps of the last month alone comes from simulations that end in each month.
void add_deviations(const Simulation::Plan& plan, const Calibration& calibration, const Kernels& kernel,
                    const LaneOfPath& at, std::vector<TraceRow>& rows) {
  std::vector<std::vector<TraceRow>> by_driver(calibration.markets.size() + plan.scenario.shocks.size());
  for (int t = 1; t <= plan.model.months; ++t) {
    ModelPlan model = plan.model;
    model.months = t;
    model.attribution.on = false;
    const WorkspaceMemory memory(model);
    const Workspace& w = memory.rows();
    kernel.simulate(model, at.path0, Drawing::planned, 0, w);
    const std::string month = to_string(calibration.as_of + t);
    std::size_t driver = 0;
    for (std::size_t k = 0; k < calibration.markets.size(); ++k)
      by_driver[driver++].push_back({Kind::driver, "driver.foreign_demand." + calibration.markets[k].id, "", "", "M",
                                     month, "log", at.of(w.demand[k])});
    for (std::size_t k = 0; k < plan.scenario.shocks.size(); ++k)
      by_driver[driver++].push_back({Kind::driver, "shocks." + plan.scenario.shocks[k].name, "", "", "M", month, "log",
                                     at.of(w.shock_effect[k])});
  }
  for (const std::vector<TraceRow>& one : by_driver) rows.insert(rows.end(), one.begin(), one.end());
}

Kind kind_of(OutputLabel::Table table) {
  switch (table) {
    case OutputLabel::Table::summary: return Kind::summary;
    case OutputLabel::Table::probabilities: return Kind::probability;
    case OutputLabel::Table::contributions: break;
  }
  return Kind::contribution;
}

}  // namespace

std::string to_string(TraceRow::Kind kind) {
  switch (kind) {
    case Kind::parameter: return "parameter";
    case Kind::event: return "event";
    case Kind::driver: return "driver";
    case Kind::summary: return "summary";
    case Kind::probability: return "probability";
    case Kind::contribution: break;
  }
  return "contribution";
}

std::vector<TraceRow> trace_path(const Simulation::Plan& plan, const Calibration& calibration, std::int64_t path,
                                 const std::string& instruction_set) {
  const Kernels& kernel = kernels(instruction_set);
  const LaneOfPath at(path);
  const WorkspaceMemory memory(plan.model);
  const Workspace& w = memory.rows();
  kernel.simulate(plan.model, at.path0, Drawing::planned, 0, w);

  std::vector<TraceRow> rows;
  add_draws(plan, w, at, rows);
  add_levels(plan, calibration, kernel, w, at, rows);
  add_deviations(plan, calibration, kernel, at, rows);
  const std::vector<double> values = evaluate(plan.outputs.plans, plan.model, kernel, w, at);
  for (std::size_t o = 0; o < values.size(); ++o) {
    const OutputLabel& label = plan.outputs.labels[o];
    const bool chance = label.table == OutputLabel::Table::probabilities;
    rows.push_back({kind_of(label.table), label.series, label.by, chance ? shortest(label.threshold) : label.key,
                    to_string(label.period.frequency), to_string(label.period), label.unit, values[o]});
  }
  return rows;
}

}  // namespace plimsoll
