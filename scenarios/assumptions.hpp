/// \file
/// What a scenario assumes that another does not: every value in which the two differ, with its origin.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

/// One value of a composed scenario: a number, a distribution, a list of plain values, or one item of a list of maps.
struct ResolvedValue {
  std::string path;       ///< capex_paths.amazon.2026, tariff_shocks[truce lapses]
  std::string value;      ///< as YAML on one line
  std::string canonical;  ///< for comparison: 0.10 is 0.1
  std::string origin;     ///< file and line (without folder), `command line`, `environment` or `default`
};

/// A value in which a scenario differs from base.
struct Assumption {
  std::string path;
  std::string value;       ///< empty: only base states it
  std::string base_value;  ///< empty: base does not state it
  std::string origin;      ///< of `value`; of the base's where there is none

  friend bool operator==(const Assumption&, const Assumption&) = default;
};

/// In the order of the scenario, then what it lacks in the order of the base.
std::vector<Assumption> differences(const std::vector<ResolvedValue>& scenario, const std::vector<ResolvedValue>& base);

/// The same of what shapes a forecast: without names, reports, and how many paths are drawn how.
std::vector<Assumption> assumptions_beside(const std::vector<ResolvedValue>& scenario,
                                           const std::vector<ResolvedValue>& base);

/// True for what somebody set by hand: on the command line, in the environment, as a pin or an observation.
bool is_by_hand(const Assumption& assumption);

}  // namespace plimsoll
