/// \file
/// Forecasts of the totals from every origin of the past, on what was known then, scored beside those of rivals.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "models/rival_forecasts.hpp"
#include "models/totals_filter.hpp"
#include "sim/totals_paths.hpp"

namespace plimsoll {

inline constexpr double kNotScored = std::numeric_limits<double>::quiet_NaN();

/// Growth on a year earlier of what: the period, the year so far, the whole year.
enum class GrowthSpan { month, year_to_date, year };
std::string to_string(GrowthSpan span);

struct BacktestOptions {
  std::vector<TradeFlow> flows{TradeFlow::exports, TradeFlow::imports};
  Month from = Month::of(2013, 2);  ///< first origin
  int horizons = 12;                ///< released periods ahead, up to 12
  int paths = 4096;
  std::uint64_t seed = 20130201;
  int threads = 1;
  TotalsSettings settings{};
};

/// One distribution, its quantiles, and what it scored. What is not known yet is not scored (NaN).
struct ScoredForecast {
  static constexpr std::array<double, 9> kProbabilities{0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99};

  TradeFlow flow{};
  std::string model;
  GrowthSpan span{};
  Month origin, target;
  int horizon = 0;
  std::array<double, 9> quantile_pct{};
  std::array<double, 9> quantile_se_pp{};  ///< Monte Carlo; 0 for closed forms
  /// Against growth from final levels, and as first printed.
  struct Against {
    double actual_pct = kNotScored, crps_pp = kNotScored, crps_se_pp = kNotScored;
    double log_score = kNotScored;  ///< minus the log density at what came, a percentage point as unit
    double pit_frac = kNotScored;   ///< the distribution function at what came
    std::array<double, TotalsPaths::kReplicates> crps_of_replicate{};  ///< all alike for closed forms
  };
  Against final_level, first_print;
};

struct BacktestInputs {
  const TotalsData& data;
  const TradeCalendar& calendar;
  const RivalForecasts& rivals;  ///< empty: none
  const std::map<std::pair<TradeFlow, int>, FirstPrint>& first_prints;
  std::string file = "totals.csv";  ///< of the data, for error messages
};

inline constexpr const char* kOwnModel = "plimsoll";
inline constexpr const char* kEngine = "engine";  ///< the engine on a calibration of one cell
inline constexpr const char* kPool = "pool";      ///< equal parts of ar, sarima and ets

/// All forecasts, in order of flow, origin, horizon; ours first, then the rivals' and the pool's.
/// \throws InputError (data) when the data are too short for the origin or the calendar for the data.
std::vector<ScoredForecast> backtest_forecasts(const BacktestInputs& inputs, const BacktestOptions& options);

}  // namespace plimsoll
