/// \file
/// How long the periods of a series are.
#pragma once

#include <array>

namespace plimsoll {

enum class Frequency { month, quarter, year, year_to_date };
inline constexpr std::array kEveryFrequency{Frequency::month, Frequency::quarter, Frequency::year,
                                            Frequency::year_to_date};

/// As tables and scenario files write it: M, Q, A, YTD.
constexpr const char* frequency_name(Frequency frequency) {
  constexpr const char* kNames[] = {"M", "Q", "A", "YTD"};
  return kNames[static_cast<int>(frequency)];
}

}  // namespace plimsoll
