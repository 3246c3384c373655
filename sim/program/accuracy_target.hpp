/// \file
/// `--target-se 'p05(exports.total.yoy@2026)=0.05'`: how exactly a figure is to be known.
#pragma once

#include <string>
#include <vector>

#include "scenarios/statistic_text.hpp"
#include "sim/output_selection.hpp"
#include "sim/results.hpp"

namespace plimsoll {

struct AccuracyTarget {
  std::string text;     ///< as written
  Statistic statistic;  ///< mean, sd or a quantile
  double se = 0;        ///< in the unit of the series
};

/// \throws InputError (usage) for what is no target.
AccuracyTarget parse_accuracy_target(const std::string& text);

/// \throws InputError (usage) when the run does not compute the figure.
void require_output(const AccuracyTarget& target, const OutputSelection& outputs);

/// What the tables say of the targets.
std::vector<AccuracyOutcome> accuracy_of(const std::vector<AccuracyTarget>& targets, const RunResults& results);
bool all_reached(const std::vector<AccuracyOutcome>& outcomes);

/// Numbers of paths to look at: 16 x 2^k from 1,024 on, then the most that is allowed.
std::int64_t next_look(std::int64_t paths, std::int64_t most);
/// The first of these that is not below what is done already.
std::int64_t first_look(std::int64_t done, std::int64_t most);

}  // namespace plimsoll
