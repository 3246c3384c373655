/// \file
/// backtest [TOTALS.csv]: forecasts from every month of the past, on what was known then, scored beside rivals.
#include <filesystem>
#include <iostream>

#include "outputs/atomic_file.hpp"
#include "outputs/backtest_report.hpp"
#include "outputs/backtest_tables.hpp"
#include "outputs/run_folder.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/text_encoding.hpp"
#include "sim/program/conditional_backtest_verb.hpp"
#include "sim/program/data_file.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/group_backtest_verb.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

constexpr const char* kWanted =
    "name a CSV file with columns month, exports_usd_bn, imports_usd_bn, mfg_pmi, source, pmi_source";

constexpr const char* kFolder = "models/backtest/";

std::string shipped(const std::string& name) {
  const std::optional<std::string> text = shipped_file(kFolder + name);
  if (!text) throw std::logic_error(std::string(kFolder) + name + " does not ship");
  return *text;
}

/// Rivals' forecasts belong to the totals they were fitted to.
RivalForecasts rivals_for(const TotalsData& data, const TotalsData& theirs) {
  for (std::size_t k = 0; k < theirs.period.size(); ++k) {
    const bool same = k < data.period.size() && data.period[k] == theirs.period[k] &&
                      data.exports_usd_bn[k] == theirs.exports_usd_bn[k] &&
                      data.imports_usd_bn[k] == theirs.imports_usd_bn[k];
    if (same) continue;
    std::cerr << "these totals are not those that the rivals were fitted to: scored without rivals "
                 "(models/backtest/rivals.R makes their table)"
              << std::endl;
    return {};
  }
  return read_rivals(shipped("rivals.csv"), std::string(kFolder) + "rivals.csv");
}

BacktestOptions options_of(const CommandLine& line) {
  BacktestOptions options;
  if (line.level && *line.level != "totals" && *line.level != "groups")
    refuse_usage("--level '" + *line.level + "' is no level", "", "write totals or groups, or leave --level out");
  if (line.flow && *line.flow != "exports" && *line.flow != "imports")
    refuse_usage("--flow '" + *line.flow + "' is no flow", "",
                 "write exports or imports, or leave --flow out for both");
  if (line.flow) options.flows = {*line.flow == "exports" ? TradeFlow::exports : TradeFlow::imports};
  if (line.from) {
    const std::optional<Month> from = parse_month(*line.from);
    if (!from) refuse_usage("--from '" + *line.from + "' is no month", "", "write the first origin: 2013-02");
    options.from = from->month() == 1 ? *from + 1 : *from;  // no origin in January: it is out with February
  }
  if (line.horizons) {
    const auto horizons = parse_integer(*line.horizons, 1, 12);
    if (!horizons) refuse_usage("--horizons '" + *line.horizons + "' is not from 1 to 12", "", "");
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

void write_files(const std::filesystem::path& folder, const BacktestResults& results, Language language) {
  write_file_atomically(folder / "scores.csv", backtest_scores_csv(results));
  write_file_atomically(folder / "forecasts.csv", backtest_forecasts_csv(results));
  write_file_atomically(folder / "pit.csv", backtest_pit_csv(results));
  write_file_atomically(folder / "backtest.md", backtest_markdown(results, language));
  write_file_atomically(folder / "backtest.html", backtest_html(results, language));
}

}  // namespace

int backtest_verb(const CommandLine& line) {
  if (line.names.size() > 1) refuse_usage("'backtest' takes one table of totals, or none for the one that ships");
  if (line.conditional && line.level && *line.level != "totals")
    refuse_usage("--conditional has no --level " + *line.level, "elasticities are those of the totals",
                 "leave --level out");
  const BacktestOptions options = options_of(line);
  const std::vector<std::string> languages = chosen_languages(line, {"en"});
  if (languages.size() > 1) refuse_usage("'backtest' speaks one language at a time", "", "give --language en or zh");
  const Language language = languages.front() == "zh" ? Language::zh : Language::en;
  if (line.level && *line.level == "groups") return group_backtest_verb(line, options, language);
  const std::string own_file = std::string(kFolder) + "totals.csv";
  const std::string file = line.names.empty() ? own_file : line.names.front();
  const TotalsData theirs = read_totals(shipped("totals.csv"), own_file);
  const TotalsData data =
      line.names.empty() ? theirs : read_totals(utf8_text(read_data_file(file, kWanted), file), file);
  const TradeCalendar calendar(shipped("calendar.csv"), std::string(kFolder) + "calendar.csv");
  if (line.conditional) return conditional_backtest_verb(line, options, data, calendar, file);
  const RivalForecasts rivals = rivals_for(data, theirs);
  const auto first_prints = read_first_prints(shipped("first_prints.csv"), std::string(kFolder) + "first_prints.csv");

  const std::optional<std::string> out = line.out ? line.out : read_environment().out;
  RunFolders made;
  if (out) made.prepare(*out, line.force);
  const BacktestResults results =
      score_backtest(backtest_forecasts({data, calendar, rivals, first_prints, file}, options), first_prints, options);
  if (out) write_files(*out, results, language);
  print(line.format == "csv"    ? backtest_scores_csv(results)
        : line.format == "json" ? backtest_json(results)
                                : backtest_table(results, language, terminal_style()));
  return kSuccess;
}

}  // namespace plimsoll
