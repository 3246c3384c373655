#include "scenarios/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "scenarios/shortest_text.hpp"

namespace plimsoll {

void add_shortest(double value, std::string& to) {
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value == 0 ? 0.0 : value).ptr;
  to.append(text.data(), end);
}

std::string shortest(double value) {
  std::string text;
  add_shortest(value, text);
  return text;
}

std::optional<double> parse_double(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);  // from_chars knows no plus sign
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

}  // namespace plimsoll
