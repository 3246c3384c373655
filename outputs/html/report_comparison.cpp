#include "outputs/html/report_names.hpp"
#include "outputs/results_view.hpp"

namespace plimsoll {

using Json = nlohmann::ordered_json;

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
