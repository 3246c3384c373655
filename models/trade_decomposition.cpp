#include "models/trade_decomposition.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace plimsoll {
namespace {

std::optional<double> over(const SpanSums& sums, const DataPeriod& period) {
  return sums.over(period.first, period.last);
}

std::optional<double> growth_pct(double now, double before) {
  if (!(before > 0)) return std::nullopt;
  return 100 * (now / before - 1);
}

/// A row that grows line by line.
struct Group {
  DecomposedRow row;
  double volume = 0, price = 0, unsplit = 0;
  bool any_split = false;
  double two_years_before = 0;
  bool has_two_years = true;
};

class Decomposer {
 public:
  Decomposer(const Decomposition& all, const TradeData& data, const DataPeriod& period)
      : all_(all), data_(data), period_(period), before_(period.years_before(1)), earlier_(period.years_before(2)) {}

  std::optional<DecomposedPeriod> take_apart() {
    const std::optional<double> now = total(period_), before = total(before_);
    if (!now || !before || !(*before > 0)) return std::nullopt;
    DecomposedPeriod result;
    result.period = period_;
    result.total.by = "total";
    result.total.value_bn = *now;
    result.total.before_bn = *before;
    result.total.growth_pct = growth_pct(*now, *before);
    result.total.contribution_pp = contribution_pp(*now, *before, *before);
    const std::optional<double> earlier = total(earlier_);
    if (earlier && *earlier > 0) result.total.two_year_pct = two_year_growth_pct(*now, *earlier);
    result.products = rows("product", all_.products, result);
    result.markets = rows("market", all_.markets, result);
    split_total(result);
    return result;
  }

 private:
  const Decomposition& all_;
  const TradeData& data_;
  DataPeriod period_, before_, earlier_;

  /// Printed, or what the lines in the sum add up to when each has a figure for the period and the year before.
  std::optional<double> total(const DataPeriod& period) const {
    if (data_.total_from == "printed") return over(data_.total.value, period);
    double sum = 0;
    bool any = false;
    for (const KeyedLine& one : data_.total_from == "products" ? all_.products : all_.markets) {
      if (!one.part_of.empty() || !over(one.line.value, period_) || !over(one.line.value, before_)) continue;
      const std::optional<double> value = over(one.line.value, period);
      if (!value) return std::nullopt;
      sum += *value;
      any = true;
    }
    return any ? std::optional<double>(sum) : std::nullopt;
  }

  void add_line(const KeyedLine& one, Group& group, double now, double before, double whole) const {
    DecomposedRow& row = group.row;
    row.value_bn += now;
    row.before_bn += before;
    const std::optional<double> earlier = over(one.line.value, earlier_);
    group.has_two_years = group.has_two_years && earlier.has_value();
    group.two_years_before += earlier.value_or(0);
    const std::optional<double> q = over(one.line.quantity, period_), q0 = over(one.line.quantity, before_);
    const double change = contribution_pp(now, before, whole);
    if (!q || !q0 || !(*q > 0) || !(*q0 > 0) || !(now > 0) || !(before > 0)) {
      group.unsplit += change;
      return;
    }
    const PriceVolume split = split_price_volume(now, before, *q, *q0);
    group.price += 100 * split.price / whole;
    group.volume += 100 * split.volume / whole;
    group.any_split = true;
  }

  void finish(Group& group, const DecomposedRow& whole) const {
    DecomposedRow& row = group.row;
    row.contribution_pp = contribution_pp(row.value_bn, row.before_bn, whole.before_bn);
    row.growth_pct = growth_pct(row.value_bn, row.before_bn);
    if (group.has_two_years && group.two_years_before > 0)
      row.two_year_pct = two_year_growth_pct(row.value_bn, group.two_years_before);
    if (std::abs(*whole.growth_pct) >= kLeastGrowthForSharesPct)
      row.share_pct = 100 * row.contribution_pp / *whole.growth_pct;
    row.unsplit_pp = group.unsplit;
    if (group.any_split) {
      row.volume_pp = group.volume;
      row.price_pp = group.price;
    }
  }

  std::vector<DecomposedRow> rows(const std::string& by, const std::vector<KeyedLine>& lines,
                                  DecomposedPeriod& result) const {
    std::vector<Group> groups;
    double summed_now = 0, summed_before = 0, summed_earlier = 0;
    bool has_two_years = true;
    for (const KeyedLine& one : lines) {
      const std::optional<double> now = over(one.line.value, period_), before = over(one.line.value, before_);
      const auto same = [&](const Group& g) { return g.row.key == one.key && g.row.part_of == one.part_of; };
      auto group = std::find_if(groups.begin(), groups.end(), same);
      if (group == groups.end()) {
        groups.emplace_back();
        group = groups.end() - 1;
        group->row.by = by;
        group->row.key = one.key;
        group->row.part_of = one.part_of;
        group->row.incomplete = false;
      }
      if (!now || !before) {
        group->row.incomplete = true;
        if (one.part_of.empty()) result.left_out.push_back(one.line.name);
        continue;
      }
      add_line(one, *group, *now, *before, result.total.before_bn);
      if (!one.part_of.empty()) continue;
      summed_now += *now;
      summed_before += *before;
      const std::optional<double> earlier = over(one.line.value, earlier_);
      has_two_years = has_two_years && earlier.has_value();
      summed_earlier += earlier.value_or(0);
    }
    std::erase_if(groups, [](const Group& g) { return g.row.value_bn == 0 && g.row.before_bn == 0; });
    for (Group& group : groups) finish(group, result.total);
    std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
      if (a.row.part_of.empty() != b.row.part_of.empty()) return a.row.part_of.empty();
      return std::abs(a.row.contribution_pp) > std::abs(b.row.contribution_pp);
    });
    const bool any = std::any_of(groups.begin(), groups.end(), [](const Group& g) { return g.row.part_of.empty(); });
    std::vector<DecomposedRow> table;
    for (const Group& group : groups) table.push_back(group.row);
    if (!any) return table;
    Group rest;
    rest.row.by = by;
    rest.row.key = kRemainder;
    rest.row.value_bn = result.total.value_bn - summed_now;
    rest.row.before_bn = result.total.before_bn - summed_before;
    const std::optional<double> earlier = total(earlier_);
    rest.has_two_years = earlier && has_two_years;
    rest.two_years_before = earlier.value_or(0) - summed_earlier;
    finish(rest, result.total);
    rest.row.unsplit_pp = rest.row.contribution_pp;
    constexpr double kNothing = 1e-9;  // of the total: what adding in another order leaves
    const bool nothing = std::max(std::abs(rest.row.value_bn), std::abs(rest.row.before_bn)) <
                         kNothing * (result.total.value_bn + result.total.before_bn);
    if (nothing) return table;
    const auto end =
        std::find_if(table.begin(), table.end(), [](const DecomposedRow& r) { return !r.part_of.empty(); });
    const auto named = std::find_if(table.begin(), end, [](const DecomposedRow& r) { return r.key == kRemainder; });
    if (named != end)  // the data have a line of that name: it keeps it
      rest.row.key = "not listed";
    table.insert(end, rest.row);
    return table;
  }

  /// The total by price and volume: of products where any has a quantity, else of markets.
  static void split_total(DecomposedPeriod& result) {
    for (const auto* table : {&result.products, &result.markets}) {
      double volume = 0, price = 0, unsplit = 0;
      bool any = false;
      for (const DecomposedRow& row : *table) {
        if (!row.part_of.empty()) continue;
        unsplit += row.unsplit_pp.value_or(0);
        if (!row.volume_pp) continue;
        any = true;
        volume += *row.volume_pp;
        price += *row.price_pp;
      }
      if (!any) continue;
      result.total.volume_pp = volume;
      result.total.price_pp = price;
      result.total.unsplit_pp = unsplit;
      return;
    }
  }
};

}  // namespace

double contribution_pp(double now, double before, double whole_before) { return 100 * (now - before) / whole_before; }

double logarithmic_mean(double a, double b) {
  const double ratio = std::log(a / b);
  // Near a = b the quotient loses digits; its series a - (a - b) / 2 + .. does not.
  constexpr double kNear = 1e-6;
  if (std::abs(ratio) < kNear) return b * (1 + ratio / 2 + ratio * ratio / 6);
  return (a - b) / ratio;
}

PriceVolume split_price_volume(double value, double value_before, double quantity, double quantity_before) {
  const double mean = logarithmic_mean(value, value_before);
  return {mean * std::log((value / quantity) / (value_before / quantity_before)),
          mean * std::log(quantity / quantity_before)};
}

double two_year_growth_pct(double now, double two_years_before) {
  return 100 * (std::sqrt(now / two_years_before) - 1);
}

Decomposition decompose(const TradeData& data, const TradeNames& names, const std::vector<DataPeriod>& periods) {
  Decomposition all{data.flow, data.currency, data.total_from, {}, key_products(data, names), key_markets(data, names),
                    {},        data.notes};
  std::map<std::string, std::vector<std::string>> groups;
  for (const KeyedLine& one : all.products) {
    if (one.known && one.part_of.empty()) groups[one.key].push_back(one.line.name);
  }
  for (const auto& [key, lines] : groups) {
    if (!names.has_all_lines(key, lines)) all.partial_groups.emplace_back(key, lines);
  }
  for (const DataPeriod& period : periods) {
    if (std::optional<DecomposedPeriod> one = Decomposer(all, data, period).take_apart())
      all.periods.push_back(std::move(*one));
  }
  return all;
}

}  // namespace plimsoll
