/// \file
/// Growth as first printed and what economists expected; from it the levels as they were first known.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "models/totals_data.hpp"

namespace plimsoll {

struct FirstPrint {
  double growth_pct;                    ///< on a year earlier
  std::optional<double> consensus_pct;  ///< median forecast of economists on the day
  Date released;
};

/// What was printed of each period (February stands for January and February).
class FirstPrints {
 public:
  FirstPrints() = default;
  /// Table with month, release_date, growth and consensus of exports and imports, balance. \throws InputError (data)
  FirstPrints(const std::string& text, const std::string& file);

  const FirstPrint* find(TradeFlow flow, Month period) const;
  /// The first period of all that was printed; nullopt of an empty table.
  std::optional<Month> first() const;
  /// The first period that economists were asked about.
  std::optional<Month> first_with_consensus() const;
  /// Trade balance as first printed, USD bn: a check of the levels made from growth.
  std::optional<double> balance_usd_bn(Month period) const;
  /// The last period that was out on this day.
  std::optional<Month> last_released(const Date& day) const;

 private:
  std::map<std::pair<TradeFlow, int>, FirstPrint> prints_;
  std::map<int, double> balances_;
};

/// A period's level at its own release: first-printed growth times the final level of a year before; the final level
/// where nothing was printed here.
double level_at_release(const TotalsData& data, const FirstPrints& prints, TradeFlow flow, std::size_t at);

/// `data` up to the period at position `origin` as they were known at its release. A period stands at its first-printed
/// growth times the final level of a year before until the release a year later, whose growth is printed on the revised
/// level; then it is final. What was never printed here is final.
TotalsData as_known_at(const TotalsData& data, const FirstPrints& prints, std::size_t origin);

}  // namespace plimsoll
