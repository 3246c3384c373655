/// \file
/// The results as a person reads them on a terminal: headline first, then growth by period, a strip of the annual
/// figure's distribution, what contributes, the tail, and the Monte Carlo error.
#pragma once

#include <string>
#include <vector>

#include "outputs/run_folder.hpp"

namespace plimsoll {

struct TerminalStyle {
  enum class Colour { off, on } colour = Colour::off;
  int width = 80;  ///< columns; at least 60 are used
};

/// The whole text, several lines, ends with a newline.
std::string terminal_table(const RunResults& results, const RunContext& context, const TerminalStyle& style);

/// The headline alone, one sentence for each simulated year (or for the last period when no year is complete):
/// "China's exports in 2026: +11.2% (90% interval +6.0% to +16.8%), probability of a fall 0.3%."
std::vector<std::string> headline(const RunResults& results);

/// A distribution drawn on a line of `width` columns from `low` to `high`: light shade 5-95%, dark shade 25-75%,
/// a line out to 1 and 99%, a bar at the median, dots at zero.
std::string growth_strip(const Distribution& distribution, double low, double high, int width,
                         const TerminalStyle& style);
/// The axis under strips: ticks at round numbers, labelled.
std::string strip_axis(double low, double high, int width);

/// What makes the growth of each simulated year: largest contributions by product and by market, the inherited part,
/// each with interval and Monte Carlo error.
std::string contribution_tables(const RunResults& results, const std::vector<Period>& periods,
                                const TerminalStyle& style);

/// The chance that a driver comes to a level that the scenario names, by the end of each simulated year.
std::string driver_levels(const RunResults& results, const TerminalStyle& style);

/// Growth of the scenario's own sets in the headline's periods, and what they contribute to the total's.
std::string own_sets(const RunResults& results, const std::vector<Period>& periods, const TerminalStyle& style);

/// What the months observed so far mean for the year under way, and what its rest must bring.
std::string year_under_way(const RunResults& results, const TerminalStyle& style);

/// `text` in bold or dim where colours are on.
std::string emphasised(const std::string& text, const TerminalStyle& style);
std::string dimmed(const std::string& text, const TerminalStyle& style);

}  // namespace plimsoll
