#include "sim/group_conditional.hpp"

#include <iterator>

#include "models/calibration_yaml.hpp"
#include "sim/conditional_backtest.hpp"
#include "sim/engine_totals.hpp"
#include "sim/for_each_task.hpp"
#include "sim/group_engine.hpp"
#include "sim/scored_forecast.hpp"

namespace plimsoll {
namespace {

struct Variant {
  std::string name;
  KnownDrivers known{};
};

std::vector<Variant> variants() {
  std::vector<Variant> out{{kUnconditional, {}}, {kConditional, {}}};
  out.back().known.fill(true);
  for (const KnownDriver driver : kKnownDrivers) {
    out.push_back({only_driver(driver), {}});
    out.back().known[at(driver)] = true;
  }
  return out;
}

/// All variants of all groups from one origin.
std::vector<GroupForecast> forecasts_from(const PrintedGroups& data, std::size_t origin, const Calibration& then,
                                          const Calibration& came, const BacktestOptions& options) {
  const int horizons = periods_ahead(data, origin, options);
  const Scenario expected = group_scenario(then, data, horizons, options.paths, options.seed);
  const std::vector<Variant> all = variants();
  std::vector<std::vector<GroupForecast>> by_group(data.groups.size());
  for (const Variant& variant : all) {
    const KnownRun run = with_known(expected, then, came, variant.known);
    const std::vector<double> growth = period_paths(run.scenario, run.calibration, horizons);
    for (std::size_t g = 0; g < data.groups.size(); ++g) {
      for (const int h : printed_ahead(data, g, origin, horizons)) {
        const auto begin = growth.begin() + (static_cast<std::ptrdiff_t>(g) * horizons + h - 1) * options.paths;
        GroupForecast& f = by_group[g].emplace_back(unscored_forecast(data, g, variant.name, origin, h));
        score_draws(f.scored, {begin, begin + options.paths});
      }
    }
  }
  std::vector<GroupForecast> out;
  for (std::vector<GroupForecast>& one : by_group) std::move(one.begin(), one.end(), std::back_inserter(out));
  return out;
}

}  // namespace

GroupConditional group_conditional(const AsOfInputs& inputs, const BacktestOptions& options) {
  GroupConditional out;
  GroupBacktest& runs = out.runs;
  runs.data = groups_of(inputs);
  for (const Variant& variant : variants()) out.models.push_back(variant.name);
  const std::vector<std::size_t> origins = group_origins(runs.data, inputs, options);
  const Calibration came = calibration_of(inputs.figures, inputs.figures_name, kLeastWindowMonths);
  runs.origins.resize(origins.size());
  out.drivers.resize(origins.size());
  std::vector<std::vector<GroupForecast>> made(origins.size());
  for_each_task(static_cast<std::int64_t>(origins.size()), options.threads, Scheduler::tbb, [&](std::int64_t task) {
    const auto k = static_cast<std::size_t>(task);
    const OriginCalibration own = calibration_as_of(inputs, runs.data.period[origins[k]]);
    runs.origins[k] = own.facts;
    out.drivers[k] = drivers_came(own.calibration, came, runs.data.period.back());
    made[k] = forecasts_from(runs.data, origins[k], own.calibration, came, options);
  });
  for (std::vector<GroupForecast>& one : made) std::move(one.begin(), one.end(), std::back_inserter(runs.forecasts));
  return out;
}

}  // namespace plimsoll
