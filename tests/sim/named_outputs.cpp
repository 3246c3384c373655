#include "named_outputs.hpp"

#include "sim/plan.hpp"

namespace plimsoll {

std::map<std::string, std::vector<double>> named_outputs(const Scenario& s, const Calibration& c, std::int64_t path0,
                                                         const std::string& instruction_set) {
  const Simulation simulation(s, c);
  const std::vector<double> values = simulate_outputs(simulation.plan(), path0, instruction_set);
  std::map<std::string, std::vector<double>> named;
  for (std::size_t o = 0; o < simulation.plan().outputs.labels.size(); ++o) {
    const OutputLabel& label = simulation.plan().outputs.labels[o];
    std::string name = label.series;
    for (const std::string& part : {label.by, label.key})
      if (!part.empty()) name += "/" + part;
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(o * 64);
    named[name + "@" + to_string(label.period)] = {from, from + 64};
  }
  return named;
}

}  // namespace plimsoll
