/// \file
/// Reads a stress suite strictly, with the exposures that it names.
#pragma once

#include <string>
#include <vector>

#include "scenarios/stress_suite.hpp"

namespace plimsoll {

/// `what` is a file (ends in .yaml or .yml, or contains a /) or the name of a shipped suite. Names of series, periods
/// and scenarios are checked where calibrations are known.
/// \throws InputError with every problem found.
StressSuite load_suite(const std::string& what);

/// Whether a file says that it is a suite, or only a suite ships by that name.
bool is_suite(const std::string& what);

struct ShippedSuite {
  std::string name;
  Text title;
};
/// The suites that ship, by name.
std::vector<ShippedSuite> shipped_suites();

/// \throws InputError (data) with every problem found. The weights of each exposure are scaled to add up to 1.
std::vector<Exposure> parse_exposures(const std::string& text, const std::string& file);

}  // namespace plimsoll
