#include "sim/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "models/scores.hpp"
#include "scenarios/input_error.hpp"
#include "sim/engine_totals.hpp"
#include "sim/for_each_task.hpp"

namespace plimsoll {
namespace {

using Against = ScoredForecast::Against;

/// Three years set seasons and variances before the first forecast.
constexpr std::size_t kLeastPeriods = 33;

/// One flow's levels, and growth that came where it is known.
struct Actuals {
  TradeFlow flow;
  const TotalsData& data;
  const std::map<std::pair<TradeFlow, int>, FirstPrint>& first_prints;

  double level(std::size_t at) const { return data.of(flow)[at]; }

  double growth(GrowthSpan span, std::size_t target) const {
    if (target >= data.period.size()) return kNotScored;
    const std::size_t first = span == GrowthSpan::month ? target : first_of_year(target);
    double now = 0, before = 0;
    for (std::size_t k = first; k <= target; ++k) {
      now += level(k);
      before += level(k - kPeriodsAYear);
    }
    return 100 * (now / before - 1);
  }

  double first_print(std::size_t target) const {
    if (target >= data.period.size()) return kNotScored;
    const auto found = first_prints.find({flow, data.period[target].index});
    return found == first_prints.end() ? kNotScored : found->second.growth_pct;
  }

  /// Position of January with February in the target's year; targets beyond the data are counted on.
  static std::size_t first_of_year(std::size_t target) { return target - target % kPeriodsAYear; }
};

Month period_after(Month origin, int horizon) {
  for (; horizon > 0; --horizon) origin = next_period(origin);
  return origin;
}

/// Log score of growth in percent, of a density of log growth.
double growth_log_score(double log_density, double growth_pct) { return -(log_density - std::log(100 + growth_pct)); }

/// Fills what draws tell: quantiles with their error from replicates, CRPS, PIT.
void score_draws(ScoredForecast& f, const std::vector<double>& growth_pct) {
  constexpr auto kReplicates = static_cast<std::size_t>(TotalsPaths::kReplicates);
  const std::size_t size = growth_pct.size() / kReplicates;
  std::vector<std::vector<double>> replicate;
  for (std::size_t r = 0; r < kReplicates; ++r) {
    const auto begin = growth_pct.begin() + static_cast<std::ptrdiff_t>(r * size);
    std::vector<double>& own = replicate.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size));
    std::sort(own.begin(), own.end());
  }
  const auto standard_error = [&](const auto& of_replicate) {
    double sum = 0, squares = 0;
    for (std::size_t r = 0; r < kReplicates; ++r) sum += of_replicate(r);
    const double mean = sum / static_cast<double>(kReplicates);
    for (std::size_t r = 0; r < kReplicates; ++r) squares += (of_replicate(r) - mean) * (of_replicate(r) - mean);
    return std::sqrt(squares / static_cast<double>(kReplicates * (kReplicates - 1)));
  };
  std::vector<double> sorted = growth_pct;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t q = 0; q < f.quantile_pct.size(); ++q) {
    const double probability = ScoredForecast::kProbabilities[q];
    f.quantile_pct[q] = quantile_of(sorted, probability);
    f.quantile_se_pp[q] = standard_error([&](std::size_t r) { return quantile_of(replicate[r], probability); });
  }
  for (Against* a : {&f.final_level, &f.first_print}) {
    if (std::isnan(a->actual_pct)) continue;
    for (std::size_t r = 0; r < kReplicates; ++r) a->crps_of_replicate[r] = crps_of_draws(replicate[r], a->actual_pct);
    a->crps_pp = std::accumulate(a->crps_of_replicate.begin(), a->crps_of_replicate.end(), 0.0) / kReplicates;
    a->crps_se_pp = standard_error([&](std::size_t r) { return a->crps_of_replicate[r]; });
    const auto below = std::lower_bound(sorted.begin(), sorted.end(), a->actual_pct) - sorted.begin();
    a->pit_frac = (static_cast<double>(below) + 0.5) / static_cast<double>(sorted.size() + 1);
  }
}

/// What is exact in the distribution of a month's growth: log score and PIT.
void score_mixture(ScoredForecast& f, const std::vector<TotalsForecast::Marginal>& mixture, double degrees) {
  for (Against* a : {&f.final_level, &f.first_print}) {
    if (std::isnan(a->actual_pct)) continue;
    const double x = std::log1p(a->actual_pct / 100);
    a->log_score = growth_log_score(std::log(mixture_density(mixture, degrees, x)), a->actual_pct);
    a->pit_frac = mixture_cdf(mixture, degrees, x);
  }
}

/// A mixture of normal distributions of log growth, equal parts: one for a rival, three for the pool.
void score_normals(ScoredForecast& f, const std::vector<RivalForecasts::Normal>& parts) {
  constexpr int kPoints = 256;  // of each part, at mid-probabilities
  const auto n = static_cast<double>(parts.size());
  std::vector<double> points;
  for (const auto& part : parts) {
    for (int k = 0; parts.size() > 1 && k < kPoints; ++k)
      points.push_back(100 * std::expm1(part.mean_log + part.sd_log * normal_quantile((k + 0.5) / kPoints)));
  }
  std::sort(points.begin(), points.end());
  for (std::size_t q = 0; q < f.quantile_pct.size(); ++q) {
    const double probability = ScoredForecast::kProbabilities[q];
    f.quantile_pct[q] = parts.size() > 1
                            ? quantile_of(points, probability)
                            : 100 * std::expm1(parts[0].mean_log + parts[0].sd_log * normal_quantile(probability));
  }
  for (Against* a : {&f.final_level, &f.first_print}) {
    if (std::isnan(a->actual_pct)) continue;
    const double x = std::log1p(a->actual_pct / 100);
    double density = 0;
    a->pit_frac = 0;
    for (const auto& part : parts) {
      const double z = (x - part.mean_log) / part.sd_log;
      density += normal_density(z) / part.sd_log / n;
      a->pit_frac += normal_cdf(z) / n;
    }
    a->log_score = growth_log_score(std::log(density), a->actual_pct);
    a->crps_pp = parts.size() > 1 ? crps_of_points(points, a->actual_pct)
                                  : crps_lognormal_growth(parts[0].mean_log, parts[0].sd_log, a->actual_pct);
    a->crps_se_pp = 0;
    a->crps_of_replicate.fill(a->crps_pp);
  }
}

/// All forecasts of one flow from one origin.
class OriginForecasts {
 public:
  OriginForecasts(const Actuals& actuals, std::size_t origin, const BacktestOptions& options)
      : actuals_(actuals), origin_(origin), options_(options) {}

  void add_own(const TotalsForecast& forecast, const TotalsPaths& paths, std::vector<ScoredForecast>& out) const {
    const std::vector<double> levels = paths.draw(forecast);
    std::vector<double> log_level;
    for (std::size_t k = 0; k <= origin_; ++k) log_level.push_back(std::log(actuals_.level(k)));
    for (int h = 1; h <= options_.horizons; ++h) {
      ScoredForecast month = blank(kOwnModel, GrowthSpan::month, h);
      score_draws(month, growth(GrowthSpan::month, h, levels, paths.paths()));
      score_mixture(month, forecast.log_growth(h, log_level), forecast.degrees_of_freedom);
      out.push_back(std::move(month));
      ScoredForecast so_far = blank(kOwnModel, GrowthSpan::year_to_date, h);
      score_draws(so_far, growth(GrowthSpan::year_to_date, h, levels, paths.paths()));
      out.push_back(so_far);
      if (so_far.target.month() != 12) continue;
      so_far.span = GrowthSpan::year;
      out.push_back(std::move(so_far));
    }
  }

  void add_engine(const TotalsTrend& trend, std::vector<ScoredForecast>& out) const {
    const TotalsData& data = actuals_.data;
    const std::vector<double>& all = data.monthly_of(actuals_.flow);
    const Month from = data.period.front() - 1;
    const auto months = static_cast<std::ptrdiff_t>(data.period[origin_] - from) + 1;
    const Calibration cell = one_cell_calibration(from, {all.begin(), all.begin() + months}, trend, options_.settings);
    const std::vector<double> growth = engine_growth(cell, options_.horizons, options_.paths, options_.seed);
    for (int h = 1; h <= options_.horizons; ++h) {
      ScoredForecast month = blank(kEngine, GrowthSpan::month, h);
      const auto begin = growth.begin() + static_cast<std::ptrdiff_t>(h - 1) * options_.paths;
      score_draws(month, {begin, begin + options_.paths});
      out.push_back(std::move(month));
    }
  }

  void add_rivals(const RivalForecasts& rivals, std::vector<ScoredForecast>& out) const {
    for (int h = 1; h <= options_.horizons; ++h) {
      const auto* normals = rivals.find(actuals_.flow, actuals_.data.period[origin_], h);
      if (normals == nullptr) continue;
      std::vector<RivalForecasts::Normal> pooled;
      for (std::size_t k = 0; k < rivals.names.size(); ++k) {
        const std::string& name = rivals.names[k];
        if (name == "ar" || name == "sarima" || name == "ets") pooled.push_back((*normals)[k]);
        score_normals(out.emplace_back(blank(name, GrowthSpan::month, h)), {(*normals)[k]});
      }
      if (!pooled.empty()) score_normals(out.emplace_back(blank(kPool, GrowthSpan::month, h)), pooled);
    }
  }

 private:
  const Actuals& actuals_;
  std::size_t origin_;
  const BacktestOptions& options_;

  ScoredForecast blank(const std::string& model, GrowthSpan span, int h) const {
    ScoredForecast f;
    f.flow = actuals_.flow;
    f.model = model;
    f.span = span;
    f.origin = actuals_.data.period[origin_];
    f.target = period_after(f.origin, h);
    f.horizon = h;
    const std::size_t target = origin_ + static_cast<std::size_t>(h);
    f.final_level.actual_pct = actuals_.growth(span, target);
    if (span == GrowthSpan::month) f.first_print.actual_pct = actuals_.first_print(target);
    return f;
  }

  /// Growth in percent of every path; what the origin already knew is as it was.
  std::vector<double> growth(GrowthSpan span, int h, const std::vector<double>& levels, int paths) const {
    const std::size_t target = origin_ + static_cast<std::size_t>(h), n = static_cast<std::size_t>(paths);
    const std::size_t first = span == GrowthSpan::month ? target : Actuals::first_of_year(target);
    std::vector<double> now(n, 0), before(n, 0);
    const auto add = [&](std::vector<double>& sum, std::size_t period) {
      if (period <= origin_) {
        for (double& one : sum) one += actuals_.level(period);
      } else {
        const double* from = levels.data() + (period - origin_ - 1) * n;
        for (std::size_t path = 0; path < n; ++path) sum[path] += std::exp(from[path]);
      }
    };
    for (std::size_t k = first; k <= target; ++k) {
      add(now, k);
      add(before, k - kPeriodsAYear);
    }
    for (std::size_t path = 0; path < n; ++path) now[path] = 100 * (now[path] / before[path] - 1);
    return now;
  }
};

void check(const BacktestInputs& inputs, const BacktestOptions& options) {
  const TotalsData& data = inputs.data;
  const auto refuse = [&](const std::string& what, const std::string& why, const std::string& hint) {
    throw InputError(InputKind::data, {{{inputs.file, 0, 0}, "", what, why, hint}});
  };
  const Month least = data.period[std::min(kLeastPeriods, data.period.size()) - 1];
  if (data.period.size() <= kLeastPeriods || data.period.back() <= options.from)
    refuse("the totals end in " + to_string(data.period.back()) + ", too early for an origin in " +
               to_string(options.from),
           "a forecast needs three years of totals before it and one period after it", "give longer totals");
  if (options.from < least)
    refuse("no forecast can start in " + to_string(options.from),
           "it needs three years of totals: the first origin is " + to_string(least),
           "give --from " + to_string(least) + " or later");
  const Month last = period_after(data.period.back(), options.horizons);
  if (!inputs.calendar.covers(data.period.front()) || !inputs.calendar.covers(last))
    refuse("the calendar of new-year days ends before " + to_string(last),
           "forecasts need the days of the new year up to the year after their last period",
           "add rows to models/backtest/calendar.csv");
}

}  // namespace

std::string to_string(GrowthSpan span) {
  return span == GrowthSpan::month ? "month" : span == GrowthSpan::year_to_date ? "ytd" : "year";
}

std::vector<ScoredForecast> backtest_forecasts(const BacktestInputs& inputs, const BacktestOptions& options) {
  check(inputs, options);
  const TotalsPaths paths(options.paths, options.horizons, options.seed);
  struct Task {
    const Actuals* actuals;
    std::size_t origin;
    TotalsForecast forecast;
    TotalsTrend trend;
    std::vector<ScoredForecast> scored;
  };
  std::vector<Actuals> actuals;
  actuals.reserve(options.flows.size());
  std::vector<Task> tasks;
  for (const TradeFlow flow : options.flows) {
    const Actuals& own = actuals.emplace_back(Actuals{flow, inputs.data, inputs.first_prints});
    TotalsFilter filter(options.settings, inputs.calendar), engine(engine_form(options.settings), inputs.calendar);
    for (std::size_t t = 0; t < inputs.data.period.size(); ++t) {
      filter.update(inputs.data.period[t], own.level(t), inputs.data.mfg_pmi[t]);
      engine.update(inputs.data.period[t], own.level(t), inputs.data.mfg_pmi[t]);
      if (inputs.data.period[t] >= options.from)
        tasks.push_back({&own, t, filter.forecast(options.horizons), engine_trend(filter.trend(), engine.trend()), {}});
    }
  }
  for_each_task(static_cast<std::int64_t>(tasks.size()), options.threads, Scheduler::tbb, [&](std::int64_t k) {
    Task& task = tasks[static_cast<std::size_t>(k)];
    const OriginForecasts origin(*task.actuals, task.origin, options);
    origin.add_own(task.forecast, paths, task.scored);
    origin.add_engine(task.trend, task.scored);
    origin.add_rivals(inputs.rivals, task.scored);
  });
  std::vector<ScoredForecast> out;
  for (Task& task : tasks) std::move(task.scored.begin(), task.scored.end(), std::back_inserter(out));
  return out;
}

}  // namespace plimsoll
