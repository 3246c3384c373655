/// \file
/// progress.jsonl in a run's folder: a line now and then for schedulers and 'plimsoll status'.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace plimsoll {

class ProgressFile {
 public:
  explicit ProgressFile(const std::string& folder);
  /// A line each ten seconds at most. Calls are serialised by the engine.
  void report(std::int64_t done, std::int64_t all);
  /// The last line of this process.
  void end(std::int64_t done, std::int64_t all, const std::string& status);

 private:
  using Clock = std::chrono::steady_clock;
  void write(std::int64_t done, std::int64_t all, const std::string& status) const;

  std::string file_;
  Clock::time_point started_, next_;
};

/// Paths done by the last whole line of a folder's file.
std::optional<std::int64_t> last_progress(const std::string& folder);

}  // namespace plimsoll
