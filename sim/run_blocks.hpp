/// \file
/// The run with a chosen scheduler: tests use it to show that no digit depends on the order of blocks.
#pragma once

#include <cstdint>
#include <thread>

#include "sim/for_each_task.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {

/// Paths whose sums are rounded together; never configurable, part of the digits.
inline constexpr std::int64_t kStatisticsBlock = 256;

RunResults run_blocks(const Simulation& simulation, const RunOptions& options, Scheduler scheduler);

}  // namespace plimsoll
