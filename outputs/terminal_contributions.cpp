#include <algorithm>
#include <cmath>

#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {
namespace {

constexpr std::size_t kMostRows = 6;     // of products and markets: what fits a screen
constexpr std::size_t kMostDrivers = 9;  // of drivers: all that move
constexpr int kBlockColumns = 46;        // one table; two stand side by side where the terminal is wide enough

std::string row_text(const std::string& key, const Distribution& d) {
  return "  " + left_aligned(key, 24) + right_aligned(signed_fixed(d.mean, 2), 6) + " " +
         left_aligned(error_text(d.se_mean), 6) +
         right_aligned(signed_fixed(d.quantile[kP05], 1) + " to " + signed_fixed(d.quantile[kP95], 1), 15);
}

std::vector<std::string> block(const RunResults& results, const Period& period, const std::string& by,
                               const TerminalStyle& style) {
  std::vector<const ContributionRow*> rows;
  for (const ContributionRow& row : results.contributions) {
    if (row.of == "exports.total.yoy" && row.by == by && row.period == period) {
      rows.push_back(&row);
    }
  }
  if (rows.empty()) return {};
  std::stable_sort(rows.begin(), rows.end(), [](const ContributionRow* a, const ContributionRow* b) {
    return std::abs(a->distribution.mean) > std::abs(b->distribution.mean);
  });
  std::string title = by == "price_volume" ? "by price and volume" : "by " + by;
  const std::size_t most = by == "driver" ? kMostDrivers : kMostRows;
  if (rows.size() > most) {
    title += " (largest " + std::to_string(most) + " of " + std::to_string(rows.size()) + ")";
    rows.resize(most);
  }
  std::vector<std::string> lines{dimmed("  " + title, style)};
  for (const ContributionRow* row : rows) lines.push_back(row_text(row->key, row->distribution));
  return lines;
}

std::string side_by_side(const std::vector<std::string>& left, const std::vector<std::string>& right, int width) {
  std::string text;
  if (width < 2 * (kBlockColumns + 8)) {
    for (const auto* lines : {&left, &right}) {
      for (const std::string& line : *lines) text += line + "\n";
    }
    return text;
  }
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string first = i < left.size() ? left[i] : "";
    text += i < right.size() ? left_aligned(first, kBlockColumns + 8) + right[i] + "\n" : first + "\n";
  }
  return text;
}

}  // namespace

std::string contribution_tables(const RunResults& results, const std::vector<Period>& periods,
                                const TerminalStyle& style) {
  std::string text;
  for (const Period& period : periods) {
    std::string tables =
        side_by_side(block(results, period, "product", style), block(results, period, "market", style), style.width);
    tables += side_by_side(block(results, period, "driver", style), block(results, period, "price_volume", style),
                           style.width);
    if (tables.empty()) continue;
    text += emphasised("What makes " + to_string(period), style) +
            ": percentage points of growth, mean ± error, 5-95%\n" + tables + "\n";
  }
  return text;
}

}  // namespace plimsoll
