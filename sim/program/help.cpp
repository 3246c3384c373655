#include "outputs/build_facts.hpp"
#include "outputs/number_format.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {

std::string general_help() {
  std::string text =
      "plimsoll " + version() + ": scenario forecasts of export growth\n\nUsage: plimsoll VERB [ARGUMENTS]\n\n";
  for (const Verb& verb : verbs()) {
    if (verb.work != nullptr) text += "  " + left_aligned(verb.name, 12) + verb.summary + "\n";
  }
  text +=
      "  " + left_aligned("help", 12) + "this text, or the help of a verb: plimsoll help VERB\n\nNot supported yet:";
  for (const Verb& verb : verbs()) {
    if (verb.work == nullptr) text += " " + verb.name;
  }
  return text +
         "\n\nStart with: plimsoll run base\n"
         "Exit codes: 0 success, 1 failure, 2 usage, 3 scenario invalid, 4 data invalid,\n"
         "            5 an accuracy asked for is not reached (results written),\n"
         "            6 a part only: paths or scenarios failed, or shards are missing (results written),\n"
         "            7 a gate of a stress suite holds (results written),\n"
         "            8 a state or shard of another run, 9 the digest differs,\n"
         "            75, 130, 143 stopped by SIGUSR1, SIGINT, SIGTERM after writing what was done\n"
         "Environment: PLIMSOLL_THREADS, PLIMSOLL_SEED, PLIMSOLL_OUT (like --out), PLIMSOLL_HOME, NO_COLOR\n";
}

std::string verb_help(const Verb& verb) {
  std::string text = "Usage: plimsoll " + verb.name + (verb.arguments.empty() ? "" : " " + verb.arguments) + "\n\n" +
                     verb.summary + "\n";
  if (verb.work == nullptr) return text + "Not supported yet.\n";
  return text + "\n" + option_help(verb.name);
}

}  // namespace plimsoll
