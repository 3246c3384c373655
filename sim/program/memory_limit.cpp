#include "sim/program/memory_limit.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "outputs/number_format.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kKiB = 1024, kMiB = 1024 * kKiB;

class Tightest {
 public:
  void add(std::int64_t bytes, const std::string& why) {
    if (!limit_ || bytes < limit_->bytes) limit_ = MemoryLimit{bytes, why};
  }
  const std::optional<MemoryLimit>& limit() const { return limit_; }

 private:
  std::optional<MemoryLimit> limit_;
};

/// A file that holds one number; nullopt for `max` or when there is none.
std::optional<std::int64_t> number_in(const fs::path& file) {
  std::ifstream in(file);
  std::int64_t number = 0;
  if (!(in >> number)) return std::nullopt;
  return number;
}

/// A group's limit less what it uses, in its folder and in every one above it.
void add_groups(const fs::path& mount, const fs::path& group, const char* limit, const char* usage, Tightest& all) {
  for (fs::path at = group.relative_path();; at = at.parent_path()) {
    const fs::path folder = at.empty() ? mount : mount / at;
    const auto most = number_in(folder / limit);
    const auto used = number_in(folder / usage);
    // Version 1 says "no limit" by a number near 2^63.
    if (most && *most < std::int64_t{1} << 60)
      all.add(std::max<std::int64_t>(0, *most - used.value_or(0)), "left of the cgroup's " + memory_text(*most));
    if (at.empty()) return;
  }
}

void add_host(const fs::path& root, Tightest& all) {
  std::ifstream in(root / "proc/meminfo");
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string name;
    std::int64_t kib = 0;
    if (words >> name >> kib && name == "MemAvailable:") all.add(kib * kKiB, "free on this host");
  }
}

}  // namespace

std::string memory_text(std::int64_t bytes) {
  const double mib = static_cast<double>(bytes) / static_cast<double>(kMiB);
  return mib >= 1024 ? fixed(mib / 1024, 1) + " GiB" : fixed(mib, 0) + " MiB";
}

std::optional<MemoryLimit> memory_limit(const fs::path& root, const std::function<const char*(const char*)>& variable) {
  Tightest all;
  add_host(root, all);
  const fs::path mount = root / "sys/fs/cgroup";
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {  // hierarchy:controllers:path
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const fs::path group = line.substr(second + 1);
    if (controllers.empty()) add_groups(mount, group, "memory.max", "memory.current", all);
    if (controllers == "memory")
      add_groups(mount / "memory", group, "memory.limit_in_bytes", "memory.usage_in_bytes", all);
  }
  const auto setting = [&](const char* name) -> std::optional<std::int64_t> {
    const char* text = variable(name);
    const auto number = text == nullptr ? std::nullopt : parse_integer(text, 1, std::int64_t{1} << 40);
    return number ? std::optional<std::int64_t>(*number) : std::nullopt;
  };
  if (const auto node = setting("SLURM_MEM_PER_NODE")) all.add(*node * kMiB, "given to the Slurm job on this node");
  if (const auto cpu = setting("SLURM_MEM_PER_CPU")) {
    const std::int64_t cpus = setting("SLURM_CPUS_ON_NODE").value_or(1);
    all.add(*cpu * cpus * kMiB, "given to the Slurm job on this node");
  }
  return all.limit();
}

std::optional<MemoryLimit> memory_limit(const fs::path& root) {
  return memory_limit(root, [](const char* name) -> const char* { return std::getenv(name); });
}

std::string memory_warning(std::int64_t bytes, const std::optional<MemoryLimit>& limit) {
  if (!limit || bytes <= limit->bytes) return "";
  return "warning: this run needs about " + memory_text(bytes) + " of memory, but only " + memory_text(limit->bytes) +
         " are " + limit->why +
         "\n  hint: fewer --threads, or fewer outputs with report.series and report.frequencies; paths cost no "
         "memory\n";
}

}  // namespace plimsoll
