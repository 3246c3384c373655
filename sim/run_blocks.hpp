/// \file
/// The run with a chosen scheduler: tests use it to show that no digit depends on the order of blocks.
#pragma once

#include <cstdint>
#include <thread>

#include "sim/block_ranges.hpp"
#include "sim/for_each_task.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {

RunResults run_blocks(const Simulation& simulation, const RunOptions& options, Scheduler scheduler);

}  // namespace plimsoll
