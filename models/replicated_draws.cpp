#include "models/replicated_draws.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/scores.hpp"

namespace plimsoll {
namespace {

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

double se_of_mean(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  const double mean = mean_of(values);
  double squares = 0;
  for (const double one : values) squares += (one - mean) * (one - mean);
  return std::sqrt(squares / (n * (n - 1)));
}

ReplicatedDraws::ReplicatedDraws(const std::vector<double>& draws, std::size_t replicates)
    : size_(draws.size() / replicates), sorted_(draws), to_others_(replicates, 0) {
  std::sort(sorted_.begin(), sorted_.end());
  std::vector<double> below(sorted_.size() + 1, 0);  // sums of the smallest
  std::partial_sum(sorted_.begin(), sorted_.end(), below.begin() + 1);
  const double all = below.back();
  const auto n = static_cast<double>(sorted_.size());
  for (std::size_t r = 0; r < replicates; ++r) {
    const auto begin = draws.begin() + static_cast<std::ptrdiff_t>(r * size_);
    std::vector<double>& own = replicate_.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size_));
    std::sort(own.begin(), own.end());
    double sum = 0;
    for (const double x : own) {
      const auto at = static_cast<std::size_t>(std::lower_bound(sorted_.begin(), sorted_.end(), x) - sorted_.begin());
      const auto k = static_cast<double>(at);
      sum += x * k - below[at] + (all - below[at]) - x * (n - k);
    }
    to_others_[r] = (sum - pair_distances(own)) / (static_cast<double>(size_) * (n - static_cast<double>(size_)));
  }
}

double ReplicatedDraws::quantile(double probability) const { return quantile_of(sorted_, probability); }

double ReplicatedDraws::quantile_se(double probability) const {
  return se_of_mean(quantiles_of_replicates(probability));
}

std::vector<double> ReplicatedDraws::quantiles_of_replicates(double probability) const {
  std::vector<double> out;
  for (const auto& own : replicate_) out.push_back(quantile_of(own, probability));
  return out;
}

double ReplicatedDraws::probability_below(double x) const {
  const auto below = std::lower_bound(sorted_.begin(), sorted_.end(), x) - sorted_.begin();
  return (static_cast<double>(below) + 0.5) / static_cast<double>(sorted_.size() + 1);
}

std::vector<double> ReplicatedDraws::crps_of_replicates(double x) const {
  const auto n = static_cast<double>(replicate_.size());
  const double between = mean_of(to_others_);
  std::vector<double> out;
  for (std::size_t r = 0; r < replicate_.size(); ++r) {
    double to_x = 0;
    for (const double one : replicate_[r]) to_x += std::abs(one - x) / static_cast<double>(size_);
    // What the mean over pairs of replicates would be without this one, and from it the jackknife's pseudo-value.
    const double without = (n * between - 2 * to_others_[r]) / (n - 2);
    out.push_back(to_x - (n * between - (n - 1) * without) / 2);
  }
  return out;
}

}  // namespace plimsoll
