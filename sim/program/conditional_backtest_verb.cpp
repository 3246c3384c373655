#include "sim/program/conditional_backtest_verb.hpp"

#include <filesystem>
#include <stdexcept>

#include "outputs/atomic_file.hpp"
#include "outputs/conditional_report.hpp"
#include "outputs/conditional_tables.hpp"
#include "scenarios/embedded.hpp"
#include "sim/program/environment.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/standard_output.hpp"

namespace plimsoll {
namespace {

constexpr const char* kDrivers = "models/backtest/drivers.csv";

BacktestDrivers shipped_drivers() {
  const std::optional<std::string> text = shipped_file(kDrivers);
  if (!text) throw std::logic_error(std::string(kDrivers) + " does not ship");
  return read_backtest_drivers(*text, kDrivers);
}

void write_files(const std::filesystem::path& folder, const ConditionalResults& results, Language language) {
  write_file_atomically(folder / "scores.csv", conditional_scores_csv(results));
  write_file_atomically(folder / "forecasts.csv", conditional_forecasts_csv(results));
  write_file_atomically(folder / "misses.csv", conditional_misses_csv(results));
  write_file_atomically(folder / "elasticities.csv", conditional_elasticities_csv(results));
  write_file_atomically(folder / "backtest.md", conditional_markdown(results, language));
  write_file_atomically(folder / "backtest.html", conditional_html(results, language));
}

}  // namespace

int conditional_backtest_verb(const CommandLine& line, const BacktestOptions& asked, const TotalsData& data,
                              const TradeCalendar& calendar, const std::string& file) {
  const BacktestDrivers drivers = shipped_drivers();
  ConditionalOptions options;
  options.flows = asked.flows;
  options.from = asked.from;
  options.horizons = asked.horizons;
  options.paths = asked.paths;
  options.seed = asked.seed;
  options.threads = asked.threads;
  options.settings = asked.settings;
  const std::optional<std::string> out = line.out ? line.out : read_environment().out;
  RunFolders made;
  if (out) made.prepare(*out, line.force);
  const ConditionalResults results =
      score_conditional(conditional_forecasts({data, calendar, drivers, file}, options), options);
  const Language language = chosen_languages(line, {"en"}).front() == "zh" ? Language::zh : Language::en;
  if (out) write_files(*out, results, language);
  print(line.format == "csv"    ? conditional_scores_csv(results)
        : line.format == "json" ? conditional_json(results)
                                : conditional_table(results, language, terminal_style()));
  return kSuccess;
}

}  // namespace plimsoll
