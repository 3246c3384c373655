/// \file
/// How much memory this process may take: what the host has left, its cgroups allow, and its Slurm job was given.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace plimsoll {

struct MemoryLimit {
  std::int64_t bytes = 0;
  std::string why;  ///< e.g. "memory that the host has left"
};

/// The tightest; nullopt when nothing is known. `root`: where /proc and /sys are looked for, `variable`: the
/// environment (tests).
std::optional<MemoryLimit> memory_limit(const std::filesystem::path& root = "/");
std::optional<MemoryLimit> memory_limit(const std::filesystem::path& root,
                                        const std::function<const char*(const char*)>& variable);

/// What to print when a run of `bytes` does not fit; empty when it does.
std::string memory_warning(std::int64_t bytes, const std::optional<MemoryLimit>& limit);

/// 1.5 GiB, 312 MiB.
std::string memory_text(std::int64_t bytes);

}  // namespace plimsoll
