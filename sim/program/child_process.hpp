/// \file
/// Another program, run to its end without a shell: what it printed and how it ended.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

struct ChildOutcome {
  bool found = true;       ///< false: there is no such program in PATH
  bool in_time = true;     ///< false: it was ended because it took too long
  int code = -1;           ///< exit code; 128 + signal when one killed it
  std::string out, error;  ///< standard output and error
  bool good() const { return found && in_time && code == 0; }
};

/// Runs `command` with empty standard input. \throws std::system_error when the system gives no process or pipe.
ChildOutcome run_child(const std::vector<std::string>& command, double seconds_at_most);

}  // namespace plimsoll
