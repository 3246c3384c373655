#include "sim/program/answer_manifest.hpp"

#include "outputs/build_facts.hpp"
#include "sim/program/run_folders.hpp"

namespace plimsoll {

using Json = nlohmann::ordered_json;

void put_scenario(Json& manifest, const Loaded& one, const std::string& digest) {
  manifest["scenario"] = one.scenario.scenario.name;
  manifest["run_hash"] = one.run_hash;
  manifest["calibration"] = {{"name", one.calibration.name}, {"sha256", one.calibration.sha256}};
  manifest["digest"] = digest;
  manifest["seed"] = one.scenario.scenario.seed;
}

std::string finished_manifest(Json manifest, const AnswerCircumstances& with, const CommandLine& line) {
  manifest["threads"] = with.threads;
  manifest["instruction_set"] = with.instruction_set;
  manifest["seconds"] = with.seconds;
  manifest["version"] = version();
  manifest["compiler"] = compiler();
  manifest["written_utc"] = utc("%Y-%m-%dT%H:%M:%SZ");
  manifest["command_line"] = line.whole;
  return manifest.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plimsoll
