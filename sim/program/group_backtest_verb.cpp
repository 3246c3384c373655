#include "sim/program/group_backtest_verb.hpp"

#include <algorithm>

#include "outputs/group_report.hpp"
#include "outputs/group_tables.hpp"
#include "scenarios/embedded.hpp"
#include "sim/group_scores.hpp"
#include "sim/program/backtest_answer.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/group_conditional_verb.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

TableFiles shipped_tables(const std::string& calibration) {
  const std::string prefix = "models/calibrations/" + calibration + "/";
  TableFiles files;
  for (const std::string& path : shipped_files(prefix))
    files[path.substr(prefix.size())] = shipped_file(path).value_or("");
  return files;
}

/// Exports where none is asked for.
TradeFlow flow_of(const CommandLine& line) {
  return line.flow && *line.flow == "imports" ? TradeFlow::imports : TradeFlow::exports;
}

void check(const CommandLine& line, const BacktestOptions& options) {
  if (!line.names.empty())
    refuse_usage("--level groups takes no table of totals", "its groups are those of the calibrations that ship",
                 "leave the table out, or --level");
  const TradeFlow flow = flow_of(line);
  if (line.conditional && flow == TradeFlow::imports)
    refuse_usage("--level groups --conditional has no imports yet",
                 "what the drivers that came do to imports is tested on the totals only: --conditional --flow imports",
                 "leave --flow out for exports");
  if (line.from && options.from < first_group_origin(flow))
    refuse_usage("--from " + *line.from + " is too early for groups of " + to_string(flow),
                 flow == TradeFlow::imports
                     ? "lines of 2024 are printed in blocks of months: two of them have a year "
                       "later by " +
                           to_string(kFirstImportOrigin) + ", the first origin"
                     : "their months begin in January 2024: the first origin is " + to_string(kFirstGroupOrigin),
                 "leave --from out");
}

}  // namespace

int group_backtest_verb(const CommandLine& line, BacktestOptions options, Language language) {
  check(line, options);
  constexpr int kPaths = 16384;  // ten origins: more paths cost little
  if (!line.paths) options.paths = kPaths;
  const TradeFlow flow = flow_of(line);
  options.from = std::max(options.from, first_group_origin(flow));
  const BacktestFolder folder(line);
  const TableFiles beliefs = shipped_tables(kGroupBeliefs), figures = shipped_tables(kGroupFigures);
  const AsOfInputs inputs{beliefs, figures, kGroupBeliefs, kGroupFigures, flow};
  if (line.conditional) {
    tell_group_conditional(inputs, options, language, folder);
    return kSuccess;
  }
  const GroupResults results = score_groups(group_backtest(inputs, options));
  folder.tell({.scores_csv = group_scores_csv(results),
               .json = group_json(results),
               .table = group_table(results, language, terminal_style()),
               .document = group_document(results, language),
               .more_files = {{"forecasts.csv", group_forecasts_csv(results)}, {"pit.csv", group_pit_csv(results)}}});
  return kSuccess;
}

}  // namespace plimsoll
