/// \file
/// What a Simulation holds: the model's plan, the outputs, and what the tables need to know.
#pragma once

#include <memory>
#include <optional>

#include "models/plan_storage.hpp"
#include "sim/evaluation_plan.hpp"
#include "sim/evidence.hpp"
#include "sim/output_selection.hpp"
#include "sim/simulation.hpp"
#include "sim/tail_sums.hpp"

namespace plimsoll {

struct Simulation::Plan {
  Scenario scenario;
  PlanStorage storage;
  ModelPlan model;
  OutputSelection outputs;
  std::optional<EvaluationPlan> evaluation;  ///< of the outputs; refers to them
  EvidencePlan evidence;
  TailPlan tail;
  std::optional<PinResult> pins;
  std::shared_ptr<const std::vector<HistoryRow>> history;
  Titles titles;
  std::vector<DriverLevelRow> driver_levels;
  std::vector<SpreadRow> spread;  ///< periods and historical figures; the run adds its own
};

/// Sobol and antithetic paths come in replicates.
inline Replication replication_of(const Simulation::Plan& plan) {
  return plan.model.draw_plan.sampling == Sampling::random ? Replication::none : Replication::sixteen;
}

/// Values of all outputs on the 64 paths from path0 on: [output * 64 + lane]. For tests and samples.
std::vector<double> simulate_outputs(const Simulation::Plan& plan, std::int64_t path0,
                                     const std::string& instruction_set = "");

}  // namespace plimsoll
