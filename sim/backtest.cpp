#include "sim/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "scenarios/input_error.hpp"
#include "sim/engine_totals.hpp"
#include "sim/for_each_task.hpp"

namespace plimsoll {
namespace {

/// Three years set seasons and variances before the first forecast.
constexpr std::size_t kLeastPeriods = 33;

/// One flow's levels, and growth that came where it is known.
struct Actuals {
  TradeFlow flow;
  const TotalsData& data;
  const FirstPrints& first_prints;

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
    const FirstPrint* found = first_prints.find(flow, data.period[target]);
    return found == nullptr ? kNotScored : found->growth_pct;
  }

  /// Position of January with February in the target's year; targets beyond the data are counted on.
  static std::size_t first_of_year(std::size_t target) { return target - target % kPeriodsAYear; }
};

/// All forecasts of one flow from one origin. `known`: the data as they were known then, at least up to the origin.
class OriginForecasts {
 public:
  OriginForecasts(const Actuals& actuals, const TotalsData& known, std::size_t origin, const BacktestOptions& options)
      : actuals_(actuals), known_(known), origin_(origin), options_(options) {}

  void add_own(const TotalsForecast& forecast, const TotalsPaths& paths, std::vector<ScoredForecast>& out) const {
    const std::vector<double> levels = paths.draw(forecast);
    std::vector<double> log_level;
    for (std::size_t k = 0; k <= origin_; ++k) log_level.push_back(std::log(level(k)));
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

  void add_day_before(const TotalsForecast& forecast, const TotalsPaths& paths,
                      std::vector<ScoredForecast>& out) const {
    ScoredForecast month = blank(kDayBefore, GrowthSpan::month, 1);
    score_draws(month, growth(GrowthSpan::month, 1, paths.draw(forecast), paths.paths()));
    const double base = level(origin_ + 1 - kPeriodsAYear);
    std::vector<MixturePart> log_growth;
    for (const auto& m : forecast.members)
      log_growth.push_back({m.weight_frac, m.mean_log[0] - std::log(base), std::sqrt(m.covariance[0])});
    score_mixture(month, log_growth, forecast.degrees_of_freedom);
    out.push_back(std::move(month));
  }

  void add_engine(const TotalsTrend& trend, std::vector<ScoredForecast>& out) const {
    const std::vector<double>& all = known_.monthly_of(actuals_.flow);
    const Month from = known_.period.front() - 1;
    const auto months = static_cast<std::ptrdiff_t>(known_.period[origin_] - from) + 1;
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
  const TotalsData& known_;
  std::size_t origin_;
  const BacktestOptions& options_;

  double level(std::size_t at) const { return known_.of(actuals_.flow)[at]; }

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
        for (double& one : sum) one += level(period);
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
  if (data.period.size() <= kLeastPeriods)
    refuse("the totals have " + std::to_string(data.period.size()) + " released periods",
           "a forecast needs three years of totals before it and one period after it", "give longer totals");
  const Month least = data.period[kLeastPeriods - 1], latest = previous_period(data.period.back());
  if (options.from > latest)
    refuse("no forecast from " + to_string(options.from) + " can be scored",
           "the totals end in " + to_string(data.period.back()) + ", and one period must come after the origin",
           "give --from " + to_string(latest) + " or earlier, or longer totals");
  if (options.from < least)
    refuse("no forecast can start in " + to_string(options.from),
           "it needs three years of totals: the first origin is " + to_string(least),
           "give --from " + to_string(least) + " or later");
  const std::optional<Month> printed = inputs.first_prints.first();
  if (options.vintage == Vintage::first_known && (!printed || options.from < *printed))
    refuse("levels as first known begin " + (printed ? "in " + to_string(*printed) : "nowhere"),
           "first prints before that are not on record here",
           printed ? "give --from " + to_string(*printed) + " or later" : "leave --vintage out");
  const Month last = period_after(data.period.back(), options.horizons);
  if (!inputs.calendar.covers(data.period.front()) || !inputs.calendar.covers(last))
    refuse("the calendar of new-year days ends before " + to_string(last),
           "forecasts need the days of the new year up to the year after their last period",
           "add rows to models/backtest/calendar.csv");
}

/// The filter of one flow after every period.
class FilterPass {
 public:
  FilterPass(const BacktestInputs& inputs, const TotalsSettings& settings, TradeFlow flow)
      : flow_(flow), passed_{TotalsFilter(settings, inputs.calendar)} {
    for (std::size_t t = 0; t < inputs.data.period.size(); ++t) {
      TotalsFilter next = passed_.back();
      take_in(next, inputs.data, t);
      passed_.push_back(std::move(next));
    }
  }

  const TotalsFilter& on_final_levels(std::size_t origin) const { return passed_[origin + 1]; }
  /// What was out a year before is final by then; the periods since are as first known.
  TotalsFilter as_known(std::size_t origin, const TotalsData& known) const {
    const std::size_t final_periods = origin + 1 - kPeriodsAYear;
    TotalsFilter filter = passed_[final_periods];
    for (std::size_t k = final_periods; k <= origin; ++k) take_in(filter, known, k);
    return filter;
  }

 private:
  TradeFlow flow_;
  std::vector<TotalsFilter> passed_;  // after so many periods

  void take_in(TotalsFilter& filter, const TotalsData& data, std::size_t at) const {
    filter.update(data.period[at], data.of(flow_)[at], data.indicators(at));
  }
};

/// Everything that one origin's forecasts are made from.
struct OriginTask {
  const Actuals* actuals;
  const TotalsData* known;
  std::size_t origin;
  TotalsForecast forecast;
  TotalsTrend trend;
  std::optional<TotalsForecast> day_before;  ///< where the target's price of oil is known
  std::vector<ScoredForecast> scored;
};

/// `known`: by origin, as levels were known there; empty: all see final levels.
void add_tasks(const BacktestInputs& inputs, const BacktestOptions& options, const Actuals& actuals,
               const std::vector<TotalsData>& known, std::vector<OriginTask>& tasks) {
  const TotalsData& data = inputs.data;
  const FilterPass on_the_day(inputs, options.settings, actuals.flow);
  const FilterPass day_before(inputs, known_the_day_before(options.settings), actuals.flow);
  // The engine sees no oil: its seasons and shocks are those of filters that do not either.
  const FilterPass without_oil(inputs, blind_to_oil(options.settings), actuals.flow);
  const FilterPass engine(inputs, engine_form(options.settings), actuals.flow);
  for (std::size_t t = 0; t < data.period.size(); ++t) {
    if (data.period[t] < options.from) continue;
    const TotalsData& seen = known.empty() ? data : known[t];
    const auto filter_of = [&](const FilterPass& pass) {
      return known.empty() ? pass.on_final_levels(t) : pass.as_known(t, seen);
    };
    OriginTask& task =
        tasks.emplace_back(OriginTask{&actuals,
                                      &seen,
                                      t,
                                      filter_of(on_the_day).forecast(options.horizons),
                                      engine_trend(filter_of(without_oil).trend(), filter_of(engine).trend()),
                                      {},
                                      {}});
    if (t + 1 < data.period.size()) task.day_before = filter_of(day_before).forecast(1, data.oil_since_log[t + 1]);
  }
}

}  // namespace

std::vector<ScoredForecast> backtest_forecasts(const BacktestInputs& inputs, const BacktestOptions& options) {
  check(inputs, options);
  const TotalsData& data = inputs.data;
  const TotalsPaths paths(options.paths, options.horizons, options.seed), one_ahead(options.paths, 1, options.seed);
  std::vector<TotalsData> known;
  for (std::size_t t = 0; options.vintage == Vintage::first_known && t < data.period.size(); ++t)
    known.push_back(data.period[t] < options.from ? TotalsData{} : as_known_at(data, inputs.first_prints, t));
  std::vector<Actuals> actuals;
  for (const TradeFlow flow : options.flows) actuals.push_back({flow, data, inputs.first_prints});
  std::vector<OriginTask> tasks;
  for (const Actuals& one : actuals) add_tasks(inputs, options, one, known, tasks);
  for_each_task(static_cast<std::int64_t>(tasks.size()), options.threads, Scheduler::tbb, [&](std::int64_t k) {
    OriginTask& task = tasks[static_cast<std::size_t>(k)];
    const OriginForecasts origin(*task.actuals, *task.known, task.origin, options);
    origin.add_own(task.forecast, paths, task.scored);
    if (task.day_before) origin.add_day_before(*task.day_before, one_ahead, task.scored);
    origin.add_engine(task.trend, task.scored);
    origin.add_rivals(inputs.rivals, task.scored);
  });
  std::vector<ScoredForecast> out;
  for (OriginTask& task : tasks) std::move(task.scored.begin(), task.scored.end(), std::back_inserter(out));
  return out;
}

}  // namespace plimsoll
