#include <cmath>

#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {
namespace {

const SummaryRow* row_of(const RunResults& results, const std::string& measure) {
  for (const SummaryRow& row : results.summary) {
    if (row.series == "exports.total." + measure) return &row;
  }
  return nullptr;
}

std::string pct(double value) { return signed_fixed(value, 1) + "%"; }

}  // namespace

std::string year_under_way(const RunResults& results, const TerminalStyle& style) {
  std::string text;
  const SummaryRow *locked = row_of(results, "locked_in"), *carried = row_of(results, "carry_over"),
                   *rest = row_of(results, "rest_of_year");
  if (locked != nullptr)
    text += "  locked in, if the rest repeats the year before:          " + pct(locked->distribution.mean) + "\n";
  if (carried != nullptr)
    text += "  carry-over, if the seasonally adjusted level stays:      " + pct(carried->distribution.mean) + "\n";
  for (const ProbabilityRow& row : results.probabilities) {
    if (row.series != "exports.total.rest_of_year" || row.event != "required") continue;
    const std::string goal = fixed(row.threshold, row.threshold == std::floor(row.threshold) ? 0 : 1) + "%";
    text +=
        "  rest of the year needed for " + left_aligned(goal + " in the year:", 28) + " " + pct(row.probability) + "\n";
  }
  if (rest != nullptr) {
    const Distribution& d = rest->distribution;
    text += "  rest of the year on the paths:                           " + pct(d.quantile[kP50]) + " " +
            error_text(d.se_quantile[kP50]) + " (5-95%: " + signed_fixed(d.quantile[kP05], 1) + " to " +
            signed_fixed(d.quantile[kP95], 1) + ")\n";
  }
  if (text.empty()) return "";
  const SummaryRow* any = locked != nullptr ? locked : carried != nullptr ? carried : rest;
  return emphasised("The year under way, " + to_string(any->period), style) +
         ", growth of exports on a year earlier\n" + text + "\n";
}

}  // namespace plimsoll
