/// \file
/// China's total exports and imports by released period, with what was known beside them: the manufacturing index of
/// purchasing managers, the price of oil and the calendar. January and February are one period, 11 a year.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/month.hpp"

namespace plimsoll {

/// Released periods a year.
inline constexpr int kPeriodsAYear = 11;

enum class TradeFlow { exports, imports };
std::string to_string(TradeFlow flow);

/// What is known of a period beside its total, before the total is out.
struct TotalsIndicators {
  double mfg_pmi = 50;
  double oil_change_log = 0;  ///< of three months; acts on the next period
  double oil_since_log = 0;   ///< since the period before; acts on the period itself
};

/// Released periods without a gap; `period[k]` is the period's last month (February stands for January and February).
struct TotalsData {
  std::vector<Month> period;
  std::vector<double> exports_usd_bn, imports_usd_bn;
  std::vector<double> monthly_exports_usd_bn, monthly_imports_usd_bn;  ///< from the January before the first period
  std::vector<double> mfg_pmi;  ///< of the period's last month; 50: as many firms say better as worse
  /// Log change of the price of oil (Brent, monthly mean) in the three months up to the period's last, and since the
  /// last month of the period before; 0 where the table does not reach back.
  std::vector<double> oil_change_log, oil_since_log;

  const std::vector<double>& of(TradeFlow flow) const {
    return flow == TradeFlow::exports ? exports_usd_bn : imports_usd_bn;
  }
  const std::vector<double>& monthly_of(TradeFlow flow) const {
    return flow == TradeFlow::exports ? monthly_exports_usd_bn : monthly_imports_usd_bn;
  }
  TotalsIndicators indicators(std::size_t at) const { return {mfg_pmi[at], oil_change_log[at], oil_since_log[at]}; }
};

/// Table with month, exports_usd_bn, imports_usd_bn, mfg_pmi, brent_usd_bbl and where they come from; from a January
/// on, every month once. \throws InputError (data) with line and column: gaps, doubled months, negative values, slips
/// of the decimal point against neighbours.
TotalsData read_totals(const std::string& text, const std::string& file);

/// The period after.
Month next_period(Month period);
/// So many periods on.
Month period_after(Month period, int count);
/// The period before.
Month previous_period(Month period);

/// Days on which the calendar of a year turns: known years ahead.
class TradeCalendar {
 public:
  /// Table with year, new_year_date, mid_autumn_date. \throws InputError (data)
  TradeCalendar(const std::string& text, const std::string& file);

  bool covers(Month period) const;
  /// What the calendar says of a period, each about 0 on average: where the new year falls (tens of days from 4
  /// February) for January with February and for the December before it; how far a late new year reaches into March;
  /// working days against the same period's mean over the years.
  static constexpr int kRegressors = 4;
  std::vector<double> regressors(Month period) const;
  /// Mondays to Fridays that are no public holiday, in the period.
  double working_days(Month period) const;

 private:
  struct Year {
    Date new_year, mid_autumn;
  };
  bool holiday(const Date& day) const;
  double new_year_day(int year) const;  ///< days from 1 January
  std::map<int, Year> years_;
  std::vector<double> usual_days_;  ///< by season, from 0
};

}  // namespace plimsoll
