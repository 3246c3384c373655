#include "sim/program/environment.hpp"

#include <cstdlib>
#include <limits>
#include <vector>

#include "scenarios/input_error.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {
namespace {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

}  // namespace

Environment read_environment() {
  std::vector<Problem> problems;
  const auto complain = [&](const std::string& name, const std::string& value, const std::string& rule) {
    problems.push_back({Place{"environment"}, name, "'" + value + "' is no value for " + name, rule, ""});
  };
  const auto count = [&](const char* name) -> std::optional<int> {
    const auto text = variable(name);
    if (!text) return std::nullopt;
    const auto number = parse_integer(*text, 1, kMostThreads);
    if (!number) {
      complain(name, *text, "a whole number from 1 to 1024");
      return std::nullopt;
    }
    return static_cast<int>(*number);
  };
  Environment environment;
  environment.threads = count("PLIMSOLL_THREADS");
  environment.slurm_cpus_per_task = count("SLURM_CPUS_PER_TASK");
  environment.in_slurm_job = variable("SLURM_JOB_ID").has_value();
  environment.seed = variable("PLIMSOLL_SEED");
  using Limits = std::numeric_limits<long long>;
  if (environment.seed && !parse_integer(*environment.seed, Limits::min(), Limits::max())) {
    complain("PLIMSOLL_SEED", *environment.seed, "a whole number of at most 64 bits");
  }
  environment.out = variable("PLIMSOLL_OUT");
  if (!problems.empty()) throw InputError(InputKind::usage, problems);
  return environment;
}

}  // namespace plimsoll
