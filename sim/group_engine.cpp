#include "sim/group_engine.hpp"

#include <algorithm>
#include <stdexcept>

#include "models/totals_data.hpp"
#include "sim/samples.hpp"
#include "sim/totals_paths.hpp"

namespace plimsoll {
namespace {

/// Names of the scenario's own sets; what ships has none that begins so.
std::string set_of(const PrintedGroup& group) { return "printed_" + group.id; }

std::string series_of(const PrintedGroup& group) {
  if (group.products.empty()) return "exports.total.yoy";
  if (group.products.size() == 1) return "exports.product." + group.products.front() + ".yoy";
  return "exports.chain." + set_of(group) + ".yoy";
}

Scenario processes_alone(const Calibration& calibration, const std::vector<PrintedGroup>& groups, int horizons) {
  Month end = calibration.as_of;
  for (int h = 0; h < horizons; ++h) end = next_period(end);
  Scenario s;
  s.name = "backtest";
  s.calibration = calibration.name;
  s.horizon = end;
  s.memory_price_cycle.index = calibration.memory_index;
  s.memory_price_cycle.process.kind = "stochastic_cycle";
  s.oil_price.kind = "mean_reverting";
  s.exchange_rate.kind = "random_walk";
  s.report.frequencies = {Frequency::month};
  for (const PrintedGroup& group : groups) {
    s.report.series.push_back(series_of(group));
    if (group.products.size() < 2) continue;
    SetDefinition set;
    set.name = set_of(group);
    for (const std::string& id : group.products) set.weight_frac[id] = 1;
    s.sets.push_back(std::move(set));
  }
  return s;
}

}  // namespace

std::vector<double> group_growth(const Calibration& calibration, const std::vector<PrintedGroup>& groups, int horizons,
                                 int paths, std::uint64_t seed) {
  Scenario s = processes_alone(calibration, groups, horizons);
  s.paths = paths;
  s.seed = static_cast<decltype(s.seed)>(seed);
  const Simulation simulation(s, calibration);
  const SampleGrid grid = sample_grid(simulation);
  const auto ahead = static_cast<std::size_t>(horizons), n = static_cast<std::size_t>(paths);
  if (grid.periods.size() != ahead) throw std::logic_error("a backtest reports other periods than it forecasts");
  std::vector<std::size_t> row;  // by group
  for (const PrintedGroup& group : groups) {
    const auto found = std::find(grid.series.begin(), grid.series.end(), series_of(group));
    if (found == grid.series.end()) throw std::logic_error("the engine does not report " + series_of(group));
    row.push_back(static_cast<std::size_t>(found - grid.series.begin()));
  }
  // Sobol deals paths out to its replicates in turn; here they stand together.
  constexpr auto kParts = static_cast<std::size_t>(TotalsPaths::kReplicates);
  const std::size_t size = n / kParts;
  std::vector<double> growth(groups.size() * ahead * n);
  sample_paths(simulation, grid, paths, RunOptions{}, [&](const Samples& part) {
    for (std::size_t k = 0; k * grid.cells() < part.value.size(); ++k) {
      const std::size_t path = static_cast<std::size_t>(part.first) + k;
      const std::size_t at = path % kParts * size + path / kParts;
      for (std::size_t g = 0; g < groups.size(); ++g) {
        for (std::size_t h = 0; h < ahead; ++h)
          growth[(g * ahead + h) * n + at] = static_cast<double>(part.value[k * grid.cells() + row[g] * ahead + h]);
      }
    }
  });
  return growth;
}

}  // namespace plimsoll
