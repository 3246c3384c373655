#include "models/historical_spread.hpp"

#include <algorithm>
#include <cmath>

#include "models/model_setup.hpp"
#include "models/trend_window.hpp"

namespace plimsoll {

Month released_after(Month origin, int horizon) {
  for (Month m = origin + 1;; m = m + 1) {
    if (m.month() != 1 && --horizon == 0) return m;
  }
}

std::vector<HistoricalSpread> historical_spread(const Calibration& c, const std::vector<int>& horizons) {
  // Seasonal factor of the total: the products' factors by their values of the last year.
  const std::size_t cells = c.products.size() * c.markets.size();
  std::vector<double> weight(c.products.size());
  double all = 0;
  for (std::size_t k = c.cells.size() - 12 * cells; k < c.cells.size(); ++k) {
    weight[k % cells / c.markets.size()] += c.cells[k];
    all += c.cells[k];
  }
  const auto seasonal = [&](Month m) {
    double sum = 0;
    for (std::size_t p = 0; p < weight.size(); ++p) sum += weight[p] / all * c.seasonal(static_cast<int>(p), m);
    return sum;
  };
  const auto total = [&](Month m) { return c.total[static_cast<std::size_t>(m - c.total_from)]; };
  const int window = static_cast<int>(c.detail_months());
  const TrendWeights weights = trend_weights(window, start_gain(c));

  std::vector<HistoricalSpread> out;
  for (const int horizon : horizons) {
    HistoricalSpread spread{horizon, 0, 0};
    for (Month origin = std::max(c.total_from + (window - 1), Month::of(2013, 1)); origin < c.as_of;
         origin = origin + 1) {
      if (origin.month() == 1) continue;
      const Month target = released_after(origin, horizon);
      if (target > c.as_of || origin - window + 1 < c.total_from) continue;
      double slope = 0, level = 0;
      for (int j = 0; j < window; ++j) {
        const Month m = origin - (window - 1 - j);
        const double y = std::log(total(m)) - seasonal(m);
        slope += weights.slope[static_cast<std::size_t>(j)] * y;
        level += weights.level[static_cast<std::size_t>(j)] * y;
      }
      double actual = 0, forecast = 0, before = 0;
      for (Month m = target.month() == 2 ? target - 1 : target; m <= target; m = m + 1) {
        actual += total(m);
        forecast += std::exp(level + slope * (m - origin) / 12 + seasonal(m));
        before += total(m - 12);
      }
      const double error = 100 * (actual - forecast) / before;
      spread.sd_pp += error * error;
      ++spread.forecasts;
    }
    if (spread.forecasts > 0) spread.sd_pp = std::sqrt(spread.sd_pp / spread.forecasts);
    out.push_back(spread);
  }
  return out;
}

}  // namespace plimsoll
