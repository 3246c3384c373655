#include "outputs/file_choice.hpp"

#include "outputs/html/report.hpp"
#include "outputs/pandoc.hpp"

namespace plimsoll {

const std::vector<std::string>& file_kind_names() {
  static const std::vector<std::string> names{"csv", "memo", "html", "xlsx", "docx", "svg"};
  return names;
}

std::string name_of(FileKind kind) { return file_kind_names()[static_cast<std::size_t>(kind)]; }

std::optional<FileKind> file_kind(const std::string& name) {
  const auto& names = file_kind_names();
  const auto place = std::find(names.begin(), names.end(), name);
  if (place == names.end()) return std::nullopt;
  return static_cast<FileKind>(place - names.begin());
}

std::string why_not(FileKind kind) {
  if (kind == FileKind::html && !html_report_available())
    return html_report_problem() + (html_report_hint().empty() ? "" : "; " + html_report_hint());
  if (kind == FileKind::docx && !has_pandoc()) return "docx is made by pandoc, which is not installed here";
  return "";
}

FileChoice default_choice() {
  FileChoice choice{{FileKind::csv, FileKind::memo}};
  if (why_not(FileKind::html).empty()) choice.kinds.push_back(FileKind::html);
  return choice;
}

}  // namespace plimsoll
