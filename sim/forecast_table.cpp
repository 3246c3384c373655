#include "sim/forecast_table.hpp"

#include <algorithm>
#include <map>

namespace plimsoll {

std::vector<ForecastTable> forecast_tables(const std::vector<ScoredForecast>& forecasts, std::size_t horizons) {
  std::map<TradeFlow, std::map<int, std::size_t>> origins;
  for (const ScoredForecast& f : forecasts) origins[f.flow][f.origin.index] = 0;
  for (auto& [flow, by_month] : origins) {
    std::size_t next = 0;
    for (auto& [month, at] : by_month) at = next++;
  }
  std::vector<ForecastTable> out;
  for (const ScoredForecast& f : forecasts) {
    auto found = std::find_if(out.begin(), out.end(), [&](const ForecastTable& t) {
      return t.flow == f.flow && t.model == f.model && t.span == f.span;
    });
    if (found == out.end()) {
      out.push_back({f.flow, f.model, f.span, {}, horizons});
      out.back().at.assign(origins[f.flow].size() * horizons, nullptr);
      found = out.end() - 1;
    }
    found->at[origins[f.flow][f.origin.index] * horizons + static_cast<std::size_t>(f.horizon - 1)] = &f;
  }
  return out;
}

}  // namespace plimsoll
