/// \file
/// Growth of actual trade taken apart: contributions, price and volume, two-year growth. docs/theory/decomposition.md.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/trade_blocs.hpp"
#include "models/trade_period.hpp"

namespace plimsoll {

/// Contribution to growth of a whole, in percentage points: 100 (x - x0) / X0.
double contribution_pp(double now, double before, double whole_before);

/// Logarithmic mean (a - b) / ln(a / b); a where they are equal. For positive numbers.
double logarithmic_mean(double a, double b);

/// A change of value split by price and volume without a remainder (additive LMDI-I, Ang 2004):
/// L(v, v0) ln(p / p0) + L(v, v0) ln(q / q0) = v - v0.
struct PriceVolume {
  double price = 0, volume = 0;
};
PriceVolume split_price_volume(double value, double value_before, double quantity, double quantity_before);

/// Growth a year over two years, compound, in percent.
double two_year_growth_pct(double now, double two_years_before);

/// Growth below this size is too near zero to be divided by: shares (贡献率) would be of any size and sign.
inline constexpr double kLeastGrowthForSharesPct = 0.5;
inline constexpr const char* kRemainder = "other";

/// One line, group, or the total in one period.
struct DecomposedRow {
  std::string by;       ///< total, product, market
  std::string key;      ///< id of a group, printed name, other
  std::string part_of;  ///< not empty: overlaps other rows, outside the sum
  double value_bn = 0, before_bn = 0;
  std::optional<double> growth_pct, two_year_pct;
  double contribution_pp = 0;
  std::optional<double> share_pct;            ///< of the total's growth
  std::optional<double> volume_pp, price_pp;  ///< where quantities stand
  std::optional<double> unsplit_pp;           ///< contribution of lines without quantities
  bool incomplete = false;                    ///< a line of the group has no figure for a year before
};

struct DecomposedPeriod {
  DataPeriod period;
  DecomposedRow total;
  std::vector<DecomposedRow> products, markets;  ///< by size of contribution; `other` last, then overlapping rows
  std::vector<std::string> left_out;             ///< lines without a figure now or a year before, by name
};

struct Decomposition {
  std::string flow, currency, total_from;
  std::vector<DecomposedPeriod> periods;
  std::vector<KeyedLine> products, markets;
  /// Groups of which only these lines are in the data.
  std::vector<std::pair<std::string, std::vector<std::string>>> partial_groups;
  std::vector<std::string> notes;
};

/// Takes apart the periods that the data have figures for, now and a year before; others are left out.
Decomposition decompose(const TradeData& data, const TradeNames& names, const std::vector<DataPeriod>& periods);

}  // namespace plimsoll
