/// \file
/// The bins of one output that hold paths: what finished estimates read, each edge and sum computed once.
#pragma once

#include <vector>

#include "sim/accumulator.hpp"

namespace plimsoll {

struct FilledBins {
  FilledBins() = default;
  FilledBins(const Accumulator& all, int output, const BinPlan& plan);

  std::vector<int> bin;        ///< rising
  std::vector<double> edge;    ///< low, high alternating
  std::vector<double> weight;  ///< of the paths in each
  std::vector<double> below;   ///< sums of the weights before each of them, and of all

  std::size_t size() const { return weight.size(); }
  double low(std::size_t k) const { return edge[2 * k]; }
  double high(std::size_t k) const { return edge[2 * k + 1]; }
};

}  // namespace plimsoll
