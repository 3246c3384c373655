#include "sim/program/stored_run.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "outputs/context_json.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "sim/engine_number.hpp"
#include "sim/plan.hpp"
#include "sim/program/result_folders.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

[[noreturn]] void refuse(InputKind kind, const fs::path& file, const std::string& what, const std::string& why,
                         const std::string& hint) {
  throw InputError(kind, {Problem{Place{file.string()}, "", what, why, hint}});
}

std::string read_file(const fs::path& file, const std::string& hint) {
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(InputKind::data, file, "cannot read the file", "", hint);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What a run wrote; runs of earlier versions did not say so.
FileChoice files_of(const Json& json) {
  if (!json.contains("write")) return default_choice();
  FileChoice choice{{}};
  for (const std::string name : json.at("write")) {
    if (const std::optional<FileKind> kind = file_kind(name)) choice.kinds.push_back(*kind);
  }
  return choice;
}

RunContext context_of(const Json& json) {
  RunContext c;
  c.scenario_name = json.at("scenario").at("name");
  c.title_en = json.at("scenario").at("title");
  c.title_zh = json.at("scenario").value("title_zh", "");
  if (json.at("scenario").contains("about")) c.about = about_of(json.at("scenario").at("about"));
  c.horizon = json.at("scenario").at("horizon");
  const Json& calibration = json.at("calibration");
  c.calibration = calibration.at("name");
  c.as_of = calibration.at("as_of");
  c.known_on = calibration.at("known_on");
  c.calibration_sha256 = calibration.at("sha256");
  c.calibrations_folder = calibration.value("folder", "");
  c.run_hash = json.at("run_hash");
  c.outputs_hash = json.value("outputs_hash", "");
  c.engine_number = json.value("engine", 0);
  c.seed = json.at("seed");
  c.sampling = json.at("sampling");
  c.started_utc = json.at("timings").at("started_utc");
  c.command_line = json.at("command_line");
  c.assumptions = assumptions_of(json.at("assumptions"));
  if (json.contains("validation")) c.validation = validation_of(json.at("validation"));
  c.languages = json.value("languages", c.languages);
  c.files = files_of(json);
  c.continued = json.value("continued", std::vector<std::string>{});
  c.kept_samples = json.value("keep_samples", "");
  if (json.contains("target_se")) {
    c.targets = json["target_se"].at("targets").get<std::vector<std::string>>();
    c.most_paths = json["target_se"].at("most_paths");
  }
  c.plan_paths = json.at("paths").at("requested");
  for (const Json& input : json.at("inputs")) c.inputs.emplace_back(input.at("path"), input.at("sha256"));
  for (const auto& [name, number] : json.at("libraries").items()) c.libraries.emplace_back(name, number);
  if (json.contains("shard")) {
    const Json& shard = json["shard"];
    c.shard = {shard.at("number"), shard.at("of"), shard.at("first_path"), shard.at("paths")};
  }
  return c;
}

}  // namespace

// In a resolved scenario every field of the top level begins a line.
std::string with_paths(const std::string& yaml, std::int64_t paths) {
  const std::string all = "\n" + yaml;
  const std::size_t at = all.find("\npaths:");
  if (at == std::string::npos) return yaml;
  const std::size_t end = std::min(all.find('\n', at + 1), all.size());
  const std::string line = all.substr(at + 1, end - at - 1), wanted = "paths: " + std::to_string(paths);
  if (line == wanted || line.rfind(wanted + " ", 0) == 0) return yaml;
  return all.substr(1, at) + wanted + "  # command line" + all.substr(end);
}

bool lacks_samples(const StoredRun& stored) {
  std::error_code ignored;
  return !stored.context.kept_samples.empty() && !fs::exists(stored.folder / "samples.nc", ignored);
}

bool is_run_folder(const fs::path& folder) {
  std::ifstream in(folder / "manifest.json", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return text.find("\"plimsoll_manifest\"") != std::string::npos;
}

namespace {

[[noreturn]] void refuse_without_manifest(const std::string& folder) {
  if (is_sweep_folder(folder))
    refuse(InputKind::data, folder, "this is the folder of a sweep, not of a run", "",
           "'plimsoll status " + folder + "' says how far it is");
  const std::vector<std::string> below = folders_in(folder, is_run_folder);
  refuse(
      InputKind::data, folder, "there is no run in this folder", "a run's folder holds its manifest.json",
      below.empty() ? "name a folder that 'plimsoll run' wrote" : "name a run below it, for example " + below.front());
}

}  // namespace

std::vector<std::string> run_folders_in(const std::string& folder) { return folders_in(folder, is_run_folder); }

StoredRun read_stored_run(const std::string& folder) {
  StoredRun stored;
  stored.folder = folder;
  const fs::path file = stored.folder / "manifest.json";
  std::error_code ignored;
  if (!fs::is_directory(stored.folder, ignored))
    refuse(InputKind::data, stored.folder, "there is no such folder", "",
           "name a folder that 'plimsoll run' or 'sweep' wrote");
  if (!fs::exists(file, ignored)) refuse_without_manifest(folder);
  const std::string text = read_file(file, "name a folder that 'plimsoll run' wrote");
  const Json json = Json::parse(text, nullptr, false);
  const std::string other = other_than_run(json);
  if (!other.empty())
    refuse(InputKind::data, file, "this is the manifest of " + other + ", not of a run", "",
           "name a folder that 'plimsoll run' wrote; 'plimsoll status' says what a folder holds");
  if (json.is_discarded() || !json.is_object() || json.value("plimsoll_manifest", 0) != 1)
    refuse(InputKind::data, file, "this is no manifest of a run", "a run's manifest.json says plimsoll_manifest: 1",
           "name a folder that 'plimsoll run' wrote");
  try {
    stored.status = json.at("status");
    stored.paths_done = json.at("paths").at("done");
    stored.version = json.at("version");
    stored.compiler = json.at("compiler");
    stored.digest = json.at("digest");
    for (const Json& row : json.value("accuracy", Json::array()))
      stored.accuracy.push_back({row.at("target"), row.at("unit"), row.at("asked_se"), row.at("se")});
    stored.context = context_of(json);
  } catch (const Json::exception& error) {
    refuse(InputKind::data, file, "the manifest lacks what a run writes", error.what(), "run the scenario again");
  }
  return stored;
}

Loaded load_stored(StoredRun& stored, std::optional<std::int64_t> paths) {
  RunContext& c = stored.context;
  const fs::path manifest = stored.folder / "manifest.json";
  if (c.engine_number != kEngineNumber)
    refuse(InputKind::incompatible, manifest,
           c.engine_number == 0 ? "the run says no engine number"
                                : "the run is of engine " + std::to_string(c.engine_number),
           "this program (engine " + std::to_string(kEngineNumber) + ") gives other numbers than version " +
               stored.version + " did",
           "go on with that version, or run the scenario again");
  const fs::path scenario = stored.folder / "scenario.resolved.yaml";
  c.resolved_yaml = read_file(scenario, "it stands beside the manifest");
  CommandLine line;
  line.paths = std::to_string(paths.value_or(c.plan_paths));
  Loaded loaded = load(scenario.string(), line, Environment{}, c.calibrations_folder);
  if (loaded.run_hash != c.run_hash) {
    const bool calibration = loaded.calibration.sha256 != c.calibration_sha256;
    refuse(
        InputKind::incompatible, calibration ? manifest : scenario,
        calibration ? "calibration " + c.calibration + " is another than the one the run began with"
                    : "the scenario is another than the one the run began with",
        "paths of two plans do not add up",
        calibration ? "restore it, or run the scenario again" : "restore the file, or run it as a scenario of its own");
  }
  if (hash_of_outputs(loaded.simulation->plan().outputs) != c.outputs_hash)
    refuse(InputKind::incompatible, scenario, "the report asks for other outputs than the run counts",
           "what was not counted on the paths done cannot be had for them",
           "restore 'report' in the file, or run it as a scenario of its own");
  c.plan_paths = loaded.scenario.scenario.paths;
  c.resolved_yaml = with_paths(c.resolved_yaml, c.plan_paths);
  return loaded;
}

std::shared_ptr<State> stored_state(const StoredRun& stored, const Loaded& loaded) {
  const fs::path file = stored.folder / "state.bin";
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return nullptr;
  auto state = std::make_shared<State>(read_state(file.string()));
  const char* why = state->run_hash != loaded.run_hash ? "it is of another scenario, calibration or engine"
                    : state->outputs_hash != stored.context.outputs_hash ? "it counts other outputs"
                    : state->tally.done.missing_from({0, loaded.scenario.scenario.paths / kStatisticsBlock}).count() +
                                state->tally.done.count() !=
                            loaded.scenario.scenario.paths / kStatisticsBlock
                        ? "it has more paths than the plan"
                        : nullptr;
  if (why != nullptr)
    refuse(InputKind::incompatible, file, "the state is not that of the run in this folder", why,
           "restore the file, or delete it: 'plimsoll resume' then begins again");
  return state;
}

}  // namespace plimsoll
