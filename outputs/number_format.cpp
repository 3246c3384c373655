#include "outputs/number_format.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace plimsoll {
namespace {

constexpr const char* kNoNumber = "n/a";

std::string printed(const char* format, int decimals, double value) {
  // Rounded to zero: no minus sign.
  if (std::abs(value) * std::pow(10.0, decimals) < 0.5) value = 0.0;
  char text[400];
  std::snprintf(text, sizeof text, format, decimals, value);
  return text;
}

}  // namespace

std::string signed_fixed(double value, int decimals) {
  return std::isfinite(value) ? printed("%+.*f", decimals, value) : kNoNumber;
}

std::string fixed(double value, int decimals) {
  return std::isfinite(value) ? printed("%.*f", decimals, value) : kNoNumber;
}

std::string scientific(double value) {
  if (!std::isfinite(value)) return kNoNumber;
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", value);
  return text;
}

std::string error_text(double se) {
  if (!std::isfinite(se)) return kNoNumber;
  int decimals = 1;
  while (decimals < 4 && se > 0 && se * std::pow(10.0, decimals) < 0.95) ++decimals;
  return "±" + printed("%.*f", decimals, se);
}

std::string probability_text(double probability, std::int64_t paths) {
  if (!std::isfinite(probability)) return kNoNumber;
  const double pct = 100.0 * probability, unseen = paths > 0 ? 300.0 / static_cast<double>(paths) : 0;
  const bool all_alike = probability == 0 || probability == 1;
  if (all_alike && unseen > 50) return kNoNumber;
  if (all_alike && unseen > 0.1)
    return (pct < 50 ? "below " + fixed(unseen, 1) : "above " + fixed(100 - unseen, 1)) + "%";
  if (pct < 0.05) return "below 0.1%";
  if (pct > 99.95) return "above 99.9%";
  return fixed(pct, pct < 9.95 || pct > 90.05 ? 1 : 0) + "%";
}

std::string probability_with_error(double probability, double se, std::int64_t paths) {
  const std::string text = probability_text(probability, paths);
  const bool all_alike = probability == 0 || probability == 1;  // the bound is the error
  return all_alike ? text : text + " " + error_text(100 * se) + " pp";
}

std::string grouped(std::int64_t value) {
  std::string digits = std::to_string(value);
  const std::ptrdiff_t first = value < 0 ? 1 : 0;
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > first; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string usd_bn_text(double value) {
  if (!std::isfinite(value)) return kNoNumber;
  return std::abs(value) >= 100 ? grouped(std::llround(value)) : fixed(value, 1);
}

int level_decimals(double value) {
  constexpr double kSmall = 20;
  return std::abs(value) < kSmall ? 2 : 1;
}

int text_width(const std::string& text) {
  int width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0x1B) {  // a colour code ends with m
      i = std::min(text.find('m', i), text.size() - 1);
    } else if ((byte & 0xC0U) != 0x80U) {
      // Wide: three-byte sequences from U+3000 on save the private and half-width areas, full-width punctuation and
      // letters (U+FF01 to U+FF60), and four-byte ones.
      const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
      const auto last = static_cast<unsigned char>(i + 2 < text.size() ? text[i + 2] : 0);
      const bool full_width = byte == 0xEF && (next == 0xBC || (next == 0xBD && last <= 0xA0));
      const bool wide = (byte >= 0xE3 && byte <= 0xED) || full_width || byte >= 0xF0;
      width += wide ? 2 : 1;
    }
  }
  return width;
}

std::string right_aligned(const std::string& text, int width) {
  return std::string(static_cast<std::size_t>(std::max(0, width - text_width(text))), ' ') + text;
}

std::string left_aligned(const std::string& text, int width) {
  return text + std::string(static_cast<std::size_t>(std::max(0, width - text_width(text))), ' ');
}

}  // namespace plimsoll
