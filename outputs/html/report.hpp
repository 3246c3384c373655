/// \file
/// report.html: one file that shows a run, or several, to people: charts and tables in English and Chinese, offline.
#pragma once

#include <string>
#include <vector>

#include "outputs/html/report_periods.hpp"
#include "outputs/run_folder.hpp"
#include "sim/comparison.hpp"

namespace plimsoll {

/// False when the program was built without npm's charts.
bool html_report_available();
/// Why not, and how to get it, for messages; empty when it is.
std::string html_report_problem();
std::string html_report_hint();

/// Two scenarios' differences on common random numbers, for a report.
struct ReportedComparison {
  std::string base, other;  ///< names of scenarios
  Text base_title, other_title;
  const Titles* titles = nullptr;  ///< of groups and sets
  const ComparisonResults* results = nullptr;
};

/// Collects runs and comparisons one by one, so that only what is shown of each is kept.
class HtmlReport {
 public:
  /// `languages`: en, zh, as report.languages names them; the first one shows where the browser asks for neither.
  enum class Runs { one, several };
  explicit HtmlReport(std::vector<std::string> languages, Runs runs = Runs::several)
      : languages_(std::move(languages)), runs_(runs) {}

  /// `digest`: of the run's tables, as its manifest says.
  void add(const RunResults& results, const RunContext& context, const std::string& digest);
  void add(const ReportedComparison& comparison);

  /// The file: a pure function of what was added. One run shows every series; of several, a report that would pass some
  /// two megabytes of data shows totals, chains and drivers of each. \throws InputError (usage) when not available.
  std::string html() const;

 private:
  std::vector<std::string> languages_;
  Runs runs_;
  ReportPeriods periods_;
  nlohmann::ordered_json histories_ = nlohmann::ordered_json::object();
  std::vector<std::string> full_, brief_;  ///< runs as JSON
  std::vector<std::string> comparisons_;
  std::string title_;
};

/// The report of one run.
std::string html_report(const RunResults& results, const RunContext& context, const std::string& digest);

}  // namespace plimsoll
