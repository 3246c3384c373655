#include "sim/program/accuracy_target.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/input_error.hpp"
#include "scenarios/near_names.hpp"
#include "scenarios/number_text.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {
namespace {

constexpr const char* kExample = "write e.g. 'p05(exports.total.yoy@2026)=0.05'";

double standard_error(const Statistic& statistic, const Distribution& d) {
  if (statistic.kind == Statistic::Kind::mean) return d.se_mean;
  if (statistic.kind == Statistic::Kind::sd) return d.se_sd;
  const auto* level = std::find(kQuantileLevels.begin(), kQuantileLevels.end(), statistic.level);
  return d.se_quantile[static_cast<std::size_t>(level - kQuantileLevels.begin())];
}

}  // namespace

AccuracyTarget parse_accuracy_target(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string::npos)
    refuse_usage("'--target-se " + text + "' is no target",
                 "a statistic of a series in a period, and its standard error", kExample);
  Problem problem;
  const std::optional<Statistic> statistic = parse_statistic(text.substr(0, equals), problem);
  if (!statistic) refuse_usage("--target-se: " + problem.what, problem.why, kExample);
  if (statistic->kind == Statistic::Kind::probability)
    refuse_usage("--target-se: a probability has no target yet", "mean, sd and quantiles have", kExample);
  AccuracyTarget target{text, *statistic, 0};
  target.se = parse_double(text.substr(equals + 1)).value_or(0);
  if (!(target.se > 0) || !std::isfinite(target.se))
    refuse_usage("'" + text.substr(equals + 1) + "' is no standard error", "it is a number above 0", kExample);
  return target;
}

void require_output(const AccuracyTarget& target, const OutputSelection& outputs) {
  std::vector<std::string> series, periods;
  for (const OutputLabel& label : outputs.labels) {
    if (label.table != OutputLabel::Table::summary) continue;
    if (label.series == target.statistic.cell.series && to_string(label.period) == target.statistic.cell.period) return;
    series.push_back(label.series);
    if (label.series == target.statistic.cell.series) periods.push_back(to_string(label.period));
  }
  refuse_usage("--target-se: " + target.statistic.cell.series + "@" + target.statistic.cell.period + " is not computed",
               periods.empty() ? "no such series in this run" : "the series has no such period",
               periods.empty() ? did_you_mean(target.statistic.cell.series, series, "summary.csv lists what is")
                               : did_you_mean(target.statistic.cell.period, periods, "summary.csv lists what is"));
}

std::vector<AccuracyOutcome> accuracy_of(const std::vector<AccuracyTarget>& targets, const RunResults& results) {
  std::vector<AccuracyOutcome> outcomes;
  for (const AccuracyTarget& target : targets) {
    const auto row = std::find_if(results.summary.begin(), results.summary.end(), [&](const SummaryRow& r) {
      return r.series == target.statistic.cell.series && to_string(r.period) == target.statistic.cell.period;
    });
    if (row == results.summary.end()) continue;  // observations left too few paths for tables
    outcomes.push_back({target.text, row->unit, target.se, standard_error(target.statistic, row->distribution)});
  }
  return outcomes;
}

bool all_reached(const std::vector<AccuracyOutcome>& outcomes) {
  return !outcomes.empty() &&
         std::all_of(outcomes.begin(), outcomes.end(), [](const AccuracyOutcome& o) { return o.se <= o.asked_se; });
}

std::int64_t next_look(std::int64_t paths, std::int64_t most) {
  constexpr std::int64_t kFirst = 1024;
  return std::min(most, paths == 0 ? kFirst : 2 * paths);
}

std::int64_t first_look(std::int64_t done, std::int64_t most) {
  std::int64_t paths = next_look(0, most);
  while (paths < std::min(done, most)) paths = next_look(paths, most);
  return paths;
}

}  // namespace plimsoll
