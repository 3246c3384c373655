/// \file
/// All standard normals that a scenario draws by name, as one space: where design points lie.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

/// Streams of monthly normals are components of a Brownian bridge each, as for Sobol points; parameters one normal.
/// Events, and residuals that a calibration draws cell by cell, are not among them: at their centre (no event with a
/// chance below one half) or random.
class NormalSpace {
 public:
  /// The plan must outlive the object.
  NormalSpace(const Simulation::Plan& plan, const Calibration& calibration);

  std::size_t dimensions() const { return stream_of_.size(); }
  /// Stream that a dimension is a part of, by name: driver/capex, residual/world, parameter/hardware_share_frac.
  const std::vector<std::string>& streams() const { return names_; }
  std::size_t stream_of(std::size_t dimension) const { return stream_of_[dimension]; }
  const ModelPlan& model() const { return model_; }

 private:
  PlanStorage storage_;
  ModelPlan model_;
  std::vector<std::string> names_;
  std::vector<std::size_t> stream_of_;  ///< row of names_
};

/// Evaluates outputs at points of the space; one thread's.
class SpaceProbe {
 public:
  using Point = std::vector<double>;

  SpaceProbe(const NormalSpace& space, const Kernels& kernel);

  /// Values of an output at the points, everything outside the space at its centre.
  std::vector<double> values(const OutputPlan& output, const std::vector<Point>& points);
  /// By central differences along `dimensions`; 0 along all others.
  Point gradient(const OutputPlan& output, const Point& at, const std::vector<std::size_t>& dimensions);
  /// Values of some outputs at one point.
  std::vector<double> values_at(const std::vector<OutputPlan>& outputs, const Point& at);
  /// Rows of normals by dimension for the 64 paths from path0 on, then simulates them with `shift(lane)` added, all
  /// else drawn. \returns the rows
  const Row* simulate_shifted(std::int64_t path0, const std::function<const Point*(std::size_t lane)>& shift);
  const Workspace& rows() const { return memory_.rows(); }

 private:
  void put(const std::vector<Point>& points, std::size_t first);

  const NormalSpace& space_;
  const Kernels& kernel_;
  WorkspaceMemory memory_;
};

}  // namespace plimsoll
