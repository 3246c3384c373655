#include "outputs/waterfall.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

std::vector<std::string> waterfall_bars(const std::vector<double>& steps, int width) {
  double low = 0, high = 0, sum = 0;
  for (const double step : steps) {
    sum += step;
    low = std::min(low, sum);
    high = std::max(high, sum);
  }
  const bool drawable = std::isfinite(low) && std::isfinite(high) && high > low && width > 1;
  std::vector<std::string> bars;
  const auto column = [&](double value) {
    return static_cast<int>(std::lround((value - low) / (high - low) * (width - 1)));
  };
  sum = 0;
  for (const double step : steps) {
    std::string bar;
    if (drawable) {
      const int from = column(std::min(sum, sum + step)), to = column(std::max(sum, sum + step)), zero = column(0);
      for (int k = 0; k < width; ++k) {
        const bool inside = k >= from && (k < to || from == to ? k <= to : false);
        bar += inside ? (step < 0 ? "░" : "█") : k == zero ? "│" : " ";
      }
      while (bar.ends_with(' ')) bar.pop_back();
    }
    bars.push_back(bar);
    sum += step;
  }
  return bars;
}

}  // namespace plimsoll
