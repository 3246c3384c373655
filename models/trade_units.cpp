#include "models/trade_units.hpp"

#include <array>
#include <cctype>
#include <utility>

#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array<std::string_view, 5> kBlanks{" ", "\t", "\r", "　", "\xC2\xA0"};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string trimmed(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : kBlanks) {
      if (text.starts_with(blank)) text.remove_prefix(blank.size()), again = true;
      if (text.ends_with(blank)) text.remove_suffix(blank.size()), again = true;
    }
  }
  return std::string(text);
}

std::string folded(std::string_view text) {
  static constexpr std::array<Pair, 11> kForms{{{"（", "("},
                                                {"）", ")"},
                                                {"，", ","},
                                                {"、", ","},
                                                {"：", ":"},
                                                {"＊", ""},
                                                {"*", ""},
                                                {"\n", ""},
                                                {"(agg)", ""},
                                                {"(aggregate)", ""},
                                                {"_", ""}}};
  std::string name(text);
  for (const std::string_view blank : kBlanks) replace_all(name, blank, "");
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const auto& [from, to] : kForms) replace_all(name, from, to);
  return name;
}

std::optional<double> parse_grouped_number(const std::string& text) {
  std::string plain;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ',') {
      plain += text[i];
      continue;
    }
    // A comma that does not part thousands is a decimal comma or a slip: never guessed.
    const bool between = i > 0 && is_digit(text[i - 1]) && i < point && (point - i) % 4 == 0;
    if (!between) return std::nullopt;
  }
  return parse_double(plain);
}

QuantityUnit quantity_unit(const std::string& printed) {
  static constexpr std::array<std::pair<std::string_view, double>, 15> kMass{{{"吨", 1},
                                                                              {"公吨", 1},
                                                                              {"t", 1},
                                                                              {"mt", 1},
                                                                              {"ton", 1},
                                                                              {"tons", 1},
                                                                              {"tonne", 1},
                                                                              {"tonnes", 1},
                                                                              {"metrictons", 1},
                                                                              {"千克", 1e-3},
                                                                              {"公斤", 1e-3},
                                                                              {"kg", 1e-3},
                                                                              {"kgs", 1e-3},
                                                                              {"kilogram", 1e-3},
                                                                              {"kilograms", 1e-3}}};
  static constexpr std::array<std::pair<std::string_view, double>, 13> kMultiples{{{"百万", 1e6},
                                                                                   {"亿", 1e8},
                                                                                   {"万", 1e4},
                                                                                   {"百", 1e2},
                                                                                   {"千", 1e3},
                                                                                   {"10,000", 1e4},
                                                                                   {"10000", 1e4},
                                                                                   {"1,000", 1e3},
                                                                                   {"1000", 1e3},
                                                                                   {"100m", 1e8},
                                                                                   {"100million", 1e8},
                                                                                   {"million", 1e6},
                                                                                   {"10k", 1e4}}};
  std::string unit = folded(printed);
  double factor = 1;
  for (bool again = true; again;) {
    again = false;
    for (const auto& [name, of_tonne] : kMass) {
      if (unit == name) return {"t", factor * of_tonne};
    }
    for (const auto& [name, multiple] : kMultiples) {
      if (!unit.starts_with(name) || unit.size() == name.size()) continue;
      unit.erase(0, name.size());
      factor *= multiple;
      again = true;
      break;
    }
  }
  for (const std::string_view piece :
       {"台", "个", "件", "辆", "艘", "只", "units", "unit", "pcs", "sets", "set", "u"}) {
    if (unit == piece) return {"units", factor};
  }
  return {unit, factor};
}

std::optional<MoneyUnit> money_unit_in(const std::string& text) {
  struct Name {
    std::string_view name;
    const char* currency;
    double bn;
  };
  // Larger multiples first: us$10000 holds us$1000.
  static constexpr std::array<Name, 39> kNames{
      {{"百万美元", "USD", 1e-3},      {"亿美元", "USD", 0.1},        {"万美元", "USD", 1e-5},
       {"千美元", "USD", 1e-6},        {"亿元美元", "USD", 0.1},      {"美元亿元", "USD", 0.1},
       {"亿元", "RMB", 0.1},           {"亿人民币", "RMB", 0.1},      {"百万元", "RMB", 1e-3},
       {"万元", "RMB", 1e-5},          {"万人民币", "RMB", 1e-5},     {"千元", "RMB", 1e-6},
       {"usd100million", "USD", 0.1},  {"100millionusd", "USD", 0.1}, {"100millionus$", "USD", 0.1},
       {"us$100million", "USD", 0.1},  {"rmb100million", "RMB", 0.1}, {"100millionrmb", "RMB", 0.1},
       {"100millionyuan", "RMB", 0.1}, {"cny100million", "RMB", 0.1}, {"usd1000000", "USD", 1e-3},
       {"usd10000", "USD", 1e-5},      {"us$10000", "USD", 1e-5},     {"10000usd", "USD", 1e-5},
       {"10000us$", "USD", 1e-5},      {"rmb10000", "RMB", 1e-5},     {"10000rmb", "RMB", 1e-5},
       {"10000yuan", "RMB", 1e-5},     {"cny10000", "RMB", 1e-5},     {"usd1000", "USD", 1e-6},
       {"us$1000", "USD", 1e-6},       {"1000usd", "USD", 1e-6},      {"1000us$", "USD", 1e-6},
       {"usd1million", "USD", 1e-3},   {"rmb1million", "RMB", 1e-3},  {"usdmillion", "USD", 1e-3},
       {"us$million", "USD", 1e-3},    {"usdbn", "USD", 1},           {"rmbbn", "RMB", 1}}};
  std::string all = folded(text);
  replace_all(all, ",", "");
  for (const Name& one : kNames) {
    if (all.find(one.name) != std::string::npos) return MoneyUnit{one.currency, one.bn};
  }
  return std::nullopt;
}

}  // namespace plimsoll
