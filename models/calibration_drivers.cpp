// Tables of time: seasons, new-year dates, driver history.
#include <algorithm>
#include <cmath>

#include "models/calibration_draft.hpp"
#include "models/model_plan.hpp"

namespace plimsoll {

namespace {

/// How far seasonal factors may miss a mean of 0: the rounding of the table, log.
constexpr double kSeasonToleranceLog = 1e-4;
/// Longest horizon in years; January's share is needed for each.
constexpr int kHorizonYears = 16;
/// Months of driver history before as_of that lags need.
constexpr int kDriverHistoryMonths = 36;

/// First month of `2026Q1`, or nothing.
std::optional<Month> parse_quarter(const std::string& text) {
  if (text.size() != 6 || text[4] != 'Q' || text[5] < '1' || text[5] > '4') return std::nullopt;
  const std::optional<Month> january = parse_month(text.substr(0, 4) + "-01");
  if (!january) return std::nullopt;
  return *january + 3 * (text[5] - '1');
}

}  // namespace

std::map<int, double> read_january_shares(CalibrationDraft& draft, const std::string& file) {
  std::map<int, double> january_frac;
  const CalibrationTable t = draft.table(file, {"year", "new_year_date", "january_frac"});
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::optional<Month> january = parse_month(t.text(r, "year") + "-01");
    if (!january) t.problem(r, "year", "'" + t.text(r, "year") + "' is not a year", "", "write e.g. 2026");
    const std::optional<Date> date = t.date(r, "new_year_date");
    if (date && january && date->year != january->year())
      t.problem(r, "new_year_date", "the day lies in another year", "", "");
    const double share = t.number(r, "january_frac");
    if (share <= 0 || share >= 1)
      t.problem(r, "january_frac", "the share must lie between 0 and 1", "", "write e.g. 0.55");
    if (january && !january_frac.emplace(january->year(), share).second) {
      t.problem(r, "year", "year " + t.text(r, "year") + " stands twice", "", "keep one row");
    }
  }
  for (int year = draft.c.detail_from.year(); year <= draft.c.as_of.year() + kHorizonYears; ++year) {
    if (january_frac.count(year) == 0) {
      t.problem("year " + std::to_string(year) + " is missing", "horizons reach 15 years", "add the row");
    }
  }
  return january_frac;
}

std::vector<std::array<double, 12>> read_season_table(CalibrationDraft& draft, const std::string& file,
                                                      const std::vector<std::string>& ids) {
  const CalibrationTable t = draft.table(file, {"product", "season", "factor_log"});
  std::vector<std::string> seasons{"JF"};
  for (int m = 3; m <= 12; ++m) seasons.push_back(std::to_string(m));
  std::vector<std::array<double, 12>> seasonal_log(ids.size());
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const double factor = t.number(r, "factor_log");
    const std::string& product = t.text(r, "product");
    const std::string& season = t.text(r, "season");
    if (!t.choice(r, "product", ids) || !t.choice(r, "season", seasons)) continue;
    if (!seen.emplace(product, season).second) {
      t.problem(r, "season", "season " + season + " of " + product + " stands twice", "", "keep one row");
    }
    auto& factors = seasonal_log[static_cast<std::size_t>(std::find(ids.begin(), ids.end(), product) - ids.begin())];
    if (season == "JF") {
      factors[0] = factors[1] = factor;
    } else {
      factors[static_cast<std::size_t>(std::stoi(season) - 1)] = factor;
    }
  }
  for (std::size_t p = 0; p < ids.size(); ++p) {
    bool complete = true;
    for (const std::string& season : seasons) {
      if (seen.count({ids[p], season}) > 0) continue;
      complete = false;
      t.problem("season " + season + " of " + ids[p] + " is missing", "", "add the row");
    }
    double sum = 0;
    for (const double factor : seasonal_log[p]) sum += factor;
    if (complete && std::abs(sum / 12) > kSeasonToleranceLog) {
      t.problem("the seasons of " + ids[p] + " do not average to 0", "they are relative to the year's mean month",
                "subtract their mean (JF counts twice)");
    }
  }
  return seasonal_log;
}

void read_seasons(CalibrationDraft& draft) {
  draft.c.seasonal_log = read_season_table(draft, "seasonal.csv", draft.product_ids());
  draft.c.january_frac = read_january_shares(draft, "lunar_new_year.csv");
}

void read_drivers(CalibrationDraft& draft) {
  Calibration& c = draft.c;
  const CalibrationTable t = draft.table("drivers.csv", {"driver", "period", "value", "unit", "status"});
  static const std::vector<std::string> kDrivers{
      "memory_price.boj_usd", "memory_price.contract", "memory_price.spot", "oil_price",      "exchange_rate",
      "capex.amazon",         "capex.alphabet",        "capex.meta",        "capex.microsoft"};
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& driver = t.text(r, "driver");
    const std::string& period = t.text(r, "period");
    const double value = t.positive(r, "value");
    t.choice(r, "status", {"observed", "derived", "interpolated", "imputed", "reported"});
    if (!t.choice(r, "driver", kDrivers)) continue;
    if (driver.starts_with("capex.")) {
      const std::optional<Month> quarter = parse_quarter(period);
      if (!quarter) {
        t.problem(r, "period", "'" + period + "' is not a quarter", "capex is quarterly", "write e.g. 2026Q1");
        continue;
      }
      QuarterlyHistory& history = c.capex[driver.substr(6)];
      if (history.level.empty()) history.from = *quarter;
      if (history.end() != *quarter) {
        t.problem(r, "period", driver + " jumps to " + period, "history has no gaps and stands in order",
                  "add or move rows");
        history.from = *quarter - 3 * static_cast<int>(history.level.size());  // one gap, one problem
      }
      history.level.push_back(value);
    } else if (const std::optional<Month> month = t.month(r, "period")) {
      DriverHistory& history = c.drivers[driver];
      if (history.level.empty()) {
        history.from = *month;
        history.unit = t.text(r, "unit");
      }
      if (t.text(r, "unit") != history.unit) t.problem(r, "unit", "the unit changes", "one driver has one unit", "");
      if (history.last() + 1 != *month) {
        t.problem(r, "period", driver + " jumps to " + period, "history has no gaps and stands in order",
                  "add or move rows");
        history.from = *month - static_cast<int>(history.level.size());
      }
      history.level.push_back(value);
    }
  }
  // A long trend window asks for the lagged drivers of all its months.
  const int needed = std::max(kDriverHistoryMonths, static_cast<int>(c.detail_months()) + kLagMonths);
  for (const std::string& name :
       {"memory_price." + c.memory_index, std::string("oil_price"), std::string("exchange_rate")}) {
    const auto place = c.drivers.find(name);
    if (place == c.drivers.end()) {
      t.problem("driver '" + name + "' is missing", "the model needs its history", "add its months");
    } else if (place->second.from > c.as_of - needed || place->second.last() < c.as_of) {
      t.problem(
          "driver '" + name + "' runs from " + to_string(place->second.from) + " to " + to_string(place->second.last()),
          "the trend window and its lags need " + std::to_string(needed) + " months up to as_of", "add its months");
    }
  }
  if (c.capex.empty()) t.problem("capex is missing", "the model needs its history", "add capex.FIRM by quarter");
  for (const auto& [firm, history] : c.capex) {
    if (history.end() == c.capex.begin()->second.end()) continue;
    t.problem("capex." + firm + " ends in another quarter than capex." + c.capex.begin()->first,
              "firms are added up by quarter", "bring them to the same quarter");
  }
}

}  // namespace plimsoll
