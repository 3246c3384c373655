/// \file
/// sweep: a design of scenarios, point by point.
#include <chrono>
#include <iostream>

#include "outputs/number_format.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/slurm_sweep.hpp"
#include "sim/program/sweep_folder.hpp"
#include "sim/program/sweep_runner.hpp"
#include "sim/program/sweep_setup.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {

int work_on_sweep(const std::string& folder, const SweepPlan& plan, const CommandLine& line, int threads) {
  const auto began = std::chrono::steady_clock::now();
  const ShardOutcome done = run_sweep(folder, plan, line.shard, line, threads);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  const std::string part =
      line.shard ? "shard " + std::to_string(line.shard->number) + " of " + std::to_string(line.shard->of) + ": " : "";
  if (!line.quiet)
    std::cerr << part << grouped(done.simulated) << " points of " << grouped(plan.paths) << " paths in "
              << fixed(seconds, 2) << " s"
              << (done.before > 0 ? ", " + grouped(done.before) + " were done before" : std::string()) << ", "
              << threads << (threads == 1 ? " thread" : " threads") << std::endl;
  if (done.stopped) {
    std::cerr << plan.name << ": stopped; " << grouped(done.before + done.simulated) << " of " << grouped(done.points)
              << " points are done\nto go on: plimsoll resume " << folder << std::endl;
    const int code = signal_exit_code();
    return code == kStoppedByTerminate ? kStoppedByUser1 : code;  // what a scheduler ends is to come again
  }
  if (!line.shard) return finish_sweep(folder, plan, line);
  if (done.failed > 0)
    std::cerr << part << grouped(done.failed) << " points failed; 'plimsoll status " << folder << "' lists them"
              << std::endl;
  return done.failed > 0 ? kPartial : kSuccess;
}

int sweep_verb(const CommandLine& line) {
  if (line.names.size() != 1)
    refuse_usage("'sweep' takes one sweep", "a file, or a shipped one", "for example: plimsoll sweep capex-memory");
  const Environment environment = read_environment();
  const ThreadChoice choice = choose_threads(line.threads, environment);
  chosen_sweep_files(line);
  const bool submits = goes_to_slurm(line);
  watch_signals();
  const SweepPlan asked = plan_sweep(line.names.front(), line, environment);
  const std::string folder = usual_sweep_folder(asked, line.out ? line.out : environment.out);
  if (submits) return sweep_on_slurm(folder, asked, line);
  begin_sweep_folder(folder, asked, line.force);
  return work_on_sweep(folder, read_plan(folder), line, choice.threads);
}

}  // namespace plimsoll
