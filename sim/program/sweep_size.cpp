/// \file
/// plan of a sweep: points, memory and time before it starts, with a measured point.
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "outputs/number_format.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "outputs/sweep_results.hpp"
#include "sim/plan.hpp"
#include "sim/program/memory_limit.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/sweep_folder.hpp"
#include "sim/program/sweep_points.hpp"
#include "sim/program/sweep_setup.hpp"
#include "sim/program/threads.hpp"
#include "sim/run_size.hpp"

namespace plimsoll {
namespace {

using Clock = std::chrono::steady_clock;

struct SweepSize {
  double setup_seconds = 0, point_seconds = 0, seconds = 0;  ///< a point's setting up, all of a point, the sweep
  std::int64_t memory_bytes = 0, results_bytes = 0;
};

SweepSize measure(const SweepPlan& plan, int threads, int cpus) {
  const SweepPoints points(plan);
  SweepSize size;
  std::optional<Simulation> one;
  for (std::int64_t k = 0; k < plan.point_count() && !one; ++k) {
    try {
      points.simulation(k);  // what all points share is made once
      const Clock::time_point began = Clock::now();
      one.emplace(points.simulation(k));
      size.setup_seconds = std::chrono::duration<double>(Clock::now() - began).count();
    } catch (const InputError&) {  // a point that fails takes no time; another one is measured
    }
  }
  const std::int64_t blocks = (plan.paths + kStatisticsBlock - 1) / kStatisticsBlock;
  size.point_seconds = size.setup_seconds + static_cast<double>(blocks) * time_of_run(*one, 1, 1).block_seconds;
  const std::int64_t at_work = std::max<std::int64_t>(1, std::min<std::int64_t>(threads, cpus));
  size.seconds = size.point_seconds * static_cast<double>(plan.point_count()) / static_cast<double>(at_work);
  RunSize run = size_of_run(*one, 1);
  const std::int64_t own = run.memory.all() - run.memory.program;
  Outcomes outcome{
      {plan.point_count() - 1, {"", 0, {plan.outputs.size(), {-12.345678901234567, 0.12345678901234567}}}}};
  const auto line = static_cast<std::int64_t>(results_text(plan, outcome).size());
  size.results_bytes = line * plan.point_count();
  size.memory_bytes = run.memory.program + own * at_work + 2 * size.results_bytes +
                      static_cast<std::int64_t>(plan_json(plan).size()) * 3;
  return size;
}

std::string seconds_text(double seconds) {
  constexpr double kHour = 3600;
  if (seconds < 10) return fixed(seconds, 1) + " s";
  if (seconds < 120) return fixed(seconds, 0) + " s";
  return seconds < 2 * kHour ? fixed(seconds / 60, 0) + " min" : fixed(seconds / kHour, 1) + " h";
}

}  // namespace

int plan_sweep_size(const CommandLine& line) {
  if (line.keep_samples) refuse_usage("a sweep keeps no samples", "", "run the point by itself: --set, --keep-samples");
  const Environment environment = read_environment();
  const SweepPlan plan = plan_sweep(line.names.front(), line, environment);
  const int threads = choose_threads(line.threads, environment).threads;
  const SweepSize size = measure(plan, threads, affinity_cpus());
  if (line.format == "json") {
    const nlohmann::ordered_json json{{"sweep", plan.name},
                                      {"scenario", plan.scenario},
                                      {"points", plan.point_count()},
                                      {"paths", plan.paths},
                                      {"threads", threads},
                                      {"fields", plan.fields},
                                      {"outputs", plan.outputs.size()},
                                      {"plan_hash", plan.hash},
                                      {"memory_bytes", size.memory_bytes},
                                      {"results_bytes", size.results_bytes},
                                      {"seconds", size.seconds},
                                      {"point_seconds", size.point_seconds},
                                      {"setup_seconds", size.setup_seconds}};
    print(json.dump(2) + "\n");
    return 0;
  }
  const auto row = [](const std::string& name, const std::string& text) {
    return "  " + left_aligned(name, 16) + text + "\n";
  };
  std::string fields;
  for (const std::string& field : plan.fields) fields += (fields.empty() ? "" : ", ") + field;
  print("Plan of sweep " + plan.name + ": " + grouped(plan.point_count()) + " points of " + grouped(plan.paths) +
        " paths of " + plan.scenario + " on " + std::to_string(threads) + (threads == 1 ? " thread\n" : " threads\n") +
        row("design", to_string(plan.design) + " of " + fields) +
        row("outputs", std::to_string(plan.outputs.size()) + " figures a point, each with its error") +
        row("memory", memory_text(size.memory_bytes) + " at most") +
        row("results", memory_text(size.results_bytes) + " on disk") +
        row("time", "about " + seconds_text(size.seconds) +
                        " (a point on one thread: " + fixed(1000 * size.point_seconds, 1) +
                        " ms, of which setting up " + fixed(1000 * size.setup_seconds, 1) + " ms, measured now)") +
        row("folder", usual_sweep_folder(plan, environment.out)));
  return 0;
}

}  // namespace plimsoll
