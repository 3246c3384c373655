/// \file
/// Paths with some inputs held at a quantile, or exchanged for another draw; all else, event for event, as on the same
/// path without.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/sensitivity_inputs.hpp"

namespace plimsoll {

struct SensitivityOptions {
  int threads = 1;
  std::string instruction_set{};
  const std::atomic<bool>* stop = nullptr;  ///< set: return early; what is returned then means nothing
  std::function<void(std::int64_t done, std::int64_t all)> progress{};  ///< paths; from any thread, serialised
};

/// An input at a quantile, as a standard normal. Of an event: below 0 it never happens, above always.
struct HeldInput {
  std::size_t input = 0;
  double z = 0;
};
using HeldPoint = std::vector<HeldInput>;

/// Values of outputs on paths: [(set * outputs + output) * paths + path].
struct PathValues {
  std::size_t outputs = 0, paths = 0;
  std::vector<double> values;
  const double* of(std::size_t set, std::size_t output) const {
    return values.data() + (set * outputs + output) * paths;
  }
};

/// One set of paths for each point.
PathValues values_when_held(const NormalSpace& space, const std::vector<SensitivityInput>& inputs,
                            const std::vector<HeldPoint>& points, const std::vector<OutputPlan>& outputs,
                            std::int64_t paths, const SensitivityOptions& options);

/// Pick and freeze (Sobol 1993): two independent draws A and B of everything; sets are f(A), f(B), f(A with an input
/// from B) for each input, and at last f(A with what no input holds from B): events, and residuals drawn by cell.
PathValues values_when_exchanged(const NormalSpace& space, const std::vector<SensitivityInput>& inputs,
                                 const std::vector<OutputPlan>& outputs, std::int64_t paths,
                                 const SensitivityOptions& options);

}  // namespace plimsoll
