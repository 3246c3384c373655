#include "outputs/html/report_data.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "outputs/build_facts.hpp"
#include "outputs/calendar_days.hpp"
#include "outputs/headline_sentence.hpp"
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

/// The same words in both languages.
struct BothLabels {
  Labels en, zh;
  explicit BothLabels(const Titles& titles) : en(titles, Language::en), zh(titles, Language::zh) {}

  template <typename Name>
  Json both(Name name) const {
    return {name(en), name(zh)};
  }
};

/// exports.product.memory.yoy: flow exports, dimension product, measure yoy.
struct SeriesName {
  std::string flow, dimension, measure;
  explicit SeriesName(const std::string& id) {
    const std::size_t first = id.find('.'), second = id.find('.', first + 1), last = id.rfind('.');
    flow = id.substr(0, first);
    dimension = id.substr(first + 1, second - first - 1);
    measure = id.substr(last + 1);
  }
};

/// Where the report lists a series; empty: it is in the tables only.
std::string shelf_of(const std::string& id, ReportDetail detail) {
  static const std::set<std::string> of_exports{"yoy", "value", "price", "volume"};
  static const std::set<std::string> of_totals{"yoy", "value", "price", "volume", "yoy_rmb", "yoy_2y"};
  static const std::set<std::string> of_others{"yoy", "value"};
  const SeriesName name(id);
  if (name.flow == "driver") return "drivers";
  if (name.flow == "balance") return detail == ReportDetail::full || name.dimension == "total" ? "balance" : "";
  if (name.dimension == "total") {
    if (detail == ReportDetail::brief)
      return of_others.contains(name.measure) ? (name.flow == "exports" ? "total" : "imports") : "";
    return of_totals.contains(name.measure) ? (name.flow == "exports" ? "total" : "imports") : "";
  }
  if (detail == ReportDetail::brief)
    return name.flow == "exports" && name.dimension == "chain" && name.measure == "yoy" ? "chain" : "";
  if (name.flow == "imports") return of_others.contains(name.measure) ? "imports" : "";
  if (name.dimension == "market") return of_others.contains(name.measure) ? "market" : "";
  if (name.dimension == "without") return of_others.contains(name.measure) ? "chain" : "";
  return of_exports.contains(name.measure) ? name.dimension : "";
}

/// Periods that charts run along; year to date stands in the tables only.
bool is_charted(const Period& period) { return period.frequency != Frequency::year_to_date; }

/// [period, 5%, 25%, 50%, 75%, 95%, mean, and the error of each].
Json fan_row(int period, const Distribution& d) {
  Json row{period};
  for (const std::size_t q : {kP05, kP25, kP50, kP75, kP95}) row.push_back(figure(d.quantile[q]));
  row.push_back(figure(d.mean));
  for (const std::size_t q : {kP05, kP25, kP50, kP75, kP95}) row.push_back(error_figure(d.se_quantile[q]));
  row.push_back(error_figure(d.se_mean));
  return row;
}

Json series_json(const RunResults& results, ReportDetail detail, const BothLabels& labels, ReportPeriods& periods) {
  Json all = Json::array();
  std::map<std::string, std::size_t> place;
  for (const SummaryRow& row : results.summary) {
    if (!is_charted(row.period)) continue;
    const std::string shelf = shelf_of(row.series, detail);
    if (shelf.empty()) continue;
    const auto [at, added] = place.try_emplace(row.series, all.size());
    if (added) {
      all.push_back({{"id", row.series},
                     {"shelf", shelf},
                     {"subject", labels.both([&](const Labels& l) { return l.subject(row.series); })},
                     {"measure", labels.both([&](const Labels& l) { return l.measure(row.series); })},
                     {"unit", row.unit},
                     {"fan", Json::array()}});
    }
    all[at->second]["fan"].push_back(fan_row(periods.number_of(row.period), row.distribution));
  }
  return all;
}

/// Splits of growth; those whose parts sum to it can be stacked.
Json contributions_json(const RunResults& results, ReportDetail detail, const BothLabels& labels,
                        ReportPeriods& periods) {
  static const std::set<std::string> sums_up{"product", "market", "driver", "stage", "price_volume"};
  Json splits = Json::array();
  std::map<std::string, std::size_t> split_place;
  std::map<std::string, std::size_t> part_place;
  for (const ContributionRow& row : results.contributions) {
    const bool of_total = row.of == kHeadlineSeries;
    const bool of_group = row.by == "price_volume" && row.of.starts_with("exports.product.");
    if (!sums_up.contains(row.by) || !is_charted(row.period) || (!of_total && !of_group)) continue;
    if ((of_group || detail == ReportDetail::brief) && row.period.frequency == Frequency::month) continue;
    if (of_group && detail == ReportDetail::brief) continue;
    const auto [split, new_split] = split_place.try_emplace(row.of + "/" + row.by, splits.size());
    if (new_split) {
      splits.push_back({{"of", row.of},
                        {"by", row.by},
                        {"subject", labels.both([&](const Labels& l) { return l.subject(row.of); })},
                        {"name", labels.both([&](const Labels& l) { return l.split(row.by); })},
                        {"parts", Json::array()}});
    }
    Json& parts = splits[split->second]["parts"];
    const auto [part, new_part] = part_place.try_emplace(row.of + "/" + row.by + "/" + row.key, parts.size());
    if (new_part)
      parts.push_back({{"key", row.key},
                       {"name", labels.both([&](const Labels& l) { return l.key(row.by, row.key); })},
                       {"rows", Json::array()}});
    const Distribution& d = row.distribution;
    parts[part->second]["rows"].push_back({periods.number_of(row.period), figure(d.mean), figure(d.quantile[kP05]),
                                           figure(d.quantile[kP95]), error_figure(d.se_mean),
                                           error_figure(d.se_quantile[kP05]), error_figure(d.se_quantile[kP95])});
  }
  return splits;
}

/// Chances by series, event and threshold. What is above a threshold is the rest of what is below.
Json chances_json(const RunResults& results, ReportDetail detail, const BothLabels& labels, ReportPeriods& periods) {
  static const std::set<std::string> shown{"below", "fallen_to", "risen_to", "es_low"};
  std::map<std::string, std::string> unit;
  for (const SummaryRow& row : results.summary) unit[row.series] = row.unit;
  Json all = Json::array();
  std::map<std::string, std::size_t> place;
  for (const ProbabilityRow& row : results.probabilities) {
    const SeriesName name(row.series);
    const bool growth = name.measure == "yoy" && (name.dimension == "total" || row.event == "below");
    if (!shown.contains(row.event) || !is_charted(row.period) || (!growth && name.flow != "driver")) continue;
    if (shelf_of(row.series, detail).empty()) continue;
    const std::string id = row.series + "/" + row.event + "/" + figure(row.threshold).dump();
    const auto [at, added] = place.try_emplace(id, all.size());
    if (added) {
      all.push_back(
          {{"series", row.series},
           {"event", row.event},
           {"threshold", figure(row.threshold)},
           {"subject", labels.both([&](const Labels& l) { return l.subject(row.series); })},
           {"name", labels.both([&](const Labels& l) { return l.event(row.event, row.threshold, unit[row.series]); })},
           {"rows", Json::array()}});
    }
    all[at->second]["rows"].push_back({periods.number_of(row.period), figure(row.probability), error_figure(row.se)});
  }
  return all;
}

Json tail_json(const TailResult& tail, const BothLabels& labels, ReportPeriods& periods) {
  Json rows = Json::array();
  for (const TailResult::Row& row : tail.rows) {
    const std::size_t slash = row.series.find('/'), second = row.series.find('/', slash + 1);
    const std::string by = slash == std::string::npos ? "" : row.series.substr(slash + 1, second - slash - 1);
    rows.push_back({{"series", row.series},
                    {"by", by},
                    {"name", labels.both([&](const Labels& l) {
                       return by.empty() ? l.series(row.series) : l.key(by, row.series.substr(second + 1));
                     })},
                    {"period", periods.number_of(row.period)},
                    {"unit", row.unit},
                    {"mean", figure(row.mean)},
                    {"tail", figure(row.tail_mean)},
                    {"se", error_figure(row.se_tail_mean)}});
  }
  return {{"series", tail.headline},
          {"subject", labels.both([&](const Labels& l) { return l.series(tail.headline); })},
          {"period", periods.number_of(tail.period)},
          {"share", figure(tail.share)},
          {"edge", figure(tail.headline_edge)},
          {"rows", rows}};
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

Json comparison_json(const ReportedComparison& comparison, ReportPeriods& periods) {
  const BothLabels labels(*comparison.titles);
  Json rows = Json::array();
  const auto add = [&](const DifferenceRow& row, const std::string& id, const Json& name) {
    const Distribution& d = row.difference;
    rows.push_back(
        {{"series", id},
         {"by", row.by},
         {"name", name},
         {"unit", row.unit},
         {"row",
          {periods.number_of(row.period), figure(row.base.value), error_figure(row.base.se), figure(row.other.value),
           error_figure(row.other.se), figure(d.mean), error_figure(d.se_mean), figure(d.quantile[kP05]),
           figure(d.quantile[kP95]), error_figure(d.se_quantile[kP05]), error_figure(d.se_quantile[kP95])}}});
  };
  for (const DifferenceRow& row : comparison.results->summary) {
    const SeriesName name(row.series);
    const bool shown = name.measure == "yoy" || name.flow == "driver" || row.series == "exports.total.value" ||
                       row.series == "balance.total.value";
    if (!shown || row.period.frequency != Frequency::year) continue;
    const bool growth = name.measure == "yoy";
    add(row, row.series,
        labels.both([&](const Labels& l) { return growth ? l.subject(row.series) : l.series(row.series); }));
  }
  for (const DifferenceRow& row : comparison.results->contributions) {
    if (row.series != kHeadlineSeries || row.period.frequency != Frequency::year) continue;
    add(row, row.series + "/" + row.by + "/" + row.key,
        labels.both([&](const Labels& l) { return l.key(row.by, row.key); }));
  }
  return {{"base", comparison.base},
          {"other", comparison.other},
          {"base_title", {comparison.base_title.en, comparison.base_title.zh}},
          {"other_title", {comparison.other_title.en, comparison.other_title.zh}},
          {"paths", comparison.results->statistics.paths_done},
          {"rows", rows}};
}

}  // namespace plimsoll
