#include "named_outputs.hpp"

#include "sim/plan.hpp"

namespace plimsoll {

std::map<std::string, std::vector<double>> named_outputs(const Scenario& s, const Calibration& c) {
  const Simulation simulation(s, c);
  const std::vector<double> values = simulate_outputs(simulation.plan(), 0);
  std::map<std::string, std::vector<double>> named;
  for (std::size_t o = 0; o < simulation.plan().outputs.labels.size(); ++o) {
    const OutputLabel& label = simulation.plan().outputs.labels[o];
    std::string name = label.series;
    if (label.table == OutputLabel::Table::contributions) name += "/" + label.by + "/" + label.key;
    named[name + "@" + to_string(label.period)] = {values.begin() + static_cast<std::ptrdiff_t>(o * 64),
                                                   values.begin() + static_cast<std::ptrdiff_t>(o * 64 + 64)};
  }
  return named;
}

}  // namespace plimsoll
