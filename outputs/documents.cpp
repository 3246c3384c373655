#include "outputs/documents.hpp"

#include "outputs/html/report.hpp"
#include "outputs/memo.hpp"
#include "outputs/pandoc.hpp"
#include "outputs/svg/charts.hpp"
#include "outputs/xlsx/report_workbook.hpp"

namespace plimsoll {

namespace {

std::vector<Language> languages_of(const RunContext& context) {
  std::vector<Language> languages;
  for (const std::string& code : context.languages) languages.push_back(code == "zh" ? Language::zh : Language::en);
  return languages;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> documents(const RunResults& results, const RunContext& context,
                                                           const std::string& digest, const std::string& scratch) {
  std::vector<std::pair<std::string, std::string>> files;
  const FileChoice& choice = context.files;
  for (const Language language : languages_of(context)) {
    MemoInput input{results, context, digest};
    if (choice.has(FileKind::svg)) {
      for (auto& [stem, svg] : {std::pair("fan", fan_svg(results, context, language)),
                                std::pair("contributions", contributions_svg(results, context, language))}) {
        if (svg.empty()) continue;  // nothing of it is reported
        input.charts.push_back(language_file(stem, language, "svg"));
        files.emplace_back(input.charts.back(), svg);
      }
    }
    if (choice.has(FileKind::memo)) files.emplace_back(language_file("memo", language, "md"), memo(input, language));
    if (choice.has(FileKind::docx)) {
      input.charts.clear();  // Word shows no SVG that pandoc has not converted
      files.emplace_back(language_file("memo", language, "docx"),
                         docx_of(memo(input, language), scratch, context.started_utc));
    }
  }
  if (choice.has(FileKind::html)) files.emplace_back("report.html", html_report(results, context, digest));
  if (choice.has(FileKind::xlsx))
    files.emplace_back("report.xlsx",
                       report_workbook({{&results, &context, digest}}, languages_of(context).front(), scratch));
  return files;
}

std::vector<std::string> every_file_name() {
  std::vector<std::string> names{"summary.csv", "probabilities.csv", "contributions.csv",
                                 "tail.csv",    "report.html",       "report.xlsx"};
  for (const Language language : {Language::en, Language::zh}) {
    for (const auto& [stem, ending] : {std::pair("memo", "md"), std::pair("memo", "docx"), std::pair("fan", "svg"),
                                       std::pair("contributions", "svg")})
      names.push_back(language_file(stem, language, ending));
  }
  return names;
}

}  // namespace plimsoll
