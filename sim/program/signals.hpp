/// \file
/// Ctrl-C, SIGTERM and SIGUSR1 ask a run to finish its blocks and write what is done; a second one kills.
#pragma once

#include <atomic>

namespace plimsoll {

/// Installs the handlers. The flag is set by the first signal.
const std::atomic<bool>& watch_signals();
/// Exit code of the signal that came first (130, 143, 75); 0 when none came.
int signal_exit_code();
/// A closed pipe and a file beyond its limit become errors of write, which we see.
void ignore_write_signals();

}  // namespace plimsoll
