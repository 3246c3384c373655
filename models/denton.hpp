/// \file
/// Proportional first-difference benchmarking (Denton 1971, JASA 66): quarters that follow an indicator's shape and
/// meet given sums, as a linear function of the sums.
#pragma once

#include <vector>

namespace plimsoll {

/// x = weight r + constant.
struct DentonMap {
  std::vector<double> weight;    ///< [quarter * targets + target]
  std::vector<double> constant;  ///< [quarter]
};

/// Minimises sum_q (x[q]/i[q] - x[q-1]/i[q-1])^2 with x[-1] = last_level, i[-1] = last_indicator, subject to the sums:
/// target k fixes the sum of the quarters listed in sums[k]. An empty weight means that the sums contradict each other
/// or repeat.
DentonMap denton(const std::vector<double>& indicator, double last_level, double last_indicator,
                 const std::vector<std::vector<int>>& sums);

/// Seasonal indicator of quarters 1..4 (mean 1): quarter effects of a regression of ln level on trend and quarters over
/// the last 16 quarters. `first_quarter` is the quarter (1..4) of level[0].
std::vector<double> quarter_pattern(const std::vector<double>& level, int first_quarter);

}  // namespace plimsoll
