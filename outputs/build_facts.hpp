/// \file
/// What this program is and where it runs: version, compiler, host.
#pragma once

#include <string>

namespace plimsoll {

std::string version();   ///< e.g. 0.1.0
std::string compiler();  ///< e.g. GNU 12.2.0

struct HostFacts {
  std::string name;    ///< the host's own name
  std::string system;  ///< kernel name and release
  std::string cpu;     ///< model name; empty when the system does not tell
  int cores = 0;       ///< logical cores on line
};
HostFacts host_facts();

}  // namespace plimsoll
