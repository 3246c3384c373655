#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "outputs/build_facts.hpp"
#include "outputs/run_folder.hpp"
#include "scenarios/sha256.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/load.hpp"
#include "sim/program/progress.hpp"
#include "sim/program/reproduce_others.hpp"
#include "sim/program/result_folders.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const std::string& what, const std::string& why,
                         const std::string& hint) {
  throw InputError(InputKind::data, {Problem{Place{file.string()}, "", what, why, hint}});
}

std::string read_file(const fs::path& file, const std::string& hint) {
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, "cannot read the file", "", hint);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What a manifest says of the run.
struct Recorded {
  fs::path file;
  std::string status, run_hash, digest, version, compiler, calibration, calibration_sha256;
  std::string scenario_sha256;                             ///< of scenario.resolved.yaml
  std::vector<std::pair<std::string, std::string>> files;  ///< name, sha256
};

Recorded recorded_in(const fs::path& file, const nlohmann::json& json) {
  Recorded r;
  r.file = file;
  if (json.is_discarded() || !json.is_object() || json.value("plimsoll_manifest", 0) != 1)
    refuse(r.file, "this is no manifest of a run", "a run's manifest.json says plimsoll_manifest: 1",
           "name a folder that 'plimsoll run' wrote");
  try {
    r.status = json.at("status");
    r.run_hash = json.at("run_hash");
    r.digest = json.at("digest");
    r.version = json.at("version");
    r.compiler = json.at("compiler");
    r.calibration = json.at("calibration").at("name");
    r.calibration_sha256 = json.at("calibration").at("sha256");
    for (const auto& [name, sha256] : json.at("files").items()) r.files.emplace_back(name, sha256);
    r.scenario_sha256 = json.at("files").at("scenario.resolved.yaml");
  } catch (const nlohmann::json::exception& error) {
    refuse(r.file, "the manifest lacks what a run writes", error.what(), "run the scenario again");
  }
  if (r.status != "complete")
    refuse(r.file, "the run is not whole: its status is '" + r.status + "'",
           "its digest is of fewer paths than the scenario asks for",
           "see 'plimsoll status': resume it, or merge its shards first");
  return r;
}

/// Why other digits are to be expected.
std::string differences(const Recorded& then, const Loaded& now) {
  std::string text;
  if (then.calibration_sha256 != now.calibration.sha256)
    text += "  the calibration " + then.calibration + " is another\n";
  if (then.version != version()) text += "  version " + then.version + ", now " + version() + "\n";
  if (then.compiler != compiler()) text += "  compiler " + then.compiler + ", now " + compiler() + "\n";
  if (then.run_hash != now.run_hash && text.empty()) text = "  the engine or the scenario is another\n";
  return text;
}

}  // namespace

int reproduce_verb(const CommandLine& line) {
  if (line.names.size() != 1)
    refuse_usage("'reproduce' takes one folder of results", "",
                 "for example: plimsoll reproduce runs/base/20260610T080000Z-1a2b3c4d");
  const std::string& asked = line.names.front();
  std::error_code ignored;
  const fs::path file = fs::is_directory(asked, ignored) ? fs::path(asked) / "manifest.json" : fs::path(asked);
  const nlohmann::json json =
      nlohmann::json::parse(read_file(file, "name a folder of results, or its manifest.json"), nullptr, false);
  if (json.is_object() && json.contains("plimsoll_sweep_run")) return reproduce_sweep(file, json, line);
  if (!other_than_run(json).empty()) return reproduce_answer(file, json, line);

  Environment environment = read_environment();
  environment.seed.reset();  // the run's own counts
  const Recorded recorded = recorded_in(file, json);
  const fs::path scenario = recorded.file.parent_path() / "scenario.resolved.yaml";
  if (sha256_hex(read_file(scenario, "it stands beside the manifest")) != recorded.scenario_sha256)
    refuse(scenario, "the file is not the one that was run", "its SHA-256 differs from the manifest's",
           "restore it, or run it as a scenario of its own");
  const Loaded loaded = load(scenario.string(), line, environment);

  const std::atomic<bool>& stop = watch_signals();
  RunResults results;
  {
    Progress progress(line.quiet || !stderr_is_terminal() ? Progress::Kind::none : Progress::Kind::bar,
                      loaded.scenario.scenario.name);
    RunOptions options;
    options.threads = choose_threads(line.threads, environment).threads;
    options.progress = [&](std::int64_t done, std::int64_t of) { progress.report(done, of); };
    options.stop = &stop;
    results = run(*loaded.simulation, options);
  }
  if (results.statistics.paths_done < results.statistics.paths_requested) {
    std::cerr << "stopped before the end; nothing is compared" << std::endl;
    return signal_exit_code();
  }
  const auto files = result_files(results);
  const std::string digest = digest_of(files);
  if (digest == recorded.digest) {
    print("the same digest: " + digest + "\n");
    return kSuccess;
  }
  std::string text = "another digest: " + digest + "\n      recorded: " + recorded.digest + "\n";
  for (const auto& [name, bytes] : files) {
    for (const auto& [then, sha256] : recorded.files)
      if (then == name && sha256 != sha256_hex(bytes)) text += "  " + name + " differs\n";
  }
  const std::string reasons = differences(recorded, loaded);
  print(text + (reasons.empty() ? "nothing that the manifest records has changed: this should not happen\n"
                                : "what has changed since:\n" + reasons));
  return kDigestDiffers;
}

}  // namespace plimsoll
