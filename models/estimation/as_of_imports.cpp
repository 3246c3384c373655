#include "models/estimation/as_of_imports.hpp"

#include <map>
#include <set>

#include "models/estimation/loading_estimates.hpp"
#include "models/estimation/prior_table.hpp"
#include "models/estimation/split_history.hpp"
#include "models/trade_groups.hpp"

namespace plimsoll {
namespace {

const std::string kHistory = "import_history.csv";

/// Products of a line and month, from import_history.csv.
class ImportValues {
 public:
  explicit ImportValues(const TableText& history) {
    for (std::size_t r = 0; r < history.rows(); ++r)
      value_[{history.at(r, "product"), history.month(r, "month")}] = history.number(r, "value_usd_bn");
  }
  double at(const std::string& product, Month month) const { return value_.at({product, month}); }
  double chips(Month month) const {
    double sum = 0;
    for (const std::string& id : chip_products()) sum += at(id, month);
    return sum;
  }

 private:
  std::map<std::pair<std::string, Month>, double> value_;
};

/// Without rows of whole lines, whose quantities nothing here is made of.
std::string history_as_of(const TableText& all, const TableText& products, const MonthlySeries& memory, Month origin,
                          const Date& known_on) {
  std::set<std::string> ids{"all"};
  for (std::size_t r = 0; r < products.rows(); ++r) ids.insert(products.at(r, "id"));
  const ImportValues then(all);
  const double processors = then.at("computing_chips", kSplitAnchor), others = then.at("other_ics", kSplitAnchor);
  const ChipSplit split(then.at("memory", kSplitAnchor) / then.chips(kSplitAnchor), processors / (processors + others),
                        memory);
  TableText t = all;
  t.keep([&](std::size_t r) { return t.month(r, "month") <= origin && ids.contains(t.at(r, "product")); });
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string product = t.at(r, "product");
    const bool processor = product == "computing_chips";
    if (product != "memory" && product != "other_ics" && !processor) continue;
    const Month month = t.month(r, "month");
    const double line = then.chips(month), part = split.memory(line, month), first = split.processors(line, month);
    t.set(r, "value_usd_bn", decimals(product == "memory" ? part : processor ? first : line - part - first, 6));
    t.set(r, "status", "split");
    t.set(r, "source", "estimate");
    t.set(r, "kind", "judgement");
    t.set(r, "known_from", to_string(known_on));
  }
  return t.text();
}

/// Rows of `file` whose month in `column` is up to the origin.
std::string until(const TableFiles& figures, const AsOfInputs& in, const std::string& file, const std::string& column,
                  Month origin) {
  TableText t = table_of(figures, in.figures_name, file);
  t.keep([&](std::size_t r) { return t.month(r, column) <= origin; });
  return t.text();
}

/// Prices of goods that are traded both ways, which no table of priors lists twice.
std::string loadings_before_data(const TableFiles& before, const AsOfInputs& in) {
  TableText t = table_of(before, in.figures_name, "import_loadings.csv");
  const TableText exports = table_of(before, in.figures_name, "loadings.csv");
  const auto copied = prices_as_exports(before, in.figures_name);
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string &product = t.at(r, "product"), &driver = t.at(r, "driver");
    if (!copied.contains({product, driver})) continue;
    for (std::size_t e = 0; e < exports.rows(); ++e) {
      if (exports.at(e, "product") == product && exports.at(e, "driver") == driver && exports.at(e, "market") == "all")
        t.set(r, "price", exports.at(e, "price"));
    }
  }
  return t.text();
}

}  // namespace

void add_import_tables(TableFiles& files, const AsOfInputs& in, const MonthlySeries& memory, Month origin,
                       const Date& known_on) {
  TableFiles before = in.figures;
  restore_priors(before, in.figures_name);
  for (const char* file : {"import_products.csv", "import_parameters.csv", "import_seasonal.csv",
                           "import_lunar_new_year.csv", "estimation/import_components.csv"})
    files[file] = before.at(file);
  files["import_loadings.csv"] = loadings_before_data(before, in);
  files[kHistory] = history_as_of(table_of(before, in.figures_name, kHistory),
                                  table_of(before, in.figures_name, "import_products.csv"), memory, origin, known_on);
  files["estimation/import_periods.csv"] = until(before, in, "estimation/import_periods.csv", "last", origin);
  files["estimation/import_line_digits.csv"] = until(before, in, "estimation/import_line_digits.csv", "month", origin);

  const std::string settings = "estimation/settings.csv";
  TableText t = table_of(files, in.beliefs_name, settings);
  const TableText more = table_of(before, in.figures_name, settings);
  for (std::size_t r = 0; r < more.rows(); ++r) {
    if (more.at(r, "setting") != "explicit_import_driver_sd_pp") continue;
    std::vector<std::string> row;
    for (const std::string& column : t.header()) row.push_back(more.at(r, column));
    t.add(std::move(row));
  }
  files[settings] = t.text();
}

}  // namespace plimsoll
