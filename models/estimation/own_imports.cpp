#include "models/estimation/own_imports.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "models/estimation/loading_estimates.hpp"

namespace plimsoll {
namespace {

constexpr int kCellDigits = 6;
/// Import groups that the base does not know take the priors of this one.
const std::string kTemplate = "other";
const std::string kExportsPrefix = "exports.";

class ImportMaker {
 public:
  ImportMaker(const OwnFrameInputs& in, const OwnHistory& exports, const OwnHistory& imports, OwnFrame& frame)
      : in_(in), h_(imports), known_on_(to_string(in.days.known_on)), own_(in.sources.front().id), frame_(frame) {
    for (const OwnGroup& one : exports.products) exports_.insert(one.id);
    const TableText t = base("import_products.csv");
    for (std::size_t r = 0; r < t.rows(); ++r) base_ids_.insert(t.at(r, "id"));
    for (const OwnGroup& one : h_.products) ids_.insert(one.id);
  }

  void write() {
    write_products();
    write_history();
    put("import_lunar_new_year.csv", base("import_lunar_new_year.csv"));
    write_loadings();
    write_parameters();
    write_components();
    write_periods();
    write_copies();
    for (const char* file : {"sets.csv", "hs_codes.csv"}) add_members(file);
    frame_.notes.insert(frame_.notes.end(), h_.notes.begin(), h_.notes.end());
  }

 private:
  const OwnFrameInputs& in_;
  const OwnHistory& h_;
  std::string known_on_, own_;
  OwnFrame& frame_;
  std::set<std::string> exports_, base_ids_, ids_;

  TableText base(const std::string& file) const { return table_of(in_.base, in_.base_name, file); }
  void put(const std::string& file, const TableText& table) { frame_.files[file] = table.text(); }
  /// A unit value needs a quantity in every month of the window.
  static bool has_quantities(const OwnGroup& one) {
    return !one.unit.empty() && std::all_of(one.months.begin(), one.months.end(),
                                            [](const OwnMonth& m) { return m.quantity && *m.quantity > 0; });
  }

  /// The base's row of a product, if it has one.
  static std::optional<std::size_t> row_with(const TableText& table, const std::string& id) {
    for (std::size_t r = 0; r < table.rows(); ++r) {
      if (table.at(r, "id") == id) return r;
    }
    return std::nullopt;
  }

  void write_products() {
    const TableText old = base("import_products.csv");
    TableText t(old.header());
    for (const OwnGroup& one : h_.products) {
      const std::optional<std::size_t> known = row_with(old, one.id);
      std::vector<std::string> row;
      for (const std::string& column : old.header()) {
        row.push_back(column == "id"                     ? one.id
                      : column == "title_en"             ? (known ? old.at(*known, column) : one.title.en)
                      : column == "title_zh"             ? (known ? old.at(*known, column) : one.title.zh)
                      : column == "customs_lines"        ? one.lines
                      : column == "hs_codes"             ? (known ? old.at(*known, column) : "")
                      : column == "price_split"          ? (has_quantities(one) ? "quantity" : "imputed")
                      : column == "source"               ? own_
                      : column == "kind"                 ? "data"
                      : column == "known_from"           ? known_on_
                      : column == "note" && one.residual ? "what is left of the total"
                                                         : "");
      }
      t.add(row);
    }
    put("import_products.csv", t);
  }

  void write_history() {
    const TableText old = base("import_history.csv");
    TableText t({"product", "month", "value_usd_bn", "quantity", "quantity_unit", "status", "source", "kind",
                 "known_from", "note"});
    for (Month m = h_.total.from; m < h_.own_total_from; m = m + 1) {
      for (std::size_t r = 0; r < old.rows(); ++r) {
        if (old.at(r, "product") != "all" || old.month(r, "month") != m) continue;
        t.add({"all", to_string(m), decimals(h_.total.at(m), kCellDigits), "", "", old.at(r, "status"),
               old.at(r, "source"), old.at(r, "kind"), old.at(r, "known_from"), old.at(r, "note")});
      }
    }
    for (Month m = h_.own_total_from; m <= h_.as_of; m = m + 1)
      t.add({"all", to_string(m), decimals(h_.total.at(m), kCellDigits), "", "", "observed", own_, "data", known_on_,
             ""});
    // The last group closes the month, so that sums hold to rounding.
    std::vector<double> left;
    for (Month m = h_.window_from; m <= h_.as_of; m = m + 1) left.push_back(rounded(h_.total.at(m), kCellDigits));
    for (std::size_t g = 0; g < h_.products.size(); ++g) {
      const OwnGroup& one = h_.products[g];
      const bool quantity = has_quantities(one);
      for (std::size_t k = 0; k < left.size(); ++k) {
        const double value = g + 1 == h_.products.size() ? left[k] : rounded(one.months[k].value_usd_bn, kCellDigits);
        left[k] -= value;
        t.add({one.id, to_string(h_.window_from + static_cast<int>(k)), decimals(value, kCellDigits),
               quantity ? decimals(*one.months[k].quantity, kCellDigits) : "", quantity ? one.unit : "",
               one.months[k].status, own_, "data", known_on_, ""});
      }
    }
    put("import_history.csv", t);
  }

  /// A row of the base for another product, as judgement.
  std::vector<std::string> row_for(const TableText& old, std::size_t r, const std::string& id) const {
    std::vector<std::string> row;
    for (const std::string& column : old.header())
      row.push_back(column == "product"      ? id
                    : column == "kind"       ? "judgement"
                    : column == "known_from" ? known_on_
                    : column == "note"       ? "as for " + kTemplate
                                             : old.at(r, column));
    return row;
  }
  static std::vector<std::string> row_of(const TableText& old, std::size_t r) {
    std::vector<std::string> row;
    for (const std::string& column : old.header()) row.push_back(old.at(r, column));
    return row;
  }

  /// Rows for all and of known products stay; new products take those of the template.
  TableText with_template(const std::string& file, const std::string& all) const {
    const TableText old = base(file);
    TableText t(old.header());
    for (std::size_t r = 0; r < old.rows(); ++r) {
      const std::string& product = old.at(r, "product");
      if (product == all || ids_.contains(product)) t.add(row_of(old, r));
      if (product != kTemplate) continue;
      for (const OwnGroup& one : h_.products) {
        if (!base_ids_.contains(one.id)) t.add(row_for(old, r, one.id));
      }
    }
    return t;
  }

  void write_loadings() {
    TableText t = with_template("import_loadings.csv", "all");
    std::set<std::string> lost;
    t.keep([&](std::size_t r) {
      const std::string& driver = t.at(r, "driver");
      if (!driver.starts_with(kExportsPrefix) || exports_.contains(driver.substr(kExportsPrefix.size()))) return true;
      lost.insert(driver.substr(kExportsPrefix.size()));
      return false;
    });
    put("import_loadings.csv", t);
    if (lost.empty()) return;
    std::string names;
    for (const std::string& id : lost) names += (names.empty() ? "" : ", ") + id;
    frame_.notes.push_back("imports do not follow exports of " + names + ": the data have no such export products");
  }

  void write_parameters() { put("import_parameters.csv", with_template("import_parameters.csv", "")); }

  /// What the base judged of a product's share; own figures speak for their own noise.
  void write_components() {
    const std::string file = "estimation/import_components.csv";
    const TableText old = base(file);
    TableText t(old.header());
    for (const OwnGroup& one : h_.products) {
      const std::optional<std::size_t> known = row_with(old, one.id);
      std::vector<std::string> row;
      for (const std::string& column : old.header()) {
        row.push_back(column == "id" || column == "series"     ? one.id
                      : column == "noise"                      ? "own"
                      : column == "known_from"                 ? known_on_
                      : column == "source" || column == "kind" ? "judgement"
                      : column == "note"                       ? ""
                      : known                                  ? old.at(*known, column)
                      : column == "most_level_frac"            ? "1"
                                                               : "0");
      }
      t.add(row);
    }
    put(file, t);
  }

  /// Every month is at hand; January and February are one.
  void write_periods() {
    TableText t({"series", "first", "last", "source", "kind", "known_from", "note"});
    for (const OwnGroup& one : h_.products) {
      for (Month m = h_.window_from; m <= h_.as_of; m = m + 1) {
        if (m.month() == 1 && m < h_.as_of) continue;
        const Month first = m.month() == 2 && m > h_.window_from ? m - 1 : m;
        t.add({one.id, to_string(first), to_string(m), own_, "data", known_on_, ""});
      }
    }
    put("estimation/import_periods.csv", t);
  }

  /// Own quantities measure an import price; only without them it is that of the same exports.
  void write_copies() {
    const std::string file = "estimation/import_as_exports.csv";
    if (!in_.base.contains(file)) return;
    TableText t = base(file);
    t.keep([&](std::size_t r) {
      const std::string& id = t.at(r, "product");
      const auto own =
          std::find_if(h_.products.begin(), h_.products.end(), [&](const OwnGroup& one) { return one.id == id; });
      return own != h_.products.end() && exports_.contains(id) && !has_quantities(*own);
    });
    if (t.rows() > 0) put(file, t);
  }

  void add_members(const std::string& file) {
    if (!in_.base.contains(file)) return;
    const TableText old = base(file);
    TableText t = table_of(frame_.files, in_.name, file);
    for (std::size_t r = 0; r < old.rows(); ++r) {
      if (old.at(r, "dimension") != "import_product" || !ids_.contains(old.at(r, "member"))) continue;
      if (old.has("set") && (ids_.contains(old.at(r, "set")) || exports_.contains(old.at(r, "set")))) continue;
      t.add(row_of(old, r));
    }
    if (t.has("set")) t.keep([&](std::size_t r) { return !ids_.contains(t.at(r, "set")); });
    put(file, t);
  }
};

}  // namespace

void write_own_imports(const OwnFrameInputs& inputs, const OwnHistory& exports, const OwnHistory& imports,
                       OwnFrame& frame) {
  ImportMaker(inputs, exports, imports, frame).write();
}

bool carry_base_imports(const OwnFrameInputs& inputs, const OwnHistory& exports, OwnFrame& frame) {
  if (!inputs.base.contains("import_products.csv")) return false;
  std::set<std::string> products;
  for (const OwnGroup& one : exports.products) products.insert(one.id);
  bool linked = true;
  const TableText loadings = table_of(inputs.base, inputs.base_name, "import_loadings.csv");
  for (std::size_t r = 0; r < loadings.rows(); ++r) {
    const std::string& driver = loadings.at(r, "driver");
    linked = linked && (!driver.starts_with(kExportsPrefix) || products.contains(driver.substr(kExportsPrefix.size())));
  }
  for (const auto& [product, driver] : prices_as_exports(inputs.base, inputs.base_name))
    linked = linked && products.contains(product);
  if (!linked || inputs.days.as_of != inputs.base_days.as_of ||
      inputs.days.window_from != inputs.base_days.window_from) {
    frame.notes.emplace_back(
        "imports are left out: the data have none, and those of the base are of other months or hang on other export "
        "products");
    return false;
  }
  for (const auto& [file, bytes] : inputs.base) {
    if (file.starts_with("import_") || file.starts_with("estimation/import_")) frame.files[file] = bytes;
  }
  frame.notes.push_back("imports are those of " + inputs.base_name);
  return true;
}

}  // namespace plimsoll
