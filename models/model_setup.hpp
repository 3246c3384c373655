/// \file
/// Turns a scenario and a calibration into the plan that kernels read.
#pragma once

#include <functional>

#include "models/calibration.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// What the drivers do on the central path (all draws 0) inside the trend window: filled by a run of the kernel's
/// history.
struct CentralSlopes {
  std::vector<double> track_slope;   ///< [4]
  std::vector<double> parameter;     ///< value of every row
  std::vector<double> tariff_slope;  ///< [tariffs]
  std::vector<double> import_slope;  ///< [import tracks]
};

/// Kalman gain with which a forecast starts between the trend line and the last observation: the median over products
/// of the gain that their permanent and transitory variances imply.
double start_gain(const Calibration& calibration);

/// Builds the plan. `central` runs the kernel's history on the plan made so far.
/// \throws InputError when scenario and calibration do not fit.
ModelPlan plan_model(const Scenario& scenario, const Calibration& calibration, PlanStorage& storage,
                     const std::function<CentralSlopes(const ModelPlan&)>& central);

}  // namespace plimsoll
