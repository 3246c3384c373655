/// \file
/// decompose DATA.csv..: growth of actual trade, taken apart as forecasts are.
#include <algorithm>
#include <filesystem>

#include "models/trade_file.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/decomposition_tables.hpp"
#include "outputs/run_folder.hpp"
#include "scenarios/text_encoding.hpp"
#include "sim/program/choices.hpp"
#include "sim/program/data_file.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

constexpr const char* kWanted = "name a CSV file of trade statistics";

/// Names of groups come from this calibration: the newest that ships.
constexpr const char* kNamesFrom = "china-2026-05";

std::vector<TradeFile> read_files(const std::vector<std::string>& names) {
  std::vector<TradeFile> files;
  std::vector<Problem> problems;
  for (const std::string& name : names) {
    const std::size_t before = problems.size();
    std::vector<Problem> own;
    files.push_back(parse_trade_file(utf8_text(read_data_file(name, kWanted), name), name, own));
    problems.insert(problems.begin() + static_cast<std::ptrdiff_t>(before), own.begin(), own.end());
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  return files;
}

std::string chosen_flow(const CommandLine& line, const std::vector<TradeFile>& files) {
  if (line.of) return *line.of;
  const bool exports = std::any_of(files.begin(), files.end(), [](const TradeFile& file) {
    return std::any_of(file.figures.begin(), file.figures.end(), [](const auto& one) { return one.flow == kExports; });
  });
  return exports ? kExports : kImports;
}

/// What a person wants first: the last month and the year to date.
Decomposition newest(const Decomposition& all) {
  Decomposition shown = all;
  const auto latest = [&](bool to_date) {
    const DecomposedPeriod* last = nullptr;
    for (const DecomposedPeriod& one : all.periods) {
      const Frequency f = one.period.frequency;
      const bool wanted = to_date ? f == Frequency::year_to_date || f == Frequency::year : f == Frequency::month;
      if (wanted && (last == nullptr || one.period.last > last->period.last)) last = &one;
    }
    return last;
  };
  shown.periods.clear();
  const DecomposedPeriod *month = latest(false), *year = latest(true);
  if (month != nullptr) shown.periods.push_back(*month);
  const bool same = month != nullptr && year != nullptr && month->period.first == year->period.first &&
                    month->period.last == year->period.last;
  if (year != nullptr && !same) shown.periods.push_back(*year);
  if (shown.periods.empty()) shown.periods.push_back(all.periods.back());
  return shown;
}

}  // namespace

int decompose_verb(const CommandLine& line) {
  if (line.names.empty())
    refuse_usage("'decompose' needs files of trade statistics", "", "for example: plimsoll decompose exports.csv");
  if (line.of) require_choice("of", *line.of, {kExports, kImports});
  const std::vector<std::string> languages = chosen_languages(line, {"en"});
  if (languages.size() > 1) refuse_usage("'decompose' speaks one language at a time", "", "give --language en or zh");
  const std::vector<TradeFile> files = read_files(line.names);
  const TradeData data = join_trade_files(files, chosen_flow(line, files));

  std::vector<DataPeriod> periods = periods_between(data.first, data.last);
  if (line.period) {
    const std::optional<DataPeriod> asked = parse_data_period(*line.period, data.last);
    if (!asked)
      refuse_usage("--period '" + *line.period + "' is no period", "",
                   "write 2026-05, 2026-01..05, 2026Q1, 2026 or 2026ytd");
    periods = {*asked};
  }
  const TradeNames names(kNamesFrom, data.flow);
  const Decomposition all = decompose(data, names, periods);
  if (all.periods.empty())
    throw InputError(InputKind::data,
                     {{{line.names.front(), 0, 0},
                       "",
                       line.period ? "the total has no figures for " + *line.period + " and a year before"
                                   : "no period has figures for a year before too",
                       "growth on a year earlier needs both; the data go from " + to_string(data.first) + " to " +
                           to_string(data.last),
                       "add the tables of the year before"}});

  if (line.out) {
    RunFolders made;
    made.prepare(*line.out, line.force);
    write_file_atomically(std::filesystem::path(*line.out) / "contributions.csv", decomposition_csv(all));
    write_file_atomically(std::filesystem::path(*line.out) / "lines.csv", trade_lines_csv(all));
  }
  Titles titles;
  titles.markets = names.market_titles();
  titles.products = names.product_titles();
  const Labels labels(titles, languages.front() == "zh" ? Language::zh : Language::en);
  print(line.format == "csv"    ? decomposition_csv(all)
        : line.format == "json" ? decomposition_json(all)
                                : decomposition_table(line.period ? all : newest(all), labels, terminal_style()));
  return kSuccess;
}

}  // namespace plimsoll
