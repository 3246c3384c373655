#include "driver_paths.hpp"

#include <cmath>

#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

std::vector<std::vector<double>> driver_paths(const Scenario& s, const Calibration& c, DriverRow driver, int blocks,
                                              const std::string& instruction_set) {
  const Simulation simulation(s, c);
  const ModelPlan& m = simulation.plan().model;
  WorkspaceMemory memory(m);
  const Workspace& w = memory.rows();
  std::vector<std::vector<double>> out;
  for (int block = 0; block < blocks; ++block) {
    kernels(instruction_set).simulate(m, static_cast<std::uint64_t>(block) * kBlockPaths, Drawing::planned, 0, w);
    for (std::size_t i = 0; i < kBlockPaths; ++i) {
      std::vector<double>& path = out.emplace_back();
      for (int t = 0; t <= m.months; ++t)
        path.push_back(static_cast<double>(w.driver[static_cast<int>(driver) * w.span + m.history_months + t].at[i]));
    }
  }
  return out;
}

double Moments::se_mean() const { return std::sqrt(variance / count); }

Moments moments_of(const std::vector<double>& x) {
  Moments m;
  m.count = static_cast<double>(x.size());
  for (const double v : x) m.mean += v / m.count;
  double fourth = 0;
  for (const double v : x) {
    const double square = (v - m.mean) * (v - m.mean);
    m.variance += square / m.count;
    fourth += square * square / m.count;
  }
  m.kurtosis = fourth / (m.variance * m.variance);
  return m;
}

}  // namespace plimsoll
