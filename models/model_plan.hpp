/// \file
/// The model's constants as kernels read them: plain arrays, names already turned into numbers. Rows of the parameter
/// table are addressed by ParameterId; months by t, with t = 0 the last observed month.
#pragma once

#include <cstdint>

#include "models/declared_plan.hpp"
#include "models/draw_plan.hpp"
#include "models/pin_plan.hpp"
#include "models/plan_view.hpp"
#include "models/tariff_plan.hpp"

namespace plimsoll {

inline constexpr int kLagMonths = 25;          ///< a gamma lag is cut after 24 months and rescaled
inline constexpr int kQuantileKnots = 2049;    ///< knots of a tabulated quantile function
inline constexpr float kQuantileReach = 6.6F;  ///< the table covers z in [-kQuantileReach, kQuantileReach]
inline constexpr float kScoreReach = 9.0F;     ///< the same for the copula's normal scores

/// How a standard normal becomes a parameter's value.
struct ParameterDraw {
  enum class Kind { affine, exponential, table, steps } kind = Kind::affine;
  ParameterId row = kNone;
  std::uint64_t stream = 0;
  int family = -1;  ///< index of the family whose common normal is mixed in; -1: none
  float family_weight = 0, own_weight = 1;
  float location = 0, scale = 0;  ///< affine: location + scale z; exponential: e^(location + scale z)
  View<float> table;              ///< table: values at equidistant z; steps: values, one more than thresholds
  View<float> threshold;          ///< steps: rising z
};

/// One fixed point of a driver's path; between points the log level is linear.
struct PathPointPlan {
  int t = 0;
  ParameterId level = kNone;
};

/// One regime of a Markov chain.
struct RegimePlan {
  ParameterId monthly_drift_log = kNone, sd_log = kNone;
  float sd_scale = 1;                   ///< a month's sd per unit of sd_log
  ParameterId duration_months = kNone;  ///< mean duration; kNone: `next` is given
  View<ParameterId> next;               ///< by regime: weight of being there a month later
};

/// A driver's shock process. d[t] = ln D[t] - ln D_ref.
struct ProcessPlan {
  enum class Kind {
    random_walk,
    mean_reverting,
    stochastic_cycle,
    path,
    regime_switching,
    bootstrap
  } kind = Kind::random_walk;
  float reference_level = 1;
  ParameterId annual_sd_log = kNone;
  ParameterId level = kNone, half_life_months = kNone;  ///< mean_reverting
  ParameterId trend_log_per_month = kNone, height_log = kNone, amplitude_log = kNone, period_months = kNone,
              peak_delay_months = kNone, peak_rise_log = kNone, downswing_months = kNone;  ///< stochastic_cycle
  ParameterId noise_sd_log = kNone, noise_half_life_months = kNone;                        ///< AR(1) around it, or none
  View<PathPointPlan> points;                                                              ///< path
  ParameterId jump_hazard_pct = kNone, jump_size_log = kNone, jump_duration_months = kNone;
  std::uint64_t jump_stream = 0;
  View<RegimePlan> regimes;                          ///< regime_switching
  View<ParameterId> start_weight;                    ///< by regime, at t = 0
  View<float> changes;                               ///< bootstrap: monthly log changes of history
  int block_months = 0;                              ///< bootstrap
  std::uint64_t event_stream = 0, start_stream = 0;  ///< uniforms of regimes or block starts
  View<float> innovation;  ///< quantile table that makes a normal shock fat-tailed; empty: normal
};

/// Student-t copula of the drivers' innovations; without a table it is normal.
struct CopulaPlan {
  std::uint64_t stream = 0;
  float dof = 0;
  View<float> mixing;        ///< sqrt(dof / chi-square) at equidistant z
  View<float> normal_score;  ///< Phi^-1(F_t) at equidistant x of the tails kernel
};

/// A sum of not yet reported quarters that a key fixes: a year's remainder, or one quarter.
struct CapexTarget {
  enum class Rule { level, growth_pct, growth_log } rule = Rule::level;
  ParameterId value = kNone;
  float reported = 0;    ///< part of the sum already reported, USD bn
  int base = -1;         ///< growth: index of the target that holds the period before; -1: base_level
  float base_level = 0;  ///< growth: the period before, when reported
};

/// One firm: quarters not yet reported as a linear function of the targets (Denton 1971, proportional first
/// difference).
struct CapexFirmPlan {
  View<CapexTarget> targets;
  View<float> weight;    ///< [quarter * targets + target]: USD bn of the quarter per USD bn of the target's remainder
  View<float> constant;  ///< [quarter]
  std::uint64_t stream = 0;
  // A buyer without reports instead: an annual rate at the reference quarter that grows by calendar year.
  ParameterId reference_usd_bn = kNone;
  View<ParameterId> growth_pct;
  View<float> years;  ///< [quarter * growths + growth]: years that each growth rate has run by the quarter
};

struct CapexPlan {
  View<CapexFirmPlan> firms;
  int first_month = 1;               ///< t of the first month not yet reported (may be <= 0)
  int quarters = 0;                  ///< not yet reported quarters up to the horizon
  float reference_log = 0;           ///< ln of the sum of the reporting firms' monthly reference levels
  bool other_buyers = false;         ///< some firm is a buyer without reports
  ParameterId company_frac = kNone;  ///< cash per dollar of the company definition; kNone: keys are cash_ppe
  ParameterId annual_sd_log = kNone, common_share_frac = kNone;
  ParameterId pause_hazard_pct = kNone, pause_depth_pct = kNone, pause_duration_months = kNone;
  int pause_from = 1, pause_to = 1 << 20;
  std::uint64_t pause_stream = 0;
  ParameterId hardware_share = kNone, memory_share = kNone;
};

struct DemandPlan {
  std::uint64_t stream = 0;
  ParameterId growth_pct = kNone;  ///< scenario's growth; kNone: the forecast that the trend holds
  float forecast_log = 0;          ///< per year
};

/// Drivers that reach cells through loadings.
enum class Track { capex, memory_price, oil_price, exchange_rate, demand };  ///< demand + market
inline constexpr int kLaggedTracks = 4;

struct LoadingPlan {
  int index = 0;  ///< product, market or cell
  int track = 0;  ///< Track, demand tracks follow by market
  ParameterId volume = kNone, price = kNone;
};

/// A factor with a local linear trend: shocks to the level and to the damped slope, and an uncertain slope at t = 0.
struct TrendFactorPlan {
  std::uint64_t level_stream = 0, slope_stream = 0, start_stream = 0;
  ParameterId level_sd = kNone, slope_sd = kNone, start_sd = kNone;
};

/// How far a trend trusts the regression it starts from: less than whole where a calibration says so.
struct TrendStartPlan {
  ParameterId weight = kNone;  ///< of the regression's slope against the long run's; kNone: 1
  ParameterId level = kNone;   ///< error of the fitted level at t = 0; kNone: 0
  float smoothing_years = 0;   ///< how late the smoothed level would be without a slope
  bool on() const { return weight != kNone || level != kNone; }
};

/// An AR(1) factor of the residuals.
struct ResidualFactorPlan {
  std::uint64_t stream = 0;
  ParameterId sd = kNone, ar1 = kNone;
};

struct ProductPlan {
  TrendFactorPlan trend;
  ResidualFactorPlan volume, price;
  ParameterId price_volume_corr = kNone;
};
struct MarketPlan {
  TrendFactorPlan trend;
  ResidualFactorPlan residual;
};

/// Shipping ahead of an announced tariff layer on one cell.
struct FrontLoadPlan {
  int cell = 0;
  ParameterId change_pp = kNone, probability_pct = kNone;  ///< of the layer: what is expected
  float coverage = 1;                                      ///< share of the product that the layer covers
  ParameterId share = kNone;  ///< share of a month's exports shipped early a month of lead, per 10 points expected
  View<float> lead;           ///< [t - 1]: share of the month's days in [announced, effective)
};

/// A stock of goods shipped early before as_of, paid back evenly over some months.
struct InheritedStockPlan {
  ParameterId usd_bn = kNone, already_paid = kNone, payback_share = kNone, months = kNone;
  View<int> cell;
  View<float> cell_share;  ///< the cells' shares of the stock, summing to 1
};

/// Trade that moves in time (front-loading) or to other markets (diversion).
struct ShiftPlan {
  bool on = false;
  View<FrontLoadPlan> front_loads;
  View<InheritedStockPlan> inherited;
  ParameterId payback_share = kNone, payback_months = kNone, cap_months = kNone;
  ParameterId diverted_share = kNone, full_gap_log = kNone;
  View<ParameterId> destination;  ///< [markets]: share of what is diverted
  ParameterId enforcement_cut_pct = kNone;
  int enforcement_from = 1 << 20;
};

/// A driver of the scenario's own: an index in logs, times an elasticity, on volumes, prices, supply or capex.
struct GenericShockPlan {
  enum class On { volume, price, supply, capex } on = On::volume;
  ProcessPlan process;
  std::uint64_t stream = 0;  ///< its monthly normals
  ParameterId elasticity = kNone;
  ParameterId volume_elasticity = kNone;      ///< supply: log volume lost per log of price
  View<float> product_weight, market_weight;  ///< 0..1; all 0 when no export is reached
  View<float> import_weight;                  ///< [import products]; empty when no import is reached
};
inline constexpr int kMostGenericShocks = 12;

/// A ceiling on one product's volume.
struct SupplyLimitPlan {
  int product = 0;
  ParameterId utilisation_pct = kNone, tight_pct = kNone, demand_elasticity = kNone, supply_elasticity = kNone;
  View<ParameterId> change_pct;  ///< by expansion
  View<float> built;             ///< [(t - 1) * expansions + e]: share of the expansion that stands
  float log_start = 0;           ///< ln of the product's exports at t = 0, USD bn
  View<float> season;            ///< [t - 1]: S[t] - S[0]
};

/// Exports that need controlled goods.
struct ControlNeedPlan {
  View<float> product_weight;  ///< [products]
  ParameterId elasticity = kNone;
};
/// A foreign control on goods that are imported.
struct ExportControlPlan {
  std::uint64_t event_stream = 0;
  ParameterId probability_pct = kNone, cut_pct = kNone, leak_frac = kNone;
  ParameterId substitution_share = kNone, substitution_half_life = kNone;
  View<float> in_force;      ///< [t - 1]: share of the month's days
  View<float> goods_weight;  ///< [import products]
  View<ControlNeedPlan> needs;
};

/// What supply can do to products; on when the scenario names a limit or a control.
struct SupplyPlan {
  bool on = false;
  View<SupplyLimitPlan> limits;
  View<ExportControlPlan> controls;
};

/// A weighted sum of products or of markets, reported as a series of its own.
struct AggregatePlan {
  bool of_markets = false;
  View<float> weight;  ///< [products or markets]
};

/// A driver as imports feel it: with a lag of its own.
struct ImportTrackPlan {
  int source = 0;           ///< row group of Workspace::driver
  ParameterId lag = kNone;  ///< mean of the gamma lag; kNone: no lag
};
/// Log response of an import product to a track; track -1 is domestic demand.
struct ImportLoadingPlan {
  int product = 0, track = 0;
  ParameterId volume = kNone, price = kNone;
};
/// Processing trade: the import's volume follows the volume of an export product.
struct ImportLinkPlan {
  int product = 0, export_product = 0;
  ParameterId elasticity = kNone;
};
struct ImportProductPlan {
  TrendFactorPlan trend;
  ResidualFactorPlan volume, price;
  ParameterId price_volume_corr = kNone;
  bool printed = false;  ///< customs prints quantities
};

/// Imports by product from the world.
struct ImportPlan {
  View<ImportProductPlan> products;  ///< none: the calibration has no imports
  View<ImportTrackPlan> tracks;
  View<ImportLoadingPlan> loadings;
  View<ImportLinkPlan> links;
  TrendFactorPlan world_trend;
  ResidualFactorPlan world_residual;
  ParameterId trend_long_run = kNone, trend_shrinkage = kNone;
  TrendStartPlan trend_start;
  std::uint64_t demand_stream = 0;
  ParameterId demand_growth_pct = kNone, demand_sd_pp = kNone;  ///< growth kNone: the forecast that the trend holds
  float demand_forecast_log = 0;
  View<float> constant;      ///< [(t - 1) * products + p], as ModelPlan::cell_constant
  View<float> slope, start;  ///< [p]
  float total_slope = 0;
  View<float> observed;    ///< [(t + 12 - first) * products + p] from t = first - 12 to 0, USD bn
  View<float> unit_value;  ///< [(t - first) * products + p], as AttributionPlan::unit_value
  View<float>
      export_season;  ///< [(t - 1) * export products + p]: expected log change of an export product but for trend
  View<AggregatePlan> aggregates;
};

/// What the split of growth by driver names; what they leave is the residual. The first five follow Track. `inherited`:
/// what lags and slow adjustment still bring after as_of when every driver stays where it is.
enum class Term {
  capex,
  memory_price,
  oil_price,
  exchange_rate,
  foreign_demand,
  tariff,
  front_loading,
  diversion,
  supply_limit,
  export_control,
  inherited,
  trend
};
inline constexpr int kTerms = 12;

/// Split of growth over twelve months by driver and into price and volume, month by month.
struct AttributionPlan {
  bool on = false;
  int first = 1;         ///< first attributed month: January of the year of as_of (t <= 0), or t = 1
  View<float> observed;  ///< [(t - first + 12) * cells + c]: observed values up to t = 0, USD bn
  /// [(t - first) * cells + c]: change of the season, of what the centre takes back, and of the trend line in history.
  View<float> trend;
  View<float> unit_value;  ///< [(t - first) * products + p]: the observed part of the log change of the unit value
  View<int> printed;       ///< [products]: 1 where customs prints quantities
};

/// Everything the kernel of the partial-adjustment model reads.
struct ModelPlan {
  DrawPlan draw_plan;
  int products = 0, markets = 0, months = 0;
  int window_months = 0;   ///< months of the trend window, the last is t = 0
  int history_months = 0;  ///< months before t = 0 that driver rows hold
  int tariff_history = 0;  ///< months before t = 0 that tariff rows hold

  View<float> parameter_default;  ///< value of every row; random rows are overwritten
  View<ParameterDraw> draws;
  View<std::uint64_t> family_streams;

  // Drivers: capex (common), memory, oil, exchange rate, demand (common); innovations correlate by a Cholesky factor.
  View<float> cholesky;               ///< [5 * 5], row-major, lower
  View<std::uint64_t> shock_streams;  ///< [5]
  View<PinPlan> pins;
  View<float> correlation;  ///< [5 * 5] of the same innovations, for pins
  CopulaPlan copula;
  View<float> driver_history;  ///< [4 * (history_months + 1)]: d of capex, memory, oil, exchange rate
  CapexPlan capex;
  ProcessPlan memory, oil, exchange_rate;
  View<DemandPlan> demand;  ///< by market
  ParameterId demand_sd_pp = kNone, demand_common_share = kNone;
  ParameterId capex_lag = kNone, memory_lag = kNone, oil_lag = kNone;

  View<LoadingPlan> all_loadings, product_loadings, market_loadings, cell_loadings;
  View<TariffPlan> tariffs;
  int tariff_layers = 0;
  View<TariffChainPlan> tariff_chains;
  View<std::uint64_t> layer_streams;  ///< events of the layers
  View<ParameterId> layer_probability;
  ParameterId tariff_half_life = kNone;
  ElasticityPlan elasticity;

  // Baseline.
  ParameterId trend_damping = kNone, trend_long_run = kNone, trend_shrinkage = kNone;
  TrendStartPlan trend_start;
  TrendFactorPlan world_trend;
  ResidualFactorPlan world_residual;
  View<ProductPlan> product_plans;
  View<MarketPlan> market_plans;
  View<float> slope_weight, level_weight;  ///< [window_months]: slope (per year) and level at t = 0 of a regression
  View<float> cell_constant;  ///< [(t - 1) * cells + c]: ln x[c,0] + S[c,t] - S[c,0] + compensation at the centre
  View<float> cell_slope;     ///< [c]: own slope net of drivers less the total's, log per year
  View<float> cell_start;     ///< [c]: residual of the last observed month, log
  float total_slope = 0;      ///< slope of the total net of drivers, log per year
  View<float> compensation;   ///< [t - 1]: Gc, years over which a slope taken by drivers is taken back

  ShiftPlan shift;
  View<GenericShockPlan> shocks;
  SupplyPlan supply;
  ImportPlan imports;
  DeclaredPlan declared;

  /// By stream of Workspace::normal: 0 where its standard deviation is fixed at 0, so that it is not drawn.
  View<int> live_stream;
  View<int> live_start;              ///< [1 + markets + products]: the same for the slopes at t = 0
  View<int> live_residual;           ///< [1 + markets + 2 products]: the same for the residuals, after correlation
  int live_track[4] = {1, 1, 1, 1};  ///< some loading may be other than 0
  bool own_trend = true, restores = true;  ///< cells have trends of their own; a residual at t = 0 that fades

  // Answers.
  AttributionPlan attribution;
  View<AggregatePlan> aggregates;
  float exchange_rate_0 = 1;  ///< CNY per USD of the last observed month
};

}  // namespace plimsoll
