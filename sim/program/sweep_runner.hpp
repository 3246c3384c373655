/// \file
/// Simulates the points of a sweep, or of a shard of it, that are not done, and keeps what is done on disk.
#pragma once

#include <optional>
#include <string>

#include "sim/program/command_line.hpp"
#include "sim/sweep_plan.hpp"

namespace plimsoll {

struct ShardOutcome {
  std::int64_t points = 0;     ///< of the shard
  std::int64_t before = 0;     ///< of them done before
  std::int64_t simulated = 0;  ///< now, with those that failed
  std::int64_t failed = 0;     ///< now
  bool stopped = false;        ///< by a signal, after what was done was written
};

/// `shard`: nothing for all points. Points that failed before are tried again. Several processes may work in a folder
/// at once, on the same shard too: each writes whole files, and the same points give the same bytes.
ShardOutcome run_sweep(const std::string& folder, const SweepPlan& plan, const std::optional<Shard>& shard,
                       const CommandLine& line, int threads);

}  // namespace plimsoll
