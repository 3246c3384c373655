/// \file
/// The tables of a stress suite as CSV, and its answers as JSON for --format json.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "outputs/terminal_table.hpp"
#include "sim/stress_results.hpp"

namespace plimsoll {

/// stress.csv, thresholds.csv, gates.csv, severity.csv, quarters.csv, exposures.csv: name and bytes, in the order of
/// the digest. The last only where there are exposures.
std::vector<std::pair<std::string, std::string>> stress_files(const StressResults& results);
std::string thresholds_csv(const StressResults& results);

/// One object: thresholds by scenario, gates, severity.
std::string stress_json(const StressResults& results);

/// The table of scenarios and thresholds, gates first, coloured where the style allows it.
std::string stress_terminal(const StressResults& results, const TerminalStyle& style);

/// The scenario that leads the order of severity; null when there is none with figures.
const StressScenario* worst_of(const StressResults& results);

}  // namespace plimsoll
