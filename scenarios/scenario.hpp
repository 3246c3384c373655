/// \file
/// The question a user asks, as plain data: what a scenario file says after composition and checking.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/elasticity_model.hpp"
#include "scenarios/frequency.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/month.hpp"
#include "scenarios/random_number.hpp"

namespace plimsoll {

/// A text in the product's languages; `zh` may be empty.
struct Text {
  std::string en;
  std::string zh;
};

struct About {
  std::string question, author, date;
  std::vector<std::string> sources;
};

/// One key of a firm's capex path: a level in USD bn or growth on the year (or the same quarter a year) before, in pct.
struct CapexKey {
  int year = 0;
  int quarter = 0;  ///< 1..4, or 0 for the whole year
  enum class Measure { level_usd_bn, growth_pct } measure = Measure::level_usd_bn;
  RandomNumber value;
};

struct CapexFirm {
  std::string id;              ///< amazon, alphabet, meta, microsoft
  std::vector<CapexKey> keys;  ///< by time
};

/// A sudden common cut of capex: each month outside a pause, one starts with the hazard.
struct CapexPause {
  RandomNumber monthly_hazard_pct;
  RandomNumber depth_pct;  ///< negative: change of the level while it lasts
  RandomNumber duration_months;
  std::optional<Month> from, to;  ///< months in which a pause may start; unset: the whole horizon
};

/// Buyers of computing hardware beside the firms that report.
struct ComputeBuyer {
  std::string name;
  RandomNumber reference_usd_bn;             ///< annual rate in the last reported quarter, cash_ppe
  std::map<int, RandomNumber> growth_pct{};  ///< a year, by calendar year; later years grow like the last
};

struct CapexPaths {
  enum class Definition { cash_ppe, company } definition = Definition::cash_ppe;
  std::vector<CapexFirm> firms;
  std::optional<RandomNumber> annual_sd_log;      ///< unset: the calibration's
  std::optional<RandomNumber> common_share_frac;  ///< unset: the calibration's
  std::optional<CapexPause> pause;
  std::vector<ComputeBuyer> other_buyers;
};

/// A state of a Markov chain and how it ends.
struct ChainState {
  std::string name;
  std::optional<RandomNumber> duration_months{};  ///< mean; set or `next_pct` is
  std::vector<RandomNumber> next_pct{};           ///< by state: where it is a month later
};

/// One state of a tariff regime, such as truce, escalation and deal.
struct TariffRegime : ChainState {
  RandomNumber change_pp;  ///< while the state lasts
};

/// A change of tariff on the exporter's goods in one market, in force [effective, expires).
struct TariffLayer {
  std::string name;
  std::string market;                     ///< market id or market set
  std::vector<std::string> products;      ///< product ids or sets
  std::vector<std::string> except;        ///< product ids or sets taken out
  RandomNumber change_pp;                 ///< unless there are regimes
  std::vector<TariffRegime> regimes{};    ///< by name; the change follows a Markov chain from as_of on
  std::vector<RandomNumber> start_pct{};  ///< by regime, at as_of
  std::optional<Date> announced;          ///< set: goods are shipped ahead from this day on
  Date effective;
  std::optional<Date> expires;
  RandomNumber probability_pct = RandomNumber::fixed(100.0);
  bool all_suppliers = false;  ///< rivals pay it too
  std::string authority;
};

/// A jump added to a driver: arrives with a monthly hazard, moves the log level by `size_log` for `duration_months`.
struct JumpSpec {
  RandomNumber monthly_hazard_pct;
  RandomNumber size_log;
  RandomNumber duration_months;
};

struct PathPoint {
  Month month;
  RandomNumber value;  ///< level of the driver in its own unit
};

/// One regime of a driver that switches between regimes.
struct Regime : ChainState {
  RandomNumber monthly_drift_log;
  RandomNumber sd_log;
  bool sd_is_annual = false;
};

/// How a driver moves. `kind` is the name of a registered shock process (`path`, `random_walk`, `mean_reverting`,
/// `stochastic_cycle`, `regime_switching`, `bootstrap`); `parameters` hold what the scenario gives, by field name
/// (`annual_sd_log`, `half_life_months`, `level_usd_per_bbl`, `period_months`, `amplitude_log`, `noise.monthly_sd_log`,
/// ...); what is absent comes from the calibration.
struct ProcessSpec {
  std::string kind;
  std::map<std::string, RandomNumber> parameters;
  std::vector<PathPoint> points;  ///< for `path`, by time
  std::optional<JumpSpec> jump;
  std::vector<Regime> regimes{};            ///< for `regime_switching`, by name
  std::vector<RandomNumber> start_pct{};    ///< by regime, at as_of
  int block_months = 12;                    ///< for `bootstrap`
  bool demean = true;                       ///< for `bootstrap`
  std::optional<double> innovations_dof{};  ///< Student-t shocks; unset: normal
};

struct MemoryPriceCycle {
  std::string index = "boj_usd";  ///< boj_usd, contract, spot
  ProcessSpec process;
};

struct ForeignDemand {
  std::map<std::string, RandomNumber> growth_pct;  ///< by market id; absent: the calibration's forecast
  std::optional<RandomNumber> sd_pp;
  std::optional<RandomNumber> common_share_frac;
};

/// Goods shipped early before as_of, still to be missed.
struct FrontLoadedStock {
  std::vector<std::string> products, markets;  ///< ids or sets
  RandomNumber usd_bn, already_paid_frac, payback_share, over_months;
};

struct FrontLoading {
  std::optional<RandomNumber> payback_share, payback_months;  ///< unset: the calibration's
  std::vector<FrontLoadedStock> inherited;
};

/// Trade lost to a scenario's tariffs that reappears in other markets.
struct Diversion {
  std::optional<RandomNumber> share;  ///< unset: the calibration's
  struct Enforcement {
    Month from;
    RandomNumber cut_pct;  ///< of what would be diverted
  };
  std::optional<Enforcement> enforcement;
};

/// A driver of the scenario's own: moves volume, price, supply or capex by elasticity times its log deviation.
struct GenericShock {
  std::string name;
  enum class On { volume, price, share, supply, capex } on = On::volume;
  std::vector<std::string> products, except, markets;  ///< exports: ids or sets; empty for capex
  std::vector<std::string> imports;                    ///< imports: ids or sets
  RandomNumber elasticity = RandomNumber::fixed(1.0);
  RandomNumber volume_elasticity = RandomNumber::fixed(0.0);  ///< supply: log volume lost per log of price
  ProcessSpec process;                                        ///< of an index that is 100 at as_of
};

/// Demand in the exporting country itself, which draws imports.
struct DomesticDemand {
  std::optional<RandomNumber> growth_pct, sd_pp;  ///< unset: the calibration's forecast, and none
};

/// A ceiling on what product groups can ship: demand beyond it turns into price.
struct SupplyLimit {
  std::vector<std::string> products;  ///< ids or sets of whole groups; every group has the ceiling for itself
  Place place;                        ///< of the products, for messages
  RandomNumber utilisation_pct;       ///< of capacity, at as_of
  struct Expansion {
    Month from, to;           ///< capacity rises evenly from the end of the month before `from` to the end of `to`
    RandomNumber change_pct;  ///< of the capacity before it
  };
  std::vector<Expansion> expansions;
  RandomNumber tight_pct, demand_elasticity, supply_elasticity;
};

/// Foreign controls on what the country may buy.
struct ExportControl {
  std::string name;
  std::vector<std::string> goods;  ///< import products or sets
  Date effective;
  std::optional<Date> expires;
  RandomNumber probability_pct, cut_pct, leak_frac;
  RandomNumber substitution_share, substitution_half_life_months;
  struct Need {
    std::vector<std::string> products;  ///< exports that need the goods
    RandomNumber elasticity;            ///< log export volume per log of what is left of the goods
  };
  std::vector<Need> needed_by;
};

/// What is known of an output, or of an indicator that follows it: indicator = intercept + slope * output + error.
struct Observation {
  std::string series, period;  ///< as in the tables
  std::string indicator;       ///< empty: the output itself
  double slope = 1, intercept = 0;
  enum class Kind { value, below, above, between } kind = Kind::value;
  double low = 0, high = 0;  ///< the edges; the same for all kinds but between
  std::optional<double> sd;  ///< of the error; unset: sharp edges
  Place place;
};

/// A driver fixed over some months, both included.
struct DriverPin {
  std::string driver;
  Month from, to;
  std::optional<double> change_pct, level;  ///< against as_of, or in the driver's unit: one is set
  Place place;
};

struct DriverCorrelation {
  std::string a, b;
  double value = 0;
};

/// A weighting of products, markets or import products with a name.
struct SetDefinition {
  std::string name;
  enum class Of { products, markets, imports } of = Of::products;
  std::map<std::string, double> weight_frac;  ///< by id, 0..1
  Text title;
};

/// A level of a driver whose chance is reported: given, or the driver's mean over observed months.
struct DriverThreshold {
  std::string driver;           ///< memory_price, oil_price, exchange_rate
  std::optional<double> level;  ///< unset: the mean of from..to
  Month from, to;
  enum class Side { below, above } side = Side::below;
};

struct ReportSpec {
  std::vector<std::string> series;  ///< patterns with `*` and `?`, of periods after `@`; empty: all
  std::vector<Frequency> frequencies{kEveryFrequency.begin(), kEveryFrequency.end()};  ///< of the periods reported
  std::vector<std::string> contributions;  ///< the same of what contributes; empty: all
  std::vector<double> thresholds_pct{0.0};
  std::vector<DriverThreshold> driver_thresholds;
  std::vector<std::string> languages{"en", "zh"};  ///< of documents for people; at least one
  bool single_lunar_months = false;                ///< also single January and February
};

/// Everything asked, defaults filled in.
struct Scenario {
  std::string name;
  Text title;
  About about;
  std::string calibration;
  std::optional<Month> as_of;  ///< unset: the calibration's
  Month horizon;               ///< last simulated month
  std::int64_t paths = 16384;
  std::int64_t seed = 20260605;
  std::string sampling = "sobol";                                     ///< sobol, random, antithetic
  std::vector<ElasticityShare> elasticity_models{ElasticityShare{}};  ///< one, or an ensemble; weights sum to 1
  std::optional<CapexPaths> capex_paths;
  std::vector<TariffLayer> tariff_shocks;
  MemoryPriceCycle memory_price_cycle;
  ForeignDemand foreign_demand;
  ProcessSpec oil_price;
  ProcessSpec exchange_rate;
  DomesticDemand domestic_demand;
  FrontLoading front_loading;
  Diversion diversion;
  std::vector<GenericShock> shocks;
  std::vector<SupplyLimit> supply_limits;
  std::vector<ExportControl> export_controls;
  std::vector<SetDefinition> sets;  ///< the scenario's own, members resolved to ids
  std::vector<Observation> observations;
  std::vector<DriverPin> pins;
  std::vector<DriverCorrelation> correlations;
  std::optional<double> copula_dof;  ///< t copula of the drivers' innovations; unset: normal
  ReportSpec report;
  double check_timeout_s = 60;
};

}  // namespace plimsoll
