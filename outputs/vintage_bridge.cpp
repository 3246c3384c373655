/// \file
/// From an earlier forecast to a later one: which months have become data, and which drivers say something else.
#include <algorithm>

#include "outputs/comparison_tables.hpp"
#include "outputs/csv_field.hpp"
#include "outputs/number_format.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

constexpr const char* kGrowth = "exports.total.yoy";
constexpr const char* kValue = "exports.total.value";

Month last_observed(const std::vector<HistoryRow>& history) {
  Month last = history.front().period.last;
  for (const HistoryRow& row : history) last = std::max(last, row.period.last);
  return last;
}

/// The earlier forecast of the months that the later one knows, against what they were, in points of the year's growth.
/// Only where the earlier forecast knew the whole year before, so that both grow on it. The error of what is still
/// ahead is at most the sum of the other two: they come from the same paths.
void split_by_time(const ComparisonResults& results, const DifferenceRow& growth, std::vector<BridgeRow>& bridge) {
  if (results.base_history.empty() || results.other_history.empty()) return;
  const Month earlier = last_observed(results.base_history), later = last_observed(results.other_history);
  const Month january = growth.period.first;
  if (later <= earlier || later < january || earlier < january - 1) return;
  const double base_year = observed_value(results.other_history, january - 12, january - 1);
  if (base_year <= 0) return;
  const DifferenceRow* since_row = nullptr;
  for (const DifferenceRow& row : results.summary) {
    const bool to_date = row.period.frequency == Frequency::year_to_date && row.period.first == january;
    if (row.series == kValue && to_date && row.period.last == later) since_row = &row;
  }
  if (since_row == nullptr) return;
  const DifferenceRow::Mean since{100 * since_row->difference.mean / base_year,
                                  100 * since_row->difference.se_mean / base_year};
  const Distribution& d = growth.difference;
  bridge.push_back({growth.period, "when", "observed_since", {}, {}, since});
  bridge.push_back({growth.period, "when", "still_ahead", {}, {}, {d.mean - since.value, d.se_mean + since.se}});
}

}  // namespace

std::vector<BridgeRow> vintage_bridge(const ComparisonResults& results) {
  std::vector<BridgeRow> bridge;
  for (const DifferenceRow& row : results.summary) {
    if (row.series != kGrowth || row.period.frequency != Frequency::year) continue;
    bridge.push_back({row.period, "growth", "", row.base, row.other, {row.difference.mean, row.difference.se_mean}});
    split_by_time(results, row, bridge);
    for (const DifferenceRow& part : results.contributions) {
      if (part.series == kGrowth && part.by == "driver" && part.period == row.period)
        bridge.push_back(
            {row.period, "driver", part.key, part.base, part.other, {part.difference.mean, part.difference.se_mean}});
    }
  }
  return bridge;
}

std::string bridge_csv(const std::vector<BridgeRow>& rows) {
  std::string csv = "period,split,key,from_pp,se_from_pp,to_pp,se_to_pp,change_pp,se_change_pp\n";
  for (const BridgeRow& row : rows) {
    csv += csv_field(to_string(row.period)) + "," + row.split + "," + csv_field(row.key);
    const auto cells = [](const DifferenceRow::Mean& m) { return "," + shortest(m.value) + "," + shortest(m.se); };
    csv += row.split == "when" ? ",,,," : cells(row.from) + cells(row.to);  // a split by time has a change only
    csv += cells(row.change);
    csv += "\n";
  }
  return csv;
}

std::string bridge_table(const std::vector<BridgeRow>& rows, const ComparedNames& names, const TerminalStyle& style) {
  const auto figure = [](const DifferenceRow::Mean& m) {
    return right_aligned(signed_fixed(m.value, 2), 8) + " " + left_aligned(error_text(m.se), 7);
  };
  std::string text, split;
  for (const BridgeRow& row : rows) {
    if (row.split == "growth") {
      text += (text.empty() ? "" : "\n") + emphasised("Growth of exports in " + to_string(row.period), style) + ": " +
              signed_fixed(row.from.value, 1) + "% in " + names.base + " (data to " + names.base_data + "), " +
              signed_fixed(row.to.value, 1) + "% in " + names.other + " (data to " + names.other_data + ")\n" +
              dimmed("  " + left_aligned("percentage points, mean ± error", 32) + right_aligned("from", 12) +
                         right_aligned("to", 14) + right_aligned("change", 18),
                     style) +
              "\n";
    } else if (row.split != split) {
      text += dimmed(row.split == "when" ? "  by when" : "  by driver", style) + "\n";
    }
    split = row.split;
    const std::string key = row.split == "growth"         ? "growth"
                            : row.key == "observed_since" ? "months observed since"
                            : row.key == "still_ahead"    ? "months still ahead"
                                                          : row.key;
    const std::string both = row.split == "when" ? std::string(32, ' ') : figure(row.from) + figure(row.to);
    text += "  " + left_aligned(key, 32) + both + figure(row.change) + "\n";
  }
  return text;
}

}  // namespace plimsoll
