#include "outputs/xlsx/report_workbook.hpp"

#include "outputs/xlsx/report_sheets.hpp"
#include "outputs/xlsx/workbook_writer.hpp"

namespace plimsoll {

namespace report_sheets {

Sheet begun(const Runs& runs, std::string name, Language language) {
  Sheet sheet{std::move(name), {}, {}};
  if (runs.size() > 1) sheet.columns.push_back({language == Language::zh ? "情景" : "Scenario", NumberLook::text, 22});
  return sheet;
}

std::vector<Cell> begun_row(const Runs& runs, const WorkbookRun& run) {
  if (runs.size() > 1) return {run.context->scenario_name};
  return {};
}

}  // namespace report_sheets

std::string report_workbook(const std::vector<WorkbookRun>& runs, Language language, const std::string& scratch) {
  namespace sheets = report_sheets;
  const Titles none;
  const Labels words(none, language);
  const RunContext& first = *runs.front().context;
  const std::string title = in(Text{first.title_en, first.title_zh}, language);
  const auto fill = [&](WorkbookWriter& writer) {
    writer.add(sheets::overview(runs, language));
    if (runs.size() > 1) writer.add(sheets::comparison(runs, language));
    writer.add(sheets::fan(runs, language));
    writer.add(sheets::driver_chart(runs, language));
    for (const Frequency frequency : {Frequency::year, Frequency::quarter, Frequency::month, Frequency::year_to_date})
      writer.add(sheets::summary(runs, frequency, language));
    writer.add(sheets::probabilities(runs, language));
    writer.add(sheets::contributions(runs, {"driver"}, words("By driver", "分驱动因素"), language));
    writer.add(sheets::contributions(runs, {"product"}, words("By product", "分产品"), language));
    writer.add(sheets::contributions(runs, {"market"}, words("By market", "分市场"), language));
    writer.add(sheets::contributions(runs, {"price_volume"}, words("Price and volume", "价格与数量"), language));
    writer.add(sheets::contributions(runs, {"stage", "chain", "market_set"}, words("Groups", "组合"), language));
    writer.add(sheets::tail(runs, language));
    writer.add(sheets::drivers(runs, language));
    writer.add(sheets::assumptions(runs, language));
    writer.add(sheets::provenance(runs, language));
  };
  return workbook_bytes("report.xlsx", scratch, runs.size() == 1 && !title.empty() ? title : "plimsoll",
                        first.started_utc, fill);
}

}  // namespace plimsoll
