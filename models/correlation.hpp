/// \file
/// Correlations of driver innovations: check, nearest valid matrix, Cholesky factor.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace plimsoll {

/// Drivers whose monthly innovations correlate, in the order of the factor.
const std::vector<std::string>& correlated_drivers();

/// Lower Cholesky factor [5 * 5], row-major. `pairs` override earlier pairs of the same two drivers.
/// \throws InputError (scenario) when the matrix is not positive definite; the message shows the nearest valid one
/// (eigenvalues raised to 1e-6, diagonal rescaled to 1).
std::vector<float> correlation_factor(const std::vector<DriverCorrelation>& pairs);

}  // namespace plimsoll
