/// \file
/// Tables that turn normal shocks into fat-tailed ones: made once at set-up, read by tails.kernel.hpp.
#pragma once

#include <cstdint>
#include <vector>

#include "models/plan_storage.hpp"

namespace plimsoll {

/// Student-t quantiles at equidistant z, scaled to unit variance. `dof` must be above 2.
std::vector<float> student_t_innovations(double dof);

/// A t copula with `dof` degrees of freedom and one common draw a month from `stream`.
CopulaPlan student_t_copula(double dof, std::uint64_t stream, PlanStorage& storage);

}  // namespace plimsoll
