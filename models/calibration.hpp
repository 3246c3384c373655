/// \file
/// The starting point of a forecast, as plain data: groups, history, seasonal factors, driver history, elasticities.
/// Folder format: docs/reference/calibration-format.md.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "scenarios/month.hpp"
#include "scenarios/random_number.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// Where a figure comes from.
struct Provenance {
  std::string source;  ///< id of sources.csv
  std::string kind;    ///< data, literature, judgement
  Date known_from;
};

struct Product {
  std::string id;
  Text title;
  bool quantity_printed = false;  ///< customs prints a quantity for this group, so its unit value is observed
};

struct Market {
  std::string id;
  Text title;
};

/// A named weighting of products, markets or import products (`ai_core`, `ai_chain`, `non_us`).
struct NamedSet {
  std::string id;
  enum class Dimension { product, market, import_product } dimension = Dimension::product;
  std::map<std::string, double> weight_frac;  ///< by member id, 0..1
};

enum class CellStatus { observed, imputed };

/// A dated tariff level: in force from `from` until the next step.
struct TariffStep {
  Date from;
  double rate_frac = 0;
  double competitors_rate_frac = 0;
};

/// The tariff history and schedule of one (market, product) pair.
struct TariffSchedule {
  std::string market, product;
  std::vector<TariffStep> steps;  ///< by date
};

/// Who supplies a market with a product, in the base year, at prices before tariffs.
struct SupplierShare {
  double china_frac = 0;     ///< of the market's imports
  double domestic_frac = 0;  ///< of the market's use
};

/// Response of volume and unit value (log) to one log unit of a driver; product or market may be `all`.
struct Loading {
  std::string product, market, driver;
  RandomNumber volume, price;
  double family_corr = 0;
  Provenance provenance;
};

/// A driver that the calibration declares: AR(1) around 0 in logs from as_of on, at rest before.
struct DeclaredDriver {
  std::string id;
  RandomNumber monthly_sd_log, ar1;
  Provenance provenance;
};

/// What one standard deviation of a common residual factor adds in its month to the residuals of cells, log; product
/// or market may be `all`.
struct ResidualLoading {
  std::string product, market, factor;
  double volume = 0, price = 0;
  Provenance provenance;
};

/// One parameter, for one product or market or for all (empty ids).
struct Parameter {
  std::string name, product, market;
  RandomNumber value;
  double family_corr = 0;
  std::string unit;
  Provenance provenance;
};

/// Monthly levels of one driver from `from` on, without gaps.
struct DriverHistory {
  Month from;
  std::vector<double> level;
  std::string unit;

  Month last() const { return from + (static_cast<int>(level.size()) - 1); }
  double at(Month month) const { return level.at(static_cast<std::size_t>(month - from)); }
};

/// Quarterly levels of one firm's capex (USD bn a quarter) from quarter `from` (its first month) on, without gaps.
struct QuarterlyHistory {
  Month from;
  std::vector<double> level;

  /// First month after the last reported quarter.
  Month end() const { return from + 3 * static_cast<int>(level.size()); }
};

/// Response of volume and unit value (log) of an import to one log unit of a driver: capex, memory_price, oil_price,
/// exchange_rate, domestic_demand, or `exports.ID`, the volume of that export product. `product` may be `all`.
struct ImportLoading {
  std::string product, driver;
  RandomNumber volume, price;
  double family_corr = 0;
  Provenance provenance;
};

/// A customs line that is split into import products, as printed: by month from detail_from to as_of.
struct ImportLine {
  std::string set;               ///< the set of import products that add up to it
  std::vector<double> value;     ///< USD bn
  std::vector<double> quantity;  ///< empty when none is printed
  std::string quantity_unit;
};

/// Imports by product from the world. Arrays are dense; products keep the order of their file.
struct ImportCalibration {
  std::vector<Product> products;  ///< none: the calibration has no imports
  std::vector<NamedSet> sets;     ///< of import products; a set of export products may have the same id

  Month total_from;           ///< first month of `total`
  std::vector<double> total;  ///< USD bn, to as_of
  /// USD bn from detail_from to as_of: [(month - detail_from) * products + product]. Products sum to the customs total.
  std::vector<double> values;
  /// In the layout of `values`. Imputed: the month is part of a longer printed period, or is not printed at all.
  std::vector<CellStatus> status;
  std::vector<std::vector<double>> quantity;  ///< [product][month - detail_from]; 0 where none is printed
  std::vector<std::string> quantity_unit;     ///< [product], empty where none is printed
  std::vector<ImportLine> lines;

  std::vector<std::array<double, 12>> seasonal_log;  ///< [product][calendar month 0..11], as for exports
  std::map<int, double> january_frac;                ///< by year: January's share of January plus February
  std::vector<ImportLoading> loadings;
  std::vector<Parameter> parameters;  ///< `market` is always empty

  int product_index(const std::string& id) const;  ///< -1 when unknown
  /// Own row of the product, else the row for all; throws a contract failure when there is none.
  const Parameter& parameter(const std::string& name, const std::string& product = "") const;
  /// Log seasonal factor of a product in a month, with the split of January and February by the new-year date.
  double seasonal(int product, Month month) const;
};

/// A checked calibration. Arrays are dense; products and markets keep the order of their files.
struct Calibration {
  std::string name;
  Text title, note;
  Month as_of;
  Date known_on;
  std::string memory_index;              ///< the default of memory_price
  std::vector<std::string> sobol_order;  ///< streams that Sobol sampling draws from its points, in order of dimensions

  std::vector<Product> products;
  std::vector<Market> markets;
  std::vector<NamedSet> sets;
  std::vector<NamedSet> hs_codes;  ///< customs codes as weights of products or import products; the id is the code

  Month total_from;           ///< first month of `total`
  std::vector<double> total;  ///< exports, USD bn, to as_of
  Month detail_from;          ///< first month of `cells`; also the start of the trend window
  /// Exports by product and market, USD bn: [(month - detail_from) * products * markets + product * markets + market].
  /// Products and markets sum to the customs total in every month.
  std::vector<double> cells;
  std::vector<CellStatus> cell_status;  ///< [product * markets + market]
  /// Printed quantities [product][month - detail_from] in the product's customs unit; 0 where none is printed.
  std::vector<std::vector<double>> quantity;

  /// Seasonal log factors [product][calendar month 0..11]; January and February carry the season's common factor.
  std::vector<std::array<double, 12>> seasonal_log;
  std::map<int, double> january_frac;  ///< by year: January's share of January plus February

  std::map<std::string, DriverHistory> drivers;   ///< memory_price.boj_usd, oil_price, exchange_rate, ...
  std::map<std::string, QuarterlyHistory> capex;  ///< by firm id, cash_ppe
  std::vector<TariffSchedule> tariffs;
  std::vector<SupplierShare> supplier_shares;    ///< [product * markets + market]; empty: no armington_ces
  int supplier_year = 0;                         ///< year of the shares
  std::vector<DeclaredDriver> declared_drivers;  ///< loadings may name them
  std::vector<Loading> loadings;
  std::vector<std::string> residual_factors;
  std::vector<ResidualLoading> residual_loadings;
  std::vector<Parameter> parameters;
  std::vector<DriverCorrelation> correlations;

  ImportCalibration imports;

  std::string sha256;  ///< over names and bytes of all files of the folder

  std::size_t detail_months() const { return static_cast<std::size_t>(as_of - detail_from) + 1; }
  int product_index(const std::string& id) const;  ///< -1 when unknown
  int market_index(const std::string& id) const;   ///< -1 when unknown
  /// Value of a parameter for a product and market: the most specific row wins; throws a contract failure when none
  /// exists (the loader has checked that all needed rows are there).
  const Parameter& parameter(const std::string& name, const std::string& product = "",
                             const std::string& market = "") const;
  /// The same, or null: for parameters that a calibration need not have.
  const Parameter* find_parameter(const std::string& name, const std::string& product = "",
                                  const std::string& market = "") const;
  /// Log seasonal factor of a product in a month, with the split of January and February by the new-year date.
  double seasonal(int product, Month month) const;
};

}  // namespace plimsoll
