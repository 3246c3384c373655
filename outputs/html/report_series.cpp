#include "outputs/html/report_series.hpp"

#include <map>
#include <set>

#include "outputs/results_view.hpp"

namespace plimsoll {

using Json = nlohmann::ordered_json;

namespace {

/// [period, 5%, 25%, 50%, 75%, 95%, mean, and the error of each].
Json fan_row(int period, const Distribution& d) {
  Json row{period};
  for (const std::size_t q : {kP05, kP25, kP50, kP75, kP95}) row.push_back(figure(d.quantile[q]));
  row.push_back(figure(d.mean));
  for (const std::size_t q : {kP05, kP25, kP50, kP75, kP95}) row.push_back(error_figure(d.se_quantile[q]));
  row.push_back(error_figure(d.se_mean));
  return row;
}

}  // namespace

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

Json chances_json(const RunResults& results, ReportDetail detail, const BothLabels& labels, ReportPeriods& periods) {
  static const std::set<std::string> shown{"below", "fallen_to", "risen_to", "es_low"};
  std::map<std::string, std::string> unit;
  for (const SummaryRow& row : results.summary) unit.try_emplace(row.series, row.unit);
  Json all = Json::array();
  std::map<std::string, std::size_t> place;
  for (const ProbabilityRow& row : results.probabilities) {
    if (!shown.contains(row.event) || !is_charted(row.period)) continue;
    const SeriesName name(row.series);
    const bool growth = name.measure == "yoy" && (name.dimension == "total" || row.event == "below");
    if (!growth && name.flow != "driver") continue;
    if (shelf_of(row.series, detail).empty()) continue;
    if (detail == ReportDetail::brief && name.dimension == "chain") continue;
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

Json tail_json(const TailResult& tail, ReportDetail detail, const BothLabels& labels, ReportPeriods& periods) {
  Json groups = Json::array();
  std::map<std::string, std::size_t> place;
  for (const TailResult::Row& row : tail.rows) {
    const std::size_t slash = row.series.find('/'), second = row.series.find('/', slash + 1);
    const std::string by = slash == std::string::npos ? "" : row.series.substr(slash + 1, second - slash - 1);
    const bool is_brief = by == "driver" || row.series.starts_with("driver.") || row.series == tail.headline;
    if (!is_charted(row.period) || (detail == ReportDetail::brief && !is_brief)) continue;
    const auto [at, added] = place.try_emplace(row.series, groups.size());
    if (added) {
      groups.push_back({{"series", row.series},
                        {"by", by},
                        {"name", labels.both([&](const Labels& l) {
                           return by.empty() ? l.series(row.series) : l.key(by, row.series.substr(second + 1));
                         })},
                        {"unit", row.unit},
                        {"rows", Json::array()}});
    }
    groups[at->second]["rows"].push_back(
        {periods.number_of(row.period), figure(row.mean), figure(row.tail_mean), error_figure(row.se_tail_mean)});
  }
  return {{"series", tail.headline},
          {"subject", labels.both([&](const Labels& l) { return l.series(tail.headline); })},
          {"period", periods.number_of(tail.period)},
          {"share", figure(tail.share)},
          {"edge", figure(tail.headline_edge)},
          {"groups", groups}};
}

}  // namespace plimsoll
