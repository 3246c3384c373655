/// \file
/// The memo's sections, each with its heading; empty where a run has nothing to say on it.
#pragma once

#include "outputs/labels.hpp"
#include "outputs/memo.hpp"

namespace plimsoll::memo_sections {

std::string growth(const MemoInput& input, const Labels& labels);
std::string drivers(const MemoInput& input, const Labels& labels);
std::string tail(const MemoInput& input, const Labels& labels);
std::string thresholds(const MemoInput& input, const Labels& labels);
std::string assumptions(const MemoInput& input, const Labels& labels);
std::string accuracy(const MemoInput& input, const Labels& labels);
std::string model_card(const MemoInput& input, const Labels& labels);
std::string provenance(const MemoInput& input, const Labels& labels);

/// Periods that the memo speaks of: those of the headline, at most three.
std::vector<Period> periods(const RunResults& results);

/// A probability with its error; words in the language.
std::string chance(const ProbabilityRow& row, std::int64_t paths, const Labels& labels);

}  // namespace plimsoll::memo_sections
