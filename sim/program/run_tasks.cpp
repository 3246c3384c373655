#include "sim/program/run_tasks.hpp"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>

#include "outputs/atomic_file.hpp"
#include "outputs/number_format.hpp"
#include "outputs/results_json.hpp"
#include "outputs/run_folder_steps.hpp"
#include "sim/engine_number.hpp"
#include "sim/plan.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/kept_work.hpp"
#include "sim/program/last_state.hpp"
#include "sim/program/library_versions.hpp"
#include "sim/program/memory_limit.hpp"
#include "sim/program/progress.hpp"
#include "sim/program/progress_file.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/stored_run.hpp"
#include "sim/run_size.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

std::string statistics_text(const RunStatistics& ran) {
  const std::int64_t simulated = ran.paths_done - ran.paths_before;
  const double rate = ran.seconds > 0 ? static_cast<double>(simulated) / ran.seconds : 0;
  return grouped(simulated) + " paths in " + fixed(ran.seconds, 2) + " s (" + grouped(static_cast<std::int64_t>(rate)) +
         " paths/s), " + (ran.paths_before > 0 ? grouped(ran.paths_before) + " were done before, " : "") +
         std::to_string(ran.threads) + (ran.threads == 1 ? " thread, " : " threads, ") + ran.instruction_set +
         ", peak memory " + fixed(static_cast<double>(ran.peak_memory_bytes) / 1048576.0, 0) + " MiB" +
         (ran.paths_unsolved == 0
              ? ""
              : "\nnote: on " + grouped(ran.paths_unsolved) +
                    " paths armington_ces did not find some month's prices; they keep the last ones it tried");
}

/// How plausible the pins are, and how much of the paths the observations left: below a hundredth with a warning.
std::string evidence_text(const RunResults& results) {
  std::string text;
  if (results.pins) {
    const double chance = 100 * results.pins->plausibility;
    text = "pins: shocks at least as large as theirs have a probability of " +
           (chance < 0.1 ? std::string("below 0.1") : fixed(chance, 1)) + "% (squared distance " +
           fixed(results.pins->distance, 1) + " over " + std::to_string(results.pins->months) + " driver-months)\n";
  }
  if (!results.evidence) return text;
  const double left = results.evidence->effective_paths;
  text += "observations leave " + grouped(std::llround(left)) + " of " + grouped(results.statistics.paths_done) +
          " paths in effect\n";
  if (results.summary.empty() && results.contributions.empty())
    text += "note: too few for tables; they come with the rest of the paths\n";
  else if (left < 0.01 * static_cast<double>(results.statistics.paths_done))
    text += "warning: fewer than 1% of the paths count: the scenario finds the observations unlikely\n";
  return text;
}

/// CSV of several scenarios in one table: a first column `scenario`.
std::string with_scenario_column(const std::string& csv, const std::string& name, bool with_header) {
  std::string text;
  bool header = true;
  for (std::size_t at = 0; at < csv.size();) {
    const std::size_t end = csv.find('\n', at);
    const std::string row = csv.substr(at, end - at + 1);
    if (!header) text += name + "," + row;
    if (header && with_header) text += "scenario," + row;
    header = false;
    at = end + 1;
  }
  return text;
}

std::string result_text(const RunResults& results, const RunContext& context, const std::string& digest,
                        const std::string& folder, const std::string& format, std::size_t number, std::size_t all) {
  if (format == "csv") {
    const std::string csv = summary_csv(results);
    return all == 1 ? csv : with_scenario_column(csv, context.scenario_name, number == 0);
  }
  if (format == "json") {
    const std::string json = results_json(results, context, digest, folder);
    return all == 1 ? json : (number == 0 ? "[" : ",") + json;
  }
  if (results.summary.empty() && results.contributions.empty()) return "";
  return (number == 0 ? "" : "\n") + terminal_table(results, context, terminal_style());
}

std::int64_t paths_asked(const RunTask& task) {
  return task.context.shard ? task.context.shard->paths : task.context.plan_paths;
}

std::string resume_hint(const RunTask& task, const std::string& does) {
  return "make room; 'plimsoll resume " + task.folder + "' then " + does;
}

/// A state on the way that cannot be written is a warning: the paths go on, and the next one may be.
void save_state(const RunTask& task, const std::string& bytes, RunOptions::Save when) {
  const fs::path file = fs::path(task.folder) / "state.bin";
  if (when == RunOptions::Save::at_the_end) {
    std::error_code ignored;
    const bool has_one = fs::exists(file, ignored);
    with_advice(has_one ? "the state that was written before" : "no path: no state was written before",
                resume_hint(task, has_one ? "goes on from that state" : "begins again"),
                [&] { write_file_atomically(file, bytes); });
    return;
  }
  try {
    write_file_atomically(file, bytes);
  } catch (const std::system_error& error) {
    std::cerr << "\nwarning: no checkpoint: " << error.what() << std::endl;
  }
}

bool is_new(const RunTask& task) { return task.context.continued.empty(); }

/// What stands at the beginning.
void begin_folder(const RunTask& task) {
  RunStatistics so_far;
  if (task.begun) so_far.paths_done = task.begun->tally.sums.paths();
  with_advice(is_new(task) ? "nothing: no path is simulated yet" : "what the run had done before",
              is_new(task) ? "make room, or give --out another folder; then give the command again"
                           : resume_hint(task, "goes on with it"),
              [&] {
                // One of fewer paths must not stand beside the tables to come.
                fs::remove(fs::path(task.folder) / "samples.nc");
                begin_run_folder(task.folder, task.context, so_far);
              });
}

/// Where one cannot begin, no new one leaves anything that a later command would stumble over.
void begin_folders(const std::vector<RunTask>& tasks) {
  try {
    for (const RunTask& task : tasks) begin_folder(task);
  } catch (...) {
    for (const RunTask& task : tasks) {
      if (is_new(task)) remove_run_files(task.folder);
    }
    throw;
  }
}

/// Tables are made while the last state is written, and written when it is there.
std::string write_results(const RunTask& task, const RunResults& results, LastState& last_state) {
  const std::int64_t paths = results.statistics.paths_done;
  const auto wait_for_state = [&] {
    try {
      last_state.wait();
    } catch (...) {
      ProgressFile(task.folder).end(0, paths_asked(task), "failed");
      throw;
    }
  };
  return with_advice("state.bin, the sums of " + grouped(paths / kStatisticsBlock * kStatisticsBlock) + " paths",
                     resume_hint(task, "writes the tables without simulating these again"), [&] {
                       try {
                         return write_run_folder(task.folder, results, task.context, wait_for_state);
                       } catch (...) {
                         wait_for_state();  // a state that is not there is not kept
                         throw;
                       }
                     });
}

/// Makes the task one of so many paths.
void set_paths(RunTask& task, std::int64_t paths) {
  Scenario& scenario = task.loaded.scenario.scenario;
  task.context.plan_paths = paths;
  task.context.resolved_yaml = with_paths(task.context.resolved_yaml, paths);
  if (scenario.paths == paths) return;
  scenario.paths = paths;
  task.loaded.simulation = std::make_unique<Simulation>(scenario, task.loaded.calibration);
}

/// Doubles the paths until the targets are reached, each time going on from what is done. A run that was stopped goes
/// on at the first look that is not behind it: the earlier ones have missed the targets.
RunResults run_to_targets(RunTask& task, RunOptions options, LastState& last_state) {
  const std::int64_t most = task.context.most_paths;
  const std::int64_t done = options.begun ? options.begun->tally.sums.paths() : 0;
  std::string state;
  options.save = [&, keep = options.save](std::string bytes, std::int64_t paths, RunOptions::Save when) {
    if (when == RunOptions::Save::at_the_end) state = bytes;
    keep(std::move(bytes), paths, when);
  };
  for (std::int64_t paths = first_look(done, most);; paths = next_look(paths, most)) {
    set_paths(task, paths);
    RunResults results = run(*task.loaded.simulation, options);
    results.accuracy = accuracy_of(task.targets, results);
    const bool stopped = results.statistics.paths_done < paths;
    if (stopped || paths == most || all_reached(results.accuracy)) return results;
    last_state.wait();  // a full disk is told before the next, longer look
    options.begun = std::make_shared<State>(parse_state(state, "state.bin"));
  }
}

std::string accuracy_text(const RunResults& results) {
  std::string text;
  for (const AccuracyOutcome& o : results.accuracy) {
    char se[32];
    std::snprintf(se, sizeof se, "%.3g", o.se);
    text +=
        o.target + ": standard error " + se + (o.unit == "pct" ? " pp" : " " + o.unit) +
        (o.se <= o.asked_se ? ", reached" : ", not reached with all paths that were allowed; --paths sets how many") +
        "\n";
  }
  return text;
}

RunResults simulate(RunTask& task, const CommandLine& line, int threads, LastState& last_state) {
  const Progress::Kind kind = progress_kind(line.quiet);
  std::cerr << memory_warning(size_of_run(*task.loaded.simulation, threads).memory.all(), memory_limit());
  Progress progress(kind, task.context.scenario_name);
  ProgressFile file(task.folder);
  RunOptions options;
  options.threads = threads;
  options.progress = [&](std::int64_t done, std::int64_t of) {
    progress.report(done, of);
    file.report(done, of);
  };
  options.stop = &watch_signals();
  options.blocks = task.blocks;
  options.begun = task.begun;
  options.run_hash = task.loaded.run_hash;
  options.save_every_s = line.checkpoint_s;
  options.save = [&](std::string bytes, std::int64_t, RunOptions::Save when) {
    if (when == RunOptions::Save::at_the_end)
      last_state.begin([&task, bytes = std::move(bytes)] { save_state(task, bytes, RunOptions::Save::at_the_end); });
    else
      save_state(task, bytes, when);
  };
  RunResults results;
  try {
    results = task.targets.empty() ? run(*task.loaded.simulation, options) : run_to_targets(task, options, last_state);
  } catch (...) {
    file.end(0, paths_asked(task), "failed");
    throw;
  }
  file.end(results.statistics.paths_done, paths_asked(task),
           results.statistics.paths_done < paths_asked(task) ? "stopped" : "done");
  results.statistics.paths_requested = paths_asked(task);
  return results;
}

void say_how_to_go_on(const RunTask& task, const RunStatistics& ran) {
  std::cerr << task.context.scenario_name << ": "
            << (task.unfinished.empty() ? "stopped" : "not whole: " + task.unfinished) << "; the results cover "
            << grouped(ran.paths_done) << " of " << grouped(ran.paths_requested) << " paths\nto go on: plimsoll resume "
            << task.folder << std::endl;
}

}  // namespace

RunContext new_context(const Loaded& one, const CommandLine& line) {
  RunContext context;
  const Scenario& scenario = one.scenario.scenario;
  context.scenario_name = scenario.name;
  context.title_en = scenario.title.en;
  context.title_zh = scenario.title.zh;
  context.about = scenario.about;
  context.languages = scenario.report.languages;
  context.calibration = one.calibration.name;
  context.calibration_sha256 = one.calibration.sha256;
  context.as_of = to_string(scenario.as_of.value_or(one.calibration.as_of));
  context.known_on = to_string(one.calibration.known_on);
  context.horizon = to_string(scenario.horizon);
  context.resolved_yaml = one.scenario.resolved_yaml;
  context.run_hash = one.run_hash;
  context.seed = scenario.seed;
  context.sampling = scenario.sampling;
  context.started_utc = utc("%Y-%m-%dT%H:%M:%SZ");
  context.command_line = line.whole;
  for (const InputFile& file : one.scenario.inputs) context.inputs.emplace_back(file.path, file.sha256);
  context.inputs.emplace_back("calibration:" + one.calibration.name, one.calibration.sha256);
  context.libraries = library_versions();
  context.assumptions = assumptions_beside_base(one);
  context.validation = last_validation(one.calibration.name);
  context.files = default_choice();
  choose_documents(line, context);
  context.plan_paths = scenario.paths;
  context.engine_number = kEngineNumber;
  context.outputs_hash = hash_of_outputs(one.simulation->plan().outputs);
  context.calibrations_folder = one.calibrations_folder;
  return context;
}

bool too_many_unsolved(const RunStatistics& ran) {
  constexpr double kMost = 0.001;
  return static_cast<double>(ran.paths_unsolved) > kMost * static_cast<double>(ran.paths_done);
}

void take_up_samples(RunTask& task) {
  if (!task.context.kept_samples.empty()) task.samples = request_samples(task.loaded, task.context.kept_samples);
}

BlockRange shard_blocks(std::int64_t paths, int number, int of) {
  const std::int64_t blocks = (paths + kStatisticsBlock - 1) / kStatisticsBlock;
  // floor(blocks k / of) without overflow.
  const auto edge = [&](std::int64_t k) { return blocks / of * k + blocks % of * k / of; };
  return {edge(number - 1), edge(number)};
}

int work_on(std::vector<RunTask>& tasks, const CommandLine& line, int threads, JointDocuments* joint) {
  const std::atomic<bool>& stop = watch_signals();
  begin_folders(tasks);
  const bool json_list = line.format == "json" && tasks.size() > 1;
  std::optional<OutputError> output_error;
  bool stopped = false;
  int code = kSuccess;
  std::size_t printed = 0;
  for (RunTask& task : tasks) {
    if (stop) {
      std::cerr << "stopped before scenario " << task.context.scenario_name << "\nto go on: plimsoll resume "
                << task.folder << "\n";
      stopped = true;
      continue;
    }
    LastState last_state;
    RunResults results;
    try {
      results = simulate(task, line, threads, last_state);
    } catch (...) {  // what is printed so far is whole
      if (json_list && !output_error) print(printed == 0 ? "[]\n" : "]\n");
      throw;
    }
    const RunStatistics& ran = results.statistics;
    const bool incomplete = ran.paths_done < ran.paths_requested;
    if (ran.paths_unsolved > 0 && code != kFailure) code = too_many_unsolved(ran) ? kFailure : kPartial;
    if (ran.paths_done == 0) {
      std::cerr << task.context.scenario_name << ": stopped before any path was done\nto go on: plimsoll resume "
                << task.folder << std::endl;
      stopped = true;
      continue;
    }
    const std::string digest = write_results(task, results, last_state);
    if (joint != nullptr) joint->add(results, task.context, digest);
    try {
      if (!output_error)
        print(result_text(results, task.context, digest, task.folder, line.format, printed, tasks.size()));
    } catch (const OutputError& error) {
      output_error = error;
    }
    ++printed;
    if (!line.quiet) {
      std::cerr << evidence_text(results) << accuracy_text(results) << statistics_text(ran) << "\ndigest " << digest
                << "\nwritten to " << task.folder << std::endl;
    }
    if (!incomplete && !task.targets.empty() && !all_reached(results.accuracy) && code == kSuccess)
      code = kAccuracyNotReached;
    const auto write_samples = [&] {
      return keep_samples(*task.samples, task.folder, ran.paths_done, threads, progress_kind(line.quiet), task.context);
    };
    if (task.samples && !incomplete &&
        !with_advice("the tables and the state", resume_hint(task, "writes samples.nc"), write_samples))
      stopped = true;
    if (incomplete) say_how_to_go_on(task, ran);
    if (incomplete && task.unfinished.empty())
      stopped = true;
    else if (incomplete && code == kSuccess)
      code = kPartial;
  }
  if (json_list && !output_error) print(printed == 0 ? "[]\n" : "]\n");
  if (joint != nullptr) {
    const auto names = with_advice("every run's own folder", "make room; 'plimsoll report' makes the files of each run",
                                   [&] { return joint->write(); });
    for (const std::string& name : names) {
      if (!line.quiet) std::cerr << "all of them: " << name << std::endl;
    }
  }
  if (output_error) throw *output_error;
  return stopped ? signal_exit_code() : code;
}

}  // namespace plimsoll
