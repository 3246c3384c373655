/// \file
/// Lines of imports as customs prints them: which products are one line, over which spans of months it is printed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/estimation/seasonal_regression.hpp"
#include "models/estimation/table_text.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

struct PrintedImportLine {
  std::string series;  ///< its name in estimation/
  Text title;
  std::vector<std::string> products;
  std::vector<MonthSpan> spans;  ///< printed as one, up to the last month asked for
};

struct PrintedImports {
  MonthlySeries total;                          ///< USD bn, from the first month at hand
  std::map<std::string, MonthlySeries> values;  ///< by product, over the window; spans are divided among their months
  std::vector<PrintedImportLine> lines;         ///< in the order of import_products.csv
};

/// From import_products.csv, import_history.csv, estimation/import_components.csv and estimation/import_periods.csv.
/// \throws InputError (data)
PrintedImports read_printed_imports(const TableFiles& files, const std::string& folder, Month window_from, Month until);

}  // namespace plimsoll
