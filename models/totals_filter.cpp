#include "models/totals_filter.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <deque>

#include "models/estimation/seasonal_regression.hpp"

namespace plimsoll {
namespace {

// States: level, slope, 11 seasons, effects of the calendar, of the survey, of oil before and in the period.
constexpr int kLevel = 0, kSlope = 1, kFirstSeason = 2;
constexpr int kCalendar = kFirstSeason + kPeriodsAYear;
constexpr int kSurvey = kCalendar + TradeCalendar::kRegressors;
constexpr int kOil = kSurvey + 1, kLateOil = kSurvey + 2;
constexpr int kStates = kLateOil + 1;

using Vector = Eigen::Matrix<double, kStates, 1>;
using Square = Eigen::Matrix<double, kStates, kStates>;

/// A filter under one setting. Covariances are multiples of the observation's variance.
struct Member {
  Vector mean = Vector::Zero();
  Square covariance = Square::Zero();
  Square shocks = Square::Zero();
  double variance = 0;  ///< the observation's, estimated
  double log_weight = 0;
};

/// Seasons sum to zero, so what moves one moves the others the other way.
void add_seasons(Square& matrix, double variance) {
  for (int i = 0; i < kPeriodsAYear; ++i) {
    for (int j = 0; j < kPeriodsAYear; ++j)
      matrix(kFirstSeason + i, kFirstSeason + j) += variance * ((i == j ? 1.0 : 0.0) - 1.0 / kPeriodsAYear);
  }
}

double square(double x) { return x * x; }

double student_log_density(double degrees, double squared_over_scale) {
  return std::lgamma((degrees + 1) / 2) - std::lgamma(degrees / 2) -
         (degrees + 1) / 2 * std::log1p(squared_over_scale / degrees);
}

/// What pushes the level from one period to the next: each times its effect, a state.
struct Push {
  double survey = 0;    ///< the survey's distance from its own past year
  double oil = 0;       ///< tenths of log price, the three months before
  double late_oil = 0;  ///< in the period itself
};

}  // namespace

struct TotalsFilter::State {
  TotalsSettings settings;
  const TradeCalendar& calendar;
  std::vector<Member> members;
  double degrees = 0;  ///< of freedom, the same under every setting
  int periods = 0;     ///< taken in so far
  Month last;
  Push push;  ///< on the next period, as far as it is known
  std::deque<double> surveys;

  Vector observe(Month period) const {
    Vector f = Vector::Zero();
    f(kLevel) = 1;
    f(kFirstSeason + static_cast<int>(season_of(period))) = 1;
    const std::vector<double> x = calendar.regressors(period);
    for (int k = 0; k < TradeCalendar::kRegressors; ++k) f(kCalendar + k) = x[static_cast<std::size_t>(k)];
    return f;
  }

  /// One period on: the level grows by the slope and by what pushes it.
  void step(Vector& mean, Square& covariance, const Square& shocks, const Push& pushed) const {
    const Square g = transition(pushed);
    mean = (g * mean).eval();
    mean(kSlope) += (1 - settings.slope_damping) * settings.long_run_growth_log / kPeriodsAYear;
    covariance = (g * covariance * g.transpose() + shocks).eval();
  }
  static constexpr double kTenths = 10;
  double tenths(double log_change) const {
    return std::clamp(kTenths * log_change, -settings.oil_most, settings.oil_most);
  }
  Square transition(const Push& pushed) const {
    Square g = Square::Identity();
    g(kLevel, kSlope) = 1;
    g(kSlope, kSlope) = settings.slope_damping;
    g(kLevel, kSurvey) = pushed.survey;
    g(kLevel, kOil) = pushed.oil;
    g(kLevel, kLateOil) = pushed.late_oil;
    return g;
  }
};

TotalsFilter::TotalsFilter(const TotalsSettings& s, const TradeCalendar& calendar)
    : state_(new State{s, calendar, {}, s.prior_periods, 0, {}, {}, {}}) {
  constexpr double kLevelSd = 0.3, kSlopeSd = 0.02;  // vague: log, log a period
  const double unit = square(s.observation_sd_log);
  for (const double level : s.level_variance) {
    for (const double slope : s.slope_variance) {
      for (const double season : s.season_variance) {
        Member m;
        m.variance = unit;
        m.shocks(kLevel, kLevel) = level;
        m.shocks(kSlope, kSlope) = slope;
        add_seasons(m.shocks, season);
        m.covariance(kLevel, kLevel) = square(kLevelSd) / unit;
        m.covariance(kSlope, kSlope) = square(kSlopeSd) / unit;
        add_seasons(m.covariance, square(s.season_sd_log) / unit);
        for (int k = kCalendar; k < kSurvey; ++k) m.covariance(k, k) = square(s.calendar_sd_log) / unit;
        m.covariance(kSurvey, kSurvey) = square(s.survey_sd_log) / unit;
        m.covariance(kOil, kOil) = square(s.oil_sd_log) / unit;
        m.covariance(kLateOil, kLateOil) = square(s.late_oil_sd_log) / unit;
        state_->members.push_back(m);
      }
    }
  }
}

TotalsFilter::~TotalsFilter() = default;
TotalsFilter::TotalsFilter(const TotalsFilter& other) : state_(std::make_unique<State>(*other.state_)) {}
TotalsFilter::TotalsFilter(TotalsFilter&& other) noexcept = default;

void TotalsFilter::update(Month period, double level_usd_bn, const TotalsIndicators& indicators) {
  State& s = *state_;
  const double y = std::log(level_usd_bn);
  const Vector f = s.observe(period);
  if (s.periods > 0) s.degrees *= s.settings.variance_discount;
  s.push.late_oil = s.tenths(indicators.oil_since_log);
  double best = -INFINITY;
  for (Member& m : s.members) {
    if (s.periods == 0) m.mean(kLevel) = y;
    s.step(m.mean, m.covariance, m.shocks, s.push);
    const Vector reach = m.covariance * f;
    const double spread = f.dot(reach) + 1;
    const double surprise = y - f.dot(m.mean);
    const double squared = square(surprise) / (m.variance * spread);
    // The first year only sets the seasons: settings are not judged by it.
    if (s.periods >= kPeriodsAYear) {
      m.log_weight = m.log_weight * s.settings.weight_discount + student_log_density(s.degrees, squared) -
                     std::log(s.degrees * m.variance * spread) / 2;
    }
    best = std::max(best, m.log_weight);
    const double taken = std::min(1.0, s.settings.bounded_sd / std::sqrt(std::max(squared, 1e-12)));
    const Vector gain = reach / spread;
    m.mean += gain * (surprise * taken);
    m.covariance -= gain * gain.transpose() * (spread * taken);
    m.variance *= (s.degrees + squared * square(taken)) / (s.degrees + 1);
  }
  for (Member& m : s.members) m.log_weight -= best;
  s.degrees += 1;

  double past = 0;
  for (const double one : s.surveys) past += one;
  const double distance = s.surveys.empty() ? 0 : indicators.mfg_pmi - past / static_cast<double>(s.surveys.size());
  s.push.survey = std::clamp(distance, -s.settings.survey_most, s.settings.survey_most);
  s.push.oil = s.tenths(indicators.oil_change_log);
  s.surveys.push_back(indicators.mfg_pmi);
  if (s.surveys.size() > kPeriodsAYear) s.surveys.pop_front();
  s.last = period;
  ++s.periods;
}

TotalsForecast TotalsFilter::forecast(int horizons, double oil_since_log) const {
  const State& s = *state_;
  const auto n = static_cast<std::size_t>(horizons);
  TotalsForecast out{s.last, horizons, s.degrees, {}};
  double sum = 0;
  for (const Member& m : s.members) sum += std::exp(m.log_weight);
  for (const Member& m : s.members) {
    TotalsForecast::Member& member = out.members.emplace_back();
    member.weight_frac = std::exp(m.log_weight) / sum;
    member.covariance.resize(n * n);
    Vector mean = m.mean;
    Square covariance = m.covariance;
    std::vector<Vector> shared;  // covariance of the states with each earlier period's level
    Month period = s.last;
    Push push = s.push;
    push.late_oil = s.tenths(oil_since_log);
    for (std::size_t h = 0; h < n; ++h) {
      const Square g = s.transition(push);
      s.step(mean, covariance, m.shocks, push);
      push = {push.survey * s.settings.survey_keep, 0, 0};
      period = next_period(period);
      const Vector f = s.observe(period);
      member.mean_log.push_back(f.dot(mean));
      for (std::size_t k = 0; k < h; ++k) {
        shared[k] = (g * shared[k]).eval();
        member.covariance[h * n + k] = member.covariance[k * n + h] = m.variance * f.dot(shared[k]);
      }
      shared.emplace_back(covariance * f);
      member.covariance[h * n + h] = m.variance * (f.dot(shared.back()) + 1);
    }
  }
  return out;
}

TotalsTrend TotalsFilter::trend() const {
  TotalsTrend out;
  out.season_log.assign(kPeriodsAYear, 0);
  double sum = 0, level = 0, slope = 0, observation = 0, season = 0;
  for (const Member& m : state_->members) sum += std::exp(m.log_weight);
  for (const Member& m : state_->members) {
    const double weight = std::exp(m.log_weight) / sum;
    for (int k = 0; k < kPeriodsAYear; ++k)
      out.season_log[static_cast<std::size_t>(k)] += weight * m.mean(kFirstSeason + k);
    level += weight * m.variance * m.shocks(kLevel, kLevel);
    slope += weight * m.variance * m.shocks(kSlope, kSlope);
    observation += weight * m.variance;
    season += weight * m.variance * m.covariance.diagonal().segment<kPeriodsAYear>(kFirstSeason).mean();
  }
  out.level_sd_log = std::sqrt(level);
  out.slope_sd_log = std::sqrt(slope);
  out.observation_sd_log = std::sqrt(observation);
  out.season_error_sd_log = std::sqrt(season);
  return out;
}

std::vector<MixturePart> TotalsForecast::log_growth(int h, const std::vector<double>& log_level) const {
  std::vector<MixturePart> out;
  const auto n = static_cast<std::size_t>(horizons), at = static_cast<std::size_t>(h - 1);
  for (const Member& m : members) {
    double mean = m.mean_log[at], variance = m.covariance[at * n + at];
    if (h <= kPeriodsAYear) {
      mean -= log_level[log_level.size() - 1 - static_cast<std::size_t>(kPeriodsAYear - h)];
    } else {
      const std::size_t base = at - kPeriodsAYear;
      mean -= m.mean_log[base];
      variance += m.covariance[base * n + base] - 2 * m.covariance[at * n + base];
    }
    out.push_back({m.weight_frac, mean, std::sqrt(variance)});
  }
  return out;
}

}  // namespace plimsoll
