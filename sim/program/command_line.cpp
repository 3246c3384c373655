#include "sim/program/command_line.hpp"

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <limits>
#include <sstream>

#include "scenarios/input_error.hpp"
#include "scenarios/near_names.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

namespace po = boost::program_options;

bool simulates(const std::string& verb) {
  static const std::vector<std::string> verbs{"run", "compare", "stress", "reverse", "sensitivity", "sweep"};
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}
/// These end with a run's tables in a folder that can be gone on with.
bool keeps_state(const std::string& verb) {
  return verb == "run" || verb == "resume" || verb == "extend" || verb == "merge";
}
bool changes_scenario(const std::string& verb) {
  return simulates(verb) || verb == "validate" || verb == "show" || verb == "plan";
}

bool takes_slurm(const std::string& verb) { return verb == "sweep" || verb == "resume" || verb == "extend"; }

void add_slurm_options(const std::string& verb, po::options_description& options) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()("slurm", "submit to Slurm: an array job of shards and a job that merges them");
  if (verb == "resume") options.add_options()("here", "in this process, although it was submitted to Slurm");
  options.add_options()("dry-run", "Slurm: print scripts and commands, submit nothing")(
      "shards", text("N"), "Slurm: number of tasks (default: of about twenty minutes each)")(
      "array-limit", text("N"), "Slurm: tasks that run at once, at most");
  for (const SlurmOptionRow& row : slurm_option_rows()) options.add_options()(row.name, text(row.value), row.help);
  options.add_options()("sbatch-arg", po::value<std::vector<std::string>>()->composing()->value_name("ARGUMENT"),
                        "Slurm: another option of sbatch, as it is, e.g. --sbatch-arg=--exclusive; repeatable")(
      "prologue", text("FILE"), "Slurm: lines of bash put before the run, e.g. module load");
}

po::options_description options_of(const std::string& verb) {
  po::options_description options("Options", 100, 60);
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  if (changes_scenario(verb)) {
    options.add_options()("set", po::value<std::vector<std::string>>()->composing()->value_name("PATH=VALUE"),
                          "change a field of the scenario (value in YAML); may be repeated")(
        "paths", text("N"), "number of paths")("seed", text("N"), "seed of the random numbers");
    if (verb != "reverse" && verb != "sensitivity")  // these draw in ways of their own
      options.add_options()("sampling", text("KIND"), "how paths are drawn");
  }
  if (simulates(verb) || keeps_state(verb) || verb == "doctor" || verb == "plan" || verb == "reproduce") {
    options.add_options()("threads", text("N"), "number of threads (default: all this process may use)");
  }
  if (verb == "compare") {
    options.add_options()("write", text("KIND,.."),
                          "which files beside the tables: csv (the tables alone), html, xlsx (default: html)")(
        "language", text("LANG,.."), "of report and workbook: en, zh (default: report.languages)");
    options.add_options()("vintage", "explain the second, of later data, from the first: by month and by driver");
  }
  if (simulates(verb)) {
    options.add_options()("out", text("DIR"), "folder for the results (default: one of its own under runs/)")(
        "force", "write into a folder that is not empty")(
        "format", text("KIND"), "on standard output: table (default), csv or json")("quiet",
                                                                                    "no progress and no statistics");
  }
  if (verb == "stress" || verb == "reverse" || verb == "sensitivity")
    options.add_options()("language", text("LANG,.."),
                          "of memos and pictures: en, zh (default: report.languages, and what is printed in English)");
  if (verb == "stress")
    options.add_options()(
        "fail-if", po::value<std::vector<std::string>>()->value_name("GATE"),
        "exit code 7 when this holds in any scenario, e.g. 'p05(exports.total.yoy@2027) < -8'; beside "
        "the suite's own gates; repeatable");
  if (verb == "reverse")
    options.add_options()("target", text("EVENT"), "what is to be reached, e.g. 'exports.total.yoy@2027 < 0'");
  if (verb == "sensitivity") {
    options.add_options()(
        "of", po::value<std::vector<std::string>>()->value_name("FIGURE"),
        "what is explained, e.g. exports.total.yoy@2027 or 'p05(exports.total.yoy@2027)'; repeatable")(
        "method", text("KIND"), "tornado (default), morris, sobol or importance")(
        "over", po::value<std::vector<std::string>>()->composing()->value_name("FIELD=DISTRIBUTION"),
        "vary this field of the scenario, e.g. 'memory_price_cycle.noise.monthly_sd_log={uniform: [0.02, 0.1]}', and "
        "only such fields; repeatable (default: every random input of the scenario)")(
        "by", text("KIND"), "inputs: group (default) or number, every uncertain number on its own")(
        "points", text("N"), "trajectories of morris (default: 16), rows of sobol's design (default: 64)");
  }
  if (verb == "run")
    options.add_options()("target-se", po::value<std::vector<std::string>>()->value_name("TARGET"),
                          "simulate until a figure is known this well, e.g. 'p05(exports.total.yoy@2026)=0.05'; "
                          "--paths is then the most that is allowed (default: 1048576); repeatable");
  if (verb == "run")
    options.add_options()("shard", text("I/N"), "only part I of N of the paths, from 1; 'merge' joins the parts");
  if (verb == "sweep" || verb == "resume")
    options.add_options()("shard", text("I/N"),
                          "of a sweep: only points I, I + N, I + 2 N, .., counted from 1; 'merge' joins the parts");
  if (verb == "sweep")
    options.add_options()("write", text("KIND,.."), "which files: csv (with NetCDF), html (default: csv)");
  if ((keeps_state(verb) && verb != "merge") || verb == "sweep")
    options.add_options()("checkpoint", text("SECONDS"), "time between two states written on the way (default: 60)");
  if (keeps_state(verb) && verb != "run") {
    options.add_options()("format", text("KIND"), "on standard output: table (default), csv or json")(
        "quiet", "no progress and no statistics");
  }
  if (keeps_state(verb) || verb == "report") {
    options.add_options()(
        "write", text("KIND,.."),
        "which files: csv, memo, html, xlsx, docx, svg (default: csv, memo and html; of a run that is "
        "stored: the kinds it has)")("language", text("LANG,.."),
                                     "of the documents: en, zh (default: report.languages)");
  }
  if (verb == "report") {
    options.add_options()("out", text("DIR"), "folder for the files (default: the run's own)")(
        "force", "write into a folder that is not empty")("threads", text("N"), "number of threads");
  }
  if (verb == "explain") {
    options.add_options()("period", text("PERIOD"), "2027, 2026Q4, 2026-07 .. (default: the last year)")(
        "of", text("SERIES"), "whose growth (default: exports.total.yoy)")(
        "language", text("LANG"), "en (default) or zh")("format", text("KIND"), "table (default), csv or json")(
        "threads", text("N"), "number of threads");
  }
  if (verb == "decompose") {
    options.add_options()("of", text("FLOW"), "exports or imports (default: exports, where there are any)")(
        "period", text("PERIOD"),
        "2026-05, 2026-01..05, 2026Q1, 2026, 2026ytd (default: the last month and the year to date)")(
        "language", text("LANG"), "en (default) or zh")("out", text("DIR"), "also write the tables into DIR, as CSV")(
        "force", "write into a folder that is not empty")("format", text("KIND"), "table (default), csv or json");
  }
  if (verb == "calibrate") {
    options.add_options()("out,o", text("DIR"), "folder of the new calibration; its last part is the name")(
        "base", text("NAME"),
        "calibration, shipped or a folder, for all that the data do not say (default: china-2026-05)")(
        "as-of", text("MONTH"), "last month to use (default: the last that the data have)")(
        "window-from", text("MONTH"), "first month of products, markets and their trends (default: that of the base)")(
        "known-on", text("DAY"), "what was known by this day (default: the 9th of the month after the data)")(
        "force", "write into a folder that is not empty")("format", text("KIND"), "table (default), csv or json");
  }
  if (verb == "merge")
    options.add_options()("out", text("DIR"), "folder for the whole (default: the folder that holds the shards)");
  if (verb == "extend") options.add_options()("paths", text("N"), "number of paths that the run is to have");
  if (verb == "status") options.add_options()("format", text("KIND"), "table (default) or json");
  if (verb == "replay") {
    options.add_options()("path", text("K"), "which path, from 0")("format", text("KIND"),
                                                                   "table (default), csv or json");
  }
  if (verb == "plan") options.add_options()("format", text("KIND"), "on standard output: table (default) or json");
  if (verb == "run" || verb == "plan") {
    options.add_options()("keep-samples", text("[=SERIES,..]"),
                          "also write samples.nc (NetCDF): the values of every path, of these series (patterns); "
                          "without SERIES, of those that are reported");
  }
  if (verb == "equilibrium") {
    options.add_options()("out", text("FILE"), "also write every figure to FILE, as CSV")(
        "format", text("KIND"), "on standard output: table (default), csv or json");
  }
  if (verb == "backtest") {
    options.add_options()("level", text("LEVEL"), "totals (default) or groups")(
        "flow", text("FLOW"), "exports or imports (default: both; of groups exports)")(
        "conditional", "drivers that act, as expected and as they came: what knowing them is worth")(
        "vintage", text("KIND"), "levels as revised later: final (default), or as first known: first")(
        "rivals", text("FILE"), "forecasts of rivals for these totals, made by models/backtest/rivals.R")(
        "from", text("MONTH"), "first origin (default: 2013-02; groups: 2025-06)")(
        "horizons", text("N"), "released periods ahead, 1 to 12 (default: 12)")(
        "paths", text("N"), "paths a forecast (default: 4096; groups: 16384)")(
        "seed", text("N"), "seed of the random numbers")("threads", text("N"), "number of threads")(
        "language", text("LANG"), "en (default) or zh")(
        "out", text("DIR"), "also write the tables (CSV), backtest.md and backtest.html into DIR")(
        "force", "write into a folder that is not empty")("format", text("KIND"), "table (default), csv or json");
  }
  if (verb == "reproduce") options.add_options()("quiet", "no progress");
  if (verb == "show") {
    options.add_options()("resolved", "every value used, with its origin (the default)")(
        "diff", text("BASE"), "only what differs from this scenario");
  }
  if (takes_slurm(verb)) add_slurm_options(verb, options);
  options.add_options()("help,h", "this text");
  return options;
}

std::string quoted(const std::string& argument) {
  const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,/:@%";
  if (!argument.empty() && argument.find_first_not_of(plain) == std::string::npos) return argument;
  std::string text = "'";
  for (const char c : argument) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

constexpr int kMostShards = 1'000'000;

/// The number of an option that counts things.
int parse_count(const std::string& option, const std::string& text, const std::string& things) {
  const auto number = parse_integer(text, 1, kMostShards);
  if (!number)
    refuse_usage("'--" + option + " " + text + "' is not a number of " + things,
                 "a whole number from 1 to " + std::to_string(kMostShards));
  return static_cast<int>(*number);
}

SlurmOptions slurm_options_of(const po::variables_map& values) {
  const auto text = [&](const char* name) -> std::optional<std::string> {
    return values.count(name) == 0 ? std::nullopt : std::optional(values[name].as<std::string>());
  };
  SlurmOptions slurm;
  slurm.asked = values.count("slurm") > 0;
  slurm.here = values.count("here") > 0;
  slurm.dry_run = values.count("dry-run") > 0;
  if (const auto shards = text("shards")) slurm.shards = parse_count("shards", *shards, "shards");
  if (const auto limit = text("array-limit")) slurm.array_limit = parse_count("array-limit", *limit, "tasks");
  for (const SlurmOptionRow& row : slurm_option_rows()) {
    if (const auto value = text(row.name)) slurm.sbatch.emplace_back(row.name, *value);
  }
  if (values.count("sbatch-arg") > 0) slurm.sbatch_args = values["sbatch-arg"].as<std::vector<std::string>>();
  if (const auto file = text("prologue")) slurm.prologue = read_prologue(*file);
  check(slurm);
  return slurm;
}

constexpr double kLongestCheckpoint = 86400;
constexpr int kMostDesignRows = 1 << 20;

Shard parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos) {
    const auto of = parse_integer(text.substr(slash + 1), 1, kMostShards);
    const auto number = of ? parse_integer(text.substr(0, slash), 1, *of) : std::nullopt;
    if (number) return {static_cast<int>(*number), static_cast<int>(*of)};
  }
  refuse_usage("'--shard " + text + "' is no part of the whole", "I/N, where I goes from 1 to N",
               "for example: --shard 1/8");
}

std::string bare(std::string option) {
  option.erase(0, option.find_first_not_of('-'));
  return option.substr(0, option.find('='));
}

[[noreturn]] void refuse_unknown(const std::string& verb, const std::string& option,
                                 const po::options_description& options) {
  std::vector<std::string> names;
  for (const auto& known : options.options()) names.push_back(known->long_name());
  const std::string near = nearest_name(bare(option), names);
  refuse_usage("unknown option '" + option + "' of '" + verb + "'", "",
               near.empty() ? "see: plimsoll help " + verb : "did you mean --" + near + "?");
}

}  // namespace

void refuse_usage(const std::string& what, const std::string& why, const std::string& hint) {
  throw InputError(InputKind::usage, {Problem{Place{"command line"}, "", what, why, hint}});
}

std::optional<long long> parse_integer(const std::string& text, long long low, long long high) {
  long long value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || value < low || value > high) return std::nullopt;
  return value;
}

CommandLine parse_command_line(const std::string& verb, const std::vector<std::string>& typed) {
  std::vector<std::string> arguments = typed;
  // Its value is optional, so the next word is not it.
  const auto options_end = std::find(arguments.begin(), arguments.end(), "--");
  std::replace(arguments.begin(), options_end, std::string("--keep-samples"),
               "--keep-samples=" + std::string(kReportedSeries));
  po::options_description options = options_of(verb);
  po::options_description all = options;
  all.add_options()("names", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("names", -1);

  po::variables_map values;
  try {
    using namespace po::command_line_style;
    po::store(po::command_line_parser(arguments)
                  .options(all)
                  .positional(positional)
                  .style(allow_long | long_allow_adjacent | long_allow_next | allow_short | allow_dash_for_short |
                         short_allow_next)
                  .run(),
              values);
    po::notify(values);
  } catch (const po::unknown_option& error) {
    refuse_unknown(verb, error.get_option_name(), options);
  } catch (const po::error& error) {
    refuse_usage(error.what(), "", "see: plimsoll help " + verb);
  }

  CommandLine line;
  line.verb = verb;
  line.whole = "plimsoll " + quoted(verb);
  for (const std::string& argument : typed) line.whole += " " + quoted(argument);
  const auto text = [&](const char* name) -> std::optional<std::string> {
    if (values.count(name) == 0) return std::nullopt;
    return values[name].as<std::string>();
  };
  const auto many = [&](const char* name) {
    return values.count(name) == 0 ? std::vector<std::string>{} : values[name].as<std::vector<std::string>>();
  };
  line.names = many("names");
  line.set = many("set");
  line.target_se = many("target-se");
  line.fail_if = many("fail-if");
  line.target = text("target");
  line.paths = text("paths");
  line.seed = text("seed");
  line.sampling = text("sampling");
  line.out = text("out");
  line.keep_samples = text("keep-samples");
  line.write = text("write");
  line.language = text("language");
  line.diff = text("diff");
  line.period = text("period");
  if (verb == "sensitivity")
    line.figures = many("of");
  else
    line.of = text("of");
  line.over = many("over");
  line.method = text("method");
  line.by = text("by");
  line.level = text("level");
  line.flow = text("flow");
  line.from = text("from");
  line.rivals = text("rivals");
  line.horizons = text("horizons");
  line.base = text("base");
  line.as_of = text("as-of");
  line.known_on = text("known-on");
  line.window_from = text("window-from");
  line.format = text("format").value_or("table");
  line.conditional = values.count("conditional") > 0;
  line.force = values.count("force") > 0;
  line.quiet = values.count("quiet") > 0;
  line.resolved = values.count("resolved") > 0;
  if (verb == "backtest")
    line.levels = text("vintage");
  else
    line.vintage = values.count("vintage") > 0;
  line.help = values.count("help") > 0;

  if (const auto threads = text("threads")) {
    const auto number = parse_integer(*threads, 1, kMostThreads);
    if (!number)
      refuse_usage("'--threads " + *threads + "' is not a number of threads", "a whole number from 1 to 1024");
    line.threads = static_cast<int>(*number);
  }
  if (takes_slurm(verb)) line.slurm = slurm_options_of(values);
  if (const auto shard = text("shard")) line.shard = parse_shard(*shard);
  if (const auto path = text("path")) {
    const auto number = parse_integer(*path, 0, std::numeric_limits<long long>::max());
    if (!number) refuse_usage("'--path " + *path + "' is not the number of a path", "a whole number from 0");
    line.path = *number;
  }
  if (const auto points = text("points")) {
    const auto number = parse_integer(*points, 2, kMostDesignRows);
    if (!number)
      refuse_usage("'--points " + *points + "' is not a number of points",
                   "a whole number from 2 to " + std::to_string(kMostDesignRows));
    line.points = *number;
  }
  if (const auto seconds = text("checkpoint")) {
    const std::optional<double> number = parse_double(*seconds);
    if (!number || !(*number > 0) || *number > kLongestCheckpoint)
      refuse_usage("'--checkpoint " + *seconds + "' is not a time between checkpoints",
                   "seconds, above 0 and up to a day");
    line.checkpoint_s = *number;
  }
  constexpr long long kMostPaths = 1LL << 40;  // as the field table says
  if (line.paths && !parse_integer(*line.paths, 1, kMostPaths))
    refuse_usage("'--paths " + *line.paths + "' is not a number of paths",
                 "a whole number from 1 to " + std::to_string(kMostPaths));
  using Limits = std::numeric_limits<long long>;
  if (line.seed && !parse_integer(*line.seed, Limits::min(), Limits::max())) {
    refuse_usage("'--seed " + *line.seed + "' is not a seed", "a whole number of at most 64 bits");
  }
  if (line.out && line.out->empty()) refuse_usage("--out needs a name");
  std::vector<std::string> formats{"table"};
  if (verb != "plan") formats.emplace_back("csv");
  formats.emplace_back("json");
  if (std::find(formats.begin(), formats.end(), line.format) == formats.end()) {
    refuse_usage("unknown format '" + line.format + "'", either_of(formats), did_you_mean(line.format, formats));
  }
  return line;
}

std::string option_help(const std::string& verb) {
  std::ostringstream text;
  text << options_of(verb);
  return text.str();
}

}  // namespace plimsoll
