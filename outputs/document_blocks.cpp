#include "outputs/document_blocks.hpp"

#include "outputs/markdown.hpp"
#include "outputs/markup_text.hpp"

namespace plimsoll {
namespace {

using Kind = DocumentBlock::Kind;

constexpr const char* kStyle =
    "body{font:16px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;color:#1a1a1a;max-width:64rem;margin:2rem "
    "auto;padding:0 "
    "1rem}h1{font-size:1.7rem}h2{font-size:1.25rem;margin-top:2.2rem}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums;margin-"
    "bottom:1.4rem}"
    "th,td{padding:.22rem .5rem;text-align:right;border-bottom:1px solid #ddd;white-space:nowrap}"
    "th:first-child,td:first-child{text-align:left}figure{margin:1rem 0}figcaption{color:#555;font-size:.9rem}"
    "svg{max-width:100%;height:auto}@media print{body{margin:0}figure,table{break-inside:avoid}}";

std::string html_row(const std::vector<std::string>& cells, const std::string& tag) {
  std::string text = "<tr>";
  for (const std::string& cell : cells) text += "<" + tag + ">" + html_escaped(cell) + "</" + tag + ">";
  return text + "</tr>\n";
}

}  // namespace

DocumentBlock heading(std::string text) { return {Kind::heading, std::move(text)}; }
DocumentBlock paragraph(std::string text) { return {Kind::paragraph, std::move(text)}; }
DocumentBlock table(std::vector<std::string> header, std::vector<std::vector<std::string>> rows) {
  return {Kind::table, "", std::move(header), std::move(rows)};
}
DocumentBlock picture(std::string says, std::string svg) {
  return {Kind::picture, std::move(says), {}, {}, std::move(svg)};
}

void add_section(const ScoreSection& section, std::vector<DocumentBlock>& out) {
  out.push_back(heading(section.title));
  for (const ScoreTable& one : section.tables) {
    if (one.rows.empty()) continue;
    if (!one.title.empty()) out.push_back(paragraph(one.title));
    out.push_back(table(one.header, one.rows));
  }
}

std::string document_markdown(const Document& document) {
  std::string text = "# " + markdown::escaped(document.title) + "\n\n";
  for (const DocumentBlock& block : document.blocks) {
    switch (block.kind) {
      case Kind::heading: text += "## " + markdown::escaped(block.text) + "\n\n"; break;
      case Kind::paragraph: text += markdown::escaped(block.text) + "\n\n"; break;
      case Kind::table: text += markdown::table(block.header, block.rows); break;
      case Kind::picture: break;
    }
  }
  text.erase(text.find_last_not_of('\n') + 1);
  return text + "\n";
}

std::string document_html(const Document& document) {
  const std::string title = html_escaped(document.title);
  std::string text =
      "<!doctype html>\n<html lang=\"" + std::string(document.language == Language::zh ? "zh-CN" : "en") +
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      title + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n";
  for (const DocumentBlock& block : document.blocks) {
    switch (block.kind) {
      case Kind::heading: text += "<h2>" + html_escaped(block.text) + "</h2>\n"; break;
      case Kind::paragraph: text += "<p>" + html_escaped(block.text) + "</p>\n"; break;
      case Kind::table:
        text += "<div class=\"wide\"><table>\n<thead>" + html_row(block.header, "th") + "</thead>\n<tbody>\n";
        for (const auto& row : block.rows) text += html_row(row, "td");
        text += "</tbody>\n</table></div>\n";
        break;
      case Kind::picture:
        text += "<figure>\n" + block.svg + "<figcaption>" + html_escaped(block.text) + "</figcaption>\n</figure>\n";
        break;
    }
  }
  return text + "</body>\n</html>\n";
}

}  // namespace plimsoll
