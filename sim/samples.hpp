/// \file
/// Values path by path, in path order whatever the number of threads, for who wants more than distributions.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/results.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {

/// What is kept of every path: series by periods, with -1 where a series is not given for a period.
struct SampleGrid {
  std::vector<std::string> series, units;
  std::vector<Period> periods;
  std::vector<int> output;  ///< [series * periods + period]: number among the simulation's outputs
  bool weighted = false;    ///< observations weigh the paths

  std::size_t cells() const { return output.size(); }
};
/// Every row that summary.csv has.
SampleGrid sample_grid(const Simulation& simulation);

/// Paths one after the other. `value`: [path * cells + cell], NaN where there is none; `weight`: by path, 1 for the
/// likeliest, empty without observations.
struct Samples {
  std::int64_t first = 0;
  std::vector<float> value;
  std::vector<double> weight;
};

/// Paths that are held at once; what one part of a file can be made of.
inline constexpr std::int64_t kSamplePaths = 256;

/// Simulates the first `paths` paths and hands them over in order, a multiple of kSamplePaths at a time but for the
/// last. Memory does not grow with `paths`. \returns false when options.stop was set before the end.
bool sample_paths(const Simulation& simulation, const SampleGrid& grid, std::int64_t paths, const RunOptions& options,
                  const std::function<void(const Samples&)>& use);

}  // namespace plimsoll
