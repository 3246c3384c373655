#include "sim/replicate_spread.hpp"

#include <algorithm>
#include <cmath>

#include "sim/bin_edges.hpp"
#include "sim/evidence.hpp"

namespace plimsoll {

namespace {

int coarse_of(int bin) {
  return std::clamp((bin - kFirstCoarse) / kLinearPerCoarse - (bin < kFirstCoarse ? 1 : 0), 0, kCoarseBins - 1);
}

}  // namespace

ReplicateSpread::ReplicateSpread(const Accumulator& all, int output, const BinPlan& bins)
    : coarse_(static_cast<std::size_t>(kReplicates) * kCoarseBins) {
  const int bits = all.weighted() ? -kWeightBits : 0;
  for (int k = 0; k < kBins; ++k) {
    const std::uint64_t count = all.count(output, k);
    if (count == 0) continue;
    bins_.push_back(
        {bin_edge(bins, k), bin_edge(bins, k + 1), std::ldexp(static_cast<double>(count), bits), coarse_of(k)});
  }
  for (std::size_t r = 0; r < kReplicates; ++r) {
    const int replicate = static_cast<int>(r);
    for (std::size_t k = 0; k < kCoarseBins; ++k) {
      const std::uint64_t count = all.replicate_count(output, replicate, static_cast<int>(k));
      coarse_[r * kCoarseBins + k] = std::ldexp(static_cast<double>(count), bits);
      weight_[r] += coarse_[r * kCoarseBins + k];
    }
    shift_[r] = std::ldexp(static_cast<double>(all.replicate_shift(output, replicate)), -kShiftBits) * bins.scale;
  }
}

ReplicateSpread::ReplicateSpread(const std::vector<double>& values, const std::vector<double>& weights) {
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double weight = weights.empty() ? 1 : weights[k];
    paths_.push_back({weight > 0 ? values[k] : 0, weight});
    weight_[k % kReplicates] += weight;
    shift_[k % kReplicates] += weight * paths_.back().value;
  }
}

double ReplicateSpread::standard_error(const ReplicateFigure& figure) const {
  double total = 0, weight = 0, squares = 0;
  for (std::size_t r = 0; r < kReplicates; ++r) {
    total += figure[r];
    weight += weight_[r];
  }
  for (std::size_t r = 0; r < kReplicates; ++r) {
    const double away = figure[r] - total / weight * weight_[r];
    squares += away * away;
  }
  return std::sqrt(squares * kReplicates / (kReplicates - 1)) / weight;
}

template <class G>
ReplicateFigure ReplicateSpread::sum(G g) const {
  ReplicateFigure sums{};
  for (std::size_t k = 0; k < paths_.size(); ++k)
    sums[k % kReplicates] += paths_[k].weight * g(paths_[k].value, paths_[k].value);
  // A replicate's paths lie in a coarse bin as all paths do.
  for (std::size_t k = 0; k < bins_.size();) {
    const int coarse = bins_[k].coarse;
    double inside = 0, weight = 0;
    for (; k < bins_.size() && bins_[k].coarse == coarse; ++k) {
      inside += bins_[k].weight * g(bins_[k].low, bins_[k].high);
      weight += bins_[k].weight;
    }
    if (inside == 0) continue;
    for (std::size_t r = 0; r < kReplicates; ++r)
      sums[r] += coarse_[r * kCoarseBins + static_cast<std::size_t>(coarse)] * inside / weight;
  }
  return sums;
}

double ReplicateSpread::mean_error() const { return standard_error(shift_); }

double ReplicateSpread::below_error(double x) const {
  return standard_error(sum([x](double low, double high) {
    if (high <= x && low < x) return 1.0;
    return low < x ? (x - low) / (high - low) : 0.0;
  }));
}

double ReplicateSpread::square_error(double mean) const {
  return standard_error(sum([mean](double low, double high) {
    const double middle = (low + high) / 2 - mean;
    return middle * middle;
  }));
}

double ReplicateSpread::gap_error(double x) const {
  return standard_error(sum([x](double low, double high) {
    if (low >= x) return 0.0;
    const double part = high <= x ? 1 : (x - low) / (high - low);
    return part * (x - (low + std::min(high, x)) / 2);
  }));
}

}  // namespace plimsoll
