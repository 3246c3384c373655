#include "sim/conditional_backtest.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "models/replicated_draws.hpp"
#include "scenarios/input_error.hpp"
#include "sim/engine_totals.hpp"
#include "sim/for_each_task.hpp"

namespace plimsoll {
namespace {

constexpr auto kReplicates = ConditionalForecast::kReplicates;

/// Quantiles and CRPS of draws whose replicates stand together.
void fill(ConditionalForecast& f, const std::vector<double>& growth_pct) {
  const ReplicatedDraws draws(growth_pct, kReplicates);
  for (std::size_t q = 0; q < ConditionalForecast::kProbabilities.size(); ++q) {
    f.quantile_pct[q] = draws.quantile(ConditionalForecast::kProbabilities[q]);
    f.quantile_se_pp[q] = draws.quantile_se(ConditionalForecast::kProbabilities[q]);
  }
  const std::vector<double> medians =
      draws.quantiles_of_replicates(ConditionalForecast::kProbabilities[ConditionalForecast::kMedian]);
  std::copy(medians.begin(), medians.end(), f.median_of_replicate.begin());
  if (std::isnan(f.actual_pct)) return;
  const std::vector<double> crps = draws.crps_of_replicates(f.actual_pct);
  std::copy(crps.begin(), crps.end(), f.crps_of_replicate.begin());
  f.crps_pp = 0;
  for (const double one : crps) f.crps_pp += one / static_cast<double>(kReplicates);
  f.crps_se_pp = se_of_mean(crps);
}

/// All runs of one flow from one origin.
class OriginRuns {
 public:
  OriginRuns(const ConditionalInputs& inputs, const BacktestOptions& options, TradeFlow flow, std::size_t origin)
      : inputs_(inputs), options_(options), flow_(flow), origin_(origin) {}

  void run(std::vector<ConditionalForecast>& out, ConditionalEstimate& estimate) const {
    const Month month = inputs_.data.period[origin_];
    const ConditionalCell cell = cell_of(totals_elasticities(inputs_.data, flow_, inputs_.drivers, origin_, month));
    estimate = {flow_, month, cell.elasticities, cell.outlook};
    add(cell, kUnconditional, {}, out);
    add(cell, kConditional, cell.elasticities.in, out);
    for (const TotalsDriver driver : kTotalsDrivers) {
      ActualDrivers only{};
      only[static_cast<std::size_t>(driver)] = true;
      if (cell.elasticities.in[static_cast<std::size_t>(driver)]) add(cell, only_driver(driver), only, out);
    }
    const std::size_t last = inputs_.data.period.size() - 1;
    const ConditionalCell later = cell_of(totals_elasticities(inputs_.data, flow_, inputs_.drivers, last, month));
    add(later, kInSample, later.elasticities.in, out);
  }

 private:
  const ConditionalInputs& inputs_;
  const BacktestOptions& options_;
  TradeFlow flow_;
  std::size_t origin_;

  ConditionalCell cell_of(const TotalsElasticities& elasticities) const {
    return conditional_cell(inputs_.data, flow_, inputs_.calendar, inputs_.drivers, origin_, elasticities,
                            options_.settings);
  }

  double level(std::size_t at) const { return inputs_.data.of(flow_)[at]; }

  void add(const ConditionalCell& cell, const std::string& model, const ActualDrivers& actual,
           std::vector<ConditionalForecast>& out) const {
    const Scenario scenario =
        conditional_scenario(cell, inputs_.drivers, actual, options_.horizons, options_.paths, options_.seed);
    const std::vector<double> value = period_paths(scenario, cell.calibration, options_.horizons);
    const auto paths = static_cast<std::size_t>(options_.paths);
    Month target = cell.origin;
    for (int h = 1; h <= options_.horizons; ++h) {
      target = next_period(target);
      ConditionalForecast f;
      f.flow = flow_;
      f.model = model;
      f.origin = cell.origin;
      f.target = target;
      f.horizon = h;
      const std::size_t at = origin_ + static_cast<std::size_t>(h);
      if (at < inputs_.data.period.size()) f.actual_pct = 100 * (level(at) / level(at - kPeriodsAYear) - 1);
      std::vector<double> growth;
      for (std::size_t path = 0; path < paths; ++path) {
        const auto of = [&](int k) { return value[static_cast<std::size_t>(k - 1) * paths + path]; };
        // A year and a period ahead the base is itself forecast, on the same path.
        const double before = h > kPeriodsAYear ? of(h - kPeriodsAYear) : level(at - kPeriodsAYear);
        growth.push_back(100 * (of(h) / before - 1));
      }
      fill(f, growth);
      out.push_back(std::move(f));
    }
  }
};

void check(const ConditionalInputs& inputs, const BacktestOptions& options) {
  const auto refuse = [&](const std::string& what, const std::string& why, const std::string& hint) {
    throw InputError(InputKind::data, {{{inputs.file, 0, 0}, "", what, why, hint}});
  };
  const Month first = Month::of(2013, 2);
  const TotalsData& data = inputs.data;
  if (options.from < first)
    refuse("no conditional forecast can start in " + to_string(options.from),
           "elasticities need four years of growth: the first origin is 2013-02", "give --from 2013-02 or later");
  if (data.period.front() > Month::of(2008, 2) || data.period.back() <= options.from)
    refuse(
        "the totals run from " + to_string(data.period.front()) + " to " + to_string(data.period.back()),
        "conditional forecasts need them from 2008-01 to a period after the first origin, " + to_string(options.from),
        "give longer totals");
  for (const TotalsDriver driver : {TotalsDriver::memory_price, TotalsDriver::oil_price}) {
    const Month last = inputs.drivers.of(driver).last();
    if (last < data.period.back())
      refuse("the totals go on to " + to_string(data.period.back()) + ", " + to_string(driver) + " ends in " +
                 to_string(last),
             "every origin needs the drivers that were known then", "end the totals in " + to_string(last));
  }
  const Month last = period_after(data.period.back(), options.horizons);
  if (!inputs.calendar.covers(data.period.front()) || !inputs.calendar.covers(last))
    refuse("the calendar of new-year days ends before " + to_string(last),
           "forecasts need the days of the new year up to the year after their last period",
           "add rows to models/backtest/calendar.csv");
}

}  // namespace

std::string only_driver(TotalsDriver driver) { return "only." + to_string(driver); }

ConditionalForecasts conditional_forecasts(const ConditionalInputs& inputs, const BacktestOptions& options) {
  check(inputs, options);
  struct Task {
    TradeFlow flow;
    std::size_t origin;
    std::vector<ConditionalForecast> forecasts;
    ConditionalEstimate estimate;
  };
  std::vector<Task> tasks;
  for (const TradeFlow flow : options.flows) {
    for (std::size_t t = 0; t < inputs.data.period.size(); ++t) {
      if (inputs.data.period[t] >= options.from) tasks.push_back({flow, t, {}, {}});
    }
  }
  for_each_task(static_cast<std::int64_t>(tasks.size()), options.threads, Scheduler::tbb, [&](std::int64_t k) {
    Task& task = tasks[static_cast<std::size_t>(k)];
    OriginRuns(inputs, options, task.flow, task.origin).run(task.forecasts, task.estimate);
  });
  ConditionalForecasts out;
  for (Task& task : tasks) {
    std::move(task.forecasts.begin(), task.forecasts.end(), std::back_inserter(out.forecasts));
    out.estimates.push_back(task.estimate);
  }
  return out;
}

}  // namespace plimsoll
