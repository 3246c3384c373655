/// \file
/// How many threads: the first that is given of --threads, PLIMSOLL_THREADS, SLURM_CPUS_PER_TASK, else what affinity
/// mask and cgroup quota allow; inside a Slurm job that says nothing, one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "sim/program/environment.hpp"

namespace plimsoll {

struct ThreadChoice {
  int threads = 1;
  std::string why;
};

/// The rule alone. `quota_cpus`: CPUs' worth of time that the cgroup grants, rounded up to whole threads.
ThreadChoice choose_threads(std::optional<int> option, const Environment& environment, int affinity_cpus,
                            std::optional<double> quota_cpus);
/// The rule on this host.
ThreadChoice choose_threads(std::optional<int> option, const Environment& environment);

/// CPUs in this process's affinity mask.
int affinity_cpus();
/// The tightest CPU quota of this process's cgroups, version 2 or 1, in CPUs; nullopt when there is none. `root`: where
/// /proc and /sys are looked for (tests).
std::optional<double> cgroup_quota_cpus(const std::filesystem::path& root = "/");

}  // namespace plimsoll
