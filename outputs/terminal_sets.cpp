#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {
namespace {

std::string growth(const RunResults& results, const std::string& series, const Period& period) {
  for (const SummaryRow& row : results.summary) {
    if (row.series != series || row.period != period) continue;
    const Distribution& d = row.distribution;
    return signed_fixed(d.quantile[kP50], 1) + "% " + error_text(d.se_quantile[kP50]) +
           " (5-95%: " + signed_fixed(d.quantile[kP05], 1) + " to " + signed_fixed(d.quantile[kP95], 1) + ")";
  }
  return "";
}

std::string contribution(const RunResults& results, const std::string& by, const std::string& key,
                         const Period& period) {
  for (const ContributionRow& row : results.contributions) {
    if (row.of == "exports.total.yoy" && row.by == by && row.key == key && row.period == period)
      return ", " + signed_fixed(row.distribution.mean, 2) + " " + error_text(row.distribution.se_mean) +
             " pp of the total's growth";
  }
  return "";
}

}  // namespace

std::string own_sets(const RunResults& results, const std::vector<Period>& periods, const TerminalStyle& style) {
  std::string text;
  for (const SetDefinition& set : results.sets) {
    const bool markets = set.of == SetDefinition::Of::markets, imports = set.of == SetDefinition::Of::imports;
    const std::string series =
        std::string(imports ? "imports." : "exports.") + (markets ? "market." : "chain.") + set.name + ".yoy";
    std::string lines;
    for (const Period& period : periods) {
      const std::string grown = growth(results, series, period);
      if (grown.empty()) continue;
      lines += "    " + to_string(period) + ": " + grown +
               (imports ? "" : contribution(results, markets ? "market_set" : "chain", set.name, period)) + "\n";
    }
    if (!lines.empty()) text += "  " + (set.title.en.empty() ? set.name : set.title.en) + " (" + series + ")\n" + lines;
  }
  return text.empty() ? "" : emphasised("Sets of this scenario", style) + ", growth on a year earlier\n" + text + "\n";
}

}  // namespace plimsoll
