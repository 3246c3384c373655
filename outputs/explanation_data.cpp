/// \file
/// The explanation of a figure as CSV and JSON.
#include <nlohmann/json.hpp>

#include "outputs/context_json.hpp"
#include "outputs/csv_field.hpp"
#include "outputs/explanation.hpp"
#include "outputs/json_number.hpp"
#include "outputs/labels.hpp"
#include "outputs/results_view.hpp"

namespace plimsoll {

namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kShown[] = {kP05, kP50, kP95};
constexpr const char* kNames[] = {"p05_pp", "p50_pp", "p95_pp"};

std::string figures(const Distribution& d) {
  return csv_numbers({d.mean, d.quantile[kP05], d.quantile[kP50], d.quantile[kP95], d.se_mean, d.se_quantile[kP05],
                      d.se_quantile[kP50], d.se_quantile[kP95]});
}

Json figures_json(const Distribution& d) {
  Json json{{"mean_pp", json_number(d.mean)}};
  for (std::size_t k = 0; k < 3; ++k) json[kNames[k]] = json_number(d.quantile[kShown[k]]);
  json["se_mean_pp"] = json_number(d.se_mean);
  for (std::size_t k = 0; k < 3; ++k) json[std::string("se_") + kNames[k]] = json_number(d.se_quantile[kShown[k]]);
  return json;
}

/// Rows of contributions.csv that split this figure.
std::vector<const ContributionRow*> parts_of(const RunResults& results, const ExplainedFigure& figure) {
  std::vector<const ContributionRow*> rows;
  for (const ContributionRow& row : results.contributions) {
    if (row.of == figure.of && row.period == figure.period) rows.push_back(&row);
  }
  return rows;
}

}  // namespace

std::string explanation_csv(const RunResults& results, const ExplainedFigure& figure, Language language) {
  const Labels labels(results.titles, language);
  std::string text =
      "of,by,key,name,frequency,period,mean_pp,p05_pp,p50_pp,p95_pp,se_mean_pp,se_p05_pp,se_p50_pp,se_p95_pp\n";
  const std::string period = "," + to_string(figure.period.frequency) + "," + to_string(figure.period);
  text += figure.of + ",growth,total," + csv_field(labels.series(figure.of)) + period +
          figures(find_row(results, figure.of, figure.period)->distribution) + "\n";
  for (const ContributionRow* row : parts_of(results, figure))
    text += row->of + "," + row->by + "," + csv_field(row->key) + "," + csv_field(labels.key(row->by, row->key)) +
            period + figures(row->distribution) + "\n";
  return text;
}

std::string explanation_json(const RunResults& results, const RunContext& context, const ExplainedFigure& figure,
                             Language language) {
  const Labels labels(results.titles, language);
  Json json{{"scenario", context.scenario_name},
            {"of", figure.of},
            {"name", labels.series(figure.of)},
            {"frequency", to_string(figure.period.frequency)},
            {"period", to_string(figure.period)},
            {"paths", results.statistics.paths_done},
            {"growth", figures_json(find_row(results, figure.of, figure.period)->distribution)}};
  const Period before = year_before(figure.period);
  if (const SummaryRow* row = find_row(results, figure.of, before))
    json["year_before"] = figures_json(row->distribution);
  for (const HistoryRow& row : results.history) {
    if (row.series == figure.of && row.period == before)
      json["year_before"] = {{"observed_pct", json_number(row.value)}};
  }
  Json parts = Json::array();
  for (const ContributionRow* row : parts_of(results, figure)) {
    Json part{{"by", row->by}, {"key", row->key}, {"name", labels.key(row->by, row->key)}};
    part.update(figures_json(row->distribution));
    parts.push_back(std::move(part));
  }
  json["contributions"] = std::move(parts);
  if (results.tail && results.tail->headline == figure.of && results.tail->period == figure.period) {
    Json rows = Json::array();
    for (const TailResult::Row& row : results.tail->rows)
      rows.push_back({{"series", row.series},
                      {"name", labels.series(row.series)},
                      {"period", to_string(row.period)},
                      {"unit", row.unit},
                      {"mean", json_number(row.mean)},
                      {"tail_mean", json_number(row.tail_mean)},
                      {"se_tail_mean", json_number(row.se_tail_mean)}});
    json["tail"] = {
        {"share", results.tail->share}, {"edge_pct", json_number(results.tail->headline_edge)}, {"rows", rows}};
  }
  json["assumptions"] = assumptions_json(context.assumptions);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plimsoll
