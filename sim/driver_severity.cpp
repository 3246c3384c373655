#include "sim/driver_severity.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

namespace plimsoll {

namespace {

/// Directions with less than this share of the largest variance, in units of each driver's own spread, do not move.
constexpr double kLeastVariance = 1e-9;
/// A mean this many units away in such a direction is outside, not rounding.
constexpr double kLeastDistance = 1e-4;

struct Distance {
  double square = 0;
  int dimensions = 0;
  bool outside = false;
};

Distance distance_of(const GroupMoments& baseline, const GroupMoments& scenario, int without_group) {
  const auto n = static_cast<Eigen::Index>(baseline.figures());
  const std::vector<double> mean = baseline.mean(without_group), other = scenario.mean(without_group);
  const std::vector<double> covariance = baseline.covariance(without_group);
  Eigen::VectorXd away(n), sd(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto k = static_cast<std::size_t>(i);
    sd[i] = std::sqrt(std::max(covariance[k * baseline.figures() + k], 0.0));
    if (!(sd[i] > 0)) sd[i] = 1;
    away[i] = (other[k] - mean[k]) / sd[i];
  }
  Eigen::MatrixXd correlation(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j)
      correlation(i, j) =
          covariance[static_cast<std::size_t>(i) * baseline.figures() + static_cast<std::size_t>(j)] / (sd[i] * sd[j]);
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlation);
  const double largest = solver.eigenvalues().maxCoeff();
  Distance distance;
  for (Eigen::Index k = 0; k < n; ++k) {
    const double along = solver.eigenvectors().col(k).dot(away), variance = solver.eigenvalues()[k];
    if (variance > kLeastVariance * largest && largest > 0) {
      distance.square += along * along / variance;
      ++distance.dimensions;
    } else if (std::abs(along) > kLeastDistance) {
      distance.outside = true;
    }
  }
  return distance;
}

double tail(const Distance& d) {
  if (d.outside) return 0;
  if (d.dimensions == 0) return 1;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(d.dimensions), d.square));
}

}  // namespace

SeverityRow severity_of(const Estimate& baseline, const Estimate& scenario) {
  constexpr std::size_t kMedian = 4;
  const Distribution d = scenario.distribution(), b = baseline.distribution();
  SeverityRow row;
  row.centre = {d.quantile[kMedian], d.se_quantile[kMedian]};
  row.baseline = {b.quantile[kMedian], b.se_quantile[kMedian]};
  const Estimate::Figure below = baseline.probability_below(row.centre.value);
  const double step = 0.1 * b.sd;
  const double density = step > 0 ? (baseline.probability_below(row.centre.value + step).value -
                                     baseline.probability_below(row.centre.value - step).value) /
                                        (2 * step)
                                  : 0;
  row.quantile = {below.value, std::hypot(below.se, density * row.centre.se)};
  if (b.sd == 0 && row.centre.value == row.baseline.value) row.quantile = {0.5, 0};  // neither moves
  return row;
}

JointSeverity joint_severity(const GroupMoments& baseline, const GroupMoments& scenario) {
  constexpr int kGroups = kReplicates;
  JointSeverity severity;
  if (baseline.figures() == 0 || baseline.paths() <= kGroups) return severity;
  const Distance all = distance_of(baseline, scenario, -1);
  severity.distance.value = std::sqrt(all.square);
  severity.dimensions = all.dimensions;
  severity.outside = all.outside;
  severity.plausibility.value = tail(all);
  std::vector<double> distance, plausibility;
  for (int g = 0; g < kGroups; ++g) {
    const Distance part = distance_of(baseline, scenario, g);
    distance.push_back(std::sqrt(part.square));
    plausibility.push_back(tail(part));
  }
  const auto jackknife = [](const std::vector<double>& x) {
    double mean = 0, square = 0;
    for (const double v : x) mean += v / kGroups;
    for (const double v : x) square += (v - mean) * (v - mean);
    return std::sqrt(square * (kGroups - 1) / kGroups);
  };
  severity.distance.se = jackknife(distance);
  severity.plausibility.se = jackknife(plausibility);
  return severity;
}

}  // namespace plimsoll
