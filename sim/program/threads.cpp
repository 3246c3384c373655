#include "sim/program/threads.hpp"

#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <sstream>

#include "outputs/number_format.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

void keep_smaller(std::optional<double>& least, double value) {
  if (!least || value < *least) least = value;
}

/// cpu.max: `quota period` or `max period`, microseconds.
std::optional<double> version_2_quota(const fs::path& folder) {
  std::ifstream file(folder / "cpu.max");
  double quota = 0, period = 0;
  if (!(file >> quota >> period) || quota <= 0 || period <= 0) return std::nullopt;
  return quota / period;
}

std::optional<double> version_1_quota(const fs::path& folder) {
  std::ifstream quota_file(folder / "cpu.cfs_quota_us"), period_file(folder / "cpu.cfs_period_us");
  double quota = 0, period = 0;
  if (!(quota_file >> quota) || !(period_file >> period) || quota <= 0 || period <= 0) return std::nullopt;
  return quota / period;
}

/// `read` in the group's folder and in every one above it, up to the mount.
template <typename Read>
void search_upward(const fs::path& mount, const fs::path& group, Read read, std::optional<double>& least) {
  for (fs::path at = group.relative_path();; at = at.parent_path()) {
    if (const auto quota = read(at.empty() ? mount : mount / at)) keep_smaller(least, *quota);
    if (at.empty()) return;
  }
}

}  // namespace

ThreadChoice choose_threads(std::optional<int> option, const Environment& environment, int affinity,
                            std::optional<double> quota) {
  if (option) return {*option, "--threads"};
  if (environment.threads) return {*environment.threads, "PLIMSOLL_THREADS"};
  if (environment.slurm_cpus_per_task) return {*environment.slurm_cpus_per_task, "SLURM_CPUS_PER_TASK"};
  if (environment.in_slurm_job) return {1, "a Slurm job without SLURM_CPUS_PER_TASK"};
  affinity = std::clamp(affinity, 1, kMostThreads);
  if (quota && std::ceil(*quota) < affinity) {
    return {std::max(1, static_cast<int>(std::ceil(*quota))), "cgroup quota of " + fixed(*quota, 2) + " CPUs"};
  }
  return {affinity, "CPUs of the affinity mask"};
}

ThreadChoice choose_threads(std::optional<int> option, const Environment& environment) {
  return choose_threads(option, environment, affinity_cpus(), cgroup_quota_cpus());
}

int affinity_cpus() {
  for (int most = 1024; most <= 1 << 20; most *= 2) {  // the kernel refuses a mask smaller than its own
    cpu_set_t* set = CPU_ALLOC(static_cast<std::size_t>(most));
    if (set == nullptr) return 1;
    const std::size_t size = CPU_ALLOC_SIZE(static_cast<std::size_t>(most));
    const int result = ::sched_getaffinity(0, size, set);
    const int error = errno;
    const int count = result == 0 ? CPU_COUNT_S(size, set) : 0;
    CPU_FREE(set);
    if (result == 0) return std::max(1, count);
    if (error != EINVAL) return 1;
  }
  return 1;
}

std::optional<double> cgroup_quota_cpus(const fs::path& root) {
  std::optional<double> least;
  const fs::path mount = root / "sys/fs/cgroup";
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {  // hierarchy:controllers:path
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const fs::path group = line.substr(second + 1);
    if (controllers.empty()) {
      search_upward(mount, group, version_2_quota, least);
      continue;
    }
    std::istringstream names(controllers);
    for (std::string name; std::getline(names, name, ',');) {
      if (name != "cpu") continue;
      search_upward(mount / "cpu", group, version_1_quota, least);
      search_upward(mount / controllers, group, version_1_quota, least);
    }
  }
  return least;
}

}  // namespace plimsoll
