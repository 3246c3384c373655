#include <cmath>
#include <filesystem>
#include <iostream>
#include <optional>
#include <set>

#include "outputs/number_format.hpp"
#include "outputs/results_json.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/keep_samples.hpp"
#include "sim/program/library_versions.hpp"
#include "sim/program/load.hpp"
#include "sim/program/memory_limit.hpp"
#include "sim/program/progress.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"
#include "sim/run_size.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// Above this share of unsolved paths a run has failed, though its files are written.
constexpr double kMostUnsolved = 0.001;

std::vector<std::string> folder_names(const std::vector<Loaded>& runs, const std::optional<std::string>& out) {
  std::vector<std::string> folders;
  std::set<std::string> seen;
  const std::string stamp = utc("%Y%m%dT%H%M%SZ");
  for (const Loaded& one : runs) {
    const std::string& name = one.scenario.scenario.name;
    std::string folder = "runs/" + name + "/" + stamp + "-" + one.run_hash.substr(0, 8);
    if (out) folder = runs.size() == 1 ? *out : (fs::path(*out) / name).string();
    if (!seen.insert(folder).second) {
      refuse_usage("two scenarios are named '" + name + "'", "their results would share a folder",
                   "run them one by one");
    }
    folders.push_back(folder);
  }
  return folders;
}

RunContext context_of(const Loaded& one, const CommandLine& line) {
  RunContext context;
  const Scenario& scenario = one.scenario.scenario;
  context.scenario_name = scenario.name;
  context.title_en = scenario.title.en;
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
  for (const std::string& assignment : line.set) context.assumptions.push_back(assignment + " (command line)");
  return context;
}

std::string statistics_text(const RunStatistics& ran) {
  const double rate = ran.seconds > 0 ? static_cast<double>(ran.paths_done) / ran.seconds : 0;
  return grouped(ran.paths_done) + " paths in " + fixed(ran.seconds, 2) + " s (" +
         grouped(static_cast<std::int64_t>(rate)) + " paths/s), " + std::to_string(ran.threads) + " threads, " +
         ran.instruction_set + ", peak memory " + fixed(static_cast<double>(ran.peak_memory_bytes) / 1048576.0, 0) +
         " MiB" +
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
  if (left < 0.01 * static_cast<double>(results.statistics.paths_done))
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
  return (number == 0 ? "" : "\n") + terminal_table(results, context, terminal_style());
}

/// samples.nc beside the results, and a line about it; false when stopped before its end.
bool keep_samples(const SampleRequest& request, const std::string& folder, std::int64_t paths, int threads,
                  const std::atomic<bool>& stop, Progress::Kind kind, const RunContext& context) {
  std::int64_t bytes = 0;
  {
    Progress progress(kind, context.scenario_name + ", samples");
    RunOptions options;
    options.threads = threads;
    options.stop = &stop;
    options.progress = [&](std::int64_t done, std::int64_t of) { progress.report(done, of); };
    bytes = write_samples(request, folder, paths, options, context);
  }
  if (kind != Progress::Kind::none || bytes == 0) {
    std::cerr << context.scenario_name << ": "
              << (bytes == 0 ? std::string("stopped; samples.nc is not written")
                             : "samples.nc holds " + grouped(static_cast<std::int64_t>(request.grid.series.size())) +
                                   " series, " + fixed(static_cast<double>(bytes) / 1048576.0, 1) + " MiB")
              << std::endl;
  }
  return bytes != 0;
}

}  // namespace

int run_verb(const CommandLine& line) {
  if (line.names.empty()) refuse_usage("'run' needs a scenario", "", "for example: plimsoll run base");
  const Environment environment = read_environment();
  const ThreadChoice choice = choose_threads(line.threads, environment);
  const LoadedAll all = load_all(line, environment);
  if (all.exit_code != 0) return all.exit_code;
  const std::vector<std::string> folders = folder_names(all.loaded, line.out ? line.out : environment.out);
  std::vector<SampleRequest> samples;
  if (line.keep_samples) {
    for (const Loaded& one : all.loaded) samples.push_back(request_samples(one, *line.keep_samples));
  }
  RunFolders made;
  for (const std::string& folder : folders) made.prepare(folder, line.force);

  const std::atomic<bool>& stop = watch_signals();
  const Progress::Kind kind = line.quiet             ? Progress::Kind::none
                              : stderr_is_terminal() ? Progress::Kind::bar
                                                     : Progress::Kind::lines;
  std::optional<OutputError> output_error;
  bool incomplete = false;
  int code = kSuccess;
  std::size_t printed = 0;
  for (std::size_t i = 0; i < all.loaded.size(); ++i) {
    const Loaded& one = all.loaded[i];
    if (stop) {
      std::cerr << "stopped before scenario " << one.scenario.scenario.name << "\n";
      incomplete = true;
      break;
    }
    const RunContext context = context_of(one, line);
    std::cerr << memory_warning(size_of_run(*one.simulation, choice.threads).memory.all(), memory_limit());
    RunResults results;
    {
      Progress progress(kind, context.scenario_name);
      RunOptions options;
      options.threads = choice.threads;
      options.progress = [&](std::int64_t done, std::int64_t of) { progress.report(done, of); };
      options.stop = &stop;
      options.state_file = (fs::path(folders[i]) / "state.bin").string();
      options.run_hash = one.run_hash;
      try {
        results = run(*one.simulation, options);
      } catch (...) {  // what is printed so far is whole
        if (line.format == "json" && all.loaded.size() > 1 && !output_error) print(printed == 0 ? "[]\n" : "]\n");
        throw;
      }
    }
    const RunStatistics& ran = results.statistics;
    incomplete = ran.paths_done < ran.paths_requested;
    if (ran.paths_unsolved > 0 && code != kFailure)
      code = static_cast<double>(ran.paths_unsolved) > kMostUnsolved * static_cast<double>(ran.paths_done) ? kFailure
                                                                                                           : kPartial;
    if (ran.paths_done == 0) {
      std::error_code ignored;
      fs::remove(fs::path(folders[i]) / "state.bin", ignored);
      std::cerr << context.scenario_name << ": stopped before any path was done; nothing written\n";
      break;
    }
    std::error_code none;
    fs::remove(fs::path(folders[i]) / "samples.nc", none);  // with --force: of another run
    const std::string digest = write_run_folder(folders[i], results, context);
    try {
      if (!output_error) print(result_text(results, context, digest, folders[i], line.format, i, all.loaded.size()));
    } catch (const OutputError& error) {
      output_error = error;
    }
    ++printed;
    const bool keeps = !samples.empty() && !incomplete;
    if (keeps) incomplete = !keep_samples(samples[i], folders[i], ran.paths_done, choice.threads, stop, kind, context);
    if (!line.quiet) {
      std::cerr << evidence_text(results) << statistics_text(ran) << "\ndigest " << digest << "\nwritten to "
                << folders[i] << std::endl;
    }
    if (incomplete) {
      std::cerr << context.scenario_name << ": stopped; the results cover " << grouped(ran.paths_done) << " of "
                << grouped(ran.paths_requested)
                << " paths\nto have all of them: the same command again, with --force or another --out" << std::endl;
      break;
    }
  }
  if (line.format == "json" && all.loaded.size() > 1 && !output_error) print(printed == 0 ? "[]\n" : "]\n");
  if (output_error) throw *output_error;
  return incomplete ? signal_exit_code() : code;
}

}  // namespace plimsoll
