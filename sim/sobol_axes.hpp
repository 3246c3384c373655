/// \file
/// Directions of the Sobol dimensions: the first ones follow what moves growth of total exports (Imai and Tan 2006).
#pragma once

#include <functional>

#include "models/calibration.hpp"
#include "models/model_setup.hpp"

namespace plimsoll {

/// Sets the plan's axes and the dimensions drawn over `months`. The directions are the gradients of growth of total
/// exports, year by year and month by month, by all Sobol dimensions on the central path of the calibration's plain
/// scenario, to the end of the year after as_of. No scenario changes them, so none moves the draws of another.
void turn_towards_growth(DrawPlan& plan, int months, const Calibration& calibration,
                         const std::function<CentralSlopes(const ModelPlan&)>& central, PlanStorage& storage);

/// Reflections H = 1 - v v' with |v|^2 = 2 (Householder 1958) whose product H_1 .. H_n has the directions, made
/// orthogonal in their order, as its first columns. [n * dimensions]; directions that add less than a hundredth of
/// their length are left out.
std::vector<double> reflections(const std::vector<std::vector<double>>& directions);

}  // namespace plimsoll
