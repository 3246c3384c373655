#include "models/totals_data.hpp"

#include <cmath>

#include "models/calibration_table.hpp"
#include "models/estimation/seasonal_regression.hpp"

namespace plimsoll {
namespace {

/// A month's value above this multiple of the month before, or below its inverse, is taken for a slip: the wildest
/// change on record is a half (February 2015 on March 2015).
constexpr double kSlipFactor = 4;
/// The same for the price of oil: it fell by 45% in March 2020.
constexpr double kOilSlipFactor = 3;

void check_slip(const CalibrationTable& table, std::size_t row, const std::string& column, double now, double before) {
  const double ratio = now / before;
  if (ratio < kSlipFactor && ratio > 1 / kSlipFactor) return;
  table.problem(row, column, "the value is " + std::string(ratio > 1 ? "far above" : "far below") + " the month before",
                "totals do not change fourfold in a month", "check the decimal point and the unit: USD bn");
}

}  // namespace

std::string to_string(TradeFlow flow) { return flow == TradeFlow::exports ? "exports" : "imports"; }

Month next_period(Month period) {
  const Month next = period + 1;
  return next.month() == 1 ? next + 1 : next;
}

Month period_after(Month period, int count) {
  for (; count > 0; --count) period = next_period(period);
  return period;
}

Month previous_period(Month period) { return period.month() == 2 ? period - 2 : period - 1; }

TotalsData read_totals(const std::string& text, const std::string& file) {
  std::vector<Problem> problems;
  TableChecks checks{problems, {}, {}};
  const CalibrationTable table(
      file, text,
      {"month", "exports_usd_bn", "imports_usd_bn", "mfg_pmi", "brent_usd_bbl", "source", "pmi_source", "oil_source"},
      checks);
  std::vector<double> log_oil;
  const auto oil_change = [&](std::size_t months) {
    return log_oil.size() > months ? log_oil.back() - log_oil[log_oil.size() - 1 - months] : 0;
  };
  TotalsData data;
  double exports_before = 0, imports_before = 0;
  std::optional<Month> last;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::optional<Month> month = table.month(row, "month");
    const std::size_t found = problems.size();
    const double exports = table.positive(row, "exports_usd_bn"), imports = table.positive(row, "imports_usd_bn");
    const double pmi = table.positive(row, "mfg_pmi"), oil = table.positive(row, "brent_usd_bbl");
    if (!month || problems.size() > found) continue;
    if (!last && month->month() != 1)
      table.problem(row, "month", "the table starts in the middle of a year", "January and February are one period",
                    "start with a January");
    if (last && *month != *last + 1)
      table.problem(row, "month", "after " + to_string(*last) + " comes " + to_string(*month),
                    "every month stands once and in order", "fill the gap or remove the doubled month");
    if (pmi < 20 || pmi > 80)
      table.problem(row, "mfg_pmi", "no such index", "it runs from 0 to 100 and has stayed between 35 and 60",
                    "give the manufacturing index of purchasing managers");
    if (last) check_slip(table, row, "exports_usd_bn", exports, exports_before);
    if (last) check_slip(table, row, "imports_usd_bn", imports, imports_before);
    if (!log_oil.empty() && std::abs(std::log(oil) - log_oil.back()) > std::log(kOilSlipFactor))
      table.problem(row, "brent_usd_bbl", "the price is three times that of the month before, or a third",
                    "oil does not move so in a month", "check the decimal point and the unit: USD a barrel");
    log_oil.push_back(std::log(oil));
    data.monthly_exports_usd_bn.push_back(exports);
    data.monthly_imports_usd_bn.push_back(imports);
    const bool joins = month->month() == 2 && last;
    if (month->month() != 1) {
      data.period.push_back(*month);
      data.exports_usd_bn.push_back(exports + (joins ? exports_before : 0));
      data.imports_usd_bn.push_back(imports + (joins ? imports_before : 0));
      data.mfg_pmi.push_back(pmi);
      data.oil_change_log.push_back(oil_change(3));
      data.oil_since_log.push_back(oil_change(joins ? 2 : 1));
    }
    last = month;
    exports_before = exports;
    imports_before = imports;
  }
  if (problems.empty() && data.period.empty())
    table.problem("the table has no released period", "it needs years of monthly totals", "add rows");
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  return data;
}

TradeCalendar::TradeCalendar(const std::string& text, const std::string& file) {
  std::vector<Problem> problems;
  TableChecks checks{problems, {}, {}};
  const CalibrationTable table(file, text, {"year", "new_year_date", "mid_autumn_date", "source"}, checks);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const int year = static_cast<int>(table.positive(row, "year"));
    const std::optional<Date> new_year = table.date(row, "new_year_date"), autumn = table.date(row, "mid_autumn_date");
    if (!new_year || !autumn) continue;
    if (new_year->year != year || autumn->year != year)
      table.problem(row, "year", "the days are of another year", "each row is one year's calendar", "");
    years_[year] = {*new_year, *autumn};
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  usual_days_.assign(kPeriodsAYear, 0);
  std::vector<int> counted(kPeriodsAYear, 0);
  for (const auto& [year, days] : years_) {
    for (int month = 2; month <= 12; ++month) {
      const std::size_t at = season_of(Month::of(year, month));
      usual_days_[at] += working_days(Month::of(year, month));
      ++counted[at];
    }
  }
  for (std::size_t at = 0; at < usual_days_.size(); ++at) usual_days_[at] /= counted[at];
}

bool TradeCalendar::covers(Month period) const {
  return years_.count(period.year()) > 0 && years_.count(period.year() + 1) > 0;
}

namespace {

/// Days since 1 January 1970 (H. Hinnant's days_from_civil, of the public domain, in one's own words).
int day_number(const Date& d) {
  const int year = d.month <= 2 ? d.year - 1 : d.year;
  const int era = year / 400, of_era = year - era * 400;
  const int of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool weekday(const Date& d) { return (day_number(d) + 3) % 7 < 5; }  // 1 January 1970 was a Thursday

}  // namespace

bool TradeCalendar::holiday(const Date& day) const {
  if (day.month == 10 && day.day <= 7) return true;
  if ((day.month == 1 || day.month == 5) && day.day == 1) return true;
  if (day.month == 4 && day.day == 5) return true;  // tomb sweeping, on the 4th or 5th
  const auto year = years_.find(day.year);
  if (year == years_.end()) return false;
  const int from_new_year = day_number(day) - day_number(year->second.new_year);
  return (from_new_year >= -1 && from_new_year <= 5) || day == year->second.mid_autumn;
}

double TradeCalendar::working_days(Month period) const {
  double days = 0;
  for (Month m = period.month() == 2 ? period - 1 : period; m <= period; m = m + 1) {
    for (int day = 1; day <= days_in_month(m); ++day) {
      const Date date{m.year(), m.month(), day};
      if (weekday(date) && !holiday(date)) ++days;
    }
  }
  return days;
}

double TradeCalendar::new_year_day(int year) const {
  return day_number(years_.at(year).new_year) - day_number({year, 1, 1});
}

std::vector<double> TradeCalendar::regressors(Month period) const {
  constexpr double kMiddle = 35, kReach = 36, kUsualReach = 0.4;  // days from 1 January; tens of days
  const double usual = usual_days_[season_of(period)];
  std::vector<double> x(kRegressors, 0);
  if (period.month() == 2) x[0] = (new_year_day(period.year()) - kMiddle) / 10;
  if (period.month() == 3) x[1] = std::max(0.0, new_year_day(period.year()) - kReach) / 10 - kUsualReach;
  if (period.month() == 12) x[2] = (new_year_day(period.year() + 1) - kMiddle) / 10;
  x[3] = working_days(period) / usual - 1;
  return x;
}

}  // namespace plimsoll
