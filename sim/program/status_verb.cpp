/// \file
/// status: how far runs and sweeps are, and what else a folder holds, from the folders alone.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "outputs/number_format.hpp"
#include "sim/program/folder_lock.hpp"
#include "sim/program/progress_file.hpp"
#include "sim/program/result_folders.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/stored_run.hpp"
#include "sim/program/sweep_status.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

struct Standing {
  StoredRun stored;
  std::string status;  ///< running, stopped, complete
  std::int64_t asked = 0, done = 0;
  std::optional<std::string> owner;
  std::optional<BlockRanges> kept;  ///< blocks of state.bin, where they are needed: its sums are read with them
};

BlockRanges kept_blocks(const StoredRun& stored) {
  std::error_code ignored;
  const auto file = stored.folder / "state.bin";
  return std::filesystem::exists(file, ignored) ? read_state(file.string()).tally.done : BlockRanges{};
}

Standing standing_of(const std::string& folder) {
  Standing s;
  s.owner = folder_owner(folder);
  s.stored = read_stored_run(folder);
  const RunContext& context = s.stored.context;
  s.asked = context.shard ? context.shard->paths : context.plan_paths;
  s.done = s.stored.paths_done;
  const bool over = (s.stored.status == kComplete || s.stored.status == kShardDone) && !lacks_samples(s.stored);
  if (!over) s.kept = kept_blocks(s.stored);
  s.status = s.owner ? "running" : over ? "complete" : "stopped";
  if (s.status == "running") s.done = std::max(s.done, last_progress(folder).value_or(0));
  // A process that was killed left no last word: what its checkpoint holds is what there is.
  if (s.stored.status == kRunning && !s.owner) s.done = s.kept->count() * kStatisticsBlock;
  return s;
}

std::string part_name(const RunContext& context) {
  if (!context.shard) return context.scenario_name;
  return context.scenario_name + ", shard " + std::to_string(context.shard->number) + " of " +
         std::to_string(context.shard->of);
}

std::string text_of(const Standing& s) {
  const std::string folder = s.stored.folder.string();
  const double share = s.asked > 0 ? 100.0 * static_cast<double>(s.done) / static_cast<double>(s.asked) : 0;
  std::string text = folder + ": " + part_name(s.stored.context) + ", " + grouped(s.done) + " of " + grouped(s.asked) +
                     " paths (" + fixed(share, 0) + "%), " + s.status;
  if (s.owner) text += " (" + *s.owner + ")";
  if (s.status == "stopped" && s.stored.status == kComplete) text += " before samples.nc was written";
  if (s.status != "complete" && s.done < s.asked && !s.stored.context.targets.empty())
    text += ", at most " + grouped(s.stored.context.most_paths) + " until its accuracy is reached";
  if (s.status == "stopped") text += "; to go on: plimsoll resume " + folder;
  return text + "\n";
}

nlohmann::ordered_json json_of(const Standing& s) {
  const RunContext& context = s.stored.context;
  nlohmann::ordered_json json{{"folder", s.stored.folder.string()},
                              {"scenario", context.scenario_name},
                              {"status", s.status},
                              {"paths", {{"asked", s.asked}, {"done", s.done}, {"of_the_plan", context.plan_paths}}},
                              {"run_hash", context.run_hash},
                              {"digest", s.stored.digest}};
  if (context.shard) json["shard"] = {{"number", context.shard->number}, {"of", context.shard->of}};
  if (!context.targets.empty()) json["target_se"] = {{"targets", context.targets}, {"most_paths", context.most_paths}};
  if (s.owner) json["owner"] = *s.owner;
  nlohmann::ordered_json kept = nlohmann::ordered_json::array();
  const BlockRanges blocks = s.kept ? *s.kept : kept_blocks(s.stored);
  for (const BlockRange& r : blocks.ranges())
    kept.push_back({{"first_path", r.first * kStatisticsBlock}, {"paths", (r.last - r.first) * kStatisticsBlock}});
  json["kept"] = kept;
  return json;
}

}  // namespace

int status_verb(const CommandLine& line) {
  if (line.names.empty()) refuse_usage("'status' needs a folder", "", "for example: plimsoll status runs");
  if (line.format == "csv") refuse_usage("'status' prints table or json");
  const bool as_json = line.format == "json";
  std::string text;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  std::int64_t asked = 0, done = 0, runs = 0;
  const auto tell = [&](const std::string& folder, SweepDetail detail) {
    const ResultKind kind = result_kind(folder);
    if (kind == ResultKind::sweep) {
      if (as_json)
        list.push_back(sweep_status_json(folder));
      else
        text += sweep_status(folder, detail);
    } else if (kind == ResultKind::answer) {
      AnswerStatus answer = answer_status(folder);
      text += answer.text;
      list.push_back(std::move(answer.json));
    } else {
      const Standing standing = standing_of(folder);
      if (as_json) list.push_back(json_of(standing));
      asked += standing.asked;
      done += standing.done;
      ++runs;
      text += text_of(standing);
    }
  };
  for (const std::string& name : line.names) {
    std::vector<std::string> folders =
        folders_in(name, [](const std::filesystem::path& folder) { return result_kind(folder) != ResultKind::none; });
    std::error_code ignored;
    const bool has_manifest = std::filesystem::exists(std::filesystem::path(name) / "manifest.json", ignored);
    if (folders.empty() && !has_manifest && std::filesystem::is_directory(name, ignored))
      throw InputError(
          InputKind::data,
          {Problem{Place{name}, "", "there is no run, sweep or other result in this folder",
                   "one has a manifest.json, or a sweep's plan.json; three levels of folders are looked at",
                   "name the folder that --out named, or one above it, for example: plimsoll status runs"}});
    if (folders.empty()) folders.push_back(name);  // refused for want of a folder, or for its manifest
    for (const std::string& folder : folders) {
      if (folder == name) {
        tell(folder, SweepDetail::full);
        continue;
      }
      try {
        tell(folder, SweepDetail::brief);
      } catch (const InputError& error) {  // one that cannot be read, of an older version say, hides no other
        const Problem& problem = error.problems().front();
        text += folder + ": cannot be told: " + problem.what + "\n";
        list.push_back({{"folder", folder}, {"problem", problem.what}});
      }
    }
  }
  if (runs > 1) text += "in all: " + grouped(done) + " of " + grouped(asked) + " paths of runs\n";
  print(as_json ? list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n" : text);
  return 0;
}

}  // namespace plimsoll
