/// \file
/// The outermost loop: tasks in parallel, in any order. Two bodies: oneTBB, and plain threads in a shuffled order,
/// which tests use to show that no digit depends on the schedule.
#pragma once

#include <cstdint>
#include <functional>

namespace plimsoll {

enum class Scheduler { tbb, shuffled_threads };

/// Calls f(task) for task = 0 .. tasks-1 on `threads` threads. The first exception is rethrown when all have stopped.
void for_each_task(std::int64_t tasks, int threads, Scheduler scheduler, const std::function<void(std::int64_t)>& f);

}  // namespace plimsoll
