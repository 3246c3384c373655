/// \file
/// The totals model: a seasonal local trend with effects of calendar, survey and oil, filtered forward period by period
/// under several settings at once, each weighted by how well it has forecast so far. Equations: docs/theory/totals.md.
#pragma once

#include <memory>
#include <vector>

#include "models/growth_mixture.hpp"
#include "models/totals_data.hpp"

namespace plimsoll {

/// Choices made on targets of 2013-2019 only (docs/validation/backtest-research.md).
struct TotalsSettings {
  std::vector<double> level_variance{0.1, 0.3, 1.0};  ///< of the level's shock, as multiples of the observation's
  std::vector<double> slope_variance{0.001, 0.01};    ///< of the slope's
  std::vector<double> season_variance{0.003, 0.03};   ///< of each season's
  double slope_damping = 0.85;                        ///< a period
  double long_run_growth_log = 0.03;                  ///< a year
  double survey_sd_log = 0.006;   ///< prior sd of the effect of a point of the survey on a period's growth
  double survey_keep = 0.9;       ///< of a survey's distance from its mean, a period
  double survey_most = 3;         ///< points of distance that count
  double oil_sd_log = 0.003;      ///< prior sd of the effect of a tenth of log oil price on the next period's growth
  double oil_most = 3;            ///< tenths that count
  double late_oil_sd_log = 0;     ///< the same of oil in the period itself; 0: it is not known yet
  double calendar_sd_log = 0.07;  ///< prior sd of the effects of the calendar
  double season_sd_log = 0.25;    ///< prior sd of the seasons
  double observation_sd_log = 0.035;  ///< prior centre, worth `prior_periods` periods
  double prior_periods = 4;
  double variance_discount = 0.95;  ///< how much of what is known of the variance stays from one period to the next
  double weight_discount = 0.97;    ///< of the settings' log weights
  double bounded_sd = 3;            ///< a surprise above this many sd moves the states no further
};

/// The same, the day before a release: the price of oil in the period itself is known.
inline TotalsSettings known_the_day_before(TotalsSettings settings) {
  settings.late_oil_sd_log = 0.006;
  return settings;
}

/// The same without oil: its shocks are as large as they look to whoever does not see its price.
inline TotalsSettings blind_to_oil(TotalsSettings settings) {
  settings.oil_sd_log = 0;
  return settings;
}

/// The joint forecast of the next periods' log levels: a mixture of multivariate Student-t distributions.
struct TotalsForecast {
  struct Member {
    double weight_frac = 0;
    std::vector<double> mean_log;
    std::vector<double> covariance;  ///< [h * horizons + k], at the scale of the t distribution
  };
  Month origin;
  int horizons = 0;
  double degrees_of_freedom = 0;
  std::vector<Member> members;

  /// Of the log growth on a year earlier at horizon h (from 1): up to 11 against the observed base, beyond it against
  /// the forecast of the base. `log_level`: observed log levels, the last is the origin's.
  std::vector<MixturePart> log_growth(int h, const std::vector<double>& log_level) const;
};

/// What the filter knows of trend and seasons, means over settings: enough for a calibration of one cell.
struct TotalsTrend {
  std::vector<double> season_log;                                     ///< by season, from 0; about 0
  double level_sd_log = 0, slope_sd_log = 0, observation_sd_log = 0;  ///< of shocks, a period
  double season_error_sd_log = 0;                                     ///< of what is known of a season
};

/// One pass through the periods. What it knows after `update` is what was known then.
class TotalsFilter {
 public:
  TotalsFilter(const TotalsSettings& settings, const TradeCalendar& calendar);
  ~TotalsFilter();
  TotalsFilter(const TotalsFilter& other);  ///< from here on, each goes its own way
  TotalsFilter(TotalsFilter&& other) noexcept;
  TotalsFilter& operator=(const TotalsFilter&) = delete;
  TotalsFilter& operator=(TotalsFilter&&) = delete;

  /// Takes in the next period: its level, and what was known beside it.
  void update(Month period, double level_usd_bn, const TotalsIndicators& indicators);
  /// `oil_since_log`: of the first period ahead, when it is known already.
  TotalsForecast forecast(int horizons, double oil_since_log = 0) const;
  TotalsTrend trend() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace plimsoll
