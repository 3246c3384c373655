#include "sim/run_cost.hpp"

#include <sys/resource.h>

namespace plimsoll {

void note_cost(RunStatistics& statistics, RunClock::time_point began) {
  statistics.seconds = std::chrono::duration<double>(RunClock::now() - began).count();
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  statistics.peak_memory_bytes = static_cast<std::int64_t>(usage.ru_maxrss) * 1024;  // Linux counts KiB
}

}  // namespace plimsoll
