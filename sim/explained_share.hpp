/// \file
/// How much of an output's variance Sobol points can explain, and how much that can gain.
#pragma once

#include <optional>
#include <vector>

#include "sim/for_each_task.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"

namespace plimsoll {

/// Of the growth of total exports in the last year of the tables; nothing without Sobol points or without that growth.
/// The explained share is the correlation between pairs of paths that share all Sobol draws and differ in all others
/// (Homma and Saltelli 1996, closed index of a group), on the first 1,024 paths.
std::optional<SamplingResult> sampling_result(const Simulation::Plan& plan, const Kernels& kernel,
                                              const std::vector<SummaryRow>& summary, int threads, Scheduler scheduler);

/// The most that Sobol sampling can divide the variance of the estimate of P(x < q), q the quantile at `probability`,
/// when the points' part of a normal x has the share `share` of its variance and is integrated without error: p (1 -
/// p)/(p - P(x < q, y < q)), x and y with correlation `share`.
double largest_variance_ratio(double share, double probability);

}  // namespace plimsoll
