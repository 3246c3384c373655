#include "outputs/labels.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "outputs/label_words.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

std::string plain(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

std::string raised(std::string title) {
  if (!title.empty()) title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  return title;
}

/// English puts an article before some names.
std::string with_article(const std::string& market) {
  for (const char* start : {"United ", "European "}) {
    if (market.starts_with(start)) return "the " + market;
  }
  return market.starts_with("Rest ") ? "the " + in_a_sentence(market) : market;
}

constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
std::string month_name(Month month) { return kMonths[static_cast<std::size_t>(month.month() - 1)]; }

/// What stands before and after the n-th dot.
std::string first_part(std::string& rest) {
  const std::size_t dot = rest.find('.');
  std::string part = rest.substr(0, dot);
  rest = dot == std::string::npos ? "" : rest.substr(dot + 1);
  return part;
}

/// `exports.product.memory.yoy` in its parts; the measure is what follows the last dot.
struct SeriesParts {
  std::string flow, dimension, id, measure;

  explicit SeriesParts(std::string rest) {
    const std::size_t last = rest.rfind('.');
    measure = last == std::string::npos ? "" : rest.substr(last + 1);
    rest = rest.substr(0, last);
    flow = first_part(rest);
    dimension = first_part(rest);
    id = rest;
  }
};

}  // namespace

std::string in_a_sentence(std::string words) {
  const bool acronym = words.size() > 1 && std::isupper(static_cast<unsigned char>(words[1])) != 0;
  if (!words.empty() && !acronym) words[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(words[0])));
  return words;
}

std::string Labels::named(const std::map<std::string, Text>& titles, const std::string& id) const {
  const auto place = titles.find(id);
  const std::string title = place == titles.end() ? "" : in(place->second, language_);
  return title.empty() ? plain(id) : title;
}

std::string Labels::set(const std::string& id) const {
  const auto own = titles_.sets.find(id);
  if (own != titles_.sets.end() && !in(own->second, language_).empty()) return in(own->second, language_);
  const Text* words = words::set(id);
  return words == nullptr ? plain(id) : in(*words, language_);
}

std::string Labels::goods(const std::string& flow, const std::string& dimension, const std::string& id) const {
  const bool zh = language_ == Language::zh;
  const std::string en_flow = flow == "exports" ? "Exports" : flow == "imports" ? "Imports" : "Trade balance";
  std::string zh_flow = flow == "exports" ? "出口" : flow == "imports" ? "进口" : "贸易差额";
  if (dimension == "total") {
    if (zh) return zh_flow;
    return flow == "balance" ? en_flow : "Total " + in_a_sentence(en_flow);
  }
  if (dimension == "market") {
    const bool is_market = titles_.markets.contains(id);
    if (zh) return "对" + (is_market ? named(titles_.markets, id) : set(id)) + zh_flow;
    return en_flow + " to " + (is_market ? with_article(named(titles_.markets, id)) : set(id));
  }
  if (dimension == "without") return zh ? "剔除" + set(id) + "后的" + zh_flow : en_flow + " without " + set(id);
  const auto& titles = flow == "imports" ? titles_.imports : titles_.products;
  const std::string of = dimension == "chain" ? set(id) : named(titles, id);
  if (zh) return of + zh_flow;
  return en_flow + (flow == "balance" ? " in " : " of ") + (dimension == "chain" ? of : in_a_sentence(of));
}

std::string Labels::subject(const std::string& series) const {
  SeriesParts parts(series);
  if (parts.flow == "driver") {
    const Text* words = words::level(parts.dimension);
    return words == nullptr ? raised(plain(parts.dimension)) : in(*words, language_);
  }
  return goods(parts.flow, parts.dimension, parts.id);
}

std::string Labels::measure(const std::string& series) const {
  const std::string id = SeriesParts(series).measure;
  const Text* words = words::measure(id);
  return words == nullptr ? plain(id) : in(*words, language_);
}

std::string Labels::series(const std::string& id) const {
  const std::size_t slash = id.find('/');
  if (slash != std::string::npos) {
    const std::size_t second = id.find('/', slash + 1);
    const std::string by = id.substr(slash + 1, second - slash - 1), part = id.substr(second + 1);
    const std::string of = subject(id.substr(0, slash));
    return language_ == Language::zh ? key(by, part) + "对" + of + "增速的拉动"
                                     : key(by, part) + ", contribution to growth of " + in_a_sentence(of);
  }
  const SeriesParts parts(id);
  const bool bare = parts.flow == "driver" || parts.flow == "balance";
  if (bare) return subject(id);
  return subject(id) + (language_ == Language::zh ? "" : ", ") + measure(id);
}

std::string Labels::key(const std::string& by, const std::string& key) const {
  if (by == "product") return named(titles_.products, key);
  if (by == "market") return named(titles_.markets, key);
  if (by == "market_set" || by == "chain") return raised(set(key));
  if (by == "driver") {
    if (key.starts_with("shocks."))
      return (language_ == Language::zh ? "情景冲击：" : "Shock: ") + plain(key.substr(std::string("shocks.").size()));
    const Text* words = words::driver(key);
    return words == nullptr ? raised(plain(key)) : in(*words, language_);
  }
  const Text* words = words::part(key);
  return words == nullptr ? plain(key) : in(*words, language_);
}

std::string Labels::split(const std::string& by) const {
  const Text* words = words::split(by);
  return words == nullptr ? plain(by) : in(*words, language_);
}

std::string Labels::unit(const std::string& id) const {
  const Text* words = words::unit(id);
  return words == nullptr ? plain(id) : in(*words, language_);
}

std::string Labels::frequency(Frequency frequency) const {
  return in(*words::frequency(to_string(frequency)), language_);
}

std::string Labels::period(const Period& p) const {
  constexpr std::array kQuarters{"一", "二", "三", "四"}, kOrdinals{"first", "second", "third", "fourth"};
  const std::string year = std::to_string(p.last.year()), first = std::to_string(p.first.month()),
                    last = std::to_string(p.last.month());
  const bool zh = language_ == Language::zh;
  const auto quarter = static_cast<std::size_t>(p.last.quarter() - 1);
  switch (p.frequency) {
    case Frequency::year: return zh ? year + "年" : year;
    case Frequency::quarter:
      return zh ? year + "年" + kQuarters[quarter] + "季度" : std::string(kOrdinals[quarter]) + " quarter of " + year;
    case Frequency::month:
    case Frequency::year_to_date: break;
  }
  const bool one = p.first == p.last;
  if (!zh) return (one ? month_name(p.last) : month_name(p.first) + "-" + month_name(p.last)) + " " + year;
  const std::string months = year + "年" + (one ? last : first + "—" + last) + "月";
  return p.frequency == Frequency::year_to_date ? months + "累计" : months;
}

std::string Labels::event(const std::string& event, double threshold, const std::string& unit_id) const {
  const bool zh = language_ == Language::zh;
  const std::string gap = zh || unit_id == "pct" ? "" : " ";
  const std::string level = shortest(threshold) + (unit_id == "index" ? "" : gap + unit(unit_id));
  if (event == "below") return zh ? "低于" + level : "below " + level;
  if (event == "above") return zh ? "高于" + level : "above " + level;
  if (event == "fallen_to") return zh ? "曾降至" + level : "has fallen to " + level;
  if (event == "risen_to") return zh ? "曾升至" + level : "has risen to " + level;
  const std::string share = shortest(threshold) + "%";
  if (event == "es_low") return zh ? "最差" + share + "情形的均值" : "mean of the worst " + share;
  if (event == "required") return zh ? "全年达到" + share + "所需增速" : "growth needed for " + share + " in the year";
  return plain(event);
}

std::string Labels::statistic(const std::string& id) const {
  const bool error = id.starts_with("se_");
  const std::string of = error ? id.substr(3) : id;
  const Text* words = words::statistic(of);
  std::string name = words == nullptr ? plain(of) : in(*words, language_);
  if (!error) return name;
  return language_ == Language::zh ? name + "的标准误" : "standard error of the " + name;
}

}  // namespace plimsoll
