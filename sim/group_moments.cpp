#include "sim/group_moments.hpp"

namespace plimsoll {

namespace {

constexpr std::size_t kGroups = kReplicates;

}  // namespace

GroupMoments::GroupMoments(std::size_t figures)
    : figures_(figures), paths_(kGroups), sum_(kGroups * figures), square_(kGroups * figures * (figures + 1) / 2) {}

void GroupMoments::add(std::int64_t path, const double* deviation) {
  const auto group = static_cast<std::size_t>(path) % kGroups;
  ++paths_[group];
  Int128* sum = sum_.data() + group * figures_;
  Int128* square = square_.data() + group * figures_ * (figures_ + 1) / 2;
  for (std::size_t i = 0; i < figures_; ++i) {
    sum[i] += to_fixed_point(deviation[i]);
    for (std::size_t j = 0; j <= i; ++j) *square++ += to_fixed_point(deviation[i] * deviation[j]);
  }
}

void GroupMoments::merge(const GroupMoments& other) {
  for (std::size_t k = 0; k < paths_.size(); ++k) paths_[k] += other.paths_[k];
  for (std::size_t k = 0; k < sum_.size(); ++k) sum_[k] += other.sum_[k];
  for (std::size_t k = 0; k < square_.size(); ++k) square_[k] += other.square_[k];
}

std::int64_t GroupMoments::paths(int without_group) const {
  std::int64_t all = 0;
  for (std::size_t g = 0; g < kGroups; ++g) all += static_cast<int>(g) == without_group ? 0 : paths_[g];
  return all;
}

std::vector<double> GroupMoments::mean(int without_group) const {
  const auto n = static_cast<double>(paths(without_group));
  std::vector<double> mean(figures_);
  for (std::size_t i = 0; i < figures_; ++i) {
    Int128 all = 0;
    for (std::size_t g = 0; g < kGroups; ++g) all += static_cast<int>(g) == without_group ? 0 : sum_[g * figures_ + i];
    mean[i] = from_fixed_point(all) / n;
  }
  return mean;
}

std::vector<double> GroupMoments::covariance(int without_group) const {
  const auto n = static_cast<double>(paths(without_group));
  const std::size_t pairs = figures_ * (figures_ + 1) / 2;
  const std::vector<double> centre = mean(without_group);
  std::vector<double> covariance(figures_ * figures_);
  for (std::size_t i = 0, pair = 0; i < figures_; ++i) {
    for (std::size_t j = 0; j <= i; ++j, ++pair) {
      Int128 all = 0;
      for (std::size_t g = 0; g < kGroups; ++g)
        all += static_cast<int>(g) == without_group ? 0 : square_[g * pairs + pair];
      covariance[i * figures_ + j] = covariance[j * figures_ + i] =
          (from_fixed_point(all) - n * centre[i] * centre[j]) / (n - 1);
    }
  }
  return covariance;
}

}  // namespace plimsoll
