#include "models/estimation/covariance_shrinkage.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

ShrunkCovariance shrink_to_constant_correlation(const Dense& data) {
  const std::size_t n = data.rows, k = data.columns;
  const double t = static_cast<double>(n);
  Dense x = data;
  for (std::size_t c = 0; c < k; ++c) {
    double mean = 0;
    for (std::size_t r = 0; r < n; ++r) mean += data(r, c) / t;
    for (std::size_t r = 0; r < n; ++r) x(r, c) -= mean;
  }
  Dense sample = gram(x);
  for (double& v : sample.value) v /= t;
  const auto sd = [&](std::size_t c) { return std::sqrt(sample(c, c)); };
  ShrunkCovariance result;
  const double pairs = static_cast<double>(k * (k - 1)) / 2;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < i; ++j) result.mean_correlation += sample(i, j) / (sd(i) * sd(j)) / pairs;
  }
  const double r_bar = result.mean_correlation;
  Dense target = sample;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      if (i != j) target(i, j) = r_bar * sd(i) * sd(j);
    }
  }
  // pi: variance of the sample's entries; rho: their covariance with the target's; gamma: how wrong the target is.
  double pi = 0, rho = 0, gamma = 0;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      double pi_ij = 0, theta_ii = 0, theta_jj = 0;
      for (std::size_t r = 0; r < n; ++r) {
        const double cross = x(r, i) * x(r, j) - sample(i, j);
        pi_ij += cross * cross / t;
        theta_ii += (x(r, i) * x(r, i) - sample(i, i)) * cross / t;
        theta_jj += (x(r, j) * x(r, j) - sample(j, j)) * cross / t;
      }
      pi += pi_ij;
      rho += i == j ? pi_ij : r_bar / 2 * (sd(j) / sd(i) * theta_ii + sd(i) / sd(j) * theta_jj);
      gamma += (target(i, j) - sample(i, j)) * (target(i, j) - sample(i, j));
    }
  }
  result.shrinkage_frac = gamma > 0 ? std::clamp((pi - rho) / gamma / t, 0.0, 1.0) : 0;
  result.matrix = sample;
  for (std::size_t i = 0; i < sample.value.size(); ++i)
    result.matrix.value[i] = result.shrinkage_frac * target.value[i] + (1 - result.shrinkage_frac) * sample.value[i];
  return result;
}

Dense correlations_of(const Dense& covariance) {
  Dense result = covariance;
  for (std::size_t i = 0; i < covariance.rows; ++i) {
    for (std::size_t j = 0; j < covariance.rows; ++j)
      result(i, j) = i == j ? 1 : covariance(i, j) / std::sqrt(covariance(i, i) * covariance(j, j));
  }
  return result;
}

FactorStructure factors_of(const Dense& correlation, std::size_t most) {
  const SymmetricEigen eigen = symmetric_eigen(correlation);
  const std::size_t k = correlation.rows;
  std::size_t count = 0;
  double best = 0;
  for (std::size_t f = 0; f + 1 < k && f < most; ++f) {
    const double ratio = eigen.values[f] / std::max(eigen.values[f + 1], 1e-12);
    if (ratio > best) {
      best = ratio;
      count = f + 1;
    }
  }
  FactorStructure result{Dense(k, count), {}, std::vector<double>(k, 1)};
  for (std::size_t f = 0; f < count; ++f) {
    result.common_frac.push_back(eigen.values[f] / static_cast<double>(k));
    for (std::size_t i = 0; i < k; ++i) {
      result.loadings(i, f) = std::sqrt(std::max(eigen.values[f], 0.0)) * eigen.vectors(i, f);
      result.specific_frac[i] -= result.loadings(i, f) * result.loadings(i, f);
    }
  }
  for (double& one : result.specific_frac) one = std::clamp(one, 0.0, 1.0);
  return result;
}

double residual_ar1(const std::vector<double>& e) {
  constexpr double kMost = 0.95;
  double cross = 0, square = 0, n = 0;
  for (std::size_t i = 0; i < e.size(); ++i) {
    if (std::isnan(e[i])) continue;
    square += e[i] * e[i];
    n += 1;
    if (i > 0 && !std::isnan(e[i - 1])) cross += e[i] * e[i - 1];
  }
  if (n < 4 || !(square > 0)) return 0;
  const double raw = cross / square;
  return std::clamp(raw + (1 + 3 * raw) / n, 0.0, kMost);
}

}  // namespace plimsoll
