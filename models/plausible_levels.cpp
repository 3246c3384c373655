#include "models/plausible_levels.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

/// The lowest and highest level of a driver's history, and what it is.
struct Known {
  double lowest = 0, highest = 0;
  std::string months, unit;
};

Known known(const std::vector<double>& level, double times, const std::string& months, const std::string& unit) {
  const auto [low, high] = std::minmax_element(level.begin(), level.end());
  return {*low * times, *high * times, months, unit};
}

class Judge {
 public:
  std::vector<Problem> found;

  void look(double level, const Known& history, const Place& place, const std::string& path) {
    if (level <= kImplausibleTimes * history.highest && level >= history.lowest / kImplausibleTimes) return;
    const bool high = level > history.highest;
    found.push_back({place, path,
                     shortest(level) + (high ? " is more than ten times the highest level of its history"
                                             : " is less than a tenth of the lowest level of its history"),
                     history.months + " it went from " + shortest(history.lowest) + " to " + shortest(history.highest) +
                         " (" + history.unit + ")",
                     "check the unit and the decimal point; it is simulated as it stands"});
  }
};

void look_at_process(const std::string& field, const std::string& level_field, const ProcessSpec& spec,
                     const Known& history, Judge& judge) {
  if (const auto level = spec.parameters.find(level_field); level != spec.parameters.end())
    judge.look(median(level->second), history, {}, field + "." + level_field);
  for (const PathPoint& point : spec.points)
    judge.look(median(point.value), history, {}, field + ".path." + to_string(point.month));
}

void look_at_capex(const CapexPaths& paths, const Calibration& c, Judge& judge) {
  // The companies' own definition counts more than cash_ppe, by a few percent: nothing beside ten times.
  constexpr double kPercent = 100;
  for (const CapexFirm& firm : paths.firms) {
    const QuarterlyHistory& history = c.capex.at(firm.id);
    const std::string months = "from " + to_string(history.from) + " to " + to_string(history.end() - 1);
    for (const CapexKey& key : firm.keys) {
      const bool year = key.quarter == 0;
      const std::string path = "capex_paths." + firm.id + "." + std::to_string(key.year) +
                               (year ? std::string() : "Q" + std::to_string(key.quarter));
      const double value = median(key.value);
      if (key.measure == CapexKey::Measure::level_usd_bn) {
        judge.look(value, known(history.level, year ? 4 : 1, months, year ? "USD bn a year" : "USD bn a quarter"), {},
                   path);
      } else if (const double times = 1 + value / kPercent;
                 times > kImplausibleTimes || times < 1 / kImplausibleTimes) {
        judge.found.push_back({{},
                               path,
                               shortest(value) + "% is a change by more than ten times in a year",
                               "growth is in percent",
                               "check the unit and the decimal point; it is simulated as it stands"});
      }
    }
  }
}

}  // namespace

std::vector<Problem> implausible_levels(const Scenario& scenario, const Calibration& c) {
  Judge judge;
  const auto history = [&](const std::string& name) {
    const DriverHistory& h = c.drivers.at(name);
    return known(h.level, 1, "from " + to_string(h.from) + " to " + to_string(h.last()), h.unit);
  };
  const std::string memory = "memory_price." + c.memory_index;
  look_at_process("memory_price_cycle", "level", scenario.memory_price_cycle.process, history(memory), judge);
  look_at_process("oil_price", "level_usd_per_bbl", scenario.oil_price, history("oil_price"), judge);
  look_at_process("exchange_rate", "level_cny_per_usd", scenario.exchange_rate, history("exchange_rate"), judge);
  if (scenario.capex_paths) look_at_capex(*scenario.capex_paths, c, judge);
  for (std::size_t k = 0; k < scenario.pins.size(); ++k) {
    const DriverPin& pin = scenario.pins[k];
    const auto found = c.drivers.find(pin.driver == "memory_price" ? memory : pin.driver);
    if (found == c.drivers.end()) continue;  // capex and demand are pinned as changes
    const double level = pin.level ? *pin.level : found->second.at(c.as_of) * (1 + *pin.change_pct / 100);
    judge.look(level, history(found->first), pin.place, "pin[" + std::to_string(k) + "]");
  }
  return std::move(judge.found);
}

}  // namespace plimsoll
