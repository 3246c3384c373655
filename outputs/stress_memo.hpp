/// \file
/// The one-page memo of a stress suite, in English or Chinese, and the heat map of its thresholds.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "sim/stress_results.hpp"

namespace plimsoll {

/// What the memo says of where its numbers come from.
struct StressProvenance {
  std::string version, digest;
};

/// Markdown. The same results give the same bytes: it tells no time and no place.
std::string stress_memo(const StressResults& results, const StressProvenance& provenance, Language language);

/// SVG: scenarios by thresholds, the probability in every cell, one blue scale that colour-blind people can read.
std::string stress_heatmap(const StressResults& results, Language language);

}  // namespace plimsoll
