#include "outputs/markdown.hpp"

#include <algorithm>
#include <string_view>

namespace plimsoll::markdown {

namespace {

bool breaks_line(char c) { return c == '\n' || c == '\r' || c == '\t'; }

std::string row_text(const std::vector<std::string>& cells) {
  std::string text = "|";
  for (const std::string& cell : cells) text += " " + cell + " |";
  return text + "\n";
}

}  // namespace

std::string escaped(const std::string& text) {
  constexpr std::string_view kSpecial = "\\`*_{}[]<>#|&~";
  std::string out;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += breaks_line(c) ? ' ' : c;
  }
  return out;
}

std::string shortened(const std::string& text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) continue;  // inside a character
    if (++characters > most) return text.substr(0, at) + "…";
  }
  return text;
}

std::string code(const std::string& text, std::size_t most) {
  std::string out = shortened(text, most);
  // A code span ends at a backtick, and a table's cell at a bar: neither can be escaped inside.
  std::replace(out.begin(), out.end(), '`', '\'');
  std::replace(out.begin(), out.end(), '|', '/');
  std::replace_if(out.begin(), out.end(), breaks_line, ' ');
  return out.empty() ? "" : "`" + out + "`";
}

std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                  std::size_t left) {
  if (rows.empty()) return "";
  std::string text = row_text(header) + "|";
  for (std::size_t k = 0; k < header.size(); ++k) text += k < left ? "---|" : "---:|";
  text += "\n";
  for (const std::vector<std::string>& row : rows) text += row_text(row);
  return text + "\n";
}

}  // namespace plimsoll::markdown
