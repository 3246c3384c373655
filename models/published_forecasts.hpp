/// \file
/// Forecasts that others published, as they stand on record: who said what of which figure, and when.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/totals_data.hpp"

namespace plimsoll {

/// A range, a point (low equals high) or a bound (one of the two). Both missing: nobody else forecast it, but we do.
struct PublishedForecast {
  Date made_on;
  std::string by;
  std::string subject;  ///< exports, imports: growth on a year earlier; or anything else, in words
  std::string period;   ///< YYYY, YYYY-MM (February: with January) or YYYY-MMytd
  std::string unit;     ///< pct, usd_bn
  std::optional<double> low, high;
  std::optional<double> outcome;  ///< of other subjects, when it is known
  std::string outcome_period;     ///< what the outcome is of; the forecast is open while it differs from `period`
  std::string note;

  /// Exports or imports, of which the totals know the outcome.
  std::optional<TradeFlow> flow() const;
};

/// Months that a period's name covers, up to the last: 2026 from February to December.
struct PeriodSpan {
  bool whole_year = false, to_date = false;
  Month last;
};
std::optional<PeriodSpan> parse_period_span(const std::string& period);

/// Table with made_on, by, subject, period, unit, low, high, outcome, outcome_period, note. \throws InputError (data)
std::vector<PublishedForecast> read_published_forecasts(const std::string& text, const std::string& file);

}  // namespace plimsoll
