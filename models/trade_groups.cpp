#include "models/trade_groups.hpp"

#include <algorithm>
#include <cmath>

#include "models/estimation/printed_spans.hpp"
#include "models/estimation/trade_history.hpp"
#include "models/printed_imports.hpp"

namespace plimsoll {
namespace {

bool among(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::vector<double> released(const MonthlySeries& monthly) {
  std::vector<double> levels;
  for (Month m = monthly.from; m <= monthly.last(); m = m + 1) {
    if (m.month() == 1) continue;
    levels.push_back(m.month() == 2 ? monthly.at(m - 1) + monthly.at(m) : monthly.at(m));
  }
  return levels;
}

class Groups {
 public:
  Groups(TradeFlow flow, Month from, Month until) : from_(from), until_(until) {
    out_.flow = flow;
    for (Month m = from; m <= until; m = m + 1) {
      if (m.month() != 1) out_.period.push_back(m);
    }
    out_.origin.assign(out_.period.size(), true);
  }

  /// \param spans that are printed as one; months and January-February where there are none.
  void add(const PrintedGroup& group, const MonthlySeries& monthly, std::vector<MonthSpan> spans = {}) {
    out_.groups.push_back(group);
    out_.level.push_back(released(monthly));
    if (spans.empty()) spans = single_periods();
    std::vector<PrintedGrowth>& all = out_.printed.emplace_back();
    for (const MonthSpan& one : spans_with_growth(spans)) {
      if (one.last > until_) break;
      double now = 0, before = 0;
      for (Month m = one.first; m <= one.last; m = m + 1) {
        now += monthly.at(m);
        before += monthly.at(m - 12);
      }
      all.push_back({period_of(one.first), period_of(one.last), std::log(now / before)});
    }
    for (std::size_t t = 0; t < out_.period.size(); ++t)
      out_.origin[t] = out_.origin[t] && std::any_of(spans.begin(), spans.end(),
                                                     [&](const MonthSpan& one) { return one.last == out_.period[t]; });
  }

  MonthlySeries sum_of(const std::vector<std::string>& ids, const std::map<std::string, MonthlySeries>& values) const {
    MonthlySeries sum{from_, std::vector<double>(static_cast<std::size_t>(until_ - from_) + 1, 0.0)};
    for (const std::string& id : ids) {
      const MonthlySeries& own = values.at(id);
      for (std::size_t k = 0; k < sum.values.size(); ++k) sum.values[k] += own.values[k];
    }
    return sum;
  }

  PrintedGroups made() { return std::move(out_); }

 private:
  Month from_, until_;
  PrintedGroups out_;

  std::size_t period_of(Month month) const {
    const auto place = std::find_if(out_.period.begin(), out_.period.end(), [&](Month m) { return m >= month; });
    return static_cast<std::size_t>(place - out_.period.begin());
  }
  std::vector<MonthSpan> single_periods() const {
    std::vector<MonthSpan> all;
    for (const Month m : out_.period) all.push_back({m.month() == 2 ? m - 1 : m, m});
    return all;
  }
};

PrintedGroups exports_of(const TableFiles& files, const std::string& folder, Month window_from, Month until) {
  const TradeHistory history = read_trade_history(files, folder, window_from, until);
  Groups out(TradeFlow::exports, window_from, until);
  const auto add = [&](const PrintedGroup& group) {
    out.add(group, out.sum_of(group.products, history.product_values));
  };
  out.add({"total", {"total exports", "出口总额"}, {}}, history.total.since(window_from));
  add({"integrated_circuits", {"Integrated circuits", "集成电路"}, chip_products()});
  const TableText products = table_of(files, folder, "products.csv");
  for (std::size_t r = 0; r < products.rows(); ++r) {
    const std::string& id = products.at(r, "id");
    if (among(chip_products(), id) || among(unprinted_products(), id)) continue;
    add({id, {products.at(r, "title_en"), products.at(r, "title_zh")}, {id}});
  }
  add({"not_printed", {"All other goods", "其余全部商品"}, unprinted_products()});
  return out.made();
}

/// Lines with two growths at the first origin, and all else as one sum.
PrintedGroups imports_of(const TableFiles& files, const std::string& folder, Month window_from, Month until) {
  const PrintedImports lines = read_printed_imports(files, folder, window_from, until);
  Groups out(TradeFlow::imports, window_from, until);
  out.add({"total", {"total imports", "进口总额"}, {}}, lines.total.since(window_from));
  std::vector<std::string> rest;
  std::vector<std::vector<MonthSpan>> printed;
  for (const PrintedImportLine& line : lines.lines) {
    const std::vector<MonthSpan> growths = spans_with_growth(line.spans);
    const auto known = std::count_if(growths.begin(), growths.end(),
                                     [](const MonthSpan& one) { return one.last <= kFirstImportOrigin; });
    if (static_cast<std::size_t>(known) < kFewestImportGrowths) {
      rest.insert(rest.end(), line.products.begin(), line.products.end());
      continue;
    }
    out.add({line.products.size() > 1 ? line.series : line.products.front(), line.title, line.products},
            out.sum_of(line.products, lines.values), line.spans);
    printed.push_back(line.spans);
  }
  out.add({"not_printed", {"All other goods", "其余全部商品"}, rest}, out.sum_of(rest, lines.values),
          common_spans(printed));
  return out.made();
}

}  // namespace

const std::vector<std::string>& chip_products() {
  static const std::vector<std::string> ids{"memory", "computing_chips", "other_ics"};
  return ids;
}

const std::vector<std::string>& unprinted_products() {
  static const std::vector<std::string> ids{"network_optical",         "semiconductor_equipment", "machinery",
                                            "petrochemicals_plastics", "pharmaceuticals",         kResidualProduct};
  return ids;
}

const PrintedGrowth* PrintedGroups::growth(std::size_t group, std::size_t at) const {
  for (const PrintedGrowth& one : printed[group]) {
    if (one.first == at && one.last == at) return &one;
  }
  return nullptr;
}

std::vector<GrowthFigure> PrintedGroups::known(std::size_t group, std::size_t at) const {
  std::vector<GrowthFigure> all;
  for (const PrintedGrowth& one : printed[group]) {
    if (one.last > at) break;
    const auto first = static_cast<double>(one.first), last = static_cast<double>(one.last);
    all.push_back({one.growth_log, last - first + 1, static_cast<double>(at) - (first + last) / 2});
  }
  return all;
}

PrintedGroups printed_groups(const TableFiles& files, const std::string& folder, TradeFlow flow, Month window_from,
                             Month until) {
  return flow == TradeFlow::imports ? imports_of(files, folder, window_from, until)
                                    : exports_of(files, folder, window_from, until);
}

}  // namespace plimsoll
