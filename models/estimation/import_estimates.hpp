/// \file
/// Every estimate on the import side of a calibration: seasons, shocks and slopes from printed periods, prices on oil.
#pragma once

#include "models/estimation/export_estimates.hpp"

namespace plimsoll {

/// Estimates import_seasonal.csv, import_lunar_new_year.csv, and rows of import_parameters.csv and import_loadings.csv.
/// \param slope_shock_sd of export products. \throws InputError (data)
std::vector<EstimateRow> estimate_imports(TableFiles& files, const std::string& folder, const CalibrationDays& days,
                                          const EstimationPlan& plan, double slope_shock_sd);

}  // namespace plimsoll
