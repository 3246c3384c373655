#include "models/estimation/bayesian_regression.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plimsoll {

double RegressionPosterior::noise_sd() const { return shape > 1 ? std::sqrt(scale / (shape - 1)) : std::sqrt(scale); }

RegressionPosterior posterior(const RegressionPrior& prior, const Dense& x, const std::vector<double>& y) {
  const std::size_t n = y.size(), k = prior.mean.size();
  RegressionPosterior after;
  after.observations = static_cast<int>(n);
  Dense precision = gram(x);
  for (std::size_t i = 0; i < precision.value.size(); ++i) precision.value[i] += prior.precision.value[i];
  const std::vector<double> said = times(prior.precision, prior.mean);
  std::vector<double> right = transposed_times(x, y);
  for (std::size_t i = 0; i < k; ++i) right[i] += said[i];
  const Dense inverse = inverse_spd(precision);
  after.mean = times(inverse, right);
  after.shape = prior.shape + static_cast<double>(n) / 2;
  after.scale = prior.scale + 0.5 * (dot(y, y) + dot(prior.mean, said) - dot(after.mean, right));
  // Rounding can push a perfect fit below zero.
  after.scale = std::max(after.scale, 1e-300);
  const double variance = after.scale / (after.shape > 1 ? after.shape - 1 : 1);
  after.covariance = inverse;
  for (double& v : after.covariance.value) v *= variance;
  for (std::size_t i = 0; i < k; ++i) after.sd.push_back(std::sqrt(after.covariance(i, i)));
  const std::optional<Dense> proper = cholesky(prior.precision);
  after.log_evidence = -0.5 * static_cast<double>(n) * std::log(2 * std::numbers::pi) +
                       (proper ? 0.5 * log_determinant_spd(prior.precision) : 0) -
                       0.5 * log_determinant_spd(precision) +
                       (prior.shape > 0 ? prior.shape * std::log(prior.scale) - std::lgamma(prior.shape) : 0) -
                       after.shape * std::log(after.scale) + std::lgamma(after.shape);
  return after;
}

AutoregressivePosterior posterior_ar1(const RegressionPrior& prior, const Dense& x, const std::vector<double>& y,
                                      const std::vector<int>& gap) {
  constexpr int kSteps = 19;  // rho 0, 0.05 .. 0.95
  constexpr double kStep = 0.05;
  std::vector<RegressionPosterior> each;
  std::vector<double> log_weight;
  for (int s = 0; s <= kSteps; ++s) {
    const double rho = kStep * s;
    Dense turned(x.rows, x.columns);
    std::vector<double> turned_y(y.size());
    double log_jacobian = 0;
    for (std::size_t r = 0; r < y.size(); ++r) {
      // Stationary variance 1: given the figure `gap` months before, what is left has variance 1 - rho^(2 gap).
      const double carried = r == 0 ? 0 : std::pow(rho, gap[r]);
      const double scale = 1 / std::sqrt(1 - carried * carried);
      turned_y[r] = scale * (y[r] - (r == 0 ? 0 : carried * y[r - 1]));
      for (std::size_t c = 0; c < x.columns; ++c)
        turned(r, c) = scale * (x(r, c) - (r == 0 ? 0 : carried * x(r - 1, c)));
      log_jacobian += std::log(scale);
    }
    each.push_back(posterior(prior, turned, turned_y));
    log_weight.push_back(each.back().log_evidence + log_jacobian);
  }
  const double most = *std::max_element(log_weight.begin(), log_weight.end());
  double sum = 0;
  for (double& w : log_weight) sum += w = std::exp(w - most);
  const std::size_t k = prior.mean.size();
  AutoregressivePosterior result;
  RegressionPosterior& all = result.regression;
  all = each[static_cast<std::size_t>(std::max_element(log_weight.begin(), log_weight.end()) - log_weight.begin())];
  all.log_evidence = most + std::log(sum / (kSteps + 1));
  all.mean.assign(k, 0);
  for (std::size_t s = 0; s < each.size(); ++s) {
    result.ar1 += log_weight[s] / sum * kStep * static_cast<double>(s);
    for (std::size_t i = 0; i < k; ++i) all.mean[i] += log_weight[s] / sum * each[s].mean[i];
  }
  all.covariance = Dense(k, k);
  for (std::size_t s = 0; s < each.size(); ++s) {
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = 0; j < k; ++j)
        all.covariance(i, j) +=
            log_weight[s] / sum *
            (each[s].covariance(i, j) + (each[s].mean[i] - all.mean[i]) * (each[s].mean[j] - all.mean[j]));
    }
  }
  for (std::size_t i = 0; i < k; ++i) all.sd[i] = std::sqrt(all.covariance(i, i));
  return result;
}

NormalBelief combined(const NormalBelief& prior, const NormalBelief& measured) {
  const double a = 1 / (prior.sd * prior.sd), b = 1 / (measured.sd * measured.sd);
  return {(a * prior.mean + b * measured.mean) / (a + b), std::sqrt(1 / (a + b))};
}

}  // namespace plimsoll
