/// \file
/// What a run has cost: time and memory.
#pragma once

#include <chrono>

#include "sim/results.hpp"

namespace plimsoll {

using RunClock = std::chrono::steady_clock;

/// Seconds since it began, and the most memory that the process has had.
void note_cost(RunStatistics& statistics, RunClock::time_point began);

}  // namespace plimsoll
