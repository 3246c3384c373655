/// \file
/// Plans what a calibration declares: drivers of its own with loadings, residual factors, residuals of cells.
#pragma once

#include "models/calibration.hpp"
#include "models/parameter_table.hpp"
#include "models/plan_storage.hpp"

namespace plimsoll {

/// Index of a declared driver, or -1.
int declared_index(const Calibration& calibration, const std::string& driver);

/// Whether a loading's coefficients are the same on every path: it then stands in the matrix, else in the lists.
bool is_in_matrix(const Calibration& calibration, const Loading& loading);

DeclaredPlan plan_declared(const Calibration& calibration, ParameterTable& table, PlanStorage& storage);

}  // namespace plimsoll
