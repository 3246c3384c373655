/// \file
/// A driver fixed over some months, as kernels read it.
#pragma once

namespace plimsoll {

struct PinPlan {
  enum class On { process, demand, shock } on = On::process;
  int index = 0;         ///< process: memory, oil, exchange rate; demand: market; shock: generic shock
  int from = 1, to = 0;  ///< months, both included
  float target_log = 0;  ///< ln of the level over that of t = 0
};
inline constexpr int kMostPins = 12;  ///< in one month

}  // namespace plimsoll
