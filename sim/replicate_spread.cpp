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
  const double unit = all.weighted() ? std::ldexp(1.0, -kWeightBits) : 1.0;
  constexpr std::size_t kUsual = 512;
  bins_.reserve(kUsual);
  all.for_filled_bins(output, [&](int bin, double count) {
    bins_.push_back({bin_edge(bins, bin), bin_edge(bins, bin + 1), count * unit, coarse_of(bin)});
  });
  all.replicate_counts(output, coarse_.data());
  for (std::size_t k = 0; k < coarse_.size(); ++k) {
    coarse_[k] *= unit;
    weight_[k % kReplicates] += coarse_[k];
  }
  for (std::size_t r = 0; r < kReplicates; ++r)
    shift_[r] =
        std::ldexp(static_cast<double>(all.replicate_shift(output, static_cast<int>(r))), -kShiftBits) * bins.scale;
  add_up_groups();
}

void ReplicateSpread::add_up_groups() {
  ReplicateFigure below{};
  for (std::size_t k = 0; k < bins_.size();) {
    Group group{k, k, 0, below};
    for (; group.last < bins_.size() && bins_[group.last].coarse == bins_[k].coarse; ++group.last)
      group.weight += bins_[group.last].weight;
    k = group.last;
    const double* coarse = coarse_of_group(group);
    for (std::size_t r = 0; r < kReplicates; ++r) below[r] += coarse[r] * group.weight / group.weight;
    groups_.push_back(group);
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
  for (const Group& group : groups_) add_group(group, g, sums);
  return sums;
}

template <class G>
void ReplicateSpread::add_group(const Group& group, G g, ReplicateFigure& sums) const {
  // A replicate's paths lie in a coarse bin as all paths do.
  double inside = 0;
  for (std::size_t k = group.first; k < group.last; ++k) inside += bins_[k].weight * g(bins_[k].low, bins_[k].high);
  if (inside == 0) return;
  const double* coarse = coarse_of_group(group);
  for (std::size_t r = 0; r < kReplicates; ++r) sums[r] += coarse[r] * inside / group.weight;
}

double ReplicateSpread::mean_error() const { return standard_error(shift_); }

double ReplicateSpread::below_error(double x) const {
  const auto below = [x](double low, double high) {
    if (high <= x && low < x) return 1.0;
    return low < x ? (x - low) / (high - low) : 0.0;
  };
  if (groups_.empty()) return standard_error(sum(below));
  // Groups that lie below x count whole, and their sums are known.
  const auto beyond = std::partition_point(groups_.begin(), groups_.end(),
                                           [&](const Group& group) { return bins_[group.last - 1].high <= x; });
  if (beyond == groups_.end()) return standard_error(sum(below));
  ReplicateFigure sums = beyond->below;
  add_group(*beyond, below, sums);
  return standard_error(sums);
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
