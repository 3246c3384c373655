/// \file
/// What a run says, in a sentence or two, as an analyst of that language would write it.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "sim/results.hpp"

namespace plimsoll {

/// "China's exports are expected to grow by 21.3% in 2026 (median; 5-95%: 15.7% to 27.0%; Monte Carlo error 0.04 pp)
/// and by 2.1% in 2027 (...). Probability of a fall: below 0.1% in 2026, 41% in 2027 (error 0.4 pp)." Empty when growth
/// of the total is not among the results.
std::string headline_sentence(const RunResults& results, Language language);

/// A Monte Carlo error without its sign, one significant digit below 0.1: `0.3`, `0.04`; `n/a` when there is none.
std::string error_digits(double se);

}  // namespace plimsoll
