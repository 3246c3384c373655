/// \file
/// The constants of tariffs as kernels read them: schedules, layers, and the models that answer them.
#pragma once

#include <cstdint>

#include "models/plan_view.hpp"
#include "scenarios/elasticity_model.hpp"

namespace plimsoll {

struct RegimePlan;

/// A scenario's layer on one tariff pair.
struct TariffLayerPlan {
  ParameterId change_pp = kNone, probability_pct = kNone;
  std::uint64_t event_stream = 0;
  int layer = 0;       ///< index of the scenario's layer: one event for all its pairs
  int regime = -1;     ///< index of the chain that sets the change; -1: change_pp does
  float coverage = 1;  ///< share of the product it covers
  bool all_suppliers = false;
  View<float> in_force;  ///< [t - 1]: share of the month's days, t = 1..months
};

/// A layer whose change follows a Markov chain.
struct TariffChainPlan {
  View<RegimePlan> regimes;
  View<ParameterId> start_weight, change_pp;  ///< by regime
  std::uint64_t event_stream = 0, start_stream = 0;
};
inline constexpr int kMostTariffChains = 8;

/// One (market, product) pair with a tariff.
struct TariffPlan {
  int cell = 0, product = 0, market = 0;
  View<float> rate, competitors;    ///< schedule as fractions by month, t = -tariff_history .. months
  View<float> own_log, rivals_log;  ///< ln(1 + the same)
  View<TariffLayerPlan> layers;
  ParameterId elasticity_1y = kNone, elasticity_long_run = kNone, pass_through = kNone, import_demand = kNone;
};

/// One market of a product's equilibrium in the base year. Weights of spending are at tariff-paid prices.
struct ArmingtonMarketPlan {
  float china_weight = 0;                       ///< of what the market spends on imports
  float import_weight = 0;                      ///< of what it spends in all
  float china_sales = 0, rival_sales = 0;       ///< the market's share of all sales of China and of its rivals
  float base_own_log = 0, base_rivals_log = 0;  ///< ln(1 + tariff) of the base year
  ParameterId domestic_substitution = kNone;    ///< elasticity between imports and domestic goods
};

/// The market equilibrium of one product; its cells stand together in ModelPlan::tariffs.
struct ArmingtonPlan {
  int product = 0, first_pair = 0;
  View<ArmingtonMarketPlan> markets;
  ParameterId china_supply = kNone, rival_supply = kNone, domestic_supply = kNone, total_demand = kNone;
  View<int> regime;        ///< [t + tariff_history], t <= 0: the months' tariffs are those of this regime, from 0 up
  View<int> regime_month;  ///< the first month t of each regime
  View<int> moves;         ///< [t - 1]: some tariff of month t - 1 may differ from the month before
  View<int> calm_moves;    ///< the same without the scenario's layers
  bool has_layers = false;
};

/// Which model answers tariffs; in an ensemble every path draws one.
struct ElasticityPlan {
  bool ensemble = false;
  bool armington = false;                                      ///< some path may use it
  ElasticityModel only = ElasticityModel::partial_adjustment;  ///< without an ensemble
  std::uint64_t stream = 0;
  double weight[3] = {1, 0, 0};  ///< by ElasticityModel
  float up_to[2] = {2, 2};       ///< uniforms below belong to the first model, to one of the first two
  View<ArmingtonPlan> products;
  int most_regimes = 0;
};

}  // namespace plimsoll
