#include "sim/program/stress_setup.hpp"

#include <algorithm>
#include <utility>

#include "models/scenario_sets.hpp"
#include "scenarios/stress_reader.hpp"
#include "sim/plan.hpp"

namespace plimsoll {
namespace {

using Override = ReadOptions::Override;

std::vector<SuiteGate> gates_of(const StressSuite& suite, const CommandLine& line) {
  std::vector<SuiteGate> gates = suite.gates;
  std::vector<Problem> problems;
  for (const std::string& text : line.fail_if) {
    Problem problem{{"command line"}, "--fail-if", "", "", ""};
    if (const std::optional<Gate> gate = parse_gate(text, problem))
      gates.push_back({*gate, problem.place});
    else
      problems.push_back(problem);
  }
  if (!problems.empty()) throw InputError(InputKind::usage, problems);
  return gates;
}

std::string quoted_list(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "'" : ", '") + item + "'";
  return "[" + text + "]";
}

/// What the suite reports, instead of what the scenario does.
Override reported(const std::vector<std::string>& series, const std::vector<std::string>& contributions) {
  return {"report={series: " + quoted_list(series) + ", contributions: " + quoted_list(contributions) +
              ", single_lunar_months: true}",
          "stress suite"};
}

/// Overrides in the order in which they win: the suite, the scenario in it, what is common, environment and command
/// line.
ReadOptions options_of(const StressSuite& suite, const SuiteScenario* one, const std::vector<Override>& common,
                       const ReadOptions& typed, const Override& report) {
  ReadOptions options{suite.set};
  const auto append = [&](const std::vector<Override>& more) {
    options.overrides.insert(options.overrides.end(), more.begin(), more.end());
  };
  if (one != nullptr) append(one->set);
  append(common);
  append(typed.overrides);
  append({report});
  return options;
}

/// The paths of two scenarios must have the same months, data and weights.
void check_beside(const Loaded& baseline, const Loaded& one, const std::string& name, const Place& place,
                  std::vector<Problem>& problems) {
  const Scenario &a = baseline.scenario.scenario, &b = one.scenario.scenario;
  const auto refuse = [&](const std::string& what, const std::string& why, const std::string& hint) {
    problems.push_back({place, "", name + " " + what, why, hint});
  };
  if (a.horizon != b.horizon)
    refuse("has the horizon " + to_string(b.horizon) + ", the baseline " + to_string(a.horizon),
           "losses are taken month by month", "add set: {horizon: " + to_string(a.horizon) + "}");
  if (baseline.calibration.sha256 != one.calibration.sha256)
    refuse("rests on the calibration " + one.calibration.name + ", the baseline on " + baseline.calibration.name,
           "differences would be those of the data", "add set: {calibration: " + baseline.calibration.name + "}");
  if (!b.observations.empty())
    refuse("has observations, which 'stress' does not weigh", "paths would count differently in the scenarios",
           "use a scenario without observations, or set: {observations: []}");
}

class SetUp {
 public:
  SetUp(const CommandLine& line, const Environment& environment)
      : typed_(overrides_of(line, environment)), line_(line) {}

  StressSetup all() {
    setup_.suite = load_suite(line_.names.front());
    const std::vector<SuiteGate> gates = gates_of(setup_.suite, line_);
    {  // once for its dates and names, then with the suite's outputs
      const Loaded first = load(setup_.suite.baseline, options_of(setup_.suite, nullptr, {}, typed_,
                                                                  reported({"exports.total.yoy"}, {"none"})));
      Scenario everything = first.scenario.scenario;
      everything.report = everything_reported();
      const Calibration& base = first.calibration;
      const Calibration calibration = everything.sets.empty() ? base : with_sets(base, everything.sets);
      setup_.plan = plan_stress(setup_.suite, gates, everything, calibration, select_outputs(everything, calibration));
      common_ = {{"paths=" + std::to_string(everything.paths), "baseline"},
                 {"seed=" + std::to_string(everything.seed), "baseline"},
                 {"sampling=" + everything.sampling, "baseline"}};
    }
    add(nullptr);
    if (!problems_.empty()) throw InputError(kind_, problems_);
    for (const SuiteScenario& one : setup_.suite.scenarios) add(&one);
    if (problems_.empty() && setup_.members.size() == 1)
      problems_.push_back({setup_.suite.scenarios.front().place, "scenarios", "the baseline is the only scenario",
                           "nothing would be held against it", "name others, e.g. scenarios: [capex-stop]"});
    if (!problems_.empty()) throw InputError(kind_, problems_);
    return std::move(setup_);
  }

 private:
  /// A suite may list its baseline among the scenarios, as it is: there is one all the same.
  bool is_baseline(const std::string& name, const Loaded& loaded) const {
    const StressMember& first = setup_.members.front();
    return name == first.name && loaded.run_hash == first.loaded.run_hash;
  }

  void add(const SuiteScenario* one) {
    const std::string what = one == nullptr ? setup_.suite.baseline : one->scenario;
    try {
      Loaded loaded =
          load(what, options_of(setup_.suite, one, common_, typed_,
                                reported(setup_.plan.series_patterns(), setup_.plan.contribution_patterns())));
      warn_of_levels(loaded);
      const std::string own = loaded.scenario.scenario.name;
      const std::string name = one == nullptr || one->name.empty() ? own : one->name;
      if (one != nullptr && is_baseline(name, loaded) && !std::exchange(baseline_listed_, true)) {
        setup_.members.front().asked = *one;
        return;
      }
      const Place place = one == nullptr ? Place{what} : one->place;
      const std::size_t before = problems_.size();
      check_beside(setup_.members.empty() ? loaded : setup_.members.front().loaded, loaded, name, place, problems_);
      const auto same = [&](const StressMember& m) { return m.name == name; };
      if (std::any_of(setup_.members.begin(), setup_.members.end(), same))
        problems_.push_back({place, "", "two scenarios are named '" + name + "'", "the baseline counts too",
                             "give this one another 'name'"});
      if (problems_.size() > before) return;
      std::vector<OutputPlan> outputs = outputs_of_cells(setup_.plan, loaded.simulation->plan().outputs, name);
      setup_.members.push_back({one == nullptr ? SuiteScenario{} : *one, name, std::move(loaded), std::move(outputs)});
    } catch (const InputError& error) {
      if (problems_.empty()) kind_ = error.kind();
      for (Problem problem : error.problems()) {
        if (one != nullptr) problem.why += (problem.why.empty() ? "" : "; ") + ("scenario " + to_string(one->place));
        problems_.push_back(problem);
      }
    }
  }

  ReadOptions typed_;
  const CommandLine& line_;
  std::vector<Override> common_;
  StressSetup setup_;
  bool baseline_listed_ = false;
  InputKind kind_ = InputKind::scenario;
  std::vector<Problem> problems_;
};

}  // namespace

StressSetup set_up_stress(const CommandLine& line, const Environment& environment) {
  return SetUp(line, environment).all();
}

}  // namespace plimsoll
