#include "sim/program/accuracy_target.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/input_error.hpp"
#include "scenarios/number_text.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {
namespace {

constexpr const char* kExample = "write e.g. 'p05(exports.total.yoy@2026)=0.05'";

/// Level of p01 .. p99 among the quantiles of the tables; -1: none of them.
int quantile_index(const std::string& statistic) {
  for (std::size_t q = 0; q < kQuantileLevels.size(); ++q) {
    const long percent = std::lround(100 * kQuantileLevels[q]);
    if (statistic == (percent < 10 ? "p0" : "p") + std::to_string(percent)) return static_cast<int>(q);
  }
  return -1;
}

double standard_error(const std::string& statistic, const Distribution& d) {
  if (statistic == "mean") return d.se_mean;
  return statistic == "sd" ? d.se_sd : d.se_quantile[static_cast<std::size_t>(quantile_index(statistic))];
}

}  // namespace

AccuracyTarget parse_accuracy_target(const std::string& text) {
  const std::size_t open = text.find('('), at = text.find('@', open), close = text.find(')', at),
                    equals = text.find('=', close);
  if (open == std::string::npos || at == std::string::npos || close == std::string::npos || equals != close + 1)
    refuse_usage("'--target-se " + text + "' is no target",
                 "a statistic of a series in a period, and its standard error", kExample);
  AccuracyTarget target{text, text.substr(0, open), text.substr(open + 1, at - open - 1),
                        text.substr(at + 1, close - at - 1), 0};
  if (target.statistic != "mean" && target.statistic != "sd" && quantile_index(target.statistic) < 0)
    refuse_usage("'" + target.statistic + "' is no statistic that --target-se knows",
                 "mean, sd, p01, p05, p10, p25, p50, p75, p90, p95 and p99 have standard errors", kExample);
  target.se = parse_double(text.substr(equals + 1)).value_or(0);
  if (!(target.se > 0) || !std::isfinite(target.se))
    refuse_usage("'" + text.substr(equals + 1) + "' is no standard error", "it is a number above 0", kExample);
  return target;
}

void require_output(const AccuracyTarget& target, const OutputSelection& outputs) {
  std::vector<std::string> series, periods;
  for (const OutputLabel& label : outputs.labels) {
    if (label.table != OutputLabel::Table::summary) continue;
    if (label.series == target.series && to_string(label.period) == target.period) return;
    series.push_back(label.series);
    if (label.series == target.series) periods.push_back(to_string(label.period));
  }
  const std::string near = periods.empty() ? nearest_name(target.series, series) : nearest_name(target.period, periods);
  refuse_usage("--target-se: " + target.series + "@" + target.period + " is not computed",
               periods.empty() ? "no such series in this run" : "the series has no such period",
               near.empty() ? "summary.csv lists what is" : "did you mean " + near + "?");
}

std::vector<AccuracyOutcome> accuracy_of(const std::vector<AccuracyTarget>& targets, const RunResults& results) {
  std::vector<AccuracyOutcome> outcomes;
  for (const AccuracyTarget& target : targets) {
    const auto row = std::find_if(results.summary.begin(), results.summary.end(), [&](const SummaryRow& r) {
      return r.series == target.series && to_string(r.period) == target.period;
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

}  // namespace plimsoll
