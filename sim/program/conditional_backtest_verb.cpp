#include "sim/program/conditional_backtest_verb.hpp"

#include "outputs/conditional_report.hpp"
#include "outputs/conditional_tables.hpp"
#include "sim/program/backtest_answer.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/standard_output.hpp"

namespace plimsoll {

int conditional_backtest_verb(const CommandLine& line, const BacktestOptions& options, Language language,
                              const BacktestTables& tables) {
  const BacktestDrivers drivers =
      read_backtest_drivers(shipped_backtest_table("drivers.csv"), "models/backtest/drivers.csv");
  const BacktestFolder folder(line);
  const ConditionalResults results =
      score_conditional(conditional_forecasts({tables.data, tables.calendar, drivers, tables.file}, options), options);
  folder.tell({.scores_csv = conditional_scores_csv(results),
               .json = conditional_json(results),
               .table = conditional_table(results, language, terminal_style()),
               .document = conditional_document(results, language),
               .more_files = {{"forecasts.csv", conditional_forecasts_csv(results)},
                              {"misses.csv", conditional_misses_csv(results)},
                              {"elasticities.csv", conditional_elasticities_csv(results)}}});
  return kSuccess;
}

}  // namespace plimsoll
