#include "normal_statistics.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

namespace {

double upper_tail(double x) { return 0.5 * std::erfc(x / std::sqrt(2.0)); }

/// Of a count whose every draw hits with probability p.
double binomial_score(double hits, double n, double p) { return (hits - n * p) / std::sqrt(n * p * (1 - p)); }

}  // namespace

NormalStatistics::NormalStatistics() : bins_(kCount) {}

void NormalStatistics::add(const float* z) {
  for (int row = 0; row < kRows; ++row) {
    const float* at = z + row * kPaths;
    const float* before = row == 0 ? last_row_.data() : at - kPaths;
    // A sum for every path of the block: the compiler may use the host's lanes without changing an order of sums.
    for (int i = 0; i < kPaths; ++i) {
      const double x = static_cast<double>(at[i]), y = static_cast<double>(before[i]);
      const double square = x * x;
      power_[0][i] += x;
      power_[1][i] += square;
      power_[2][i] += square * x;
      power_[3][i] += square * square;
      power_[4][i] += square * square * x;
      power_[5][i] += square * square * square;
      neighbour_row_[row][i] += x * y;
      neighbour_size_[row][i] += (square - 1) * (y * y - 1);
    }
    for (int i = 0; i < kPaths; ++i) {
      const int bin = static_cast<int>((at[i] + static_cast<float>(kReach)) * static_cast<float>(kBinsPerUnit));
      ++bins_[static_cast<std::size_t>(std::clamp(bin, 0, kCount - 1))];
      const bool negative = std::signbit(at[i]), far = at[i] > 3 || at[i] < -3;
      negative_ += negative ? 1 : 0;
      tail_ += far ? 1 : 0;
      negative_tail_ += negative && far ? 1 : 0;
    }
    double path = 0;
    for (int i = 1; i < kPaths; ++i) path += static_cast<double>(at[i]) * static_cast<double>(at[i - 1]);
    neighbour_path_ += path;
  }
  std::copy_n(z + (kRows - 1) * kPaths, kPaths, last_row_.begin());
  ++calls_;
}

void NormalStatistics::merge(const NormalStatistics& other) {
  calls_ += other.calls_;
  for (int i = 0; i < kPaths; ++i) {
    for (int k = 0; k < kMoments; ++k) power_[k][i] += other.power_[k][i];
    for (int row = 0; row < kRows; ++row) {
      neighbour_row_[row][i] += other.neighbour_row_[row][i];
      neighbour_size_[row][i] += other.neighbour_size_[row][i];
    }
  }
  neighbour_path_ += other.neighbour_path_;
  negative_ += other.negative_;
  tail_ += other.tail_;
  negative_tail_ += other.negative_tail_;
  for (std::size_t k = 0; k < bins_.size(); ++k) bins_[k] += other.bins_[k];
}

double NormalStatistics::draws() const { return static_cast<double>(calls_) * kRows * kPaths; }

double NormalStatistics::count_beyond(double edge, bool above) const {
  std::int64_t count = 0;
  const int at = static_cast<int>((edge + kReach) * kBinsPerUnit);
  for (int k = above ? at : 0; k < (above ? kCount : at); ++k) count += bins_[static_cast<std::size_t>(k)];
  return static_cast<double>(count);
}

std::vector<Score> NormalStatistics::scores() const {
  const double n = draws();
  std::vector<Score> all;
  const auto total = [](const std::array<double, kPaths>& x) {
    double sum = 0;
    for (const double v : x) sum += v;
    return sum;
  };
  // E z^k, and var z^k = E z^2k - (E z^k)^2.
  const double mean[kMoments] = {0, 1, 0, 3, 0, 15}, variance[kMoments] = {1, 2, 15, 96, 945, 10395 - 225};
  for (int k = 0; k < kMoments; ++k) {
    all.push_back({"moment " + std::to_string(k + 1), (total(power_[k]) / n - mean[k]) / std::sqrt(variance[k] / n)});
  }
  // z z' of independent normals has variance 1, (z^2 - 1)(z'^2 - 1) has 4. The first call's first row meets
  // zeros instead: 64 draws of no weight.
  for (int row = 0; row < kRows; ++row) {
    const std::string rows = "row " + std::to_string((row + kRows - 1) % kRows) + " and " + std::to_string(row);
    all.push_back({"correlation of " + rows, total(neighbour_row_[row]) / std::sqrt(n / kRows)});
    all.push_back({"correlation of the squares of " + rows, total(neighbour_size_[row]) / std::sqrt(4 * n / kRows)});
  }
  all.push_back({"correlation of neighbouring paths", neighbour_path_ / std::sqrt(n * (kPaths - 1) / kPaths)});
  all.push_back({"share of negative draws", binomial_score(static_cast<double>(negative_), n, 0.5)});
  all.push_back({"share of negative draws beyond 3 sd",
                 binomial_score(static_cast<double>(negative_tail_), static_cast<double>(tail_), 0.5)});
  for (const double edge : {4.0, 4.5, 5.0, 5.5}) {
    for (const bool above : {true, false}) {
      all.push_back({(above ? "above " : "below -") + std::to_string(edge),
                     binomial_score(count_beyond(above ? edge : -edge, above), n, upper_tail(edge))});
    }
  }
  // About 2 draws of 1e9 lie beyond 6 sd: twice the root of a Poisson count is nearly normal with sd 1.
  const double beyond = count_beyond(6, true) + count_beyond(-6, false), expected = 2 * n * upper_tail(6);
  all.push_back({"beyond 6 sd", 2 * (std::sqrt(beyond + 0.375) - std::sqrt(expected + 0.375))});

  // Chi-square on the fine bins within 4.5 sd (16 expected draws or more each), by Wilson and Hilferty (1931).
  double chi_square = 0, dof = 0;
  const int reach = kBinsPerUnit * 9 / 2;
  for (int k = -reach; k < reach; ++k) {
    const double low = static_cast<double>(k) / kBinsPerUnit, high = static_cast<double>(k + 1) / kBinsPerUnit;
    const double p = k < 0 ? upper_tail(-high) - upper_tail(-low) : upper_tail(low) - upper_tail(high);
    const double difference = static_cast<double>(bins_[static_cast<std::size_t>(k + kReach * kBinsPerUnit)]) - n * p;
    chi_square += difference * difference / (n * p);
    ++dof;
  }
  const double cube = 2 / (9 * dof);
  all.push_back({"chi-square of " + std::to_string(static_cast<int>(dof)) + " bins",
                 (std::cbrt(chi_square / dof) - (1 - cube)) / std::sqrt(cube)});
  return all;
}

double NormalStatistics::kolmogorov_smirnov() const {
  const double n = draws();
  double below = 0, distance = 0;
  for (int k = 0; k < kCount; ++k) {
    below += static_cast<double>(bins_[static_cast<std::size_t>(k)]);
    const double edge = static_cast<double>(k + 1) / kBinsPerUnit - kReach;
    distance = std::max(distance, std::abs(below / n - (1 - upper_tail(edge))));
  }
  return distance * std::sqrt(n);
}

}  // namespace plimsoll
