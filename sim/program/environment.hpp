/// \file
/// What the environment sets: PLIMSOLL_THREADS, PLIMSOLL_SEED, PLIMSOLL_OUT, and what Slurm says.
#pragma once

#include <optional>
#include <string>

namespace plimsoll {

struct Environment {
  std::optional<int> threads;       ///< PLIMSOLL_THREADS
  std::optional<std::string> seed;  ///< PLIMSOLL_SEED, a whole number
  std::optional<std::string> out;   ///< PLIMSOLL_OUT
  std::optional<int> slurm_cpus_per_task;
  bool in_slurm_job = false;  ///< SLURM_JOB_ID is set
};

/// An empty variable counts as unset. \throws InputError (usage, place `environment`) with every bad value.
Environment read_environment();

}  // namespace plimsoll
