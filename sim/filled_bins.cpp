#include "sim/filled_bins.hpp"

#include <array>
#include <cmath>

#include "sim/bin_edges.hpp"
#include "sim/evidence.hpp"

namespace plimsoll {

namespace {

/// Edges of all bins in pilot standard deviations.
const std::array<double, kBins + 1>& edges_in_sd() {
  static const std::array<double, kBins + 1> edges = [] {
    std::array<double, kBins + 1> all{};
    for (int k = 0; k <= kBins; ++k) all[static_cast<std::size_t>(k)] = bin_edge({0, 1}, k);
    return all;
  }();
  return edges;
}

}  // namespace

FilledBins::FilledBins(const Accumulator& all, int output, const BinPlan& plan) {
  const ConstCounterRow row = all.counters(output);
  std::array<int, kBins> filled;
  std::size_t count = 0;
  const auto find = [&](const auto* counts) {
    for (int k = 0; k < kBins; ++k) {  // no branch: what is empty is written over
      filled[count] = k;
      count += counts[k] != 0 ? 1 : 0;
    }
  };
  all.weighted() ? find(row.weighted) : find(row.counts);
  bin.assign(filled.begin(), filled.begin() + static_cast<std::ptrdiff_t>(count));
  edge.resize(2 * count);
  weight.resize(count);
  below.resize(count + 1);
  const std::array<double, kBins + 1>& in_sd = edges_in_sd();
  const double unit = all.weighted() ? std::ldexp(1.0, -kWeightBits) : 1.0;
  const auto fill = [&](const auto* counts) {
    for (std::size_t k = 0; k < count; ++k) {
      const auto at = static_cast<std::size_t>(bin[k]);
      edge[2 * k] = plan.centre + plan.scale * in_sd[at];
      edge[2 * k + 1] = plan.centre + plan.scale * in_sd[at + 1];
      weight[k] = static_cast<double>(counts[at]) * unit;
      below[k + 1] = below[k] + weight[k];
    }
  };
  all.weighted() ? fill(row.weighted) : fill(row.counts);
}

}  // namespace plimsoll
