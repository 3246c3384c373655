#include "outputs/group_miss_tables.hpp"

#include <algorithm>

#include "outputs/conditional_views.hpp"
#include "outputs/group_conditional_views.hpp"
#include "outputs/in_words.hpp"
#include "outputs/number_format.hpp"

namespace plimsoll {
namespace {

/// Runs of the same numbers have no error: what a driver does not reach does not move at all.
std::string cell(double pp, double se) { return signed_fixed(pp, 1) + (se > 0 ? " " + error_text(se) : ""); }
std::string cell(const MissRow::Part& part) { return cell(part.pp, part.se); }

void add_parts(std::vector<std::string>& header, Language language) {
  for (const KnownDriver driver : kKnownDrivers) header.push_back(driver_title(driver, language));
  header.push_back(in_words("together, more", "共同作用另加", language));
  header.push_back(in_words("left", "未解释", language));
}

/// Missed, driver by driver, together, left.
std::vector<std::string> means(const GroupConditionalResults& results, const std::string& group,
                               const std::string& window, const std::string& first) {
  std::vector<std::string> row{first};
  std::vector<std::string> parts{"missed"};
  for (const KnownDriver driver : kKnownDrivers) parts.push_back(to_string(driver));
  parts.insert(parts.end(), {"jointly", "left"});
  for (const std::string& part : parts) {
    const GroupMissMean* mean = find_part(results, group, window, part);
    if (mean == nullptr) return {};
    row.push_back(cell(mean->value, mean->mc_se));
  }
  return row;
}

ScoreTable by_window(const GroupConditionalResults& results, Language language) {
  ScoreTable table{{in_words("forecasts", "预测", language), in_words("missed by", "偏离", language)},
                   {},
                   in_words("Total exports, means", "出口总额，均值", language)};
  add_parts(table.header, language);
  for (const GroupWindow& window : group_windows()) {
    std::vector<std::string> row =
        means(results, results.made.runs.data.groups.front().id, window.id, window_title(window.id, language));
    if (!row.empty()) table.rows.push_back(std::move(row));
  }
  return table;
}

ScoreTable by_group(const GroupConditionalResults& results, Language language) {
  ScoreTable table{{in_words("group", "商品组", language), in_words("missed by", "偏离", language)},
                   {},
                   in_words("Groups, means over targets of 2026", "各组，2026 年目标期均值", language)};
  add_parts(table.header, language);
  for (const PrintedGroup& group : results.made.runs.data.groups) {
    std::vector<std::string> row = means(results, group.id, "2026", in(group.title, language));
    if (!row.empty()) table.rows.push_back(std::move(row));
  }
  return table;
}

ScoreTable of_december(const GroupConditionalResults& results, Language language) {
  Month december;
  for (const GroupMiss& miss : results.misses) {
    if (miss.origin.month() == 12) december = std::max(december, miss.origin);
  }
  ScoreTable table{{in_words("target", "目标期", language), in_words("came", "实际", language),
                    in_words("expected", "预期", language), in_words("missed by", "偏离", language)},
                   {},
                   in_words("Total exports, forecast from ", "出口总额，预测起点 ", language) + to_string(december)};
  add_parts(table.header, language);
  for (const GroupMiss& miss : results.misses) {
    if (miss.group != 0 || miss.origin != december) continue;
    std::vector<std::string>& row = table.rows.emplace_back();
    row = {to_string(miss.target), signed_fixed(miss.actual_pct, 1),
           cell(miss.unconditional_pct, miss.unconditional_se), signed_fixed(miss.miss_pp(), 1)};
    for (const MissRow::Part& part : miss.driver) row.push_back(cell(part));
    row.push_back(cell(miss.jointly));
    row.push_back(cell(miss.left_pp(), miss.conditional_se));
  }
  return table;
}

}  // namespace

ScoreSection group_miss_section(const GroupConditionalResults& results, Language language) {
  return {in_words("Which driver accounts for how much of the misses, percentage points",
                   "各驱动解释了多少偏离，百分点", language),
          {by_window(results, language), by_group(results, language), of_december(results, language)}};
}

std::string window_title(const std::string& window, Language language) {
  if (window == kEveryForecast) return in_words("all", "全部", language);
  if (window == kPriorsLater) return in_words("origins before the priors", "起点早于先验", language);
  if (window == kPriorsInTime) return in_words("origins after the priors", "起点晚于先验", language);
  return in_words("targets of ", "目标期 ", language) + window;
}

std::string known_model_title(const std::string& model, Language language) {
  for (const KnownDriver driver : kKnownDrivers) {
    if (model == only_driver(driver)) return in_words("only ", "仅", language) + driver_title(driver, language);
  }
  return conditional_model_title(model, language);
}

std::string driver_title(KnownDriver driver, Language language) {
  switch (driver) {
    case KnownDriver::memory_price: return driver_title(TotalsDriver::memory_price, language);
    case KnownDriver::oil_price: return driver_title(TotalsDriver::oil_price, language);
    case KnownDriver::capex: return driver_title(TotalsDriver::capex, language);
    case KnownDriver::exchange_rate: return in_words("exchange rate", "汇率", language);
    case KnownDriver::tariffs: break;
  }
  return in_words("tariffs", "关税", language);
}

}  // namespace plimsoll
