/// \file
/// Pictures of a backtest of product groups, as SVG.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "sim/group_scores.hpp"

namespace plimsoll {

/// Where outcomes of all groups fell in their forecasts, by tenths, with the band of a calibrated forecast.
std::string group_pit_svg(const GroupResults& results, Language language);

}  // namespace plimsoll
