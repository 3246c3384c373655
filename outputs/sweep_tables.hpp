/// \file
/// merged.csv and failures.csv of a sweep, row by row.
#pragma once

#include <string>

#include "outputs/sweep_index.hpp"

namespace plimsoll {

/// point, the swept fields, status, then each output and its Monte Carlo error.
std::string merged_header(const SweepPlan& plan);
/// `outcome`: null for a point that is missing.
std::string merged_row(const SweepPlan& plan, std::int64_t point, const PointOutcome* outcome);

std::string failures_header(const SweepPlan& plan);
std::string failures_row(const SweepPlan& plan, std::int64_t point, const PointOutcome& outcome);

/// The composed scenario, and the points below it as a table in comments: YAML that can be run.
std::string sweep_points_text(const SweepPlan& plan);

/// A value of YAML as a table shows it: without quotes.
std::string plain_value(const std::string& yaml);

}  // namespace plimsoll
