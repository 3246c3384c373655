/// \file
/// Progress on stderr: a bar on a terminal, a line now and then elsewhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace plimsoll {

/// Time that is left, from what was counted since the first report: what went before it, a search or the paths of an
/// earlier process, says nothing of the pace.
class Pace {
 public:
  /// At `seconds` on any clock; nullopt until something was counted.
  std::optional<double> seconds_left(std::int64_t done, std::int64_t all, double seconds);

 private:
  std::optional<std::pair<std::int64_t, double>> first_;
};

class Progress {
 public:
  enum class Kind { none, lines, bar };
  /// `of`: what is counted.
  Progress(Kind kind, std::string name, std::string of = "paths");
  /// Removes the bar.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Calls are serialised by the engine.
  void report(std::int64_t done, std::int64_t all);

 private:
  using Clock = std::chrono::steady_clock;
  Kind kind_;
  std::string name_, of_;
  Clock::time_point last_;
  Pace pace_;
  bool bar_shown_ = false;
};

/// None when quiet; a bar on a terminal.
Progress::Kind progress_kind(bool quiet);

}  // namespace plimsoll
