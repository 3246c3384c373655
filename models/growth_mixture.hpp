/// \file
/// Growth of which the log is a mixture of Student-t distributions: density, probability, and the score that needs no
/// draws. Equations: docs/theory/scores.md.
#pragma once

#include <vector>

namespace plimsoll {

/// One t distribution of a mixture, of log growth.
struct MixturePart {
  double weight_frac, mean, scale;
};

/// Density and distribution function of log growth.
double mixture_density(const std::vector<MixturePart>& mixture, double degrees_of_freedom, double x);
double mixture_cdf(const std::vector<MixturePart>& mixture, double degrees_of_freedom, double x);

/// CRPS of growth 100 (e^z - 1) in percent, z of the mixture; growth_pct above -100. Quadrature of the squared distance
/// between distribution functions, within ten scales of the parts: e^z has no mean when z is Student's, so the integral
/// over all of the line does not exist, but what lies beyond has a probability below 1e-8.
double crps_mixture_growth(const std::vector<MixturePart>& mixture, double degrees_of_freedom, double growth_pct);

}  // namespace plimsoll
