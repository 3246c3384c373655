/// \file
/// How a calibration is estimated: what each series is net of, which loadings are measured, what is taken as given.
/// Read from the folder `estimation/` of a calibration: docs/reference/calibration-format.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/estimation/forecast_errors.hpp"
#include "models/estimation/seasonal_regression.hpp"
#include "models/estimation/table_text.hpp"

namespace plimsoll {

/// One product's or market's share of the total.
struct ComponentPlan {
  std::string dimension, id;
  std::string series;           ///< components of one name are observed only together
  double memory_log = 0;        ///< response of the share to the lagged memory price, taken out first
  double memory_price_log = 0;  ///< that of the unit value
  double us_tariff_log = 0;     ///< coefficient on the offset of that name
  enum class Noise { own, apart, median } noise = Noise::own;
  double most_level_frac = 1;
  std::string note;
};

/// A unit value measured against one driver, to be joined with its prior by precision.
struct MeasuredLoading {
  std::string product, driver;
  double prior_mean = 0, prior_sd = 0;
  std::string prior_from;
  double net_of_capex_log = 0;
  Month from;
  double se_factor = 1, least_se = 0;
};

/// One import product's share of total imports; periods are those of its series.
struct ImportComponentPlan {
  std::string id, series;
  double memory_log = 0, oil_log = 0, oil_lag_months = 0;  ///< response of the share, taken out first
  ComponentPlan::Noise noise = ComponentPlan::Noise::own;
  double most_level_frac = 1;
  std::string note;
};

struct Upswing {
  double months_up = 0, rise_multiple = 1;
};

struct EstimationPlan {
  std::vector<ComponentPlan> components;
  std::map<std::string, MonthlySeries> offsets;
  std::vector<MeasuredLoading> measured;
  std::vector<Upswing> upswings;
  std::map<std::string, double> explicit_driver_sd_pp, explicit_import_driver_sd_pp;
  std::map<std::string, std::map<Month, double>> driver_digits;  ///< figures that drivers.csv rounds
  std::vector<ImportComponentPlan> import_components;
  std::map<std::string, std::vector<MonthSpan>> import_periods;  ///< by series
  std::map<std::string, MonthlySeries> import_line_digits;       ///< by series: what import_history.csv rounds
  double memory_lag_months = 1.25;
  Month memory_trend_until;
  std::optional<int> released_periods;           ///< instead of those of the window
  ErrorsOf errors = ErrorsOf::whole_sample_fit;  ///< of the forecasts that common shocks are scaled to

  /// History of a driver, with all its digits, up to `until`.
  MonthlySeries driver(const TableFiles& files, const std::string& folder, const std::string& name, Month until) const;
  /// The component of an id; one without responses where none is listed.
  ComponentPlan component(const std::string& dimension, const std::string& id) const;
};

/// From `estimation/*.csv` among `files` of calibration `folder`; `known_on` as in every table. \throws InputError
/// (data)
EstimationPlan read_estimation_plan(const TableFiles& files, const std::string& folder, Date known_on);

}  // namespace plimsoll
