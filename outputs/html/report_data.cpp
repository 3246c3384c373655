#include "outputs/html/report_data.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "outputs/build_facts.hpp"
#include "outputs/calendar_days.hpp"
#include "outputs/headline_sentence.hpp"
#include "outputs/html/report_names.hpp"
#include "outputs/html/report_series.hpp"
#include "outputs/labels.hpp"
#include "outputs/results_view.hpp"

namespace plimsoll {

namespace {

using Json = nlohmann::ordered_json;

Json rounded(double value, int digits) {
  if (!std::isfinite(value)) return nullptr;
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, digits - 1);
  double result = 0;
  std::from_chars(text.data(), end.ptr, result);
  if (result == 0) return 0;
  if (std::abs(result) < 1e9 && result == std::trunc(result)) return static_cast<std::int64_t>(result);
  return result;
}

Json accuracy_rows(const RunResults& results) {
  Json rows = Json::array();
  for (const AccuracyOutcome& o : results.accuracy)
    rows.push_back(
        {{"target", o.target}, {"unit", o.unit}, {"asked", error_figure(o.asked_se)}, {"se", error_figure(o.se)}});
  return rows;
}

Json sampling_facts(const SamplingResult& sampling) {
  Json gains = Json::array();
  for (const SamplingResult::Gain& gain : sampling.gains)
    gains.push_back({figure(gain.probability), figure(gain.ratio), figure(gain.largest_ratio)});
  return {{"dimensions", sampling.dimensions},
          {"period", sampling.period},
          {"explained", figure(sampling.explained_frac)},
          {"explained_se", error_figure(sampling.explained_se)},
          {"gains", gains}};
}

/// How the run was made. What changes from one processor to another or with the clock is in the manifest only.
Json facts_json(const RunResults& results, const RunContext& context) {
  const RunStatistics& ran = results.statistics;
  const std::optional<int> age = days_between(context.known_on, context.started_utc);
  return {{"calibration", context.calibration},
          {"age_days", age ? Json(*age) : Json(nullptr)},
          {"old", age && *age > kOldCalibrationDays},
          {"calibration_sha256", context.calibration_sha256},
          {"as_of", context.as_of},
          {"known_on", context.known_on},
          {"horizon", context.horizon},
          {"paths", ran.paths_done},
          {"paths_requested", context.plan_paths},
          {"unsolved", ran.paths_unsolved},
          {"seed", std::to_string(context.seed)},
          {"sampling", context.sampling},
          {"engine", context.engine_number},
          {"run_hash", context.run_hash},
          {"version", version()},
          {"compiler", compiler()}};
}

Json assumptions_of(const RunContext& context) {
  Json rows = Json::array();
  for (const Assumption& a : context.assumptions)
    rows.push_back({{"path", a.path}, {"here", a.value}, {"base", a.base_value}, {"origin", a.origin}});
  return rows;
}

Json validation_of(const Validation& v) {
  return {{"calibration", v.calibration}, {"scored_on", v.scored_on}, {"page", v.page},
          {"scenario", v.scenario},       {"period", v.period},       {"came", figure(v.came_pct)},
          {"mean", figure(v.mean_pct)},   {"sd", figure(v.sd_pp)},    {"p05", figure(v.p05_pct)},
          {"p95", figure(v.p95_pct)}};
}

Json spread_json(const RunResults& results, ReportPeriods& periods) {
  Json rows = Json::array();
  for (const SpreadRow& row : results.spread) {
    const SummaryRow* growth = find_row(results, kHeadlineSeries, row.period);
    rows.push_back({periods.number_of(row.period), figure(row.sd_pp), figure(row.historical_sd_pp),
                    row.historical_forecasts, row.horizon,
                    growth == nullptr ? Json(nullptr) : error_figure(growth->distribution.se_sd)});
  }
  return rows;
}

}  // namespace

std::string history_key(const RunContext& context) {
  return context.calibration_sha256.substr(0, 16) + "@" + context.as_of;
}

Json figure(double value) { return rounded(value, 6); }
Json error_figure(double se) { return rounded(se, 3); }

void add_history(const RunResults& results, ReportPeriods& periods, Json& history) {
  std::set<std::string> shown;
  for (const SummaryRow& row : results.summary) {
    if (!history.contains(row.series) && !shelf_of(row.series, ReportDetail::full).empty()) shown.insert(row.series);
  }
  for (const HistoryRow& row : results.history) {
    if (shown.contains(row.series)) history[row.series].push_back({periods.number_of(row.period), figure(row.value)});
  }
}

Json run_json(const RunResults& results, const RunContext& context, ReportDetail detail, ReportPeriods& periods) {
  const BothLabels labels(results.titles);
  Json run;
  run["name"] = context.scenario_name;
  const Text title{context.title_en, context.title_zh};
  run["title"] = {in(title, Language::en), in(title, Language::zh)};
  run["headline"] = {headline_sentence(results, Language::en), headline_sentence(results, Language::zh)};
  run["detail"] = detail == ReportDetail::full ? "full" : "brief";
  run["series"] = series_json(results, detail, labels, periods);
  run["contributions"] = contributions_json(results, detail, labels, periods);
  run["chances"] = chances_json(results, detail, labels, periods);
  if (results.tail) run["tail"] = tail_json(*results.tail, labels, periods);
  run["spread"] = spread_json(results, periods);
  run["question"] = context.about.question;
  run["assumptions"] = assumptions_of(context);
  if (context.validation) run["validation"] = validation_of(*context.validation);
  run["history"] = history_key(context);
  run["facts"] = facts_json(results, context);
  if (!results.accuracy.empty()) run["accuracy"] = accuracy_rows(results);
  if (results.sampling) run["gains"] = sampling_facts(*results.sampling);
  if (results.evidence) run["evidence"] = figure(results.evidence->effective_paths);
  if (results.pins)
    run["pins"] = {results.pins->months, figure(results.pins->distance), figure(results.pins->plausibility)};
  return run;
}

}  // namespace plimsoll
