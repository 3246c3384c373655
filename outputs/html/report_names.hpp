/// \file
/// Names of series and what of them a report shows.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "outputs/html/report_data.hpp"
#include "outputs/labels.hpp"

namespace plimsoll {

/// The same words in both languages.
struct BothLabels {
  Labels en, zh;
  explicit BothLabels(const Titles& titles) : en(titles, Language::en), zh(titles, Language::zh) {}

  template <typename Name>
  nlohmann::ordered_json both(Name name) const {
    return {name(en), name(zh)};
  }
};

/// exports.product.memory.yoy: flow exports, dimension product, measure yoy.
struct SeriesName {
  std::string flow, dimension, measure;
  explicit SeriesName(const std::string& id) {
    const std::size_t first = id.find('.'), second = id.find('.', first + 1), last = id.rfind('.');
    flow = id.substr(0, first);
    dimension = id.substr(first + 1, second - first - 1);
    measure = id.substr(last + 1);
  }
};

/// Where the report lists a series; empty: it is in the tables only.
inline std::string shelf_of(const std::string& id, ReportDetail detail) {
  static const std::set<std::string> of_exports{"yoy", "value", "price", "volume"};
  static const std::set<std::string> of_totals{"yoy", "value", "price", "volume", "yoy_rmb", "yoy_2y"};
  static const std::set<std::string> of_others{"yoy", "value"};
  const SeriesName name(id);
  if (name.flow == "driver") return "drivers";
  if (name.flow == "balance") return detail == ReportDetail::full || name.dimension == "total" ? "balance" : "";
  if (name.dimension == "total") {
    if (detail == ReportDetail::brief)
      return of_others.contains(name.measure) ? (name.flow == "exports" ? "total" : "imports") : "";
    return of_totals.contains(name.measure) ? (name.flow == "exports" ? "total" : "imports") : "";
  }
  if (detail == ReportDetail::brief)
    return name.flow == "exports" && name.dimension == "chain" && name.measure == "yoy" ? "chain" : "";
  if (name.flow == "imports") return of_others.contains(name.measure) ? "imports" : "";
  if (name.dimension == "market") return of_others.contains(name.measure) ? "market" : "";
  if (name.dimension == "without") return of_others.contains(name.measure) ? "chain" : "";
  return of_exports.contains(name.measure) ? name.dimension : "";
}

/// Periods that charts run along; year to date stands in the tables only.
inline bool is_charted(const Period& period) { return period.frequency != Frequency::year_to_date; }

}  // namespace plimsoll
