#include "models/first_prints.hpp"

#include <algorithm>

#include "models/calibration_table.hpp"

namespace plimsoll {
namespace {

constexpr TradeFlow kFlows[]{TradeFlow::exports, TradeFlow::imports};

/// The number, or nothing where the cell is empty.
std::optional<double> optional_number(const CalibrationTable& table, std::size_t row, const std::string& column) {
  if (table.text(row, column).empty()) return std::nullopt;
  return table.number(row, column);
}

}  // namespace

FirstPrints::FirstPrints(const std::string& text, const std::string& file) {
  std::vector<Problem> problems;
  TableChecks checks{problems, {}, {}};
  const CalibrationTable table(file, text,
                               {"month", "release_date", "exports_yoy_pct", "exports_consensus_pct", "imports_yoy_pct",
                                "imports_consensus_pct", "balance_usd_bn", "source"},
                               checks);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::optional<Month> month = table.month(row, "month");
    const std::optional<Date> released = table.date(row, "release_date");
    for (const TradeFlow flow : kFlows) {
      const std::string name = to_string(flow);
      const double growth = table.number(row, name + "_yoy_pct");
      if (growth <= -100)
        table.problem(row, name + "_yoy_pct", "nothing would be left", "growth is in percent on a year earlier", "");
      const std::optional<double> consensus = optional_number(table, row, name + "_consensus_pct");
      if (month && released) prints_[{flow, month->index}] = {growth, consensus, *released};
    }
    const std::optional<double> balance = optional_number(table, row, "balance_usd_bn");
    if (month && balance) balances_[month->index] = *balance;
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
}

const FirstPrint* FirstPrints::find(TradeFlow flow, Month period) const {
  const auto found = prints_.find({flow, period.index});
  return found == prints_.end() ? nullptr : &found->second;
}

std::optional<Month> FirstPrints::first() const {
  if (prints_.empty()) return std::nullopt;
  return Month{prints_.begin()->first.second};
}

std::optional<Month> FirstPrints::first_with_consensus() const {
  for (const auto& [key, print] : prints_) {
    if (print.consensus_pct) return Month{key.second};
  }
  return std::nullopt;
}

std::optional<double> FirstPrints::balance_usd_bn(Month period) const {
  const auto found = balances_.find(period.index);
  if (found == balances_.end()) return std::nullopt;
  return found->second;
}

std::optional<Month> FirstPrints::last_released(const Date& day) const {
  std::optional<Month> last;
  for (const auto& [key, print] : prints_) {
    if (print.released <= day && (!last || Month{key.second} > *last)) last = Month{key.second};
  }
  return last;
}

double level_at_release(const TotalsData& data, const FirstPrints& prints, TradeFlow flow, std::size_t at) {
  const FirstPrint* print = prints.find(flow, data.period[at]);
  if (print == nullptr || at < kPeriodsAYear) return data.of(flow)[at];
  return (1 + print->growth_pct / 100) * data.of(flow)[at - kPeriodsAYear];
}

TotalsData as_known_at(const TotalsData& data, const FirstPrints& prints, std::size_t origin) {
  TotalsData out = data;
  const Month from = data.period.front() - 1;  // a January
  const std::size_t year_ago = origin + 1 - std::min<std::size_t>(kPeriodsAYear, origin + 1);
  for (const TradeFlow flow : kFlows) {
    const bool exports = flow == TradeFlow::exports;
    std::vector<double>& level = exports ? out.exports_usd_bn : out.imports_usd_bn;
    std::vector<double>& monthly = exports ? out.monthly_exports_usd_bn : out.monthly_imports_usd_bn;
    for (std::size_t k = year_ago; k <= origin; ++k) {
      const double first = level_at_release(data, prints, flow, k);
      const double revised = first / level[k];  // January and February alike: only their sum is known here
      level[k] = first;
      for (Month m = data.period[k].month() == 2 ? data.period[k] - 1 : data.period[k]; m <= data.period[k]; m = m + 1)
        monthly[static_cast<std::size_t>(m - from)] *= revised;
    }
  }
  return out;
}

}  // namespace plimsoll
