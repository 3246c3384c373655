#include "models/trade_groups.hpp"

#include <algorithm>
#include <cmath>

#include "models/estimation/trade_history.hpp"

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

double PrintedGroups::growth_log(std::size_t group, std::size_t at) const {
  return std::log(level[group].at(at) / level[group].at(at - kGroupPeriodsAYear));
}

PrintedGroups printed_groups(const TableFiles& files, const std::string& folder, Month window_from, Month until) {
  const TradeHistory history = read_trade_history(files, folder, window_from, until);
  PrintedGroups out;
  out.groups.push_back({"total", {"total exports", "出口总额"}, {}});
  out.groups.push_back({"integrated_circuits", {"Integrated circuits", "集成电路"}, chip_products()});
  const TableText products = table_of(files, folder, "products.csv");
  for (std::size_t r = 0; r < products.rows(); ++r) {
    const std::string& id = products.at(r, "id");
    if (among(chip_products(), id) || among(unprinted_products(), id)) continue;
    out.groups.push_back({id, {products.at(r, "title_en"), products.at(r, "title_zh")}, {id}});
  }
  out.groups.push_back({"not_printed", {"All other goods", "其余全部商品"}, unprinted_products()});
  for (Month m = window_from; m <= until; m = m + 1) {
    if (m.month() != 1) out.period.push_back(m);
  }
  for (const PrintedGroup& group : out.groups) {
    MonthlySeries sum{window_from, std::vector<double>(static_cast<std::size_t>(until - window_from) + 1, 0.0)};
    if (group.products.empty()) sum = history.total.since(window_from);
    for (const std::string& id : group.products) {
      const MonthlySeries& own = history.product_values.at(id);
      for (std::size_t k = 0; k < sum.values.size(); ++k) sum.values[k] += own.values[k];
    }
    out.level.push_back(released(sum));
  }
  return out;
}

}  // namespace plimsoll
