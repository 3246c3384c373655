// The tables of imports: products, history, seasons, loadings.
#include <algorithm>
#include <cmath>

#include "models/calibration_draft.hpp"

namespace plimsoll {

namespace {

/// Drivers that an import may respond to, besides the volume of an export product (`exports.ID`).
const std::vector<std::string> kImportDrivers{"capex", "memory_price", "oil_price", "exchange_rate", "domestic_demand"};
const std::string kExportsPrefix = "exports.";

/// What import_history.csv says of one product, line or of the total.
struct ImportSeries {
  HistorySeries values;
  std::map<Month, CellStatus> status;
  std::string quantity_unit;  ///< of the first quantity; empty without any
};

/// The quantity of a row, 0 without one; its unit goes into the series.
double quantity_of(const CalibrationTable& t, std::size_t row, ImportSeries& series) {
  const bool has_quantity = !t.text(row, "quantity").empty();
  const std::string& unit = t.text(row, "quantity_unit");
  if (has_quantity == unit.empty()) {
    t.problem(row, "quantity_unit", has_quantity ? "a quantity without a unit" : "a unit without a quantity", "",
              "give both or neither");
  }
  if (!has_quantity) return 0;
  if (series.quantity_unit.empty()) series.quantity_unit = unit;
  if (unit != series.quantity_unit) t.problem(row, "quantity_unit", "the unit changes", "one series has one unit", "");
  return t.positive(row, "quantity");
}

/// Quantities of every month of detail, 0 for none.
std::vector<double> quantities(const ImportSeries& series, const Calibration& c) {
  std::vector<double> out(c.detail_months(), 0.0);
  for (const auto& [month, entry] : series.values) {
    if (month >= c.detail_from && month <= c.as_of)
      out[static_cast<std::size_t>(month - c.detail_from)] = entry.quantity;
  }
  return out;
}

/// Reports months without a quantity.
void check_quantities(const std::vector<double>& quantities, const std::string& id, Month from,
                      const CalibrationTable& t) {
  std::string missing;
  for (std::size_t k = 0; k < quantities.size(); ++k) {
    if (quantities[k] <= 0) missing += (missing.empty() ? "" : ", ") + to_string(from + static_cast<int>(k));
  }
  if (missing.empty()) return;
  t.problem("quantities of " + id + " are missing: " + missing, "price and volume are told apart by them",
            "add them, or set price_split to imputed");
}

/// The total of a month against its products, and each line against its members.
void check_sums(const CalibrationDraft& draft, const std::map<std::string, ImportSeries>& series,
                const CalibrationTable& t) {
  const Calibration& c = draft.c;
  for (Month m = c.detail_from; m <= c.as_of; m = m + 1) {
    const auto value_of = [&](const std::string& id) { return series.at(id).values.at(m).value_usd_bn; };
    const HistoryEntry& total = series.at("all").values.at(m);
    double sum = 0;
    for (const Product& p : c.imports.products) sum += value_of(p.id);
    if (std::abs(sum / total.value_usd_bn - 1) > kSumTolerance) {
      t.problem(total.row, "value_usd_bn", "import products do not add up to the total in " + to_string(m),
                "groups partition the customs total", "let the residual group close the sum");
    }
    for (const ImportLine& line : c.imports.lines) {
      const auto set = std::find_if(c.imports.sets.begin(), c.imports.sets.end(),
                                    [&](const NamedSet& s) { return s.id == line.set; });
      double members = 0;
      for (const auto& [member, weight] : set->weight_frac) members += weight * value_of(member);
      const HistoryEntry& printed = series.at(line.set).values.at(m);
      if (std::abs(members / printed.value_usd_bn - 1) > kSumTolerance) {
        t.problem(printed.row, "value_usd_bn",
                  "the products of " + line.set + " do not add up to the line in " + to_string(m),
                  "a line is split without remainder", "let one product close the sum");
      }
    }
  }
}

/// Products of a sound history, month by month.
void fill_months(CalibrationDraft& draft, const std::map<std::string, ImportSeries>& series) {
  ImportCalibration& imports = draft.c.imports;
  for (Month m = draft.c.detail_from; m <= draft.c.as_of; m = m + 1) {
    for (const Product& p : imports.products) {
      const ImportSeries& one = series.at(p.id);
      imports.values.push_back(one.values.at(m).value_usd_bn);
      imports.status.push_back(one.status.at(m));
    }
  }
}

}  // namespace

void read_import_products(CalibrationDraft& draft) {
  if (!draft.has_imports()) return;
  ImportCalibration& imports = draft.c.imports;
  const CalibrationTable t = draft.table(
      "import_products.csv", {"id", "title_en", "title_zh", "customs_lines", "hs_codes", "share_of", "price_split"});
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "price_split", {"quantity", "imputed"});
    check_id(t, r, imports.product_index(t.text(r, "id")) >= 0);
    if (draft.c.market_index(t.text(r, "id")) >= 0) {
      t.problem(r, "id", "'" + t.text(r, "id") + "' is a market", "a name means one thing", "rename it");
    }
    imports.products.push_back({.id = t.text(r, "id"),
                                .title = {t.text(r, "title_en"), t.text(r, "title_zh")},
                                .quantity_printed = t.text(r, "price_split") == "quantity"});
  }
  if (imports.products.empty()) t.problem("there is no product", "", "add one, or remove the import tables");
}

void read_import_history(CalibrationDraft& draft) {
  if (!draft.has_imports()) return;
  Calibration& c = draft.c;
  const std::size_t problems_before = draft.problems.size();
  const CalibrationTable t =
      draft.table("import_history.csv", {"product", "month", "value_usd_bn", "quantity", "quantity_unit", "status"});
  std::vector<std::string> ids = with(draft.import_product_ids(), "all");
  for (const NamedSet& set : c.imports.sets) ids.push_back(set.id);
  std::map<std::string, ImportSeries> series;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "status", {"observed", "derived", "split", "imputed"});
    const bool known = t.choice(r, "product", ids);
    const std::optional<Month> month = t.month(r, "month");
    const double value = t.positive(r, "value_usd_bn");
    if (!known || !month) continue;
    const std::string& id = t.text(r, "product");
    ImportSeries& one = series[id];
    if (*month > c.as_of)
      t.problem(r, "month", to_string(*month) + " lies after as_of", "", "remove the row or move as_of");
    const double quantity = quantity_of(t, r, one);
    if (!one.values.emplace(*month, HistoryEntry{value, quantity, r}).second)
      t.problem(r, "month", id + " has " + to_string(*month) + " twice", "", "keep one row");
    one.status[*month] = t.text(r, "status") == "imputed" ? CellStatus::imputed : CellStatus::observed;
  }
  const HistorySeries& totals = series["all"].values;
  c.imports.total_from = totals.empty() ? c.detail_from : std::min(totals.begin()->first, c.detail_from);
  c.imports.total = complete(totals, "all", c.imports.total_from, c.as_of, t);
  for (const Product& p : c.imports.products) {
    const ImportSeries& one = series[p.id];
    complete(one.values, p.id, c.detail_from, c.as_of, t);
    c.imports.quantity.push_back(quantities(one, c));
    if (p.quantity_printed) check_quantities(c.imports.quantity.back(), p.id, c.detail_from, t);
    if (!p.quantity_printed && !one.quantity_unit.empty()) {
      t.problem("quantities of " + p.id + " are given", "its price_split is imputed",
                "remove them or set it to quantity");
    }
    c.imports.quantity_unit.push_back(one.quantity_unit);
  }
  for (const NamedSet& set : c.imports.sets) {
    const auto place = series.find(set.id);
    if (place == series.end() || c.imports.product_index(set.id) >= 0) continue;
    const ImportSeries& one = place->second;
    ImportLine line{.set = set.id,
                    .value = complete(one.values, set.id, c.detail_from, c.as_of, t),
                    .quantity = {},
                    .quantity_unit = one.quantity_unit};
    if (!one.quantity_unit.empty()) {
      line.quantity = quantities(one, c);
      check_quantities(line.quantity, set.id, c.detail_from, t);
    }
    c.imports.lines.push_back(std::move(line));
  }
  if (draft.problems.size() > problems_before) return;  // sums of a broken history would only repeat it
  check_sums(draft, series, t);
  fill_months(draft, series);
}

void read_import_seasons(CalibrationDraft& draft) {
  if (!draft.has_imports()) return;
  draft.c.imports.seasonal_log = read_season_table(draft, "import_seasonal.csv", draft.import_product_ids());
  draft.c.imports.january_frac = read_january_shares(draft, "import_lunar_new_year.csv");
}

void read_import_loadings(CalibrationDraft& draft) {
  if (!draft.has_imports()) return;
  std::vector<ImportLoading>& loadings = draft.c.imports.loadings;
  const CalibrationTable t =
      draft.table("import_loadings.csv", {"product", "driver", "volume", "price", "unit", "family_corr"});
  const std::vector<std::string> products = with(draft.import_product_ids(), "all");
  std::vector<std::string> drivers = kImportDrivers;
  for (const std::string& id : draft.product_ids()) drivers.push_back(kExportsPrefix + id);
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "product", products);
    t.choice(r, "driver", drivers);
    ImportLoading loading{.product = t.text(r, "product"),
                          .driver = t.text(r, "driver"),
                          .volume = t.random_number(r, "volume"),
                          .price = t.random_number(r, "price"),
                          .family_corr = t.share(r, "family_corr"),
                          .provenance = t.provenance(r)};
    const bool twice = std::any_of(loadings.begin(), loadings.end(), [&](const ImportLoading& other) {
      return other.product == loading.product && other.driver == loading.driver;
    });
    if (twice) t.problem(r, "driver", "the loading stands twice", "", "keep one row");
    loadings.push_back(std::move(loading));
  }
}

}  // namespace plimsoll
