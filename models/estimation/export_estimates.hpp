/// \file
/// Every estimate on the export side of a calibration, from its own history and drivers into its tables.
#pragma once

#include <string>
#include <vector>

#include "models/estimation/estimate_rows.hpp"
#include "models/estimation/share_estimates.hpp"

namespace plimsoll {

/// What calibration.yaml says of the days.
struct CalibrationDays {
  Month as_of, window_from;
  Date known_on;
};

/// Estimates seasonal.csv, lunar_new_year.csv, and rows of parameters.csv and loadings.csv, in place. All other rows
/// stay. \throws InputError (data) when the tables do not suffice.
struct ExportEstimates {
  std::vector<EstimateRow> rows;
  double slope_shock_sd = 0;  ///< of products, log per year a month: imports are too short to tell their own
  TotalTrend total;
  CommonShocks common;
  TradeHistory history;
  ShareEstimates shares;
};
ExportEstimates estimate_exports(TableFiles& files, const std::string& folder, const CalibrationDays& days,
                                 const EstimationPlan& plan);

/// seasonal.csv or import_seasonal.csv: factors to six decimals whose mean over twelve months is exactly 0.
void add_season_rows(TableText& table, const std::string& product, const Seasons& seasons,
                     const std::vector<std::string>& provenance);

/// lunar_new_year.csv from the table's own dates: actual shares where both months are out, else the fit.
std::string january_table(const TableText& before, const MonthlySeries& total, const std::string& known_on,
                          bool tells_pandemic);

/// Slope of a product's log unit value on the lagged memory price, net of capex.
struct UnitValueSlope {
  double slope = 0, se = 0;
  int months = 0;
};
UnitValueSlope unit_value_slope(const TradeHistory& history, const MeasuredLoading& plan, const MonthlySeries& memory,
                                double lag_months, const std::map<Month, double>& capex);

}  // namespace plimsoll
