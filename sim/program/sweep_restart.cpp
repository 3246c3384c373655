/// \file
/// resume, merge, extend and report on sweep folders.
#include <algorithm>
#include <filesystem>

#include "outputs/atomic_file.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "outputs/sweep_terminal.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/slurm_sweep.hpp"
#include "sim/program/sweep_folder.hpp"
#include "sim/program/sweep_setup.hpp"
#include "sim/program/threads.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// Results of plans that this one has taken the place of.
void clear_replaced(const std::string& folder, const SweepPlan& plan) {
  for (const fs::path& file : results_files(folder)) {
    const StoredResults stored = read_results(file);
    std::error_code ignored;
    if (stored.state == StoredResults::State::whole && !belongs(plan, stored)) fs::remove(file, ignored);
  }
}

/// Takes the results of `from` into `folder`, file by file; what both hold under one name is joined.
void take_results(const SweepPlan& plan, const std::string& from, const std::string& folder) {
  fs::create_directories(results_folder(folder));
  for (const fs::path& file : results_files(from)) {
    const StoredResults theirs = read_results(file);
    if (!belongs(plan, theirs)) continue;
    const fs::path target = results_folder(folder) / file.filename();
    Outcomes all;
    for (const StoredResults& stored : {read_results(target), theirs}) {
      if (!belongs(plan, stored)) continue;
      for (const PointLine& line : lines_of(stored.text)) {
        const auto known = all.find(line.point);
        if (known == all.end() || (known->second.failed() && !line.failed))
          all[line.point] = outcome_of(stored.text.substr(line.at, line.length));
      }
    }
    write_file_atomically(target, results_text(plan, all));
  }
}

int threads_of(const CommandLine& line) { return choose_threads(line.threads, read_environment()).threads; }

}  // namespace

bool are_sweeps(const std::string& verb, const std::vector<std::string>& names) {
  const auto sweeps =
      std::count_if(names.begin(), names.end(), [](const std::string& n) { return is_sweep_folder(n); });
  if (sweeps > 0 && sweeps < static_cast<std::ptrdiff_t>(names.size()))
    refuse_usage("'" + verb + "' takes folders of sweeps, or of runs, not both", "", "name them one by one");
  return sweeps > 0;
}

int resume_sweeps(const CommandLine& line) {
  chosen_sweep_files(line);
  watch_signals();
  int code = kSuccess;
  for (const std::string& folder : line.names) {
    const SweepPlan plan = read_plan(folder);
    clear_replaced(folder, plan);
    const int own = work_on_sweep(folder, plan, line, threads_of(line));
    if (code == kSuccess) code = own;
    if (own == kStoppedByUser1 || own == kStoppedByInterrupt) return own;
  }
  return code;
}

int merge_sweeps(const CommandLine& line) {
  if (line.names.size() > 1 && !line.out)
    refuse_usage("'merge' of several folders needs --out", "the whole goes into a folder of its own", "add --out DIR");
  chosen_sweep_files(line);
  const SweepPlan plan = read_plan(line.names.front());
  std::vector<Problem> problems;
  for (const std::string& folder : line.names) {
    const std::string why = difference(plan, read_plan(folder));
    if (!why.empty())
      problems.push_back({Place{folder}, "", "this is a sweep of another plan than " + line.names.front(), why,
                          "leave it out, or run it again as the others"});
  }
  if (!problems.empty()) throw InputError(InputKind::incompatible, problems);
  for (const std::string& folder : line.names)
    SweepIndex(plan, results_files(folder));  // refuses another plan's results
  if (!line.out) return finish_sweep(line.names.front(), plan, line);
  begin_sweep_folder(*line.out, plan, false);
  for (const std::string& folder : line.names) take_results(plan, folder, *line.out);
  return finish_sweep(*line.out, plan, line);
}

int extend_sweep(const CommandLine& line) {
  chosen_sweep_files(line);
  const std::string& folder = line.names.front();
  const SweepPlan plan = read_plan(folder);
  const std::int64_t paths = std::stoll(*line.paths);
  if (std::find(plan.fields.begin(), plan.fields.end(), "paths") != plan.fields.end())
    refuse_usage("the sweep varies 'paths' itself", "there is no one number of paths to add to",
                 "run another sweep, with other levels");
  if (paths < plan.paths)
    refuse_usage("the sweep has " + std::to_string(plan.paths) + " paths already, more than " + *line.paths,
                 "paths are added, never taken away", "ask for more, or run the sweep again");
  const bool on_slurm = goes_to_slurm(line);
  if (paths == plan.paths)
    return on_slurm ? resume_on_slurm(line) : work_on_sweep(folder, plan, line, threads_of(line));
  refuse_while_queued(folder);
  watch_signals();
  const SweepPlan longer = with_paths(plan, paths);
  const auto replace = [&] {
    write_file_atomically(fs::path(folder) / "plan.json", plan_json(longer));
    // From here on the folder is that of the longer sweep; tables of the shorter one would not say so.
    std::error_code ignored;
    for (const char* name : {"merged.csv", "merged.nc", "failures.csv", "report.html", "manifest.json"})
      fs::remove(fs::path(folder) / name, ignored);
    clear_replaced(folder, longer);
  };
  if (on_slurm) return extend_on_slurm(folder, longer, line, replace);
  replace();
  return work_on_sweep(folder, longer, line, threads_of(line));
}

int report_sweeps(const CommandLine& line) {
  if (line.out) refuse_usage("the files of a sweep stay in its folder", "", "leave out --out");
  chosen_sweep_files(line);
  int code = kSuccess;
  for (const std::string& folder : line.names) {
    CommandLine quiet = line;
    quiet.quiet = true;
    code = std::max(code, finish_sweep(folder, read_plan(folder), quiet));
  }
  return code;
}

}  // namespace plimsoll
