/// \file
/// How severe a scenario is: where its drivers stand in the baseline's distribution, one by one and together.
#pragma once

#include <vector>

#include "sim/estimates.hpp"
#include "sim/group_moments.hpp"
#include "sim/stress_results.hpp"

namespace plimsoll {

/// Share of the baseline's paths below the scenario's median. The error adds that of the median as if it were drawn
/// apart, which is too large under common random numbers, never too small.
SeverityRow severity_of(const Estimate& baseline, const Estimate& scenario);

/// Mahalanobis distance of the scenario's mean under the baseline's mean and covariance, and the chance that a
/// chi-square of as many degrees of freedom is larger. Directions in which the baseline does not move have none: a
/// scenario that moves there is `outside`. Errors by the jackknife over sixteen groups of paths.
JointSeverity joint_severity(const GroupMoments& baseline, const GroupMoments& scenario);

}  // namespace plimsoll
