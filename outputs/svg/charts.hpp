/// \file
/// Small charts for memos: growth as a fan, contributions by driver as stacked bars. No font, script or link is inside.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "outputs/run_folder.hpp"

namespace plimsoll {

/// Monthly growth of the total: two years observed, then median, 25-75% and 5-95%. Empty where no month is reported.
std::string fan_svg(const RunResults& results, const RunContext& context, Language language);

/// Contributions of drivers to growth of years and quarters, with growth itself as a dot. Empty where none is reported.
std::string contributions_svg(const RunResults& results, const RunContext& context, Language language);

}  // namespace plimsoll
