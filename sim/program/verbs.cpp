#include "sim/program/verbs.hpp"

#include "models/calibration_reader.hpp"
#include "outputs/number_format.hpp"
#include "sim/program/load.hpp"
#include "sim/program/standard_output.hpp"

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

int validate_verb(const CommandLine& line) {
  need_names(line, line.names.max_size());
  const LoadedAll all = load_all(line, read_environment());
  for (const Loaded& one : all.loaded) print(one.asked + ": valid\n");
  return all.exit_code;
}

int show_verb(const CommandLine& line) {
  need_names(line, 1);
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
  text += "calibrations\n";
  for (const std::string& name : shipped_calibrations()) {
    text += "  " + left_aligned(name, 24) + " " + load_calibration(name).title.en + "\n";
  }
  print(text);
  return 0;
}

int schema_verb(const CommandLine& line) {
  need_none(line);
  print(json_schema());
  return 0;
}

}  // namespace

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> table{
      {"run", "SCENARIO.. [OPTIONS]", "simulate scenarios, by file or by shipped name", run_verb},
      {"compare", "A B.. [OPTIONS]", "differences of scenarios or run folders from the first, path by path",
       compare_verb},
      {"plan", "SCENARIO [OPTIONS]", "draws, memory and time that a run will take, before it starts", plan_verb},
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
      {"validate", "SCENARIO.. [OPTIONS]", "check scenarios and report every problem of all", validate_verb},
      {"show", "[--resolved] SCENARIO [OPTIONS]", "print the composed scenario, each value with its origin", show_verb},
      {"list", "", "list the scenarios and calibrations that ship", list_verb},
      {"describe", "NAME", "what a field, calibration, scenario, product, market or set means", describe_verb},
      {"schema", "", "print the JSON Schema of scenario files", schema_verb},
      {"doctor", "", "facts of this program and host, and whether all is in order", doctor_verb},
      {"equilibrium", "INPUTS.csv [OPTIONS]",
       "world prices, trade and welfare after a change of tariffs: exact CES, and linear", equilibrium_verb},
      {"stress", "SUITE", "scenarios against thresholds", nullptr},
      {"reverse", "SCENARIO", "likeliest shocks that reach a target", nullptr},
      {"sensitivity", "SCENARIO", "which inputs matter", nullptr},
      {"sweep", "SWEEP", "run a design of scenarios", nullptr},
      {"calibrate", "DATA..", "estimate a calibration", nullptr},
      {"backtest", "", "as-of runs over history", nullptr},
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
