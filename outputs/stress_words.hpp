/// \file
/// Sentences and cells that memo and heat map of a stress suite share.
#pragma once

#include <string>

#include "outputs/labels.hpp"
#include "sim/stress_results.hpp"

namespace plimsoll {

/// A, B, .. Z, AA, AB ..
std::string threshold_letter(std::size_t number);

/// A threshold in words: "Total exports, growth on a year earlier, 2027: below 0%".
std::string threshold_words(const StressResults& results, const JointEvent& event, const Labels& labels);
/// A gate in words: "5% quantile of .. in 2027: -9.1% ±0.2, limit below -8%".
std::string gate_words(const StressResults& results, const GateOutcome& gate, const Labels& labels);
/// A cell in words: "Total exports, growth on a year earlier, 2027".
std::string cell_words(const StressResults& results, const CellName& cell, const Labels& labels);

/// "12% ±0.3", the error in percentage points; "below 0.1%" is "低于0.1%" and its own error.
std::string probability_words(const StressFigure& figure, std::int64_t paths, const Labels& labels);
/// "-9.1 ±0.2"; "n/a" when there is none.
std::string figure_words(const StressFigure& figure, int decimals);

/// The scenario's title, or its name.
std::string scenario_words(const StressScenario& scenario, const Labels& labels);

/// The row of a measure; null when there is none.
const StressRow* find_measure(const StressScenario& scenario, const std::string& measure, const std::string& series,
                              const std::string& period = "");

}  // namespace plimsoll
