#include <chrono>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "outputs/atomic_file.hpp"
#include "outputs/build_facts.hpp"
#include "outputs/number_format.hpp"
#include "outputs/run_folder.hpp"
#include "outputs/stress_memo.hpp"
#include "outputs/stress_tables.hpp"
#include "sim/comparison.hpp"
#include "sim/plan.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/progress.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/run_tasks.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/stress_setup.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"
#include "sim/stress.hpp"
#include "sim/variance_split.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

const NameOfLanguage kMemo{"memo.", ".md"}, kHeatmap{"heatmap.", ".svg"};

/// The suite on its way: what ran, and what failed.
class StressRunner {
 public:
  StressRunner(StressSetup& setup, const CommandLine& line, int threads)
      : setup_(setup), line_(line), threads_(threads), stop_(watch_signals()) {
    const Loaded& base = setup.members.front().loaded;
    const StressSuite& suite = setup.suite;
    results.suite = suite.name;
    results.title = suite.title;
    results.question = suite.about.question;
    results.baseline_title = base.scenario.scenario.title;
    results.headline = setup.plan.cells[static_cast<std::size_t>(setup.plan.headline)];
    results.order = suite.order == StressSuite::Order::mean ? "mean" : "p05";
    for (const SuiteEvent& threshold : suite.thresholds) results.thresholds.push_back(threshold.event);
    for (std::size_t c = 0; c < setup.plan.cells.size(); ++c) {
      results.periods[setup.plan.cells[c].period] = setup.plan.periods[c];
      results.units[setup.plan.cells[c].series] = setup.plan.units[c];
    }
    results.recovery_tolerance_pct = suite.recovery_tolerance_pct;
    results.simulated_months = setup.plan.history.last() - setup.plan.history.as_of;
    results.titles = base.simulation->plan().titles;
    results.as_of = to_string(base.calibration.as_of);
    results.known_on = to_string(base.calibration.known_on);
    results.calibration = base.calibration.name;
    results.horizon = to_string(base.scenario.scenario.horizon);
    results.sampling = base.scenario.scenario.sampling;
    results.seed = base.scenario.scenario.seed;
    results.paths = base.scenario.scenario.paths;
  }

  /// False when asked to stop before the baseline was done. A scenario that fails is told and left; the baseline must
  /// not fail.
  bool run() {
    JointRun baseline = simulate(setup_.members.front(), nullptr);
    if (stopped()) return false;
    for (std::size_t k = 0; k < setup_.members.size() && !stopped(); ++k) {
      StressMember& member = setup_.members[k];
      StressScenario out = named(member);
      if (k == 0) {
        out.severity = "baseline";
        out.title = {"Baseline", "基准情景"};
      }
      try {
        const JointRun own = k == 0 ? JointRun{} : simulate(member, &baseline);
        if (stopped()) break;
        const JointRun& run = k == 0 ? baseline : own;
        require_solved(run.statistics);
        fill_scenario(setup_.plan, results.thresholds.size(), baseline, run, out);
        if (setup_.suite.variance_draws > 0)
          out.variance =
              split_variance(*member.loaded.simulation, member.outputs[static_cast<std::size_t>(setup_.plan.headline)],
                             setup_.suite.variance_draws, options(nullptr));
        if (stopped()) break;
      } catch (const std::exception& error) {
        if (k == 0) throw;
        out = named(member);
        out.failure = error.what();
        std::cerr << member.name << ": failed, the others go on: " << error.what() << std::endl;
      }
      seconds += out.statistics.seconds;
      results.scenarios.push_back(std::move(out));
    }
    results.missing = setup_.members.size() - results.scenarios.size();
    order_by_severity(setup_.suite.order, results.scenarios);
    if (!stopped()) tell_story();
    return !results.scenarios.empty();
  }
  bool stopped() const { return stop_.load(); }

  StressResults results;
  double seconds = 0;

 private:
  static StressScenario named(const StressMember& member) {
    StressScenario out;
    out.name = member.name;
    out.severity = member.asked.severity;
    out.risk = member.asked.risk;
    out.note = member.asked.note;
    const bool own = !member.asked.title.en.empty() || !member.asked.title.zh.empty();
    out.title = own ? member.asked.title : member.loaded.scenario.scenario.title;
    out.run_hash = member.loaded.run_hash;
    return out;
  }

  RunOptions options(Progress* progress) const {
    RunOptions options;
    options.threads = threads_;
    options.stop = &stop_;
    if (progress != nullptr)
      options.progress = [progress](std::int64_t done, std::int64_t of) { progress->report(done, of); };
    return options;
  }

  JointRun simulate(const StressMember& member, const JointRun* baseline) const {
    Progress progress(progress_kind(line_.quiet), member.name);
    const StressMember& base = setup_.members.front();
    return run_jointly(setup_.plan, baseline == nullptr ? nullptr : base.loaded.simulation.get(), base.outputs,
                       *member.loaded.simulation, member.outputs,
                       baseline == nullptr ? std::vector<double>{} : baseline->driver_centre, options(&progress));
  }

  static void require_solved(const RunStatistics& ran) {
    if (too_many_unsolved(ran))
      throw std::runtime_error(grouped(ran.paths_unsolved) + " of " + grouped(ran.paths_done) +
                               " paths have no market equilibrium");
  }

  /// What drives the worst scenario away from the baseline.
  void tell_story() {
    const StressScenario* worst = worst_of(results);
    if (worst == nullptr || results.headline.series != "exports.total.yoy") return;
    const auto member = std::find_if(setup_.members.begin(), setup_.members.end(),
                                     [&](const StressMember& m) { return m.name == worst->name; });
    const ComparisonResults compared =
        compare(*setup_.members.front().loaded.simulation, *member->loaded.simulation, options(nullptr));
    if (stopped()) return;
    for (const DifferenceRow& row : compared.contributions) {
      if (row.by != "driver" || to_string(row.period) != results.headline.period) continue;
      results.story.push_back({row.key,
                               {row.base.value, row.base.se},
                               {row.other.value, row.other.se},
                               {row.difference.mean, row.difference.se_mean}});
    }
    std::stable_sort(results.story.begin(), results.story.end(), [](const StoryRow& x, const StoryRow& y) {
      return std::abs(x.difference.value) > std::abs(y.difference.value);
    });
  }

  StressSetup& setup_;
  const CommandLine& line_;
  int threads_;
  const std::atomic<bool>& stop_;
};

using Json = nlohmann::ordered_json;

Json scenario_json(const StressScenario& s) {
  Json one{{"name", s.name}, {"run_hash", s.run_hash}};
  if (!s.failure.empty()) {
    one["status"] = "failed";
    one["failure"] = s.failure;
    return one;
  }
  one["status"] = s.statistics.paths_unsolved > 0 ? "partial" : "complete";
  one["paths"] = {{"done", s.statistics.paths_done}, {"unsolved", s.statistics.paths_unsolved}};
  return one;
}

std::string manifest(const StressSetup& setup, const StressRunner& runner, const CommandLine& line, int threads,
                     const std::string& digest) {
  const StressResults& results = runner.results;
  Json json;
  json["plimsoll_stress_run"] = 1;
  json["status"] = results.missing > 0 ? "partial" : "complete";
  json["suite"] = {{"name", results.suite}, {"inputs", Json::array()}};
  for (const InputFile& input : setup.suite.inputs)
    json["suite"]["inputs"].push_back({{"path", input.path}, {"sha256", input.sha256}});
  json["scenarios"] = Json::array();
  for (const StressScenario& s : results.scenarios) json["scenarios"].push_back(scenario_json(s));
  if (results.missing > 0) json["scenarios_missing"] = results.missing;
  json["gates"] = Json::array();
  for (const StressScenario& s : results.scenarios) {
    for (const GateOutcome& g : s.gates) {
      if (g.holds)
        json["gates"].push_back({{"scenario", s.name},
                                 {"gate", to_string(g.gate)},
                                 {"value", g.figure.value},
                                 {"se", g.figure.se},
                                 {"within_two_errors", g.close}});
    }
  }
  json["digest"] = digest;
  json["seed"] = results.seed;
  json["sampling"] = results.sampling;
  json["paths"] = results.paths;
  const Loaded& base = setup.members.front().loaded;
  json["calibration"] = {{"name", results.calibration}, {"sha256", base.calibration.sha256}};
  json["threads"] = threads;
  json["instruction_set"] = results.scenarios.front().statistics.instruction_set;
  json["simulation_seconds"] = runner.seconds;
  json["version"] = version();
  json["compiler"] = compiler();
  json["written_utc"] = utc("%Y-%m-%dT%H:%M:%SZ");
  json["command_line"] = line.whole;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void write_files(const std::string& folder, const StressSetup& setup, const StressRunner& runner,
                 const CommandLine& line, int threads, const std::string& digest) {
  const fs::path out = folder;
  const StressResults& results = runner.results;
  // All bytes before the first file, so that what fails leaves the folder as it was.
  std::vector<std::pair<std::string, std::string>> files = stress_files(results);
  const StressProvenance provenance{version(), digest};
  const std::vector<Language> languages =
      memo_languages(line, setup.members.front().loaded.scenario.scenario.report.languages);
  for (const Language language : languages) {
    files.emplace_back(kMemo.of(language), stress_memo(results, provenance, language));
    files.emplace_back(kHeatmap.of(language), stress_heatmap(results, language));
  }
  for (const StressMember& member : setup.members)
    files.emplace_back("scenarios/" + member.name + ".resolved.yaml", member.loaded.scenario.resolved_yaml);
  files.emplace_back("manifest.json", manifest(setup, runner, line, threads, digest));
  // With --force an older manifest must not vouch for newer tables, nor older files stand beside them.
  for (const char* old : {"manifest.json", "exposures.csv"}) fs::remove(out / old);
  for (const NameOfLanguage& name : {kMemo, kHeatmap}) remove_other_languages(folder, languages, name);
  fs::create_directories(out / "scenarios");
  for (const fs::directory_entry& old : fs::directory_iterator(out / "scenarios")) {
    if (old.path().string().ends_with(".resolved.yaml")) fs::remove(old.path());
  }
  for (const auto& [name, bytes] : files) write_file_atomically(out / name, bytes);
}

/// A gate that holds goes before a scenario that failed: the verdict stands whatever the others had shown.
int exit_code(const StressResults& results) {
  bool partial = false, holds = false;
  for (const StressScenario& s : results.scenarios) {
    partial = partial || !s.failure.empty() || s.statistics.paths_unsolved > 0;
    for (const GateOutcome& g : s.gates) holds = holds || g.holds;
  }
  return holds ? kGateHolds : partial ? kPartial : kSuccess;
}

}  // namespace

int stress_verb(const CommandLine& line) {
  if (line.names.size() != 1)
    refuse_usage("'stress' takes one suite", "a file, or a shipped one", "for example: plimsoll stress risks");
  memo_languages(line, {});  // refused before anything is simulated
  const Environment environment = read_environment();
  const ThreadChoice choice = choose_threads(line.threads, environment);
  StressSetup setup = set_up_stress(line, environment);
  const std::optional<std::string> out = line.out ? line.out : environment.out;
  RunFolders made;
  const std::string folder = out ? *out : made.make_own("runs/stress/" + setup.suite.name);
  if (out) made.prepare(folder, line.force);

  const auto began = std::chrono::steady_clock::now();
  StressRunner runner(setup, line, choice.threads);
  if (!runner.run()) {
    std::cerr << "stopped before the baseline was done; nothing written" << std::endl;
    return signal_exit_code();
  }
  const StressResults& results = runner.results;
  const double took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  const auto files = stress_files(results);
  const std::string digest = digest_of(files);
  write_files(folder, setup, runner, line, choice.threads, digest);
  if (line.format == "csv")
    print(thresholds_csv(results));
  else
    print(line.format == "json" ? stress_json(results) : stress_terminal(results, terminal_style()));
  if (!line.quiet)
    std::cerr << results.scenarios.size() << " scenarios, " << grouped(results.paths) << " paths of each in "
              << fixed(took_s, 1) << " s\ndigest " << digest << "\nwritten to " << folder << std::endl;
  if (runner.stopped()) {
    std::cerr << "stopped; the results cover " << results.scenarios.size() << " of " << setup.members.size()
              << " scenarios, the baseline among them" << std::endl;
    return signal_exit_code();
  }
  return exit_code(results);
}

}  // namespace plimsoll
