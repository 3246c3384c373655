/// \file
/// backtest [TOTALS.csv]: forecasts from every month of the past, on what was known then, scored beside rivals.
#include <algorithm>

#include "outputs/backtest_report.hpp"
#include "outputs/backtest_tables.hpp"
#include "outputs/register_views.hpp"
#include "sim/program/backtest_answer.hpp"
#include "sim/program/backtest_inputs.hpp"
#include "sim/program/choices.hpp"
#include "sim/program/conditional_backtest_verb.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/group_backtest_verb.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

BacktestOptions options_of(const CommandLine& line) {
  BacktestOptions options;
  if (line.flow) require_choice("flow", *line.flow, {"exports", "imports"});
  if (line.flow) options.flows = {*line.flow == "exports" ? TradeFlow::exports : TradeFlow::imports};
  if (line.levels) require_choice("vintage", *line.levels, {"final", "first"});
  if (line.levels == "first") {
    options.vintage = Vintage::first_known;
    const FirstPrints prints(shipped_backtest_table("first_prints.csv"), "first_prints.csv");
    options.from = std::max(options.from, prints.first().value_or(options.from));
  }
  if (line.from) {
    const std::optional<Month> from = parse_month(*line.from);
    if (!from) refuse_usage("--from '" + *line.from + "' is no month", "", "write the first origin: --from 2013-02");
    options.from = from->month() == 1 ? *from + 1 : *from;  // no origin in January: it is out with February
  }
  if (line.horizons) {
    constexpr int kMostHorizons = 12;
    const auto horizons = parse_integer(*line.horizons, 1, kMostHorizons);
    if (!horizons)
      refuse_usage("'--horizons " + *line.horizons + "' is not a number of released periods",
                   "a whole number from 1 to " + std::to_string(kMostHorizons) + ", about a year ahead",
                   "leave it out for " + std::to_string(kMostHorizons));
    options.horizons = static_cast<int>(*horizons);
  }
  if (line.paths) {
    constexpr int kMostPaths = 1 << 20, kLeastPaths = 64 * TotalsPaths::kReplicates;
    const auto paths = parse_integer(*line.paths, kLeastPaths, kMostPaths);
    if (!paths || *paths % TotalsPaths::kReplicates != 0)
      refuse_usage("--paths " + *line.paths + " does not fit",
                   "16 replicates share the paths: a multiple of 16 from 1024 to 1048576", "leave it out for 4096");
    options.paths = static_cast<int>(*paths);
  }
  const Environment environment = read_environment();
  const std::optional<std::string> seed = line.seed ? line.seed : environment.seed;
  if (seed) options.seed = static_cast<std::uint64_t>(std::stoll(*seed));
  options.threads = choose_threads(line.threads, environment).threads;
  return options;
}

/// Without those of a flow that is left out.
std::vector<PublishedForecast> of_flows(std::vector<PublishedForecast> published, const std::vector<TradeFlow>& flows) {
  const auto left_out = [&](const PublishedForecast& f) {
    return f.flow() && std::find(flows.begin(), flows.end(), *f.flow()) == flows.end();
  };
  published.erase(std::remove_if(published.begin(), published.end(), left_out), published.end());
  return published;
}

}  // namespace

int backtest_verb(const CommandLine& line) {
  if (line.names.size() > 1) refuse_usage("'backtest' takes one table of totals, or none for the one that ships");
  if (line.level) require_choice("level", *line.level, {"totals", "groups"});
  const bool groups = line.level == "groups";
  if (line.conditional || groups) {
    const std::string which = line.conditional ? "--conditional" : "--level groups";
    if (line.levels)
      refuse_usage(which + " has no --vintage", "its levels are as revised later", "leave --vintage out");
    if (line.rivals) refuse_usage(which + " has no --rivals", "R's rivals are of the totals", "leave --rivals out");
  }
  const BacktestOptions options = options_of(line);
  const std::vector<std::string> languages = chosen_languages(line, {"en"});
  if (languages.size() > 1) refuse_usage("'backtest' speaks one language at a time", "", "give --language en or zh");
  const Language language = languages.front() == "zh" ? Language::zh : Language::en;
  if (groups) return group_backtest_verb(line, options, language);
  const BacktestTables tables = read_backtest_tables(line, options);
  if (line.conditional) return conditional_backtest_verb(line, options, language, tables);

  const BacktestFolder folder(line);
  const BacktestInputs inputs{tables.data, tables.calendar, tables.rivals, tables.first_prints, tables.file};
  BacktestResults results = score_backtest(backtest_forecasts(inputs, options), tables.first_prints, options);
  results.published =
      score_register(of_flows(tables.published, options.flows), tables.data, tables.first_prints, results.forecasts);
  folder.tell({.scores_csv = backtest_scores_csv(results),
               .json = backtest_json(results),
               .table = backtest_table(results, language, terminal_style()),
               .document = backtest_document(results, language),
               .more_files = {{"forecasts.csv", backtest_forecasts_csv(results)},
                              {"pit.csv", backtest_pit_csv(results)},
                              {"register.csv", register_csv(results)}}});
  return kSuccess;
}

}  // namespace plimsoll
