#include "outputs/manifest.hpp"

#include <nlohmann/json.hpp>

#include "outputs/build_facts.hpp"
#include "outputs/context_json.hpp"
#include "outputs/evidence_json.hpp"
#include "outputs/sampling_json.hpp"

namespace plimsoll {

namespace {

const char* status_of(const RunStatistics& ran, const RunContext& context, const std::string& digest) {
  if (digest.empty()) return kRunning;
  if (ran.paths_done < (context.shard ? context.shard->paths : context.plan_paths)) return kStopped;
  return ran.paths_done < context.plan_paths ? kShardDone : kComplete;
}

}  // namespace

std::string manifest_json(const RunResults& results, const RunContext& context, const std::string& digest,
                          const std::vector<WrittenFile>& files) {
  using Json = nlohmann::ordered_json;
  const RunStatistics& ran = results.statistics;
  const HostFacts host = host_facts();

  Json inputs = Json::array();
  for (const auto& [path, sha256] : context.inputs) inputs.push_back({{"path", path}, {"sha256", sha256}});
  Json libraries = Json::object();
  for (const auto& [name, number] : context.libraries) libraries[name] = number;
  Json written = Json::object();
  for (const auto& [name, sha256] : files) written[name] = sha256;

  Json manifest;
  manifest["plimsoll_manifest"] = 1;
  manifest["status"] = status_of(ran, context, digest);
  manifest["scenario"] = {{"name", context.scenario_name},
                          {"title", context.title_en},
                          {"title_zh", context.title_zh},
                          {"horizon", context.horizon},
                          {"about",
                           {{"question", context.about.question},
                            {"author", context.about.author},
                            {"date", context.about.date},
                            {"sources", context.about.sources}}}};
  manifest["calibration"] = {{"name", context.calibration},
                             {"as_of", context.as_of},
                             {"known_on", context.known_on},
                             {"sha256", context.calibration_sha256}};
  if (!context.calibrations_folder.empty()) manifest["calibration"]["folder"] = context.calibrations_folder;
  manifest["engine"] = context.engine_number;
  manifest["run_hash"] = context.run_hash;
  manifest["outputs_hash"] = context.outputs_hash;
  manifest["digest"] = digest;
  manifest["seed"] = context.seed;
  manifest["sampling"] = context.sampling;
  manifest["paths"] = {{"requested", context.plan_paths}, {"done", ran.paths_done}, {"unsolved", ran.paths_unsolved}};
  if (context.shard)
    manifest["shard"] = {{"number", context.shard->number},
                         {"of", context.shard->of},
                         {"first_path", context.shard->first_path},
                         {"paths", context.shard->paths}};
  if (results.evidence) manifest["evidence"] = evidence_json(*results.evidence);
  if (!results.accuracy.empty()) manifest["accuracy"] = accuracy_json(results.accuracy);
  if (results.tail)
    manifest["tail"] = {{"headline", results.tail->headline + "@" + to_string(results.tail->period)},
                        {"share", results.tail->share},
                        {"headline_edge", results.tail->headline_edge}};
  if (results.sampling) manifest["sobol"] = sampling_json(*results.sampling);
  if (results.pins) manifest["pins"] = pins_json(*results.pins);
  manifest["timings"] = {
      {"started_utc", context.started_utc},
      {"simulation_seconds", ran.seconds},
      {"paths_per_second", ran.seconds > 0 ? static_cast<double>(ran.paths_done - ran.paths_before) / ran.seconds : 0}};
  if (ran.paths_before > 0) manifest["paths"]["done_before"] = ran.paths_before;
  manifest["threads"] = ran.threads;
  manifest["instruction_set"] = ran.instruction_set;
  manifest["peak_memory_bytes"] = ran.peak_memory_bytes;
  manifest["version"] = version();
  manifest["compiler"] = compiler();
  manifest["libraries"] = libraries;
  manifest["host"] = {{"name", host.name}, {"system", host.system}, {"cpu", host.cpu}, {"cores", host.cores}};
  manifest["command_line"] = context.command_line;
  if (!context.continued.empty()) manifest["continued"] = context.continued;
  manifest["assumptions"] = assumptions_json(context.assumptions);
  if (context.validation) manifest["validation"] = validation_json(*context.validation);
  manifest["languages"] = context.languages;
  // What 'resume' needs to do all that was asked for.
  if (!context.kept_samples.empty()) manifest["keep_samples"] = context.kept_samples;
  if (!context.targets.empty())
    manifest["target_se"] = {{"targets", context.targets}, {"most_paths", context.most_paths}};
  for (const FileKind kind : context.files.kinds) manifest["write"].push_back(name_of(kind));
  manifest["inputs"] = inputs;
  manifest["files"] = written;
  // A path or argument need not be UTF-8: replace what is not, rather than lose the manifest.
  return manifest.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plimsoll
