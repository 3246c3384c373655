#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "outputs/number_format.hpp"
#include "outputs/samples_file.hpp"
#include "scenarios/sweep_reader.hpp"
#include "sim/program/keep_samples.hpp"
#include "sim/program/load.hpp"
#include "sim/program/memory_limit.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/sweep_folder.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"
#include "sim/run_size.hpp"

namespace plimsoll {
namespace {

struct Planned {
  std::string scenario;
  RunSize size;
  RunTime time;
  std::optional<std::int64_t> samples_bytes;
  std::optional<MemoryLimit> limit;
};

std::string seconds_text(double seconds) {
  if (seconds < 10) return fixed(seconds, 1) + " s";
  return seconds < 120 ? fixed(seconds, 0) + " s" : fixed(seconds / 60, 0) + " min";
}

std::string line_of(const std::string& name, const std::string& text) {
  return "  " + left_aligned(name, 16) + text + "\n";
}

std::string table_of(const Planned& p) {
  const RunSize& s = p.size;
  const RunMemory& m = s.memory;
  std::string text = "Plan of " + p.scenario + ": " + grouped(s.paths) + " paths of " + std::to_string(s.months) +
                     " months on " + std::to_string(s.threads) + (s.threads == 1 ? " thread\n" : " threads\n");
  text += line_of("outputs", grouped(s.outputs) + ": rows of summary.csv " + grouped(s.summary_rows) +
                                 ", contributions.csv " + grouped(s.contributions) + ", probabilities.csv " +
                                 grouped(s.probabilities) + ", tail.csv " + grouped(s.tail_rows));
  text += line_of("random numbers",
                  grouped(s.normals_per_path) + " a path, " + grouped(s.normals_per_path * s.paths) + " in all");
  text += line_of("memory", memory_text(m.all()) + " at most: accumulators " + memory_text(m.accumulators) +
                                ", paths under way " + memory_text(m.workers) + ", outputs and tables " +
                                memory_text(m.outputs + m.state) + ", program " + memory_text(m.program));
  text += line_of("time", "about " + seconds_text(p.time.seconds) + " (256 paths on one thread: " +
                              fixed(1000 * p.time.block_seconds, 1) + " ms, measured now)");
  if (p.samples_bytes)
    text += line_of("samples.nc", memory_text(*p.samples_bytes) + " before compression, which saves about a tenth");
  if (p.limit) text += line_of("memory here", memory_text(p.limit->bytes) + " " + p.limit->why);
  return text;
}

std::string json_of(const Planned& p) {
  const RunSize& s = p.size;
  nlohmann::ordered_json json{{"scenario", p.scenario},
                              {"paths", s.paths},
                              {"months", s.months},
                              {"threads", s.threads},
                              {"outputs", s.outputs},
                              {"summary_rows", s.summary_rows},
                              {"contribution_rows", s.contributions},
                              {"probability_rows", s.probabilities},
                              {"tail_rows", s.tail_rows},
                              {"random_numbers_per_path", s.normals_per_path},
                              {"random_numbers", s.normals_per_path * s.paths},
                              {"memory_bytes", s.memory.all()},
                              {"accumulator_bytes", s.memory.accumulators},
                              {"worker_bytes", s.memory.workers},
                              {"seconds", p.time.seconds},
                              {"block_seconds", p.time.block_seconds}};
  if (p.samples_bytes) json["samples_bytes"] = *p.samples_bytes;
  if (p.limit) json["available_bytes"] = p.limit->bytes, json["available_why"] = p.limit->why;
  return json.dump(2) + "\n";
}

}  // namespace

int plan_verb(const CommandLine& line) {
  refuse_series_as_names(line);
  if (line.names.size() != 1) refuse_usage("'plan' needs one scenario or sweep", "", "for example: plimsoll plan base");
  if (is_sweep(line.names.front())) return plan_sweep_size(line);
  const Environment environment = read_environment();
  const Loaded one = load(line.names.front(), line, environment);
  warn_of_levels(one);
  const int threads = choose_threads(line.threads, environment).threads;
  Planned planned;
  planned.scenario = one.scenario.scenario.name;
  planned.limit = memory_limit();
  planned.size = size_of_run(*one.simulation, threads);
  planned.time = time_of_run(*one.simulation, threads, affinity_cpus());
  if (line.keep_samples)
    planned.samples_bytes = samples_bytes(request_samples(one, *line.keep_samples).grid, planned.size.paths);
  print(line.format == "json" ? json_of(planned) : table_of(planned));
  std::cerr << memory_warning(planned.size.memory.all(), planned.limit);
  return 0;
}

}  // namespace plimsoll
