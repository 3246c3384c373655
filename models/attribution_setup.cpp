#include "models/attribution_setup.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

namespace {

/// ln of a product's unit value in a month of detail.
double log_unit_value(const Calibration& c, int product, Month month) {
  const int markets = static_cast<int>(c.markets.size()), products = static_cast<int>(c.products.size());
  const int k = month - c.detail_from;
  double value = 0;
  for (int m = 0; m < markets; ++m) value += c.cells[static_cast<std::size_t>((k * products + product) * markets + m)];
  return std::log(value / c.quantity[static_cast<std::size_t>(product)][static_cast<std::size_t>(k)]);
}

/// Customs prints the quantity in every month from t = first - 12 on.
bool unit_value_printed(const Calibration& c, int product, int first) {
  if (!c.products[static_cast<std::size_t>(product)].quantity_printed || c.quantity.empty()) return false;
  const std::vector<double>& quantity = c.quantity[static_cast<std::size_t>(product)];
  const auto from = quantity.begin() + (c.as_of + (first - 12) - c.detail_from);
  return std::all_of(from, quantity.end(), [](double q) { return q > 0; });
}

}  // namespace

std::vector<Aggregate> aggregates(const Calibration& c) {
  std::vector<Aggregate> all;
  const auto product_weights = [&](const NamedSet& set) {
    std::vector<double> weight;
    for (const Product& p : c.products) weight.push_back(set.weight_frac.contains(p.id) ? set.weight_frac.at(p.id) : 0);
    return weight;
  };
  const auto without = [](std::vector<double> weight) {
    for (double& w : weight) w = 1 - w;
    return weight;
  };
  for (const NamedSet& set : c.sets) {
    if (set.dimension == NamedSet::Dimension::market) {
      std::vector<double> weight;
      for (const Market& m : c.markets) weight.push_back(set.weight_frac.contains(m.id) ? set.weight_frac.at(m.id) : 0);
      all.push_back({"market." + set.id, true, std::move(weight)});
    } else {
      all.push_back({"chain." + (set.id == "ai_chain" ? "ai" : set.id), false, product_weights(set)});
      if (set.id == "ai_chain") all.push_back({"without.ai", false, without(product_weights(set))});
    }
  }
  if (const int memory = c.product_index("memory"); memory >= 0) {
    std::vector<double> weight(c.products.size(), 1.0);
    weight[static_cast<std::size_t>(memory)] = 0;
    all.push_back({"without.memory", false, std::move(weight)});
  }
  return all;
}

std::vector<AggregatePlan> plan_aggregates(const Calibration& c, PlanStorage& storage) {
  std::vector<AggregatePlan> plans;
  for (const Aggregate& aggregate : aggregates(c)) {
    plans.push_back(
        {aggregate.of_markets, storage.keep(std::vector<float>(aggregate.weight.begin(), aggregate.weight.end()))});
  }
  return plans;
}

int first_attributed(int window_months, Month as_of) {
  return std::min(1, std::max(1 - as_of.month(), 13 - window_months));
}

void plan_attribution(const Calibration& c, const std::vector<double>& taken, PlanStorage& storage, ModelPlan& plan) {
  AttributionPlan& a = plan.attribution;
  a.on = plan.window_months > 12 - a.first;
  if (!a.on) return;
  const int cells = plan.products * plan.markets;
  std::vector<float> observed, trend, unit_value;
  for (int t = a.first - 12; t <= 0; ++t) {
    const double* month = c.cells.data() + static_cast<std::ptrdiff_t>(c.as_of + t - c.detail_from) * cells;
    for (int cell = 0; cell < cells; ++cell) observed.push_back(static_cast<float>(month[cell]));
  }
  const auto line_years = [&](int t) {
    return t >= 1 ? static_cast<double>(plan.compensation[t - 1]) : static_cast<double>(t) / 12;
  };
  for (int t = a.first; t <= plan.months; ++t) {
    // The part of the twelve months that lies in history runs along the regression line.
    const double history_years = (std::min(t, 0) - std::min(t - 12, 0)) / 12.0;
    for (int cell = 0; cell < cells; ++cell) {
      const int product = cell / plan.markets;
      const double season = c.seasonal(product, c.as_of + t) - c.seasonal(product, c.as_of + (t - 12));
      const double centre = taken[static_cast<std::size_t>(cell)] * (line_years(t) - line_years(t - 12));
      const double line = static_cast<double>(plan.total_slope + plan.cell_slope[cell]) * history_years;
      trend.push_back(static_cast<float>(season + centre + line));
    }
  }
  std::vector<int> printed;
  for (int p = 0; p < plan.products; ++p) printed.push_back(unit_value_printed(c, p, a.first) ? 1 : 0);
  for (int t = a.first; t <= plan.months; ++t) {
    for (int p = 0; p < plan.products; ++p) {
      const Month now = c.as_of + std::min(t, 0), before = c.as_of + std::min(t - 12, 0);
      const bool known = printed[static_cast<std::size_t>(p)] != 0 && before < now;
      unit_value.push_back(known ? static_cast<float>(log_unit_value(c, p, now) - log_unit_value(c, p, before)) : 0.0F);
    }
  }
  a.observed = storage.keep(std::move(observed));
  a.trend = storage.keep(std::move(trend));
  a.unit_value = storage.keep(std::move(unit_value));
  a.printed = storage.keep(std::move(printed));
}

}  // namespace plimsoll
