/// \file
/// Sheets of facts: what ran, what it says in words, what it assumes, how to make it again.
#include "outputs/headline_sentence.hpp"
#include "outputs/xlsx/report_sheets.hpp"

namespace plimsoll::report_sheets {

namespace {

/// Names in the first column of a run, what they are in the second: a text, or a number.
Sheet facts_sheet(const Runs& runs, std::string name, const Labels& words) {
  Sheet sheet = begun(runs, std::move(name), words.language());
  sheet.columns.push_back({words("What", "项目"), NumberLook::text, 30});
  sheet.columns.push_back({words("Text", "内容"), NumberLook::text, 100});
  sheet.columns.push_back({words("Number", "数值"), NumberLook::whole, 14});
  return sheet;
}

void add_text(const Runs& runs, const WorkbookRun& run, const std::string& what, const std::string& text,
              Sheet& sheet) {
  if (text.empty()) return;
  std::vector<Cell> row = begun_row(runs, run);
  row.emplace_back(what);
  row.emplace_back(text);
  sheet.rows.push_back(std::move(row));
}

void add_number(const Runs& runs, const WorkbookRun& run, const std::string& what, double number, Sheet& sheet) {
  std::vector<Cell> row = begun_row(runs, run);
  row.emplace_back(what);
  row.emplace_back();
  row.push_back(number_cell(number));
  sheet.rows.push_back(std::move(row));
}

}  // namespace

Sheet overview(const Runs& runs, Language language) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = facts_sheet(runs, words("Overview", "概览"), words);
  for (const WorkbookRun& run : runs) {
    const RunContext& c = *run.context;
    const RunStatistics& ran = run.results->statistics;
    add_text(runs, run, words("Scenario", "情景"), c.scenario_name, sheet);
    add_text(runs, run, words("Title", "标题"), in(Text{c.title_en, c.title_zh}, language), sheet);
    add_text(runs, run, words("Question", "问题"), c.about.question, sheet);
    add_text(runs, run, words("In a sentence", "结论"), headline_sentence(*run.results, language), sheet);
    add_text(runs, run, words("Data to", "数据截至"), c.as_of, sheet);
    add_text(runs, run, words("Known on", "数据时点"), c.known_on, sheet);
    add_text(runs, run, words("Horizon", "预测期至"), c.horizon, sheet);
    add_number(runs, run, words("Paths done", "已完成路径数"), static_cast<double>(ran.paths_done), sheet);
    add_number(runs, run, words("Paths of the whole run", "计划路径数"), static_cast<double>(c.plan_paths), sheet);
    if (ran.paths_done < c.plan_paths)
      add_text(runs, run, words("Warning", "警告"),
               words("not the whole run: the figures rest on the paths done", "运行未完成：结果仅基于已完成路径"),
               sheet);
  }
  add_text(runs, runs.front(), words("Errors", "误差"),
           words("one Monte Carlo standard error stands beside every figure", "每个数值旁均列出一个蒙特卡洛标准误"),
           sheet);
  add_text(runs, runs.front(), words("Not in this workbook", "未收入本工作簿"),
           runs.size() == 1
               ? words("probabilities of measures other than growth and drivers: probabilities.csv",
                       "除同比与驱动变量外的概率见 probabilities.csv")
               : words("of products and markets only growth and value: summary.csv of each run has the others",
                       "产品与市场仅列同比与金额，其余指标见各次运行的 summary.csv"),
           sheet);
  return sheet;
}

Sheet assumptions(const Runs& runs, Language language) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = begun(runs, words("Assumptions", "假设"), language);
  sheet.columns.push_back({words("Field", "字段"), NumberLook::text, 40});
  sheet.columns.push_back({words("Here", "本情景"), NumberLook::text, 60});
  sheet.columns.push_back({words("In base", "基准情景"), NumberLook::text, 60});
  sheet.columns.push_back({words("From", "来源"), NumberLook::text, 34});
  for (const WorkbookRun& run : runs) {
    for (const Assumption& a : run.context->assumptions) {
      std::vector<Cell> row = begun_row(runs, run);
      for (const std::string* text : {&a.path, &a.value, &a.base_value, &a.origin})
        row.push_back(text->empty() ? Cell() : Cell(*text));
      sheet.rows.push_back(std::move(row));
    }
  }
  return sheet;
}

Sheet provenance(const Runs& runs, Language language) {
  const Titles none;
  const Labels words(none, language);
  Sheet sheet = facts_sheet(runs, words("Provenance", "来源与复现"), words);
  for (const WorkbookRun& run : runs) {
    const RunContext& c = *run.context;
    add_text(runs, run, words("Digest of the tables", "结果表摘要"), run.digest, sheet);
    add_text(runs, run, words("Run hash", "运行哈希"), c.run_hash, sheet);
    add_text(runs, run, words("Calibration", "校准"), c.calibration, sheet);
    add_text(runs, run, words("SHA-256 of the calibration", "校准的 SHA-256"), c.calibration_sha256, sheet);
    // A seed has 64 bits, more than a number of a sheet holds.
    add_text(runs, run, words("Seed", "随机种子"), std::to_string(c.seed), sheet);
    add_text(runs, run, words("Sampling", "抽样方式"), c.sampling, sheet);
    add_number(runs, run, words("Engine", "引擎编号"), c.engine_number, sheet);
    add_text(runs, run, words("Run began", "运行开始（UTC）"), c.started_utc, sheet);
    add_text(runs, run, words("To make it again", "复现"), "plimsoll reproduce manifest.json", sheet);
    for (const std::string& source : c.about.sources) add_text(runs, run, words("Source", "资料来源"), source, sheet);
  }
  return sheet;
}

}  // namespace plimsoll::report_sheets
