/// \file
/// The points of a planned sweep, simulated one by one: what they share is read once.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "models/calibration.hpp"
#include "models/shared_setup.hpp"
#include "outputs/sweep_results.hpp"
#include "scenarios/scenario_template.hpp"
#include "sim/figure_plan.hpp"
#include "sim/simulation.hpp"
#include "sim/sweep_plan.hpp"

namespace plimsoll {

/// Calibrations by name, each read once, with what scenarios may refer to. Threads may look at once.
class CalibrationShelf {
 public:
  struct Kept {
    Calibration calibration;
    IdCatalog catalog;
  };
  /// `folder`: of calibrations that go before the shipped ones, or empty.
  explicit CalibrationShelf(std::string folder) : folder_(std::move(folder)) {}
  /// \throws InputError
  const Kept& at(const std::string& name) const;

 private:
  std::string folder_;
  mutable std::mutex guard_;
  mutable std::map<std::string, Kept> kept_;  ///< elements stay where they are
};

class SweepPoints {
 public:
  /// \throws InputError (incompatible) when engine or calibrations are others than those of the plan
  explicit SweepPoints(const SweepPlan& plan);

  /// Threads may call it at once. Nothing when asked to stop. What a point's own values make impossible is its outcome,
  /// not an exception.
  std::optional<PointOutcome> simulate(std::int64_t point, int threads, const std::atomic<bool>& stop) const;
  /// The point as a run would have it, for plans of time and memory. \throws InputError
  Simulation simulation(std::int64_t point) const;
  /// Observations weigh the paths; the engine then wants the threads for each point.
  bool weighted() const { return weighted_; }

 private:
  const SweepPlan& plan_;
  ScenarioTemplate scenario_;
  FigurePlan figures_;
  CalibrationShelf shelf_;
  SharedSetup shared_;
  bool weighted_ = false;
};

}  // namespace plimsoll
