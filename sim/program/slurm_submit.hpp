/// \file
/// A sweep's unfinished shards handed to Slurm: an array job, and a merge job after it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/program/slurm_options.hpp"

namespace plimsoll {

/// What a submission needs to know of a sweep; the folder need not be there yet.
struct SlurmSweep {
  std::string folder;  ///< as the user wrote it
  std::string name, plan_hash;
  std::int64_t points = 0;
  bool merged = false;  ///< the merged table of all points is there
  /// Makes the folder and its plan, or joins the one that is there. Not called for a dry run.
  std::function<void()> write_plan;
  /// Seconds of one point on this many threads; 0 when unknown.
  std::function<double(int threads)> point_seconds;
  /// Of so many shards, the numbers of those with points that are not done, ascending.
  std::function<std::vector<int>(int shards)> unfinished;
};

/// Submits what is neither done nor in the queue, or prints it for a dry run. What is in the folder's jobs.json stands
/// in for options that are not given. Returns the exit code. \throws InputError, std::runtime_error with what Slurm
/// says
int submit_sweep(const SlurmSweep& sweep, const SlurmOptions& options);

}  // namespace plimsoll
