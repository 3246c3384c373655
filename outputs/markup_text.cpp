#include "outputs/markup_text.hpp"

#include <algorithm>

namespace plimsoll {

std::string html_escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      default: safe += c;
    }
  }
  return safe;
}

std::string svg_escaped(const std::string& text) {
  std::string safe = html_escaped(text);
  std::replace_if(
      safe.begin(), safe.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return safe;
}

}  // namespace plimsoll
