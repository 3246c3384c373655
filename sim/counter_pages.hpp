/// \file
/// Memory of an accumulator's counters, asked of the system at once and by all threads.
#pragma once

#include "sim/accumulator.hpp"
#include "sim/for_each_task.hpp"

namespace plimsoll {

/// Gives the counters their pages before they are counted in: many pages a call cost less than one fault each, of which
/// a counter that is read and then written takes two. Where the system knows no such call, faults give them.
void populate_counters(Accumulator& accumulator, int threads, Scheduler scheduler);

}  // namespace plimsoll
