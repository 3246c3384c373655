#include "models/estimation/own_history.hpp"

#include <algorithm>
#include <cmath>

#include "models/calibration_table.hpp"
#include "models/estimation/forecast_errors.hpp"
#include "models/trade_units.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

constexpr int kFewestMonths = 24;
/// A residual below this share of the total is rounding and goes to the largest group.
constexpr double kRoundingFrac = 5e-4;
/// Released periods with a quantity that a unit value needs.
constexpr int kFewestQuantities = 18;
/// Own and base totals of the same months may differ by revisions only, if the base's is to stand before the own.
constexpr double kSameTotalFrac = 0.03;
constexpr int kMostNamed = 6;

class HistoryMaker {
 public:
  HistoryMaker(const TradeData& data, const std::vector<TradeFile>& files, const TradeNames& names,
               const OwnHistoryOptions& options)
      : data_(data), files_(files), names_(names), options_(options) {}

  OwnHistory make() {
    if (data_.currency != "USD")
      fail({files_.front().file, 0, 0}, "values are in " + data_.currency,
           "histories and forecasts are in USD, and growth in the two differs by the exchange rate",
           "give tables in USD, or a column value_usd_bn");
    h_.as_of = options_.as_of.value_or(data_.last);
    if (h_.as_of.month() == 1) h_.as_of = h_.as_of - 1;  // January and February are one season
    h_.window_from = std::max(options_.window_from, data_.first);
    if (h_.window_from.month() == 2) h_.window_from = h_.window_from + 1;
    const Month latest = h_.as_of - (kFewestMonths - 1);
    if (h_.window_from > latest && data_.first <= latest)
      fail({"command line", 0, 0},
           "the window from " + to_string(options_.window_from) + " to " + to_string(h_.as_of) +
               (options_.window_from > h_.as_of ? " is empty: the data end before it begins" : " is too short"),
           "a calibration needs at least 24 months of products and markets",
           "write --window-from " + to_string(latest) + " or earlier; the data begin in " + to_string(data_.first));
    if (h_.window_from > latest)
      fail({files_.front().file, 0, 0}, "the data cover " + to_string(h_.window_from) + " to " + to_string(h_.as_of),
           "a calibration needs at least 24 months of products and markets", "add the months before");
    make_total();
    h_.products = groups(key_products(data_, names_), names_.product_titles(), "other", {"Other goods", "其他商品"},
                         "all_goods", {"All goods", "全部商品"}, "products");
    if (options_.markets)
      h_.markets = groups(key_markets(data_, names_), names_.market_titles(), "rest_of_world",
                          {"Rest of world", "其他地区"}, "world", {"World", "全球"}, "markets");
    if (!problems_.empty()) throw InputError(InputKind::data, problems_);
    if (options_.markets) find_cells();
    return std::move(h_);
  }

 private:
  const TradeData& data_;
  const std::vector<TradeFile>& files_;
  const TradeNames& names_;
  const OwnHistoryOptions& options_;
  OwnHistory h_;
  std::vector<Problem> problems_;

  [[noreturn]] static void fail(const Place& at, const std::string& what, const std::string& why,
                                const std::string& hint) {
    throw data_error(problem_at(at, "", what, why, hint));
  }
  int months() const { return h_.as_of - h_.window_from + 1; }

  /// Of a month; January and February that are printed as one are divided like the total, or by the new year's date.
  std::optional<OwnMonth> month_of(const TradeLine& line, Month m, const SpanSums& sums) const {
    OwnMonth one;
    if (const std::optional<double> value = sums.over(m, m)) {
      one.value_usd_bn = *value;
      one.status = line.printed.contains({m, m}) ? "observed" : "derived";
      return one;
    }
    if (m.month() > 2) return std::nullopt;
    const Month january = Month::of(m.year(), 1);
    const std::optional<double> both = sums.over(january, january + 1);
    if (!both) return std::nullopt;
    const auto share = options_.january_frac.find(m.year());
    double frac = share == options_.january_frac.end() ? 0.5 : share->second;
    if (h_.total.holds(january) && h_.total.holds(january + 1))
      frac = h_.total.at(january) / (h_.total.at(january) + h_.total.at(january + 1));
    one.value_usd_bn = *both * (m.month() == 1 ? frac : 1 - frac);
    one.status = "split";
    return one;
  }

  void missing_months(const TradeLine& line, const std::string& what, const std::vector<Month>& missing) {
    std::string text;
    for (std::size_t k = 0; k < missing.size() && k < kMostNamed; ++k)
      text += (k > 0 ? ", " : "") + to_string(missing[k]);
    if (missing.size() > kMostNamed) text += " and others";
    problems_.push_back(
        {line.place, "", what + " has no figure above 0 for " + text,
         "a calibration needs every month from " + to_string(h_.window_from) + " to " + to_string(h_.as_of),
         "add the months, or leave the line out: it is then part of what is left of the total"});
  }

  void make_total() {
    const auto value = [&](Month m) -> std::optional<OwnMonth> {
      if (data_.total_from == "printed") return month_of(data_.total, m, data_.total.value);
      double sum = 0;
      for (const TradeLine& line : data_.total_from == "products" ? data_.products : data_.markets) {
        const std::optional<OwnMonth> one = month_of(line, m, line.value);
        if (!one) return std::nullopt;
        sum += one->value_usd_bn;
      }
      return OwnMonth{sum, std::nullopt, "derived"};
    };
    std::vector<Month> missing;
    h_.own_total_from = data_.first;
    std::map<Month, double> own;
    for (Month m = data_.first; m <= h_.as_of; m = m + 1) {
      const std::optional<OwnMonth> one = value(m);
      if (one && one->value_usd_bn > 0)
        own[m] = one->value_usd_bn;
      else if (m >= h_.window_from)
        missing.push_back(m);
    }
    if (!missing.empty()) {
      missing_months(total_line(), "the total", missing);
      throw InputError(InputKind::data, problems_);
    }
    h_.own_total_from = h_.as_of;
    while (own.contains(h_.own_total_from - 1)) h_.own_total_from = h_.own_total_from - 1;
    h_.total = {h_.own_total_from, {}};
    for (Month m = h_.own_total_from; m <= h_.as_of; m = m + 1) h_.total.values.push_back(own.at(m));
    put_base_before();
    const int held = static_cast<int>(h_.total.values.size());
    if (held < kFewestTotalMonths)
      fail(total_line().place,
           (data_.flow == kImports ? "imports: " : "") + std::string("the total has ") + std::to_string(held) +
               " months, " + std::to_string(kFewestTotalMonths) + " are needed",
           "seasons, trend and the size of shocks are estimated from " + to_string(h_.total.from) + " to " +
               to_string(h_.as_of),
           "add months before, also of the total alone: product and market empty");
  }

  /// The total's line, or the first of those that make it up.
  const TradeLine& total_line() const {
    if (data_.total_from == "printed") return data_.total;
    return data_.products.empty() ? data_.markets.front() : data_.products.front();
  }

  /// The base's total stands before the own one where the two are the same series.
  void put_base_before() {
    const MonthlySeries& base = options_.base_total;
    if (base.values.empty() || !base.holds(h_.own_total_from - 1)) return;
    double gap = 0;
    int shared = 0;
    for (Month m = h_.own_total_from; m <= h_.as_of && base.holds(m); m = m + 1) {
      gap = std::max(gap, std::abs(h_.total.at(m) / base.at(m) - 1));
      ++shared;
    }
    if (shared == 0 || gap > kSameTotalFrac) {
      h_.notes.push_back("the base's total is another series, so the own one stands alone from " +
                         to_string(h_.own_total_from));
      return;
    }
    MonthlySeries joined = base.until(h_.own_total_from - 1);
    joined.values.insert(joined.values.end(), h_.total.values.begin(), h_.total.values.end());
    h_.total = joined;
    h_.notes.push_back("before " + to_string(h_.own_total_from) + " the total is the base's");
  }

  void add_line(OwnGroup& group, const TradeLine& line) {
    std::vector<Month> missing;
    if (group.months.empty()) group.months.resize(static_cast<std::size_t>(months()));
    const bool first = group.lines.empty();
    group.lines += (first ? "" : "; ") + line.name;
    group.printed.push_back(line.name);
    if (first) group.unit = line.unit;
    if (group.unit != line.unit) group.unit.clear();
    for (int k = 0; k < months(); ++k) {
      const Month m = h_.window_from + k;
      const std::optional<OwnMonth> one = month_of(line, m, line.value);
      if (!one || !(one->value_usd_bn > 0)) {
        missing.push_back(m);
        continue;
      }
      OwnMonth& sum = group.months[static_cast<std::size_t>(k)];
      sum.value_usd_bn += one->value_usd_bn;
      if (one->status != std::string("observed")) sum.status = one->status;
      const std::optional<OwnMonth> quantity = month_of(line, m, line.quantity);
      if (!quantity || !(quantity->value_usd_bn > 0) || (!first && !sum.quantity))
        sum.quantity.reset();
      else
        sum.quantity = sum.quantity.value_or(0) + quantity->value_usd_bn;
    }
    if (!missing.empty()) missing_months(line, "'" + line.name + "'", missing);
  }

  std::vector<OwnGroup> groups(const std::vector<KeyedLine>& lines, const std::map<std::string, Text>& titles,
                               const std::string& rest_id, const Text& rest_title, const std::string& all_id,
                               const Text& all_title, const std::string& what) {
    std::vector<OwnGroup> all;
    for (const KeyedLine& one : lines) {
      if (!one.part_of.empty()) {
        h_.notes.push_back("'" + one.line.name + "' lies inside " + one.part_of + " and is left out");
        continue;
      }
      const std::string id = one.known ? one.key : id_from(one.key, all.size() + 1);
      auto group = std::find_if(all.begin(), all.end(), [&](const OwnGroup& g) { return g.id == id; });
      if (group == all.end()) {
        OwnGroup fresh;
        fresh.id = id;
        fresh.known = one.known;
        fresh.title = one.known && titles.contains(id) ? titles.at(id) : Text{one.line.name, one.line.name};
        group = all.insert(all.end(), fresh);
      }
      add_line(*group, one.line);
    }
    if (!problems_.empty()) return all;
    if (all.empty()) {
      OwnGroup only;
      only.id = all_id;
      only.title = all_title;
      only.residual = true;
      for (int k = 0; k < months(); ++k) only.months.push_back({total_at(k), std::nullopt, "derived"});
      h_.notes.push_back("the data have no " + what + ": all trade is one group");
      return {only};
    }
    note_parts(all, what);
    close(all, rest_id, rest_title, what);
    for (OwnGroup& group : all) {
      int printed = 0;
      for (int k = 0; k < months(); ++k) {
        const Month m = h_.window_from + k;
        if (m.month() != 1 && group.months[static_cast<std::size_t>(k)].quantity) ++printed;
      }
      group.quantity = !group.unit.empty() && printed >= kFewestQuantities;
    }
    return all;
  }

  /// A group of the base that holds fewer lines here keeps the base's elasticities: its reader should know.
  void note_parts(const std::vector<OwnGroup>& all, const std::string& what) {
    for (const OwnGroup& group : all) {
      if (!group.known || what != "products" || names_.has_all_lines(group.id, group.printed)) continue;
      h_.notes.push_back("only a part of '" + group.id + "' is in the data: " + group.lines);
    }
  }

  double total_at(int k) const { return h_.total.at(h_.window_from + k); }

  /// What is left of the total becomes a group; rounding goes to the largest one.
  void close(std::vector<OwnGroup>& all, const std::string& rest_id, const Text& rest_title, const std::string& what) {
    std::vector<double> left;
    double most = 0, least = 1;
    for (int k = 0; k < months(); ++k) {
      double sum = 0;
      for (const OwnGroup& group : all) sum += group.months[static_cast<std::size_t>(k)].value_usd_bn;
      left.push_back(total_at(k) - sum);
      most = std::max(most, std::abs(left.back()) / total_at(k));
      least = std::min(least, left.back() / total_at(k));
    }
    const auto worst = static_cast<std::size_t>(std::min_element(left.begin(), left.end()) - left.begin());
    const auto named = std::find_if(all.begin(), all.end(), [&](const OwnGroup& g) { return g.id == rest_id; });
    if (most < kRoundingFrac || (named != all.end() && least > -kRoundingFrac)) {
      auto into = named != all.end() && most >= kRoundingFrac
                      ? named
                      : std::max_element(all.begin(), all.end(), [](const OwnGroup& a, const OwnGroup& b) {
                          return a.months.back().value_usd_bn < b.months.back().value_usd_bn;
                        });
      for (int k = 0; k < months(); ++k)
        into->months[static_cast<std::size_t>(k)].value_usd_bn += left[static_cast<std::size_t>(k)];
      return;
    }
    if (!(left[worst] > 0)) {
      const Month m = h_.window_from + static_cast<int>(worst);
      problems_.push_back({data_.total.printed.empty() ? Place{files_.front().file, 0, 0} : data_.total.place, "",
                           "the " + what + " of " + to_string(m) + " add up to " +
                               shortest(rounded(total_at(static_cast<int>(worst)) - left[worst], 6)) +
                               " bn, the total is " + shortest(rounded(total_at(static_cast<int>(worst)), 6)) + " bn",
                           "groups partition the total: no line may lie inside another, units and vintages are one",
                           "leave out lines that others hold"});
      return;
    }
    OwnGroup rest;
    rest.id = rest_id;
    rest.title = rest_title;
    rest.known = true;
    rest.residual = true;
    for (const double value : left) rest.months.push_back({value, std::nullopt, "derived"});
    all.push_back(rest);
  }

  /// Rows of product and market together, summed over the last whole year.
  void find_cells() {
    const int year = h_.as_of.month() == 12 ? h_.as_of.year() : h_.as_of.year() - 1;
    std::map<std::pair<std::string, std::string>, std::map<std::pair<Month, Month>, double>> cells;
    for (const TradeFile& file : files_) {
      for (const TradeFigure& figure : file.figures) {
        if (figure.flow != data_.flow || figure.product.empty() || figure.market.empty()) continue;
        cells[{figure.product, figure.market}][{figure.first, figure.last}] = figure.value_bn;
      }
    }
    std::map<std::pair<std::string, std::string>, double> sums;
    for (const auto& [names, spans] : cells) {
      SpanSums sum;
      for (const auto& [span, value] : spans) sum.add(span.first, span.second, value);
      const std::optional<double> whole = sum.over(Month::of(year, 1), Month::of(year, 12));
      const std::string product = group_of(h_.products, names_.product(names.first), names.first);
      const std::string market = group_of(h_.markets, names_.market(names.second), names.second);
      if (whole && *whole > 0 && !product.empty() && !market.empty()) sums[{product, market}] += *whole;
    }
    for (const auto& [ids, value] : sums) h_.cells.push_back({ids.first, ids.second, value});
  }

  static std::string group_of(const std::vector<OwnGroup>& groups, const std::string& known,
                              const std::string& printed) {
    for (const OwnGroup& group : groups) {
      if (group.residual) continue;
      if (group.id == known || (!group.known && folded(group.lines) == folded(printed))) return group.id;
    }
    return "";
  }
};

}  // namespace

std::string id_from(const std::string& printed, std::size_t number) {
  std::string id;
  for (const char c : printed) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter)
      id += c;
    else if (c >= 'A' && c <= 'Z')
      id += static_cast<char>(c - 'A' + 'a');
    else if (!id.empty() && id.back() != '_')
      id += '_';
  }
  while (!id.empty() && id.back() == '_') id.pop_back();
  if (id.empty() || id == "all" || (id[0] >= '0' && id[0] <= '9'))
    id = "group_" + (id.empty() ? std::to_string(number) : id);
  return id;
}

OwnHistory own_history(const TradeData& data, const std::vector<TradeFile>& files, const TradeNames& names,
                       const OwnHistoryOptions& options) {
  return HistoryMaker(data, files, names, options).make();
}

}  // namespace plimsoll
