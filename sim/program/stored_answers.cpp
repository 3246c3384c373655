#include "sim/program/stored_answers.hpp"

#include "outputs/build_facts.hpp"
#include "sim/plan.hpp"
#include "sim/program/run_tasks.hpp"

namespace plimsoll {

namespace {

[[noreturn]] void refuse(InputKind kind, const std::string& place, const std::string& what, const std::string& why,
                         const std::string& hint) {
  throw InputError(kind, {Problem{Place{place}, "", what, why, hint}});
}

}  // namespace

StoredAnswers stored_answers(const std::string& folder, int threads) {
  StoredAnswers answers;
  answers.stored = read_stored_run(folder);
  StoredRun& stored = answers.stored;
  const Loaded loaded = load_stored(stored);
  const RunContext& context = stored.context;
  const bool whole = stored.status == kComplete || stored.status == kShardDone;
  // Of a run that was stopped only what its state holds is told: nothing is begun.
  const std::atomic<bool> begin_nothing{!whole};
  RunOptions options;
  options.threads = threads;
  options.stop = &begin_nothing;
  options.begun = stored_state(stored, loaded);
  options.run_hash = loaded.run_hash;
  if (context.shard) options.blocks = shard_blocks(context.plan_paths, context.shard->number, context.shard->of);
  const std::int64_t held = options.begun ? options.begun->tally.sums.paths() : 0;
  const std::int64_t asked = context.shard ? context.shard->paths : context.plan_paths;
  if (whole && asked - held >= kStatisticsBlock)
    refuse(InputKind::data, (stored.folder / "state.bin").string(),
           options.begun ? "the state lacks paths that the manifest says are done" : "the file is missing",
           "the tables of a run are made from its sums", "restore the file, or run the scenario again");
  answers.results = run(*loaded.simulation, options);
  answers.results.statistics.paths_requested = asked;
  answers.results.accuracy = stored.accuracy;
  if (answers.results.statistics.paths_done == 0)
    refuse(InputKind::data, folder, "no path of this run is done yet", "there is nothing to tell of it",
           "'plimsoll resume " + folder + "' goes on with it");
  answers.digest = digest_of(result_files(answers.results));
  const bool same_paths = answers.results.statistics.paths_done == stored.paths_done;
  if (same_paths && !stored.digest.empty() && stored.digest != answers.digest)
    refuse(InputKind::incompatible, (stored.folder / "manifest.json").string(),
           "the tables that this program makes of the run are not those that it wrote",
           "version " + stored.version + " (" + stored.compiler + ") wrote digest " + stored.digest.substr(0, 16) +
               ", this one, " + version() + " (" + compiler() + "), comes to " + answers.digest.substr(0, 16),
           "use the program that wrote the run, or run the scenario again");
  return answers;
}

}  // namespace plimsoll
