#include "models/estimation/start_estimates.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "models/estimation/start_weight.hpp"
#include "models/trend_window.hpp"
#include "scenarios/random_number_text.hpp"

namespace plimsoll {
namespace {

constexpr Month kFirstOrigin = Month::of(2013, 1), kLastTarget = Month::of(2019, 12);

std::optional<RandomNumber> find(const TableText& t, const std::string& parameter, const std::string& product = "") {
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (t.at(r, "parameter") != parameter || t.at(r, "product") != product || !t.at(r, "market").empty()) continue;
    std::vector<Problem> problems;
    return parse_random_number_text(t.at(r, "value"), {}, problems);
  }
  return std::nullopt;
}

double centre(const TableText& t, const std::string& parameter, const std::string& product = "") {
  std::optional<RandomNumber> number = find(t, parameter, product);
  if (!number) number = find(t, parameter);
  return number ? median(*number) : 0;
}

/// The gain that a run smooths all cells' levels with: the median over products.
double gain_of(const TableText& t) {
  std::vector<double> gains;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& product = t.at(r, "product");
    if (t.at(r, "parameter") != "level_sd_log" || product.empty()) continue;
    gains.push_back(
        local_level_gain(std::hypot(centre(t, "level_sd_log"), centre(t, "level_sd_log", product)),
                         std::hypot(centre(t, "residual_world_sd_log"), centre(t, "residual_volume_sd_log", product),
                                    centre(t, "residual_price_sd_log", product))));
  }
  if (gains.empty()) throw std::domain_error("parameters.csv has no level_sd_log of a product");
  std::sort(gains.begin(), gains.end());
  return gains[gains.size() / 2];
}

MonthlySeries without_seasons(const MonthlySeries& levels, const Seasons& seasons) {
  MonthlySeries logs = released_logs(levels);
  for (Month m = logs.from; m <= logs.last(); m = m + 1)
    logs.values[static_cast<std::size_t>(m - logs.from)] -= seasons[season_of(m)];
  return logs;
}

}  // namespace

double start_level_variance(const TableText& table, const std::string& prefix, const TotalTrend& total) {
  return find(table, prefix + "level_start_log") ? total.level_sd * total.level_sd : 0;
}

void write_trend_start(TableText& table, const TableText& exports, const std::string& prefix,
                       const MonthlySeries& levels, const TotalTrend& total, int window_months,
                       std::vector<EstimateRow>& rows) {
  ParameterWriter w(table, rows);
  if (find(table, prefix + "level_start_log")) {
    w.put(prefix + "level_start_log", "", "", "{normal: {mean: 0, sd: " + four_digits(total.level_sd) + "}}",
          "Kalman filter at as_of: how much of the last months is noise", {0, total.level_sd}, 0,
          "maximum likelihood of a local linear trend + AR(1)");
  }
  if (!find(table, prefix + "trend_start_weight_frac")) return;
  const StartForecasts forecasts{window_months,
                                 gain_of(exports),
                                 centre(exports, "trend_damping_monthly"),
                                 centre(table, prefix + "trend_long_run_log_per_year"),
                                 kFirstOrigin,
                                 kLastTarget};
  StartWeight found;
  try {
    found = measure_start_weight(without_seasons(levels, total.seasons), forecasts);
  } catch (const std::domain_error&) {
    // The series begins too late to measure it.
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (table.at(row, "parameter") != prefix + "trend_start_weight_frac") continue;
      table.set(row, "kind", "judgement");
      table.set(row, "note", "weight of the base calibration: no forecasts of 2013-2019 can be made from these data");
    }
    return;
  }
  w.put(prefix + "trend_start_weight_frac", "", "",
        "{beta: {mean: " + four_digits(found.belief.mean) + ", sd: " + four_digits(found.belief.sd) + "}}",
        "forecasts 2013-2019 from " + std::to_string(found.origins) + " months: best weight " +
            fixed_decimals(found.best_frac, 2) + " (se " + fixed_decimals(found.se_frac, 2) +
            "), here given that it lies between 0 and 1",
        found.belief, found.origins, "least squares on forecasts 3 to 13 months ahead, between 0 and 1");
}

}  // namespace plimsoll
