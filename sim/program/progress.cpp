#include "sim/program/progress.hpp"

#include <algorithm>
#include <iostream>

#include "outputs/number_format.hpp"
#include "sim/program/standard_output.hpp"

namespace plimsoll {
namespace {

constexpr double kBarEverySeconds = 0.1, kLineEverySeconds = 10.0;
constexpr int kBarColumns = 30;

}  // namespace

std::optional<double> Pace::seconds_left(std::int64_t done, std::int64_t all, double seconds) {
  if (!first_) first_ = {done, seconds};
  if (done <= first_->first) return std::nullopt;
  return (seconds - first_->second) / static_cast<double>(done - first_->first) * static_cast<double>(all - done);
}

Progress::Progress(Kind kind, std::string name, std::string of)
    : kind_(kind), name_(std::move(name)), of_(std::move(of)), last_(Clock::now()) {}

Progress::~Progress() {
  if (bar_shown_) std::cerr << "\r\x1b[K" << std::flush;
}

void Progress::report(std::int64_t done, std::int64_t all) {
  if (kind_ == Kind::none || all <= 0) return;
  const Clock::time_point now = Clock::now();
  const auto left = pace_.seconds_left(done, all, std::chrono::duration<double>(now.time_since_epoch()).count());
  const double since = std::chrono::duration<double>(now - last_).count();
  if (since < (kind_ == Kind::bar ? kBarEverySeconds : kLineEverySeconds)) return;
  last_ = now;
  const double share = static_cast<double>(done) / static_cast<double>(all);
  const std::string counts =
      grouped(done) + " of " + grouped(all) + " " + of_ + (left ? ", " + fixed(*left, 0) + " s left" : "");
  if (kind_ == Kind::lines) {
    std::cerr << name_ + ": " + counts + "\n" << std::flush;
    return;
  }
  const int full = std::clamp(static_cast<int>(share * kBarColumns), 0, kBarColumns);
  std::string bar;
  for (int i = 0; i < kBarColumns; ++i) bar += i < full ? "█" : "░";
  std::cerr << "\r" + name_ + " " + bar + " " + counts + "\x1b[K" << std::flush;
  bar_shown_ = true;
}

Progress::Kind progress_kind(bool quiet) {
  if (quiet) return Progress::Kind::none;
  return stderr_is_terminal() ? Progress::Kind::bar : Progress::Kind::lines;
}

}  // namespace plimsoll
