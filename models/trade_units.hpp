/// \file
/// Units of customs statistics, numbers with thousands separators, names without decoration.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll {

/// Without blanks (also full-width ones) and no-break spaces around it.
std::string trimmed(std::string_view text);
/// For comparing names: lower case, without blanks, `*` and footnote marks, brackets and commas in one form.
std::string folded(std::string_view text);

/// `1,234,567.8`: commas only between groups of three. nullopt when it is no finite number.
std::optional<double> parse_grouped_number(const std::string& text);

/// A unit as so many of a base unit: 万吨 is 10 000 t, kg is 0.001 t, 10k units is 10 000 units.
struct QuantityUnit {
  std::string base;
  double factor = 1;
};
QuantityUnit quantity_unit(const std::string& printed);

/// A money unit as so many bn of a currency: 亿元 is 0.1 bn RMB, USD 1,000 is 1e-6 bn USD.
struct MoneyUnit {
  std::string currency;  ///< USD, RMB
  double bn = 0;
};
/// Found anywhere in `text` (a title, a header); nullopt when there is none.
std::optional<MoneyUnit> money_unit_in(const std::string& text);

}  // namespace plimsoll
