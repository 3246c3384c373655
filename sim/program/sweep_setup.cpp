#include "sim/program/sweep_setup.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "models/scenario_sets.hpp"
#include "outputs/build_facts.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/resolve.hpp"
#include "scenarios/sweep_reader.hpp"
#include "sim/engine_number.hpp"
#include "sim/plan.hpp"
#include "sim/program/load.hpp"
#include "sim/program/sweep_points.hpp"
#include "sim/stress_plan.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Override = ReadOptions::Override;

/// Fields that shape no figure, or that the outputs decide.
const std::set<std::string> kIdle{"plimsoll", "extends", "name", "title", "about", "check", "report"};

constexpr std::size_t kLongestPath = 250;  // of a name in NetCDF, with something to spare

std::string field_of(const std::string& assignment) { return assignment.substr(0, assignment.find('=')); }
std::string first_step(const std::string& path) { return path.substr(0, path.find_first_of(".[")); }

void check_fields_of(const SweepSpec& sweep, const std::vector<Override>& typed, const ScenarioTemplate& scenario) {
  std::vector<Problem> problems, usage;
  for (const SweptField& field : sweep.fields) {
    const std::string where = "design." + to_string(sweep.kind) + "." + field.path;
    if (kIdle.contains(first_step(field.path)))
      problems.push_back({field.place, where, "'" + first_step(field.path) + "' moves no figure",
                          "all points would be the same", "take it out of the design"});
    const bool sampled = sweep.kind != DesignKind::grid && sweep.kind != DesignKind::zip;
    if (sampled && field.path == "seed")
      problems.push_back({field.place, where, "the seed makes the sample", "a sampled seed would make another one",
                          "sweep seeds in a grid"});
    if (field.path.size() > kLongestPath)
      problems.push_back({field.place, where, "the path is longer than " + std::to_string(kLongestPath) + " characters",
                          "it names a column and a NetCDF dimension", "name fewer fields in the braces, or a set"});
    const std::size_t levels = field.levels.size();
    if (sweep.kind == DesignKind::morris && levels != 0 && levels != 2 && levels != 4)
      problems.push_back({field.place, where, std::to_string(levels) + " levels do not fit",
                          "a Morris design has four, and would not meet these equally often",
                          "give 2 or 4 levels, or a distribution"});
    for (const std::string& path : expanded_paths(field.path)) {
      const std::string level = field.levels.empty() ? "0" : field.levels.front();
      for (const Problem& p : scenario.problems_of({{path + "=" + level, to_string(field.place)}}))
        problems.push_back(p);
      for (const Override& one : typed) {
        if (field_of(one.assignment) == path)
          usage.push_back({{one.origin},
                           path,
                           "the field is swept",
                           "one of the two would have no effect",
                           "leave it out, or take it out of the design"});
      }
    }
  }
  if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  if (!usage.empty()) throw InputError(InputKind::usage, usage);
}

class Planner {
 public:
  Planner(const std::string& what, const CommandLine& line, const Environment& environment)
      : sweep_(load_sweep(what)), typed_(overrides_of(line, environment).overrides) {}

  SweepPlan plan() {
    ReadOptions options{sweep_.set};
    options.overrides.insert(options.overrides.end(), typed_.begin(), typed_.end());
    const ScenarioTemplate whole = ScenarioTemplate::load(sweep_.scenario, options);
    places_ = whole.places();
    check_fields_of(sweep_, typed_, whole);
    describe(whole);
    const std::string seed = whole.value("seed");
    plan_.points = design_points(sweep_, seed.empty() ? Scenario{}.seed : std::atoll(seed.c_str()));
    find_calibrations(whole);
    const CalibrationShelf shelf(plan_.calibrations_folder);

    std::vector<Statistic> statistics;
    std::vector<Place> places;
    for (const SweepOutput& output : sweep_.outputs) {
      statistics.push_back(output.statistic);
      places.push_back(output.place);
    }
    check_names(whole, shelf);
    const FigurePlan figures(statistics);
    Scenario everything = first_valid(
        whole, [&](const Scenario&) {}, shelf);
    everything.report = everything_reported();
    const Calibration& base = shelf.at(everything.calibration).calibration;
    const Calibration own = everything.sets.empty() ? Calibration{} : with_sets(base, everything.sets);
    const OutputSelection all = select_outputs(everything, everything.sets.empty() ? base : own);
    figures.outputs_of(all, places);
    const std::vector<std::string> units = figures.units(all);
    for (std::size_t k = 0; k < sweep_.outputs.size(); ++k) plan_.outputs.push_back({sweep_.outputs[k].text, units[k]});

    // What the plan says is what is checked: its text, read again.
    options.overrides.push_back({figures.report_assignment(), "sweep " + sweep_.name});
    plan_.scenario_yaml = ScenarioTemplate::load(sweep_.scenario, options).yaml();
    const ScenarioTemplate narrow = ScenarioTemplate::parse(plan_.scenario_yaml, plan_.scenario);
    plan_.scenario_json = narrow.canonical_json();
    const Scenario valid = first_valid(
        narrow,
        [&](const Scenario& s) {
          const Simulation checked(s, shelf.at(s.calibration).calibration);
          figures.outputs_of(checked.plan().outputs);
        },
        shelf);
    plan_.paths = valid.paths;
    plan_.seed = valid.seed;
    plan_.sampling = valid.sampling;
    for (SweepPlan::Input& c : plan_.calibrations) c.sha256 = shelf.at(c.name).calibration.sha256;
    plan_.hash = hash_of(plan_);
    return plan_;
  }

 private:
  void describe(const ScenarioTemplate& whole) {
    plan_.name = sweep_.name;
    plan_.title = sweep_.title;
    plan_.about = sweep_.about;
    plan_.scenario = whole.name();
    plan_.design = sweep_.kind;
    plan_.engine_number = kEngineNumber;
    plan_.version = version();
    for (const SweptField& field : sweep_.fields) {
      plan_.fields.push_back(field.path);
      if (sweep_.kind == DesignKind::grid) plan_.levels.push_back(field.levels);
    }
    for (const InputFile& file : sweep_.inputs) plan_.inputs.push_back({file.path, file.sha256});
    for (const InputFile& file : whole.inputs()) plan_.inputs.push_back({file.path, file.sha256});
  }

  /// A number may be out of range at its point alone, which then fails; a misspelt name is wrong before.
  void check_names(const ScenarioTemplate& whole, const CalibrationShelf& shelf) const {
    std::vector<Problem> problems;
    for (const SweptField& field : sweep_.fields) {
      for (const std::string& level : field.levels) {
        if (parse_double(level) || level.find_first_of("{[") == 0) continue;
        for (const std::string& path : expanded_paths(field.path)) {
          try {
            whole.variant({{path + "=" + level, to_string(field.place)}},
                          [&](const std::string& name) { return shelf.at(name).catalog; });
          } catch (const InputError& error) {
            for (Problem p : error.problems()) {
              if (p.path != path) continue;  // of other fields, which the design may mend
              p.place = field.place;
              problems.push_back(p);
            }
          }
        }
      }
    }
    if (!problems.empty()) throw InputError(InputKind::scenario, problems);
  }

  /// The scenario's, or those that the design names.
  void find_calibrations(const ScenarioTemplate& whole) {
    std::set<std::string> names;
    for (const SweptField& field : sweep_.fields) {
      if (field.path == "calibration") names.insert(field.levels.begin(), field.levels.end());
    }
    if (names.empty()) names.insert(whole.calibration());
    const std::string beside = calibrations_beside(sweep_.scenario);
    std::error_code ignored;
    for (const std::string& name : names) {
      plan_.calibrations.push_back({name, ""});
      if (!beside.empty() && fs::is_directory(fs::path(beside) / name, ignored))
        plan_.calibrations_folder = fs::absolute(beside).lexically_normal().string();
    }
  }

  /// The first point that can be read and that `check` has nothing against. \throws InputError of the first point when
  /// there is none.
  template <class Check>
  Scenario first_valid(const ScenarioTemplate& scenario, Check check, const CalibrationShelf& shelf) const {
    std::optional<InputError> first;
    for (std::int64_t k = 0; k < plan_.point_count(); ++k) {
      try {
        Scenario one =
            scenario.variant(assignments(plan_, k), [&](const std::string& name) { return shelf.at(name).catalog; });
        check(one);
        return one;
      } catch (const InputError& error) {
        if (!first) first = error;
      }
    }
    std::vector<Problem> problems = first->problems();
    for (Problem& p : problems) {
      if (p.place.file.empty()) p.place = place_of(p.path, places_);
      if (p.place.file.empty()) p.place.file = sweep_.scenario;
      p.why += (p.why.empty() ? "" : "; ") + std::string("no point of the design can be simulated");
    }
    throw InputError(first->kind(), problems);
  }

  SweepSpec sweep_;
  std::vector<Override> typed_;
  std::map<std::string, Place> places_;  ///< in the scenario's files
  SweepPlan plan_;
};

}  // namespace

SweepPlan plan_sweep(const std::string& what, const CommandLine& line, const Environment& environment) {
  return Planner(what, line, environment).plan();
}

SweepPlan with_paths(const SweepPlan& plan, std::int64_t paths) {
  const ScenarioTemplate now = ScenarioTemplate::parse(plan.scenario_yaml, plan.scenario);
  SweepPlan other = plan;
  other.scenario_yaml = now.with({{"paths=" + std::to_string(paths), "command line"}}).yaml();
  const ScenarioTemplate changed = ScenarioTemplate::parse(other.scenario_yaml, plan.scenario);
  other.scenario_json = changed.canonical_json();
  other.paths = paths;
  other.replaces.push_back(plan.hash);
  other.hash = hash_of(other);
  // The number of paths suits the sampling, or no point could be simulated.
  const CalibrationShelf shelf(plan.calibrations_folder);
  std::optional<InputError> first;
  for (std::int64_t k = 0; k < other.point_count(); ++k) {
    try {
      changed.variant(assignments(other, k), [&](const std::string& name) { return shelf.at(name).catalog; });
      return other;
    } catch (const InputError& error) {
      if (!first) first = error;
    }
  }
  throw *first;
}

}  // namespace plimsoll
