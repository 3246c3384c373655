/// \file
/// Linear regression with a conjugate prior: what is known before, what the data say, what is known after.
/// Formulas and sources: docs/theory/estimation.md.
#pragma once

#include <vector>

#include "models/estimation/dense.hpp"

namespace plimsoll {

/// beta | s2 ~ N(mean, s2 V), s2 ~ inverse gamma(shape, scale). `precision` is V^-1; 0 on its diagonal says nothing.
struct RegressionPrior {
  std::vector<double> mean;
  Dense precision;
  double shape = 0, scale = 0;
};

struct RegressionPosterior {
  std::vector<double> mean, sd;  ///< of the coefficients; sd of their Student t with 2 shape degrees of freedom
  Dense covariance;
  double shape = 0, scale = 0;
  double log_evidence = 0;  ///< of the data given the prior; up to a constant where the prior is improper
  int observations = 0;

  double noise_sd() const;  ///< from the posterior mean of s2
};

/// Posterior of y = X beta + e, e ~ N(0, s2) (normal inverse gamma; Gelman et al. 2013, 14.2 and 14.8).
/// \throws std::domain_error when neither data nor prior say anything of a coefficient.
RegressionPosterior posterior(const RegressionPrior& prior, const Dense& x, const std::vector<double>& y);

/// The same with errors that follow an AR(1): rho is integrated over a grid, weights by evidence. The first observation
/// of a run of `together` is scaled (Prais and Winsten 1954); `gap[i]` months lie between i-1 and i.
struct AutoregressivePosterior {
  RegressionPosterior regression;  ///< moments of the mixture over rho
  double ar1 = 0;                  ///< posterior mean of rho
};
AutoregressivePosterior posterior_ar1(const RegressionPrior& prior, const Dense& x, const std::vector<double>& y,
                                      const std::vector<int>& gap);

/// A prior and a measurement of known error, both normal: weights by precision.
struct NormalBelief {
  double mean = 0, sd = 0;
};
NormalBelief combined(const NormalBelief& prior, const NormalBelief& measured);

}  // namespace plimsoll
