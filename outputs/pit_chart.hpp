/// \file
/// Where outcomes fell in their forecasts, by tenths, as SVG.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"

namespace plimsoll {

/// A tenth of the forecast distribution: how often outcomes fell into it and the 90% band of a calibrated forecast, as
/// multiples of a tenth of the forecasts; without a band, NaN.
struct PitTenth {
  double frequency = 0, low = 0, high = 0;
};

/// Bars with the band behind them where all tenths have one; empty where there are no tenths. `of`: whose, for the
/// title.
std::string tenths_svg(const std::string& of, const std::vector<PitTenth>& tenths, Language language);

/// How to read it, for below the picture.
std::string tenths_says(Language language);

}  // namespace plimsoll
