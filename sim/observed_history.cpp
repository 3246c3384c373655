#include "sim/observed_history.hpp"

#include <optional>
#include <string>

#include "sim/output_selection.hpp"

namespace plimsoll {
namespace {

constexpr int kYearsBack = 6;

/// Complete periods of the window; months of the drivers stand by themselves, since prices have no new-year season.
enum class Lunar { joined, single };
std::vector<Period> observed_periods(Month first, Month as_of, Lunar lunar) {
  std::vector<Period> periods;
  for (Month m = first; m <= as_of; m = m + 1) {
    if (lunar == Lunar::single || m.month() > 2) periods.push_back({Frequency::month, m, m});
    if (lunar == Lunar::joined && m.month() == 2 && first <= m - 1) periods.push_back({Frequency::month, m - 1, m});
  }
  for (Month m = first + 2; m <= as_of; m = m + 1) {
    if (m.month() % 3 == 0) periods.push_back({Frequency::quarter, m - 2, m});
  }
  for (Month m = first + 11; m <= as_of; m = m + 1) {
    if (m.month() == 12) periods.push_back({Frequency::year, m - 11, m});
  }
  return periods;
}

/// Values of one series by month, where customs has them.
class Observed {
 public:
  Observed(const Calibration& c, const ReportedSeries& series) : c_(c), series_(series) {
    const bool imports = series.flow == Flow::imports;
    if (series.name == "exports.total") from_ = c.total_from, total_ = &c.total;
    if (series.name == "imports.total") from_ = c.imports.total_from, total_ = &c.imports.total;
    if (total_ == nullptr) from_ = c.detail_from;
    if (imports && total_ == nullptr) {
      for (std::size_t p = 0; p < series.product_weight.size(); ++p) {
        if (series.product_weight[p] > 0) members_.push_back(p);
      }
    }
  }

  std::optional<double> sum(Month first, Month last) const {
    double sum = 0;
    for (Month m = first; m <= last; m = m + 1) {
      if (m < from_ || m > c_.as_of || !printed(m)) return std::nullopt;
      sum += total_ != nullptr ? total_->at(static_cast<std::size_t>(m - from_)) : observed(c_, series_, m);
    }
    return sum;
  }

 private:
  bool printed(Month m) const {
    const std::size_t row = static_cast<std::size_t>(m - c_.detail_from) * c_.imports.products.size();
    for (const std::size_t p : members_) {
      if (c_.imports.status[row + p] == CellStatus::imputed) return false;
    }
    return true;
  }

  const Calibration& c_;
  const ReportedSeries& series_;
  Month from_;
  const std::vector<double>* total_ = nullptr;
  std::vector<std::size_t> members_;  ///< import goods
};

void add_driver(const std::string& name, const std::string& unit, const DriverHistory& history, Month window,
                std::vector<HistoryRow>& rows) {
  const Month first = std::max(window, history.from);
  for (const Period& period : observed_periods(first, history.last(), Lunar::single)) {
    if (period.first < first) continue;
    double sum = 0;
    for (Month m = period.first; m <= period.last; m = m + 1) sum += history.at(m);
    rows.push_back({"driver." + name + ".level", period, unit, sum / (period.last - period.first + 1)});
  }
}

/// Capex of all firms, for the quarters that all have reported.
void add_capex(const Calibration& c, Month window, std::vector<HistoryRow>& rows) {
  if (c.capex.empty()) return;
  Month first = window, end = c.capex.begin()->second.end();
  for (const auto& [firm, history] : c.capex) {
    first = std::max(first, history.from);
    end = std::min(end, history.end());
  }
  const auto quarter = [&](Month from) {
    double sum = 0;
    for (const auto& [firm, history] : c.capex)
      sum += history.level[static_cast<std::size_t>((from - history.from) / 3)];
    return sum;
  };
  for (const Period& period : observed_periods(first, end - 1, Lunar::single)) {
    if (period.frequency == Frequency::month || period.first < first) continue;
    double sum = 0;
    for (Month m = period.first; m <= period.last; m = m + 3) sum += quarter(m);
    rows.push_back({"driver.capex.level", period, "usd_bn", sum});
  }
}

}  // namespace

std::vector<HistoryRow> observed_history(const Calibration& c) {
  std::vector<HistoryRow> rows;
  const Month window = Month::of(c.as_of.year() - kYearsBack, 1);
  const std::vector<Period> periods = observed_periods(window, c.as_of, Lunar::joined);
  const std::vector<ReportedSeries> all = reported_series(c);
  for (const ReportedSeries& series : all) {
    const Observed values(c, series);
    for (const Period& period : periods) {
      const auto now = values.sum(period.first, period.last);
      if (!now) continue;
      rows.push_back({series.name + ".value", period, "usd_bn", *now});
      const auto before = values.sum(period.first - 12, period.last - 12);
      if (before && *before > 0)
        rows.push_back({series.name + ".yoy", period, "pct", 100 * (*now - *before) / *before});
    }
  }
  for (const ReportedSeries& exports : all) {
    if (exports.flow != Flow::exports) continue;
    const std::string what = exports.name.substr(exports.name.find('.'));
    if (what != ".total" && !what.starts_with(".chain.")) continue;  // other balances are not reported
    for (const ReportedSeries& imports : all) {
      if (imports.name != "imports" + what) continue;
      const Observed sold(c, exports), bought(c, imports);
      for (const Period& period : periods) {
        const auto plus = sold.sum(period.first, period.last), minus = bought.sum(period.first, period.last);
        if (plus && minus) rows.push_back({"balance" + what + ".value", period, "usd_bn", *plus - *minus});
      }
    }
  }
  add_capex(c, window, rows);
  for (const auto& [name, unit] : {std::pair("memory_price", "index"), std::pair("oil_price", "usd_per_bbl"),
                                   std::pair("exchange_rate", "cny_per_usd")}) {
    const auto history = c.drivers.find(std::string(name) == "memory_price" ? "memory_price." + c.memory_index : name);
    if (history != c.drivers.end()) add_driver(name, unit, history->second, window, rows);
  }
  return rows;
}

}  // namespace plimsoll
