#include "outputs/equilibrium_tables.hpp"

#include <algorithm>

#include "outputs/csv_field.hpp"
#include "outputs/number_format.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

using Cells = std::vector<std::vector<std::string>>;

void add_row(std::string& csv, const std::vector<std::string>& texts, double value) {
  for (const std::string& text : texts) csv += csv_field(text) + ",";
  csv += shortest(value) + "\n";
}

void add_regions(std::string& csv, const CesIndustry& industry, const CesChanges& changes, const std::string& model,
                 const std::string& surplus_suffix) {
  const std::size_t m = industry.importers.size();
  const auto by_exporter = [&](const char* variable, const std::vector<double>& values) {
    for (std::size_t r = 0; r < values.size(); ++r)
      add_row(csv, {industry.name, model, variable, industry.exporters[r], ""}, values[r]);
  };
  const auto by_importer = [&](const std::string& variable, const std::vector<double>& values) {
    for (std::size_t v = 0; v < values.size(); ++v)
      add_row(csv, {industry.name, model, variable, "", industry.importers[v]}, values[v]);
  };
  const auto by_pair = [&](const char* variable, const std::vector<double>& values) {
    for (std::size_t pair = 0; pair < values.size(); ++pair) {
      if (industry.trade[pair] == 0) continue;
      add_row(csv, {industry.name, model, variable, industry.exporters[pair / m], industry.importers[pair % m]},
              values[pair]);
    }
  };
  by_exporter("world_price_change", changes.world_price_change);
  by_exporter("supply_quantity_change", changes.supply_quantity_change);
  by_pair("quantity_change", changes.quantity_change);
  by_pair("trade_value_change_world_prices", changes.trade_value_change);
  by_pair("importer_price_change", changes.importer_price_change);
  by_importer("composite_price_change", changes.composite_price_change);
  by_importer("tariff_revenue_change", changes.tariff_revenue_change);
  by_exporter("producer_surplus_change", changes.producer_surplus_change);
  by_importer("consumer_surplus_change_" + surplus_suffix, changes.consumer_surplus_change);
  by_importer("net_welfare_change_" + surplus_suffix, changes.net_welfare_change);
}

void add_single_market(std::string& csv, const SolvedCase& one) {
  const auto by_supplier = [&](const char* variable, const std::vector<double>& values) {
    for (std::size_t r = 0; r < values.size(); ++r) {
      if (one.industry.trade[r] > 0) add_row(csv, {one.industry.name, variable, one.industry.exporters[r]}, values[r]);
    }
  };
  by_supplier("buyer_price_change", one.exact.importer_price_change);
  by_supplier("producer_price_change", one.exact.world_price_change);
  by_supplier("quantity_change", one.exact.quantity_change);
  add_row(csv, {one.industry.name, "price_index_change", ""}, one.exact.composite_price_change[0]);
  add_row(csv, {one.industry.name, "total_demand_change", ""}, one.exact.composite_quantity_change[0]);
}

/// Columns as wide as their widest cell; the first aligned left, the others right.
std::string aligned(const Cells& rows) {
  std::vector<int> widths(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], text_width(row[k]));
  }
  std::string text;
  for (const auto& row : rows) {
    text += "  " + left_aligned(row[0], widths[0]);
    for (std::size_t k = 1; k < row.size(); ++k) text += "  " + right_aligned(row[k], widths[k]);
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

std::string percent(double fraction) { return signed_fixed(100 * fraction, 2); }

std::string regions_table(const SolvedCase& one) {
  const CesIndustry& industry = one.industry;
  const std::size_t n = industry.exporters.size(), m = industry.importers.size();
  std::vector<std::string> regions = industry.exporters;
  for (const std::string& name : industry.importers) {
    if (std::find(regions.begin(), regions.end(), name) == regions.end()) regions.push_back(name);
  }
  Cells rows{{"region", "world price %", "(linear)", "sales %", "composite price %", "producer surplus",
              "consumer surplus", "tariff revenue", "net welfare"}};
  for (const std::string& name : regions) {
    const auto find = [&](const std::vector<std::string>& names) {
      return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    const std::size_t r = find(industry.exporters), v = find(industry.importers);
    const auto sold = [&](const std::vector<double>& values, auto text) { return r < n ? text(values[r]) : ""; };
    const auto bought = [&](const std::vector<double>& values, auto text) { return v < m ? text(values[v]) : ""; };
    const auto plain = [](double value) { return signed_fixed(value, 2); };
    rows.push_back({name, sold(one.exact.world_price_change, percent), sold(one.linear.world_price_change, percent),
                    sold(one.exact.supply_quantity_change, percent), bought(one.exact.composite_price_change, percent),
                    sold(one.exact.producer_surplus_change, plain), bought(one.exact.consumer_surplus_change, plain),
                    bought(one.exact.tariff_revenue_change, plain), bought(one.exact.net_welfare_change, plain)});
  }
  std::string text = aligned(rows);

  rows = {{"quantity %, from \\ to"}};
  rows[0].insert(rows[0].end(), industry.importers.begin(), industry.importers.end());
  for (std::size_t r = 0; r < n; ++r) {
    std::vector<std::string>& row = rows.emplace_back(1, industry.exporters[r]);
    for (std::size_t pair = r * m; pair < (r + 1) * m; ++pair)
      row.push_back(industry.trade[pair] > 0 ? percent(one.exact.quantity_change[pair]) : "-");
  }
  return text + "\n" + aligned(rows);
}

std::string single_market_table(const SolvedCase& one) {
  Cells rows{{"supplier", "buyer price %", "producer price %", "quantity %"}};
  for (std::size_t r = 0; r < one.industry.exporters.size(); ++r)
    rows.push_back({one.industry.exporters[r], percent(one.exact.importer_price_change[r]),
                    percent(one.exact.world_price_change[r]), percent(one.exact.quantity_change[r])});
  rows.push_back({"whole market", percent(one.exact.composite_price_change[0]), "",
                  percent(one.exact.composite_quantity_change[0])});
  return aligned(rows);
}

}  // namespace

std::string equilibrium_csv(EquilibriumLayout layout, const std::vector<SolvedCase>& cases) {
  const bool regions = layout == EquilibriumLayout::regions;
  std::string csv = regions ? "case,model,variable,exporter,importer,value\n" : "case,variable,supplier,value\n";
  for (const SolvedCase& one : cases) {
    if (regions) {
      add_regions(csv, one.industry, one.linear, "gsim_linear", "second_order");
      add_regions(csv, one.industry, one.exact, "ces_exact", "integral");
    } else {
      add_single_market(csv, one);
    }
  }
  return csv;
}

std::string equilibrium_table(EquilibriumLayout layout, const std::vector<SolvedCase>& cases) {
  std::string text;
  for (const SolvedCase& one : cases) {
    text += (text.empty() ? "" : "\n") + one.industry.name + ": change from the base, exact CES equilibrium\n" +
            (layout == EquilibriumLayout::regions ? regions_table(one) : single_market_table(one));
  }
  return text;
}

}  // namespace plimsoll
