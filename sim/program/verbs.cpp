#include "sim/program/verbs.hpp"

#include <iostream>

#include "models/calibration_reader.hpp"
#include "outputs/number_format.hpp"
#include "outputs/sweep_tables.hpp"
#include "scenarios/near_names.hpp"
#include "scenarios/stress_fields.hpp"
#include "scenarios/stress_reader.hpp"
#include "scenarios/sweep_fields.hpp"
#include "scenarios/sweep_reader.hpp"
#include "sim/program/load.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/stress_setup.hpp"
#include "sim/program/sweep_setup.hpp"

namespace plimsoll {
namespace {

void need_names(const CommandLine& line, std::size_t most) {
  if (line.names.empty()) {
    refuse_usage("'" + line.verb + "' needs a name", "", "see: plimsoll help " + line.verb);
  }
  if (line.names.size() > most) refuse_usage("'" + line.verb + "' takes one name, not '" + line.names[most] + "' too");
}

void need_none(const CommandLine& line) {
  if (!line.names.empty()) refuse_usage("'" + line.verb + "' takes no name, but got '" + line.names.front() + "'");
}

/// Checks one suite with all its scenarios, or one sweep. Returns the exit code.
int validate_design(const std::string& name, const CommandLine& line, const Environment& environment) {
  try {
    CommandLine alone = line;
    alone.names = {name};
    if (is_sweep(name))
      plan_sweep(name, alone, environment);
    else
      set_up_stress(alone, environment);
    print(name + ": valid\n");
    return 0;
  } catch (const InputError& error) {
    std::cerr << to_string(error) << std::endl;
    return exit_code_of(error);
  }
}

int validate_verb(const CommandLine& line) {
  need_names(line, line.names.max_size());
  const Environment environment = read_environment();
  CommandLine scenarios = line;
  const auto is_design = [](const std::string& name) { return is_suite(name) || is_sweep(name); };
  std::erase_if(scenarios.names, is_design);
  const LoadedAll all = load_all(scenarios, environment);
  for (const Loaded& one : all.loaded) print(one.asked + ": valid\n");
  int code = all.exit_code;
  for (const std::string& name : line.names) {
    const int design = is_design(name) ? validate_design(name, line, environment) : 0;
    code = code == 0 ? design : code;
  }
  return code;
}

int show_verb(const CommandLine& line) {
  need_names(line, 1);
  if (is_sweep(line.names.front())) {
    if (line.diff) refuse_usage("a sweep is not compared", "--diff compares scenarios", "show its scenario");
    print(sweep_points_text(plan_sweep(line.names.front(), line, read_environment())));
    return 0;
  }
  const Loaded shown = load(line.names.front(), line, read_environment());
  if (!line.diff) {
    print(shown.scenario.resolved_yaml);
    return 0;
  }
  const Loaded base = load(*line.diff, CommandLine{}, read_environment());
  std::string text;
  for (const Assumption& a : differences(shown.scenario.values, base.scenario.values)) {
    if (!a.value.empty()) text += a.path + ": " + a.value + "  # " + a.origin + "\n";
    if (!a.base_value.empty())
      text += (a.value.empty() ? a.path + ": not stated\n" : "") + std::string("  # in ") + *line.diff + ": " +
              a.base_value + "\n";
  }
  print(text.empty() ? "no value differs\n" : text);
  return 0;
}

int list_verb(const CommandLine& line) {
  need_none(line);
  std::string text = "scenarios\n";
  for (const ShippedScenario& one : shipped_scenarios())
    text += "  " + left_aligned(one.name, 24) + " " + one.title.en + "\n";
  text += "stress suites\n";
  for (const ShippedSuite& one : shipped_suites())
    text += "  " + left_aligned(one.name, 24) + " " + one.title.en + "\n";
  text += "sweeps\n";
  for (const ShippedSweep& one : shipped_sweeps())
    text += "  " + left_aligned(one.name, 24) + " " + one.title.en + "\n";
  text += "calibrations\n";
  for (const std::string& name : shipped_calibrations()) {
    text += "  " + left_aligned(name, 24) + " " + load_calibration(name).title.en + "\n";
  }
  print(text);
  return 0;
}

int schema_verb(const CommandLine& line) {
  const std::string kind = line.names.empty() ? "" : line.names.front();
  if (line.names.size() > 1 || (!kind.empty() && kind != "stress" && kind != "sweep"))
    refuse_usage("there is no schema '" + line.names.back() + "'", "there are those of scenarios, stress and sweep",
                 did_you_mean(line.names.back(), {"stress", "sweep"},
                              "plimsoll schema, plimsoll schema stress, or plimsoll schema sweep"));
  print(kind.empty() ? json_schema() : kind == "stress" ? stress_json_schema() : sweep_json_schema());
  return 0;
}

}  // namespace

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> table{
      {"run", "SCENARIO.. [OPTIONS]", "simulate scenarios, by file or by shipped name", run_verb},
      {"compare", "A B.. [OPTIONS]", "differences of scenarios or run folders from the first, path by path",
       compare_verb},
      {"plan", "SCENARIO|SWEEP [OPTIONS]", "draws, memory and time that a run or sweep will take, before it starts",
       plan_verb},
      {"reproduce", "RUN [OPTIONS]", "run a run's folder or manifest again and compare the digests", reproduce_verb},
      {"resume", "DIR.. [OPTIONS]", "go on with stopped runs, in their own folders, to the same bytes", resume_verb},
      {"status", "DIR.. [OPTIONS]", "how far runs and shards are", status_verb},
      {"merge", "DIR.. [OPTIONS]", "join the shards of a run, exactly", merge_verb},
      {"extend", "DIR --paths N [OPTIONS]", "add paths to a run: the same bytes as of that many from the start",
       extend_verb},
      {"report", "RUN.. [OPTIONS]", "write the files of stored runs again, or others, without simulating", report_verb},
      {"explain", "RUN [OPTIONS]", "why growth is what it is: from zero to the forecast by driver, product, market",
       explain_verb},
      {"decompose", "DATA.csv.. [OPTIONS]", "growth of actual trade by product and market, price and volume",
       decompose_verb},
      {"replay", "RUN --path K [OPTIONS]", "recompute one path of a run with all that it drew", replay_verb},
      {"validate", "SCENARIO.. [OPTIONS]", "check scenarios, stress suites or sweeps and report every problem of all",
       validate_verb},
      {"show", "[--resolved] SCENARIO [OPTIONS]", "print the composed scenario, each value with its origin", show_verb},
      {"list", "", "list the scenarios, suites, sweeps and calibrations that ship", list_verb},
      {"describe", "[NAME]", "what a field, calibration, scenario, product, market, set or driver means",
       describe_verb},
      {"schema", "[stress|sweep]", "print the JSON Schema of scenario files, of stress suites or of sweeps",
       schema_verb},
      {"doctor", "", "facts of this program and host, and whether all is in order", doctor_verb},
      {"equilibrium", "INPUTS.csv [OPTIONS]",
       "world prices, trade and welfare after a change of tariffs: exact CES, and linear", equilibrium_verb},
      {"stress", "SUITE [OPTIONS]", "a suite of scenarios against thresholds: memo, heat map, tables, gates",
       stress_verb},
      {"reverse", "SCENARIO --target EVENT [OPTIONS]", "likeliest shocks that reach a target, and how likely it is",
       reverse_verb},
      {"sensitivity", "SCENARIO|SWEEP_DIR|RUN_DIR [OPTIONS]",
       "which inputs matter: tornado, Morris, Sobol indices, importance of drivers", sensitivity_verb},
      {"sweep", "SWEEP [OPTIONS]", "simulate a scenario at every point of a design, into one table", sweep_verb},
      {"calibrate", "DATA.. -o DIR [OPTIONS]",
       "a calibration from own data, with what they moved and what stayed prior", calibrate_verb},
      {"backtest", "[TOTALS.csv] [OPTIONS]", "forecasts from every month of the past, scored beside rivals",
       backtest_verb},
  };
  return table;
}

const Verb* find_verb(const std::string& name) {
  for (const Verb& verb : verbs()) {
    if (verb.name == name) return &verb;
  }
  return nullptr;
}

}  // namespace plimsoll
