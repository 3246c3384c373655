/// \file
/// merge: the exact sums of shards, joined.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "outputs/build_facts.hpp"
#include "outputs/number_format.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/run_tasks.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/stored_run.hpp"
#include "sim/program/sweep_folder.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// Folders of shards, and a folder that an earlier merge wrote beside them.
std::vector<std::string> parts_of(const CommandLine& line) {
  std::vector<std::string> parts;
  for (const std::string& name : line.names) {
    const bool is_run = is_run_folder(name);
    if (is_run) parts.push_back(name);
    std::error_code error;
    std::vector<std::string> inside;
    for (const fs::directory_entry& entry : fs::directory_iterator(name, error)) {
      if (entry.is_directory(error) && is_run_folder(entry.path())) inside.push_back(entry.path().string());
    }
    std::sort(inside.begin(), inside.end());
    parts.insert(parts.end(), inside.begin(), inside.end());
    if (!is_run && inside.empty()) {
      const std::vector<std::string> below = run_folders_in(name);
      refuse_usage(
          "'" + name + "' holds no shards", "a shard is a folder that 'plimsoll run --shard' wrote",
          below.empty() ? "" : "merge one plan at a time: plimsoll merge " + fs::path(below[0]).parent_path().string());
    }
  }
  return parts;
}

/// The first fields in which two scenarios differ, for people.
std::string scenario_differences(const Loaded& a, const Loaded& b) {
  const nlohmann::json x = nlohmann::json::parse(a.scenario.canonical_json).flatten(),
                       y = nlohmann::json::parse(b.scenario.canonical_json).flatten();
  std::set<std::string> fields;
  for (const nlohmann::json* one : {&x, &y}) {
    for (const auto& [field, value] : one->items()) fields.insert(field);
  }
  std::string text;
  int found = 0;
  for (const std::string& field : fields) {
    const auto of = [&](const nlohmann::json& json) { return json.contains(field) ? json[field].dump() : "not there"; };
    if (of(x) == of(y) || ++found > 3) continue;
    std::string name = field.substr(1);
    std::replace(name.begin(), name.end(), '/', '.');
    text += (text.empty() ? "" : ", ") + name + " is " + of(y) + " in place of " + of(x);
  }
  return text + (found > 3 ? ", and more" : "");
}

/// What tells another plan from the first one's; empty when they are the same.
std::string difference(const StoredRun& first, const StoredRun& other) {
  const RunContext &a = first.context, &b = other.context;
  if (a.engine_number != b.engine_number)
    return "engine " + std::to_string(b.engine_number) + " in place of " + std::to_string(a.engine_number);
  if (a.calibration != b.calibration) return "calibration " + b.calibration + " in place of " + a.calibration;
  if (a.calibration_sha256 != b.calibration_sha256) return "other files in calibration " + a.calibration;
  if (a.plan_paths != b.plan_paths)
    return std::to_string(b.plan_paths) + " paths in place of " + std::to_string(a.plan_paths);
  if (a.run_hash != b.run_hash) {
    StoredRun x = first, y = other;
    return scenario_differences(load_stored(x), load_stored(y));
  }
  return a.outputs_hash != b.outputs_hash ? "other outputs (report)" : "";
}

/// A part and the blocks in its state; sums are read one part at a time.
struct Part {
  StoredRun stored;
  BlockRanges done;
};

bool same_bins(const State& a, const State& b) {
  return std::equal(a.bins.begin(), a.bins.end(), b.bins.begin(), b.bins.end(),
                    [](const BinPlan& x, const BinPlan& y) { return x.centre == y.centre && x.scale == y.scale; });
}

/// Adds up states, largest first; one that shares paths with those taken is left out whole, for sums do not come apart.
std::shared_ptr<State> join(std::vector<Part>& parts, const Loaded& loaded) {
  std::stable_sort(parts.begin(), parts.end(),
                   [](const Part& a, const Part& b) { return a.done.count() > b.done.count(); });
  std::shared_ptr<State> all;
  for (const Part& part : parts) {
    const std::string folder = part.stored.folder.string();
    if (all && all->tally.done.contains(part.done)) {
      std::cerr << "note: " << folder << " holds only paths that are counted already" << std::endl;
      continue;
    }
    if (all && all->tally.done.overlaps(part.done)) {
      std::cerr << "warning: " << folder << " is not counted: it shares some of its " << paths_text(part.done)
                << " with folders that are" << std::endl;
      continue;
    }
    std::shared_ptr<State> state = stored_state(part.stored, loaded);
    if (!state || state->tally.done != part.done) {
      throw InputError(InputKind::data, {Problem{Place{folder}, "", "the state has changed while it was read",
                                                 "the shard is still running", "merge again when it has ended"}});
    }
    if (!all) {
      all = std::move(state);
      continue;
    }
    if (!same_bins(*all, *state)) {
      throw InputError(
          InputKind::incompatible,
          {Problem{Place{folder}, "", "the shard counts in other bins",
                   "another compiler or library has rounded its first paths differently (" + part.stored.compiler + ")",
                   "run all shards with one program"}});
    }
    all->tally.merge(state->tally);
  }
  return all;
}

std::string missing_text(const std::vector<StoredRun>& parts, const BlockRanges& done, std::int64_t paths) {
  const BlockRanges missing = done.missing_from({0, paths / kStatisticsBlock});
  if (missing.empty()) return "";
  int of = 0;
  for (const StoredRun& part : parts) {
    if (part.context.shard) of = of == 0 || of == part.context.shard->of ? part.context.shard->of : -1;
  }
  std::string shards;
  for (int k = 1; k <= of; ++k) {
    BlockRange blocks = shard_blocks(paths, k, of);
    blocks.last = std::min(blocks.last, paths / kStatisticsBlock);
    const std::int64_t left = done.missing_from(blocks).count(), asked = blocks.last - blocks.first;
    if (left == 0) continue;
    shards +=
        (shards.empty() ? "" : ", ") + std::to_string(k) + " of " + std::to_string(of) +
        (left < asked ? " (" + grouped(left * kStatisticsBlock) + " of " + grouped(asked * kStatisticsBlock) + " paths)"
                      : "");
  }
  return (shards.empty() ? "" : "shards " + shards + " are missing: ") + paths_text(missing);
}

}  // namespace

int merge_verb(const CommandLine& line) {
  if (line.names.empty())
    refuse_usage("'merge' needs a folder of shards", "", "for example: plimsoll merge runs/base/1a2b3c4d-16384-paths");
  if (are_sweeps(line.verb, line.names)) return merge_sweeps(line);
  if (line.names.size() > 1 && !line.out)
    refuse_usage("'merge' of several folders needs --out", "the whole goes into a folder of its own", "add --out DIR");
  const std::string folder = line.out.value_or(line.names.front());
  watch_signals();

  std::vector<StoredRun> stored;
  for (const std::string& part : parts_of(line)) stored.push_back(read_stored_run(part));
  std::stable_sort(stored.begin(), stored.end(), [](const StoredRun& a, const StoredRun& b) {
    return a.context.shard.has_value() > b.context.shard.has_value();  // a shard is what the others are measured by
  });
  std::vector<Problem> problems;
  for (const StoredRun& one : stored) {
    const std::string why = difference(stored.front(), one);
    if (!why.empty())
      problems.push_back({Place{one.folder.string()}, "",
                          "this is a part of another plan than " + stored.front().folder.string(), why,
                          "leave it out, or run it again as the others"});
  }
  if (!problems.empty()) throw InputError(InputKind::incompatible, problems);

  Loaded loaded = load_stored(stored.front());
  RunContext context = stored.front().context;
  std::vector<Part> parts;
  for (const StoredRun& one : stored) {
    if (const auto state = stored_state(one, loaded)) parts.push_back({one, state->tally.done});
  }
  const std::shared_ptr<State> all = parts.empty() ? std::make_shared<State>() : join(parts, loaded);
  choose_documents(line, context);
  context.shard.reset();
  context.continued = {line.whole};
  const std::string missing = missing_text(stored, all->tally.done, context.plan_paths);
  if (all->tally.done.empty() && !missing.empty())
    throw InputError(InputKind::data,
                     {Problem{Place{line.names.front()}, "", "no shard has finished a block of paths yet", missing,
                              "'plimsoll status' shows how far they are"}});

  RunFolders made;
  if (!is_run_folder(folder) && line.out) made.prepare(folder, false);
  if (is_run_folder(folder) && !difference(stored.front(), read_stored_run(folder)).empty())
    refuse_usage("'" + folder + "' holds another run", "results of another run are not overwritten unasked",
                 "give --out another folder");
  std::vector<RunTask> tasks;
  tasks.push_back({std::move(loaded), folder, std::move(context), FolderLock(folder)});
  tasks.front().blocks = {0, 0};
  tasks.front().begun = all;
  tasks.front().unfinished = missing;
  take_up_samples(tasks.front());
  return work_on(tasks, line, choose_threads(line.threads, read_environment()).threads);
}

}  // namespace plimsoll
