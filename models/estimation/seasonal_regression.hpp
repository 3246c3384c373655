/// \file
/// Seasonal regressions on released periods: January and February are one season, at a date that the new year moves.
/// Formulas: docs/theory/estimation.md.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "models/estimation/dense.hpp"
#include "scenarios/month.hpp"

namespace plimsoll {

/// A monthly series from `from` on; NaN where there is no figure.
struct MonthlySeries {
  Month from;
  std::vector<double> values;

  Month last() const { return from + (static_cast<int>(values.size()) - 1); }
  bool holds(Month month) const { return month >= from && month <= last(); }
  double at(Month month) const { return values.at(static_cast<std::size_t>(month - from)); }
  MonthlySeries since(Month month) const;
  MonthlySeries until(Month month) const;
  /// Sum over a calendar year.
  double year(int year) const;
};

/// Seasons: January-February, March .. December.
inline constexpr std::size_t kSeasons = 11;
std::size_t season_of(Month month);
const char* season_name(std::size_t season);
/// Months of a season in the mean over a year: 2 for January-February.
double season_months(std::size_t season);
using Seasons = std::array<double, kSeasons>;  ///< log factors; mean over twelve months 0

/// Logs of a series of levels by released period: none in January, February has the log of the mean of both.
MonthlySeries released_logs(const MonthlySeries& levels);
int released_periods(Month first, Month last);
/// Months from `as_of` to the h-th period released after it.
int months_to_released(Month as_of, int h);

/// Effects of March .. December as columns that average to zero over twelve months; January-February is implied.
Dense season_columns(Month from, std::size_t months);
/// All eleven effects from those of the ten columns.
Seasons seasons_from(const std::vector<double>& effects);

/// Random season effects shrunk towards zero, beside a cubic trend (EM; Laird and Ware 1982).
struct ShrunkSeasons {
  Seasons effects{};
  std::vector<double> residuals;  ///< by month of the grid; NaN where there is no figure
  double kept_frac = 0;           ///< how much of a raw effect is kept
};
ShrunkSeasons shrunk_seasons(const MonthlySeries& log_series);

/// The same for a series that is printed by periods of one or more months (log of the mean month), beside a quadratic
/// trend: a period has the mean of its months' effects. Residuals are by period.
struct MonthSpan {
  Month first, last;
};
ShrunkSeasons shrunk_seasons(const std::vector<MonthSpan>& periods, const std::vector<double>& logs, Month grid_from);

/// January's share of January plus February: a quadratic in the day of the new year, by least squares.
struct NewYearFit {
  std::map<int, double> actual, fitted;  ///< by year
  double residual_sd = 0;
};
/// \param new_years date of the new year by year; \param left_out years that the fit does not use.
NewYearFit fit_january_shares(const MonthlySeries& levels, const std::map<int, Date>& new_years,
                              const std::vector<int>& left_out);

}  // namespace plimsoll
