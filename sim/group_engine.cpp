#include "sim/group_engine.hpp"

#include "models/totals_data.hpp"
#include "sim/engine_totals.hpp"

namespace plimsoll {
namespace {

/// Names of the scenario's own sets; what ships has none that begins so.
std::string set_of(const PrintedGroup& group) { return "printed_" + group.id; }

std::string series_of(TradeFlow flow, const PrintedGroup& group) {
  const std::string prefix = to_string(flow) + ".";
  if (group.products.empty()) return prefix + "total.yoy";
  if (group.products.size() == 1) return prefix + "product." + group.products.front() + ".yoy";
  return prefix + "chain." + set_of(group) + ".yoy";
}

}  // namespace

Scenario group_scenario(const Calibration& calibration, const PrintedGroups& data, int horizons, int paths,
                        std::uint64_t seed) {
  Scenario s;
  s.name = "backtest";
  s.calibration = calibration.name;
  s.horizon = period_after(calibration.as_of, horizons);
  s.paths = paths;
  s.seed = static_cast<decltype(s.seed)>(seed);
  s.memory_price_cycle.index = calibration.memory_index;
  s.memory_price_cycle.process.kind = "stochastic_cycle";
  s.oil_price.kind = "mean_reverting";
  s.exchange_rate.kind = "random_walk";
  s.report.frequencies = {Frequency::month};
  for (const PrintedGroup& group : data.groups) {
    s.report.series.push_back(series_of(data.flow, group));
    if (group.products.size() < 2) continue;
    SetDefinition set;
    set.name = set_of(group);
    if (data.flow == TradeFlow::imports) set.of = SetDefinition::Of::imports;
    for (const std::string& id : group.products) set.weight_frac[id] = 1;
    s.sets.push_back(std::move(set));
  }
  return s;
}

std::vector<double> group_growth(const Calibration& calibration, const PrintedGroups& data, int horizons, int paths,
                                 std::uint64_t seed) {
  return period_paths(group_scenario(calibration, data, horizons, paths, seed), calibration, horizons);
}

}  // namespace plimsoll
