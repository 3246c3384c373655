/// \file
/// A covariance matrix from few observations of many series, shrunk; and the factors that it hangs together by.
#pragma once

#include <vector>

#include "models/estimation/dense.hpp"

namespace plimsoll {

struct ShrunkCovariance {
  Dense matrix;
  double shrinkage_frac = 0;  ///< weight of the target
  double mean_correlation = 0;
};

/// Sample covariance pulled towards equal correlations at the optimal weight of Ledoit and Wolf (2004, "Honey, I shrunk
/// the sample covariance matrix"). \param data [observation][series], complete; at least two of each.
ShrunkCovariance shrink_to_constant_correlation(const Dense& data);

Dense correlations_of(const Dense& covariance);

/// Factors of a correlation matrix: loadings = eigenvector times root of its eigenvalue.
struct FactorStructure {
  Dense loadings;                     ///< [series][factor], of standardised series
  std::vector<double> common_frac;    ///< share of each factor in all variance
  std::vector<double> specific_frac;  ///< [series]: what the factors leave of its variance
};
/// Number of factors by the largest ratio of neighbouring eigenvalues (Ahn and Horenstein 2013), at most `most`.
FactorStructure factors_of(const Dense& correlation, std::size_t most);

/// First-order autocorrelation of residuals (NaN: missing), bias-corrected (Marriott and Pope 1954: (1 + 3 rho)/n),
/// within 0 .. 0.95.
double residual_ar1(const std::vector<double>& residuals);

}  // namespace plimsoll
