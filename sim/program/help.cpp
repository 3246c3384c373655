#include "outputs/build_facts.hpp"
#include "outputs/number_format.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {

std::string general_help() {
  std::string text =
      "plimsoll " + version() + ": scenario forecasts of export growth\n\nUsage: plimsoll VERB [ARGUMENTS]\n\n";
  for (const Verb& verb : verbs()) text += "  " + left_aligned(verb.name, 12) + verb.summary + "\n";
  return text + "  " + left_aligned("help", 12) +
         "this text, or the help of a verb: plimsoll help VERB\n\nStart with: plimsoll run base\n"
         "Exit codes: 0 success, 1 failure, 2 usage, 3 scenario invalid, 4 data invalid,\n"
         "            5 an accuracy asked for is not reached (results written),\n"
         "            6 a part only: paths, scenarios or points failed, or shards are missing (results written),\n"
         "            7 a gate of a stress suite holds (results written),\n"
         "            8 a state or shard of another run or sweep, 9 the digest differs,\n"
         "            75, 130, 143 stopped by SIGUSR1, SIGINT, SIGTERM (of a sweep 75) after writing what was done\n"
         "Environment: PLIMSOLL_THREADS, PLIMSOLL_SEED, PLIMSOLL_OUT (like --out), PLIMSOLL_HOME, NO_COLOR\n";
}

std::string verb_help(const Verb& verb) {
  return "Usage: plimsoll " + verb.name + (verb.arguments.empty() ? "" : " " + verb.arguments) + "\n\n" + verb.summary +
         "\n\n" + option_help(verb.name);
}

}  // namespace plimsoll
