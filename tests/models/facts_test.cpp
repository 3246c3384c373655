/// Published figures that the calibration must agree with, one test a row of tests/facts/facts.csv; each row states the
/// interval that its printed rounding (or a named change of vintage) allows.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <limits>

#include "models/calibration_reader.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

struct Fact {
  std::string id, vintage, statistic, key, period, base, note;
  double low, high;
};

std::vector<Fact> facts() {
  std::ifstream in(PLIMSOLL_SOURCE_DIR "/tests/facts/facts.csv", std::ios::binary);
  const CsvTable table = parse_csv(std::string(std::istreambuf_iterator<char>(in), {}), "facts.csv");
  std::vector<Fact> out;
  for (const CsvTable::Row& row : table.rows) {
    const auto get = [&](const char* name) { return row.fields[static_cast<std::size_t>(table.column(name))]; };
    out.push_back({get("fact"), get("date_of_source"), get("statistic"), get("key"), get("period"), get("base_period"),
                   get("note"), parse_double(get("low")).value_or(-std::numeric_limits<double>::infinity()),
                   parse_double(get("high")).value_or(std::numeric_limits<double>::infinity())});
  }
  return out;
}

std::pair<Month, Month> span(const std::string& period) {
  if (period.size() == 4) return {Month::of(std::stoi(period), 1), Month::of(std::stoi(period), 12)};
  if (period.size() == 6) {
    const Month first = Month::of(std::stoi(period.substr(0, 4)), 3 * (period[5] - '1') + 1);
    return {first, first + 2};
  }
  return {*parse_month(period.substr(0, 7)), *parse_month(period.substr(period.size() - 7))};
}

const Calibration& calibration() {
  static const Calibration c = load_calibration("china-2026-05");
  return c;
}

const std::string kImports = "imports.", kBalance = "balance.";

double import_level(const std::string& key, const std::string& period) {
  const Calibration& c = calibration();
  const ImportCalibration& imports = c.imports;
  const auto [first, last] = span(period);
  for (const NamedSet& set : imports.sets) {
    if (set.id != key) continue;
    double sum = 0;
    for (const auto& [member, weight] : set.weight_frac) sum += weight * import_level(member, period);
    return sum;
  }
  double sum = 0;
  for (Month m = first; m <= last; m = m + 1) {
    sum += key == "total" ? imports.total.at(static_cast<std::size_t>(m - imports.total_from))
                          : imports.values.at(static_cast<std::size_t>(m - c.detail_from) * imports.products.size() +
                                              static_cast<std::size_t>(imports.product_index(key)));
  }
  return sum;
}

/// Quantity that customs prints for an import product or for a line that is split into products.
double import_quantity(const std::string& key, const std::string& period) {
  const Calibration& c = calibration();
  const auto [first, last] = span(period);
  double sum = 0;
  for (Month m = first; m <= last; m = m + 1) {
    const auto month = static_cast<std::size_t>(m - c.detail_from);
    if (const int product = c.imports.product_index(key); product >= 0)
      sum += c.imports.quantity.at(static_cast<std::size_t>(product)).at(month);
    for (const ImportLine& line : c.imports.lines) {
      if (line.set == key) sum += line.quantity.at(month);
    }
  }
  return sum;
}

double level(const std::string& key, const std::string& period) {
  const Calibration& c = calibration();
  const auto [first, last] = span(period);
  if (key.starts_with(kImports)) return import_level(key.substr(kImports.size()), period);
  if (key.starts_with(kBalance)) {
    const std::string goods = key.substr(kBalance.size());
    if (const std::size_t plus = goods.find('+'); plus != std::string::npos)
      return level(kBalance + goods.substr(0, plus), period) + level(kBalance + goods.substr(plus + 1), period);
    return level(goods, period) - import_level(goods, period);
  }
  if (const std::size_t plus = key.find('+'); plus != std::string::npos)
    return level(key.substr(0, plus), period) + level(key.substr(plus + 1), period);
  for (const NamedSet& set : c.sets) {
    if (set.id != key) continue;
    double sum = 0;
    for (const auto& [member, weight] : set.weight_frac) sum += weight * level(member, period);
    return sum;
  }
  double sum = 0;
  const std::size_t markets = c.markets.size(), cells = c.products.size() * markets;
  const int product = c.product_index(key), market = c.market_index(key);
  for (Month m = first; m <= last; m = m + 1) {
    if (key == "total") {
      sum += c.total[static_cast<std::size_t>(m - c.total_from)];
      continue;
    }
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const bool in = product >= 0 ? cell / markets == static_cast<std::size_t>(product)
                                   : cell % markets == static_cast<std::size_t>(market);
      if (in) sum += c.cells[static_cast<std::size_t>(m - c.detail_from) * cells + cell];
    }
  }
  return sum;
}

double capex(const std::string& period) {
  const auto [first, last] = span(period);
  double sum = 0;
  for (const auto& [firm, history] : calibration().capex) {
    for (std::size_t q = 0; q < history.level.size(); ++q) {
      const Month month = history.from + 3 * static_cast<int>(q);
      if (month >= first && month <= last) sum += history.level[q];
    }
  }
  return sum;
}

class FactTest : public ::testing::TestWithParam<Fact> {};

TEST_P(FactTest, AgreesWithTheCalibration) {
  const Fact& f = GetParam();
  double value = 0;
  if (f.statistic == "level_usd_bn")
    value = level(f.key, f.period);
  else if (f.statistic == "share_of_total_pct")
    value = 100 * level(f.key, f.period) / level("total", f.period);
  else if (f.statistic == "yoy_pct")
    value = 100 * (level(f.key, f.period) / level(f.key, f.base) - 1);
  else if (f.statistic == "contribution_pp")
    value = 100 * (level(f.key, f.period) - level(f.key, f.base)) / level("total", f.base);
  else if (f.statistic == "share_of_imports_ai_chain_pct")
    value = 100 * level(f.key, f.period) / level("imports.ai_chain", f.period);
  else if (f.statistic == "volume_yoy_pct" || f.statistic == "price_yoy_pct") {
    const std::string goods = f.key.substr(kImports.size());
    const double volume = import_quantity(goods, f.period) / import_quantity(goods, f.base);
    const double growth = level(f.key, f.period) / level(f.key, f.base);
    value = 100 * ((f.statistic == "volume_yoy_pct" ? volume : growth / volume) - 1);
  } else if (f.statistic == "driver_level")
    value = capex(f.period);
  else
    FAIL() << "unknown statistic " << f.statistic;
  EXPECT_GE(value, f.low) << f.id << " of " << f.vintage << ": " << f.note;
  EXPECT_LE(value, f.high) << f.id << " of " << f.vintage << ": " << f.note;
}

INSTANTIATE_TEST_SUITE_P(Published, FactTest, ::testing::ValuesIn(facts()), [](const auto& test) {
  std::string name = test.param.id + "_" + test.param.statistic + "_" + std::to_string(test.index);
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
});

}  // namespace
}  // namespace plimsoll
