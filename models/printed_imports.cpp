#include "models/printed_imports.hpp"

#include <algorithm>

namespace plimsoll {
namespace {

/// Lines that are several products here have a name of their own.
Text title_of_line(const std::string& series, const Text& first_product) {
  if (series == "integrated_circuits") return {"Integrated circuits", "集成电路"};
  if (series == "adp_equipment") return {"Data-processing equipment and parts", "自动数据处理设备及其零部件"};
  return first_product;
}

}  // namespace

PrintedImports read_printed_imports(const TableFiles& files, const std::string& folder, Month window_from,
                                    Month until) {
  PrintedImports out;
  const TableText components = table_of(files, folder, "estimation/import_components.csv");
  std::map<std::string, std::string> series;  // by product
  for (std::size_t r = 0; r < components.rows(); ++r) series[components.at(r, "id")] = components.at(r, "series");

  const TableText products = table_of(files, folder, "import_products.csv");
  for (std::size_t r = 0; r < products.rows(); ++r) {
    const std::string &id = products.at(r, "id"), &name = series[id];
    auto line =
        std::find_if(out.lines.begin(), out.lines.end(), [&](const PrintedImportLine& l) { return l.series == name; });
    if (line == out.lines.end()) {
      const Text title = title_of_line(name, {products.at(r, "title_en"), products.at(r, "title_zh")});
      line = out.lines.insert(line, {name, title, {}, {}});
    }
    line->products.push_back(id);
    out.values[id] = {window_from, std::vector<double>(static_cast<std::size_t>(until - window_from) + 1, 0.0)};
  }

  const TableText periods = table_of(files, folder, "estimation/import_periods.csv");
  for (std::size_t r = 0; r < periods.rows(); ++r) {
    const MonthSpan one{periods.month(r, "first"), periods.month(r, "last")};
    for (PrintedImportLine& line : out.lines) {
      if (line.series == periods.at(r, "series") && one.last <= until) line.spans.push_back(one);
    }
  }

  const TableText history = table_of(files, folder, "import_history.csv");
  for (std::size_t r = 0; r < history.rows(); ++r) {
    const Month month = history.month(r, "month");
    if (month > until) continue;
    const double value = history.number(r, "value_usd_bn");
    if (history.at(r, "product") == "all") {
      if (out.total.values.empty()) out.total.from = month;
      out.total.values.push_back(value);
      continue;
    }
    const auto own = out.values.find(history.at(r, "product"));  // rows of whole lines are none of a product
    if (own != out.values.end() && own->second.holds(month))
      own->second.values[static_cast<std::size_t>(month - window_from)] = value;
  }
  return out;
}

}  // namespace plimsoll
