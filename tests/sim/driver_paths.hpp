/// \file
/// Simulated paths of one driver, straight from the workspace.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"

namespace plimsoll {

enum class DriverRow { capex = 0, memory_price = 1, oil_price = 2, exchange_rate = 3 };

/// d[t] of every path, t = 0 .. months, for `blocks` blocks of 64 paths.
std::vector<std::vector<double>> driver_paths(const Scenario& s, const Calibration& c, DriverRow driver, int blocks,
                                              const std::string& instruction_set = "");

struct Moments {
  double mean = 0, variance = 0, kurtosis = 0, count = 0;
  double se_mean() const;
};
Moments moments_of(const std::vector<double>& x);

}  // namespace plimsoll
