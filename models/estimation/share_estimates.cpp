#include "models/estimation/share_estimates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/estimation/memory_cycle.hpp"

namespace plimsoll {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
/// The shrunk season of a short window uses about so many degrees of freedom.
constexpr int kSeasonFreedom = 4;

/// What a share is measured net of, by month of the window.
std::vector<double> offsets_of(const ComponentPlan& one, double memory_log, const TradeHistory& history,
                               const EstimationPlan& plan, const std::vector<double>& lagged) {
  std::vector<double> net(lagged.size());
  const auto tariff = plan.offsets.find("us_tariff_log");
  for (std::size_t i = 0; i < net.size(); ++i) {
    net[i] = memory_log * lagged[i];
    const Month month = history.window_from + static_cast<int>(i);
    if (one.us_tariff_log == 0 || tariff == plan.offsets.end() || month < tariff->second.from) continue;
    // What is in force after the last row stays in force.
    net[i] += one.us_tariff_log * tariff->second.at(std::min(month, tariff->second.last()));
  }
  return net;
}

MonthlySeries less(const MonthlySeries& logs, const std::vector<double>& net) {
  MonthlySeries result = logs;
  for (std::size_t i = 0; i < net.size(); ++i) result.values[i] -= net[i];
  return result;
}

Component measure(const MonthlySeries& share, const ShrunkSeasons& season, int released) {
  Component one;
  std::vector<double> adjusted = share.values;
  std::vector<std::size_t> seen;
  for (std::size_t i = 0; i < adjusted.size(); ++i) {
    adjusted[i] -= season.effects[season_of(share.from + static_cast<int>(i))];
    if (!std::isnan(adjusted[i])) seen.push_back(i);
  }
  const LevelAndNoise split = split_level_noise(adjusted);
  const double freedom = std::sqrt(static_cast<double>(released) / (released - kSeasonFreedom));
  one.own_level_sd = split.level_sd * freedom;
  one.own_noise_sd = split.noise_sd * freedom;
  const std::size_t n = adjusted.size(), middle = seen[seen.size() / 2];
  one.slope = slope_per_year(adjusted, 0, n);
  one.turn = slope_per_year(adjusted, middle, n) - slope_per_year(adjusted, 0, middle);
  return one;
}

/// Logs of quantities by released period; none where a month of the period has none.
MonthlySeries released_quantities(const MonthlySeries& quantity) {
  MonthlySeries logs = released_logs(quantity);
  for (double& v : logs.values) {
    if (!std::isfinite(v)) v = kNone;
  }
  return logs;
}

}  // namespace

PartVariances ShareEstimates::parts(const TradeHistory& history) const {
  PartVariances sum;
  const auto add = [&](const std::vector<Component>& components, const auto& values, double shock) {
    for (const Component& one : components) {
      const double w = history.weight(values.at(one.id));
      sum.noise += w * w * one.noise_sd * one.noise_sd;
      sum.level += w * w * one.level_sd * one.level_sd;
      sum.slope_start += w * w * one.slope_sd * one.slope_sd;
      sum.slope_shock += w * w * shock * shock;
    }
  };
  add(products, history.product_values, product_pool.slope_shock_sd);
  add(markets, history.market_values, market_pool.slope_shock_sd);
  return sum;
}

ShareEstimates estimate_shares(const TradeHistory& history, const EstimationPlan& plan, const MonthlySeries& memory,
                               const std::vector<std::string>& with_quantities) {
  const std::vector<double> weights = gamma_lag_weights(plan.memory_lag_months, kMemoryLagLength);
  std::vector<double> lagged;
  for (Month m = history.window_from; m <= history.as_of; m = m + 1) lagged.push_back(lagged_log(memory, m, weights));
  const MonthlySeries total = released_logs(history.total.since(history.window_from));
  ShareEstimates result;
  result.released = plan.released_periods.value_or(released_periods(history.window_from, history.as_of));
  const int steps = history.as_of - history.window_from;

  const auto measure_all = [&](const std::string& dimension, const std::vector<std::string>& ids, const auto& values) {
    std::map<std::string, MonthlySeries> observed;  // by series
    for (const std::string& id : ids) {
      MonthlySeries& sum = observed[plan.component(dimension, id).series];
      if (sum.values.empty()) sum = {history.window_from, std::vector<double>(lagged.size(), 0.0)};
      for (std::size_t i = 0; i < lagged.size(); ++i) sum.values[i] += values.at(id).values[i];
    }
    std::vector<Component> components;
    for (const std::string& id : ids) {
      const ComponentPlan own = plan.component(dimension, id);
      MonthlySeries share = less(released_logs(observed.at(own.series)), total.values);
      share = less(share, offsets_of(own, own.memory_log, history, plan, lagged));
      const ShrunkSeasons season = shrunk_seasons(share);
      Component one = measure(share, season, result.released);
      one.id = id;
      one.periods = steps;
      one.in_pool = one.in_slopes = own.noise == ComponentPlan::Noise::own;
      one.takes_median = own.noise == ComponentPlan::Noise::median;
      one.most_level_frac = own.most_level_frac;
      components.push_back(one);
      if (dimension != "product") continue;
      result.seasons[id] = {season.effects, season.kept_frac};
      if (own.noise == ComponentPlan::Noise::own) result.residuals[id] = season.residuals;
    }
    return components;
  };
  result.products = measure_all("product", history.products, history.product_values);
  result.markets = measure_all("market", history.markets, history.market_values);
  const PoolOptions options{18, steps};
  result.product_pool = pool_components(result.products, options);
  result.market_pool = pool_components(result.markets, options);

  for (const std::string& id : with_quantities) {
    const auto printed = history.quantities.find(id);
    if (printed == history.quantities.end()) continue;
    const ComponentPlan own = plan.component("product", id);
    const MonthlySeries quantity = released_quantities(printed->second);
    MonthlySeries price = less(released_logs(history.product_values.at(id)), quantity.values);
    price = less(price, offsets_of({}, own.memory_price_log, history, plan, lagged));
    result.price_volume[id] = price_volume_noise(shrunk_seasons(quantity).residuals, shrunk_seasons(price).residuals);
  }
  return result;
}

}  // namespace plimsoll
