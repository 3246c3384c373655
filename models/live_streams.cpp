#include "models/live_streams.hpp"

#include <algorithm>

namespace plimsoll {

namespace {

/// A parameter that is 0 on every path.
class Zeros {
 public:
  explicit Zeros(const ModelPlan& plan) : plan_(plan), drawn_(static_cast<std::size_t>(plan.parameter_default.size)) {
    for (const ParameterDraw& draw : plan.draws) drawn_[static_cast<std::size_t>(draw.row)] = true;
  }
  bool zero(ParameterId id) const {
    return id == kNone || (!drawn_[static_cast<std::size_t>(id)] && plan_.parameter_default[id] == 0);
  }

 private:
  const ModelPlan& plan_;
  std::vector<bool> drawn_;
};

/// Whether a driver's process has monthly normal shocks.
bool shocked(const ProcessPlan& p, const Zeros& zeros) {
  using Kind = ProcessPlan::Kind;
  if (p.kind == Kind::random_walk || p.kind == Kind::mean_reverting) return !zeros.zero(p.annual_sd_log);
  if (p.kind == Kind::stochastic_cycle || p.kind == Kind::path) return !zeros.zero(p.noise_sd_log);
  return true;
}

/// The five correlated shocks: each normal that reaches, through the Cholesky factor, a driver that moves.
std::vector<int> live_shocks(const ModelPlan& plan, const Zeros& zeros) {
  const bool moves[5] = {!zeros.zero(plan.capex.annual_sd_log), shocked(plan.memory, zeros), shocked(plan.oil, zeros),
                         shocked(plan.exchange_rate, zeros), !zeros.zero(plan.demand_sd_pp)};
  std::vector<int> live(5, plan.pins.size > 0 || plan.copula.mixing.size > 0 ? 1 : 0);
  for (int k = 0; k < 5; ++k) {
    for (int row = k; row < 5; ++row) {
      if (moves[row] && plan.cholesky[5 * row + k] != 0) live[static_cast<std::size_t>(k)] = 1;
    }
  }
  return live;
}

}  // namespace

void find_live_streams(PlanStorage& storage, ModelPlan& plan) {
  const Zeros zeros(plan);
  const auto flag = [](bool is_live) { return is_live ? 1 : 0; };
  // The order of NormalRows: shocks, firms, demand, four rows of jumps, trends, residuals.
  std::vector<int> live = live_shocks(plan, zeros), start, residual;
  for (int f = 0; f < plan.capex.firms.size; ++f)
    live.push_back(flag(plan.pins.size > 0 || !zeros.zero(plan.capex.annual_sd_log)));
  for (int k = 0; k < plan.markets; ++k) live.push_back(flag(plan.pins.size > 0 || !zeros.zero(plan.demand_sd_pp)));
  live.insert(live.end(), 4, 1);
  const auto add_trend = [&](const TrendFactorPlan& trend) {
    live.push_back(flag(!zeros.zero(trend.level_sd)));
    live.push_back(flag(!zeros.zero(trend.slope_sd)));
    start.push_back(flag(!zeros.zero(trend.start_sd)));
  };
  add_trend(plan.world_trend);
  for (const MarketPlan& market : plan.market_plans) add_trend(market.trend);
  for (const ProductPlan& product : plan.product_plans) add_trend(product.trend);
  residual.push_back(flag(!zeros.zero(plan.world_residual.sd)));
  for (const MarketPlan& market : plan.market_plans) residual.push_back(flag(!zeros.zero(market.residual.sd)));
  for (const ProductPlan& product : plan.product_plans) residual.push_back(flag(!zeros.zero(product.volume.sd)));
  for (const ProductPlan& product : plan.product_plans) residual.push_back(flag(!zeros.zero(product.price.sd)));
  live.insert(live.end(), residual.begin(), residual.end());
  // A price's normal also enters the volume's, with which it is correlated.
  for (int p = 0; p < plan.products; ++p) {
    const ProductPlan& product = plan.product_plans[p];
    if (!zeros.zero(product.volume.sd) && !zeros.zero(product.price_volume_corr))
      live[live.size() - static_cast<std::size_t>(plan.products - p)] = 1;
  }
  plan.live_stream = storage.keep(std::move(live));
  plan.live_start = storage.keep(std::move(start));
  plan.live_residual = storage.keep(std::move(residual));

  for (int k = 0; k < kLaggedTracks; ++k) {
    const auto reaches = [&](const View<LoadingPlan>& loadings) {
      return std::any_of(loadings.begin(), loadings.end(), [&](const LoadingPlan& l) {
        return l.track == k && !(zeros.zero(l.volume) && zeros.zero(l.price));
      });
    };
    plan.live_track[k] = flag(reaches(plan.all_loadings) || reaches(plan.product_loadings) ||
                              reaches(plan.market_loadings) || reaches(plan.cell_loadings));
  }
}

void find_live_trends(ModelPlan& plan) {
  const Zeros zeros(plan);
  const auto any = [](const View<float>& all) {
    return std::any_of(all.begin(), all.end(), [](float x) { return x != 0; });
  };
  plan.own_trend = !zeros.zero(plan.trend_shrinkage) && any(plan.cell_slope);
  plan.restores = any(plan.cell_start);
}

}  // namespace plimsoll
