#include "sim/replicate_spread.hpp"

#include <algorithm>
#include <cmath>

#include "sim/evidence.hpp"

namespace plimsoll {

namespace {

int coarse_of(int bin) {
  return std::clamp((bin - kFirstCoarse) / kLinearPerCoarse - (bin < kFirstCoarse ? 1 : 0), 0, kCoarseBins - 1);
}

}  // namespace

ReplicateSpread::ReplicateSpread(const Accumulator& all, int output, const BinPlan& plan, const FilledBins& bins)
    : bins_(&bins), coarse_(static_cast<std::size_t>(kReplicates) * kCoarseBins) {
  const double unit = all.weighted() ? std::ldexp(1.0, -kWeightBits) : 1.0;
  const ConstCounterRow row = all.counters(output);
  const auto widen = [&](const auto* counts) {
    for (std::size_t k = 0; k < coarse_.size(); k += kReplicates) {
      for (std::size_t r = 0; r < kReplicates; ++r) {
        coarse_[k + r] = static_cast<double>(counts[k + r]) * unit;
        weight_[r] += coarse_[k + r];
      }
    }
  };
  all.weighted() ? widen(row.replicate_weighted) : widen(row.replicate_counts);
  for (std::size_t r = 0; r < kReplicates; ++r)
    shift_[r] =
        std::ldexp(static_cast<double>(all.replicate_shift(output, static_cast<int>(r))), -kShiftBits) * plan.scale;
  add_up_groups(!all.weighted());
}

void ReplicateSpread::add_up_groups(bool whole_counts) {
  ReplicateFigure below{};
  groups_.reserve(kCoarseBins);
  for (std::size_t k = 0; k < bins_->size();) {
    Group group{coarse_of(bins_->bin[k]), k, k, 0, below};
    for (; group.last < bins_->size() && coarse_of(bins_->bin[group.last]) == group.coarse; ++group.last)
      group.weight += bins_->weight[group.last];
    k = group.last;
    const double* coarse = coarse_of_group(group);
    // Whole numbers whose products a double holds come back as they were.
    if (whole_counts && group.weight < 0x1p26) {
      for (std::size_t r = 0; r < kReplicates; ++r) below[r] += coarse[r];
    } else {
      for (std::size_t r = 0; r < kReplicates; ++r) below[r] += coarse[r] * group.weight / group.weight;
    }
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
  for (std::size_t k = group.first; k < group.last; ++k) inside += bins_->weight[k] * g(bins_->low(k), bins_->high(k));
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
                                           [&](const Group& group) { return bins_->high(group.last - 1) <= x; });
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
  const auto gap = [x](double low, double high) {
    if (low >= x) return 0.0;
    const double part = high <= x ? 1 : (x - low) / (high - low);
    return part * (x - (low + std::min(high, x)) / 2);
  };
  if (groups_.empty()) return standard_error(sum(gap));
  ReplicateFigure sums{};
  for (const Group& group : groups_) {
    if (bins_->low(group.first) >= x) break;
    add_group(group, gap, sums);
  }
  return standard_error(sums);
}

}  // namespace plimsoll
