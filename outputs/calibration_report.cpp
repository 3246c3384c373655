#include "outputs/calibration_report.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "outputs/number_format.hpp"

namespace plimsoll {
namespace {

constexpr int kNameWidth = 34, kGroupWidth = 24, kBeliefWidth = 18;

/// Three significant digits are what a prior is good for.
std::string short_number(double value) {
  const double size = std::abs(value);
  return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4);
}
std::string belief_text(const NormalBelief& b) {
  return short_number(b.mean) + (b.sd > 0 ? " ± " + short_number(b.sd) : "");
}
std::string group_of(const EstimateRow& row) {
  if (row.product.empty() && row.market.empty()) return "all";
  return row.product.empty() || row.market.empty() ? row.product + row.market : row.product + "/" + row.market;
}

void add_moved(const CalibrationMade& made, std::string& text) {
  std::string rows;
  for (const EstimateRow& row : made.rows) {
    if (row.status != "moved") continue;
    const std::optional<double> shift = row.shift_sd();
    rows += left_aligned(row.parameter, kNameWidth) + " " + left_aligned(group_of(row), kGroupWidth) + " " +
            right_aligned(belief_text(*row.prior), kBeliefWidth) + " " +
            right_aligned(belief_text(row.after), kBeliefWidth) + " " +
            right_aligned(shift ? signed_fixed(*shift, 2) : "", 8) + " " +
            right_aligned(std::to_string(row.observations), 5) + "\n";
  }
  if (rows.empty()) {
    text += "\nNo prior was moved by the data.\n";
    return;
  }
  text += "\nWhat the data moved (mean ± sd)\n" + left_aligned("parameter", kNameWidth) + " " +
          left_aligned("group", kGroupWidth) + " " + right_aligned("prior", kBeliefWidth) + " " +
          right_aligned("posterior", kBeliefWidth) + " " + right_aligned("shift/sd", 8) + " " + right_aligned("n", 5) +
          "\n" + rows;
}

void add_by_parameter(const CalibrationMade& made, const std::string& status, const std::string& title,
                      std::string& text) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<const EstimateRow*>> groups;
  for (const EstimateRow& row : made.rows) {
    if (row.status != status) continue;
    if (!groups.contains(row.parameter)) order.push_back(row.parameter);
    groups[row.parameter].push_back(&row);
  }
  if (order.empty()) return;
  text += "\n" + title + "\n";
  for (const std::string& name : order) {
    const std::vector<const EstimateRow*>& rows = groups.at(name);
    const auto [low, high] = std::minmax_element(
        rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->after.mean < b->after.mean; });
    const std::string value = rows.size() == 1
                                  ? belief_text(rows.front()->after)
                                  : short_number((*low)->after.mean) + " .. " + short_number((*high)->after.mean);
    text += left_aligned(name, kNameWidth) + " " +
            left_aligned(rows.size() == 1 ? group_of(*rows.front()) : std::to_string(rows.size()) + " groups",
                         kGroupWidth) +
            " " + right_aligned(value, kBeliefWidth) + "\n";
  }
}

}  // namespace

std::string calibration_table(const CalibrationMade& made) {
  std::string text = "Calibration " + made.name + ": exports to " + to_string(made.days.as_of) + ", " +
                     std::to_string(made.products) + " products, " + std::to_string(made.markets) + " markets" +
                     (made.import_products > 0 ? ", imports of " + std::to_string(made.import_products) + " products"
                                               : std::string()) +
                     ", trend window from " + to_string(made.days.window_from) + "\n";
  text += "Trend of the total " + signed_fixed(100 * made.total.slope_log, 1) + " ± " +
          fixed(100 * made.total.slope_sd, 1) + " log points a year at the end; its own forecasts missed by";
  for (const auto& [h, error] : made.total.error_pp) text += " " + fixed(error, 1);
  text += " pp (rms) at 1, 3, 5, 8, 12 released periods, " +
          std::string(made.total.errors_of == ErrorsOf::expanding_fit ? "refitted on the past each January"
                                                                      : "by one fit of the whole series") +
          "\n";
  add_moved(made, text);
  add_by_parameter(made, "estimated", "Estimated from the data alone", text);
  add_by_parameter(made, "prior", "Stayed prior (mean ± sd, or range of means)", text);
  for (const std::string& note : made.notes) text += "\nnote: " + note;
  return text + (made.notes.empty() ? "" : "\n");
}

std::string calibration_json(const CalibrationMade& made) {
  nlohmann::ordered_json root;
  root["calibration"] = made.name;
  root["as_of"] = to_string(made.days.as_of);
  root["known_on"] = to_string(made.days.known_on);
  root["estimates"] = nlohmann::ordered_json::array();
  for (const EstimateRow& row : made.rows) {
    nlohmann::ordered_json one{{"parameter", row.parameter}, {"product", row.product}, {"market", row.market},
                               {"status", row.status},       {"mean", row.after.mean}, {"sd", row.after.sd}};
    if (row.prior) {
      one["prior_mean"] = row.prior->mean;
      one["prior_sd"] = row.prior->sd;
    }
    if (const std::optional<double> shift = row.shift_sd()) one["shift_prior_sd"] = *shift;
    one["observations"] = row.observations;
    one["how"] = row.how;
    root["estimates"].push_back(one);
  }
  root["notes"] = made.notes;
  return root.dump(2) + "\n";
}

}  // namespace plimsoll
