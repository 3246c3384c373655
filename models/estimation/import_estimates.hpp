/// \file
/// Every estimate on the import side of a calibration: seasons, shocks and slopes from printed periods.
#pragma once

#include "models/estimation/export_estimates.hpp"
#include "models/estimation/loading_estimates.hpp"

namespace plimsoll {

/// Estimates import_seasonal.csv, import_lunar_new_year.csv, and rows of import_parameters.csv, in place.
/// \param slope_shock_sd of export products. \throws InputError (data)
struct ImportEstimates {
  std::vector<EstimateRow> rows;
  std::vector<ProductFigures> figures;  ///< printed volumes and unit values, for loadings
};
ImportEstimates estimate_imports(TableFiles& files, const std::string& folder, const CalibrationDays& days,
                                 const EstimationPlan& plan, double slope_shock_sd);

}  // namespace plimsoll
