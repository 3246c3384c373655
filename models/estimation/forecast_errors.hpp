/// \file
/// What a trend model's own forecasts missed by, and how wide the common shocks have to be for that.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/estimation/trend_filter.hpp"

namespace plimsoll {

/// Months of a total that trends can be fitted to.
inline constexpr int kFewestTotalMonths = 48;

/// How the forecasts were made whose errors are counted.
enum class ErrorsOf {
  whole_sample_fit,  ///< one model, fitted to all data: the filter alone is of the past
  expanding_fit      ///< model, seasons and long-run slope from the past alone, fitted again each January
};

/// Total trade of one flow: its trend, season and shocks, with the damping that forecast best.
struct TotalTrend {
  TrendModel model;
  Seasons seasons{};
  double slope_log = 0, slope_sd = 0;         ///< mu at as_of and its sd, log per year
  double level_sd = 0;                        ///< of the level a at as_of: what of the last months is noise
  std::string damping_period;                 ///< `2013-2019`, or which part of a series that begins later
  std::map<double, double> damping_error_pp;  ///< rms forecast error by slope damping
  std::map<int, double> error_pp;             ///< rms of the model's own forecasts by released periods ahead
  ErrorsOf errors_of = ErrorsOf::whole_sample_fit;
};

/// From monthly levels. The damping is chosen on forecasts from origins of 2013 on whose targets end in 2019, or on the
/// first two thirds of a series that begins later; the model is fitted from 2013 (or the start) to the end. February to
/// May 2020 do not feed the filter but stand among the targets. A series of less than seven years is too short for an
/// expanding fit: its errors are of the whole-sample fit, and `errors_of` says so.
TotalTrend fit_total(const MonthlySeries& levels, ErrorsOf errors);

/// What the scale of common shocks rests on, for notes.
std::string errors_name(ErrorsOf asked, const TotalTrend& total);

/// Released periods ahead that errors are kept for.
inline constexpr int kErrorHorizons[] = {1, 3, 5, 8, 12};

/// Shocks that all parts share, once the parts' own are taken off.
struct CommonShocks {
  double residual_sd = 0, level_sd = 0, slope_sd = 0, slope_start_sd = 0;
  double scale = 1;
  std::map<int, double> implied_pp;  ///< sd of the total from baseline processes, by released periods ahead
};
/// Variances of independent parts of the total, weighted: sums of (share x sd)^2.
struct PartVariances {
  double noise = 0, level = 0, slope_start = 0, slope_shock = 0;
  double level_start = 0;  ///< not of a part: of the total's own level at as_of, seen as its residual fades
};
/// Scaled so that implied variances at 5, 8 and 12 released periods add up to those of the model's own errors, less
/// `drivers_pp` (a year, growing with the root of time) for explicit drivers.
CommonShocks common_shocks(const TotalTrend& total, const PartVariances& parts, double drivers_pp, Month as_of);

}  // namespace plimsoll
