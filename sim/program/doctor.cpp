#include <cstdlib>

#include "models/calibration_reader.hpp"
#include "outputs/build_facts.hpp"
#include "outputs/file_choice.hpp"
#include "outputs/number_format.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/library_versions.hpp"
#include "sim/program/load.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

std::string fact(const std::string& name, const std::string& value) { return left_aligned(name, 18) + value + "\n"; }

/// Loads everything that ships; what is wrong, a line each.
std::string check_shipped(std::size_t& count) {
  std::string wrong;
  for (const std::string& name : shipped_calibrations()) {
    ++count;
    try {
      load_calibration(name);
    } catch (const std::exception& error) {
      wrong += "calibration " + name + ": " + error.what() + "\n";
    }
  }
  for (const ShippedScenario& one : shipped_scenarios()) {
    ++count;
    try {
      load(one.name, CommandLine{}, Environment{});
    } catch (const std::exception& error) {
      wrong += "scenario " + one.name + ": " + error.what() + "\n";
    }
  }
  return wrong;
}

/// Which files --write can write here, and why not the others.
std::string documents() {
  std::string kinds, missing;
  for (const std::string& name : file_kind_names()) {
    const std::string why = why_not(*file_kind(name));
    if (why.empty())
      kinds += (kinds.empty() ? "" : " ") + name;
    else
      missing += fact("not " + name, why);
  }
  return fact("files it writes", kinds) + missing;
}

}  // namespace

int doctor_verb(const CommandLine& line) {
  if (!line.names.empty()) refuse_usage("'doctor' takes no name, but got '" + line.names.front() + "'");
  const ThreadChoice choice = choose_threads(line.threads, read_environment());
  const HostFacts host = host_facts();
  const auto quota = cgroup_quota_cpus();
  std::string sets, libraries;
  for (const std::string& set : usable_instruction_sets()) sets += (sets.empty() ? "" : " ") + set;
  for (const auto& [name, number] : library_versions())
    libraries += (libraries.empty() ? "" : ", ") + name + " " + number;
  const char* home = std::getenv("PLIMSOLL_HOME");

  print(fact("version", version()) + fact("compiler", compiler()) + fact("libraries", libraries) +
        fact("system", host.system) + fact("cpu", host.cpu) + fact("cores", std::to_string(host.cores)) +
        fact("affinity mask", std::to_string(affinity_cpus()) + " CPUs") +
        fact("cgroup quota", quota ? fixed(*quota, 2) + " CPUs" : "none") +
        fact("threads", std::to_string(choice.threads) + " (" + choice.why + ")") +
        fact("instruction sets", sets.empty() ? "none usable: AVX2 and FMA are needed" : sets) + documents() +
        fact("PLIMSOLL_HOME", home == nullptr ? "not set: shipped files come from the program" : home));
  std::size_t count = 0;
  const std::string wrong = check_shipped(count);
  print(fact("shipped files",
             wrong.empty() ? std::to_string(count) + " scenarios and calibrations, all valid" : "not in order:"));
  print(wrong);
  return wrong.empty() && count > 0 && !sets.empty() ? kSuccess : kFailure;
}

}  // namespace plimsoll
