/// \file
/// What a run will take before it starts: random numbers, memory, time.
#pragma once

#include <cstdint>
#include <string>

#include "sim/simulation.hpp"

namespace plimsoll {

/// Bytes, by what holds them.
struct RunMemory {
  std::int64_t program = 0;       ///< the program itself, scenario and calibration
  std::int64_t outputs = 0;       ///< plans, labels and finished rows of all outputs
  std::int64_t accumulators = 0;  ///< bins and sums
  std::int64_t workers = 0;       ///< paths under way
  std::int64_t state = 0;         ///< state.bin while it is made
  std::int64_t all() const { return program + outputs + accumulators + workers + state; }
};

struct RunSize {
  std::int64_t paths = 0;
  int threads = 1, months = 0;
  std::int64_t outputs = 0, summary_rows = 0, contributions = 0, probabilities = 0, tail_rows = 0;
  std::int64_t normals_per_path = 0;  ///< normals and uniforms, with those that a block draws and does not use
  RunMemory memory;
};

/// From the plan alone.
RunSize size_of_run(const Simulation& simulation, int threads);

/// Seconds, from some blocks that are simulated and counted on one thread now. `cpus`: that the process may use.
struct RunTime {
  double block_seconds = 0;  ///< a statistics block on one thread, measured
  double seconds = 0;        ///< the whole run
};
RunTime time_of_run(const Simulation& simulation, int threads, int cpus, const std::string& instruction_set = "");

}  // namespace plimsoll
