#include "sim/program/signals.hpp"

#include <csignal>

#include "sim/program/exit_codes.hpp"

namespace plimsoll {
namespace {

// A signal handler reaches nothing else.
std::atomic<bool> stop_asked{false};
volatile std::sig_atomic_t first_signal = 0;

void on_signal(int signal) {
  if (first_signal == 0) first_signal = signal;
  stop_asked.store(true);
}

}  // namespace

const std::atomic<bool>& watch_signals() {
  static bool watching = false;  // once: a second installing would take the next signal's usual course from it
  if (watching) return stop_asked;
  watching = true;
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);  // the next one of its kind takes its usual course
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) ::sigaction(signal, &action, nullptr);
  return stop_asked;
}

int signal_exit_code() {
  switch (first_signal) {
    case 0: return 0;
    case SIGINT: return kStoppedByInterrupt;
    case SIGTERM: return kStoppedByTerminate;
    default: return kStoppedByUser1;
  }
}

void ignore_write_signals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace plimsoll
