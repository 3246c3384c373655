#include "outputs/build_facts.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>

namespace plimsoll {

std::string version() { return PLIMSOLL_VERSION; }
std::string compiler() { return PLIMSOLL_COMPILER; }

HostFacts host_facts() {
  HostFacts facts;
  utsname names{};
  if (::uname(&names) == 0) {
    facts.name = names.nodename;
    facts.system = std::string(names.sysname) + " " + names.release;
  }
  std::ifstream cpus("/proc/cpuinfo");
  for (std::string line; std::getline(cpus, line);) {
    const auto colon = line.find(": ");
    if (line.rfind("model name", 0) == 0 && colon != std::string::npos) {
      facts.cpu = line.substr(colon + 2);
      break;
    }
  }
  facts.cores = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
  return facts;
}

}  // namespace plimsoll
