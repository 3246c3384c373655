/// \file
/// The periods that a report speaks of, each told once and named by its number elsewhere.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <utility>

#include "sim/results.hpp"

namespace plimsoll {

class ReportPeriods {
 public:
  /// The period's number; the same for the same period.
  int number_of(const Period& period);
  /// By number: [id, frequency, first month, last month, name in English, in Chinese]; months count from year 0.
  nlohmann::ordered_json json() const;

 private:
  std::map<std::tuple<Frequency, Month, Month>, int> numbers_;
  std::vector<Period> periods_;
};

}  // namespace plimsoll
