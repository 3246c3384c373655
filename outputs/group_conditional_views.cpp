#include "outputs/group_conditional_views.hpp"

#include <algorithm>
#include <cmath>

#include "outputs/change_cells.hpp"
#include "outputs/conditional_views.hpp"
#include "outputs/group_miss_tables.hpp"
#include "outputs/in_words.hpp"
#include "outputs/largest_error.hpp"

namespace plimsoll {
namespace {

/// Looks scores of one group up, in words of one language.
class Looked {
 public:
  Looked(const GroupConditionalResults& results, std::string group, Language language)
      : results_(results), group_(std::move(group)), language_(language) {}

  const GroupKnownScore* find(const std::string& model, const char* score, const std::string& window = kEveryForecast,
                              int horizon = 0) const {
    return find_score(results_, group_, model, window, horizon, score);
  }
  std::string text(const char* en, const char* zh) const { return in_words(en, zh, language_); }
  Language language() const { return language_; }

 private:
  const GroupConditionalResults& results_;
  std::string group_;
  Language language_;
};

const PrintedGroup& total(const GroupConditionalResults& results) { return results.made.runs.data.groups.front(); }

std::string signed_with_error(const GroupKnownScore* row) {
  if (row == nullptr) return "";
  return signed_fixed(row->value, 1) + (std::isfinite(row->se) ? " ±" + fixed(row->se, 1) : "");
}

std::vector<std::string> header(const Looked& s, const std::string& first) {
  std::vector<std::string> out{first,
                               s.text("RMSE, drivers expected", "RMSE，驱动按预期"),
                               s.text("as they came", "按实际"),
                               s.text("change", "变化"),
                               s.text("CRPS, expected", "CRPS，按预期"),
                               s.text("as they came", "按实际"),
                               s.text("change", "变化"),
                               s.text("bias, expected", "偏差，按预期"),
                               s.text("as they came", "按实际"),
                               s.text("90% held, expected", "90%覆盖，按预期"),
                               s.text("as they came", "按实际"),
                               s.text("forecasts", "预测数")};
  return out;
}

/// Nothing where there is no forecast.
std::vector<std::string> cells(const Looked& s, const std::string& first, const std::string& window, int horizon) {
  const GroupKnownScore* own = s.find(kConditional, "crps", window, horizon);
  if (own == nullptr) return {};
  std::vector<std::string> out{first};
  for (const char* score : {"rmse_median", "crps"}) {
    out.push_back(with_error(s.find(kUnconditional, score, window, horizon)));
    out.push_back(with_error(s.find(kConditional, score, window, horizon)));
    out.push_back(change(s.find(kConditional, score, window, horizon)));
  }
  for (const char* model : {kUnconditional, kConditional})
    out.push_back(signed_with_error(s.find(model, "bias_median", window, horizon)));
  for (const char* model : {kUnconditional, kConditional})
    out.push_back(percent(s.find(model, "coverage_90", window, horizon)));
  out.push_back(std::to_string(own->forecasts));
  return out;
}

void add_row(std::vector<std::string> row, ScoreTable& table) {
  if (!row.empty()) table.rows.push_back(std::move(row));
}

ScoreTable by_window(const Looked& s) {
  ScoreTable table{header(s, s.text("forecasts", "预测")), {}, s.text("By targets and origins", "按目标期与起点")};
  for (const GroupWindow& window : group_windows())
    add_row(cells(s, window_title(window.id, s.language()), window.id, 0), table);
  return table;
}

ScoreTable by_horizon(const Looked& s) {
  ScoreTable table{header(s, s.text("releases ahead", "提前期")), {}, s.text("By releases ahead", "按提前期")};
  for (int h = 1; h <= 12; ++h) add_row(cells(s, std::to_string(h), kEveryForecast, h), table);
  return table;
}

ScoreTable by_group(const GroupConditionalResults& results, Language language) {
  const Looked all(results, kAllGroups, language);
  ScoreTable table{header(all, all.text("group", "商品组")), {}, all.text("Group by group", "逐组")};
  const auto& groups = results.made.runs.data.groups;
  for (std::size_t g = 1; g < groups.size(); ++g)
    add_row(cells(Looked(results, groups[g].id, language), in(groups[g].title, language), kEveryForecast, 0), table);
  return table;
}

ScoreSection by_driver(const GroupConditionalResults& results, Language language) {
  const Looked one(results, total(results).id, language), all(results, kAllGroups, language);
  ScoreTable table{{one.text("known", "已知"), one.text("RMSE of the total", "总额 RMSE"), one.text("change", "变化"),
                    one.text("targets of 2025", "2025 年目标期"), one.text("change", "变化"),
                    one.text("targets of 2026", "2026 年目标期"), one.text("change", "变化"),
                    one.text("RMSE of all groups", "各组 RMSE"), one.text("change", "变化")},
                   {}};
  for (const std::string& model : results.made.models) {
    std::vector<std::string> row{known_model_title(model, language)};
    for (const char* window : {kEveryForecast, "2025", "2026"}) {
      row.push_back(with_error(one.find(model, "rmse_median", window)));
      row.push_back(change(one.find(model, "rmse_median", window)));
    }
    row.push_back(with_error(all.find(model, "rmse_median")));
    row.push_back(change(all.find(model, "rmse_median")));
    table.rows.push_back(std::move(row));
  }
  return {one.text("What each driver gives when it alone is known", "仅知单个驱动的效果"), {table}};
}

std::string unit_title(KnownDriver driver, Language language) {
  switch (driver) {
    case KnownDriver::memory_price: return in_words("2019 = 100", "2019 年 = 100", language);
    case KnownDriver::oil_price: return in_words("USD per barrel", "美元/桶", language);
    case KnownDriver::exchange_rate: return in_words("CNY per USD", "人民币/美元", language);
    case KnownDriver::capex: return in_words("USD bn a quarter", "十亿美元/季", language);
    case KnownDriver::tariffs: break;
  }
  return in_words("% of value, US", "占货值 %，美国", language);
}

ScoreSection by_origin(const GroupConditionalResults& results, Language language) {
  ScoreTable table{{in_words("origin", "起点", language), in_words("known on", "已知截至", language),
                    in_words("priors of that time", "先验当时已有", language)},
                   {}};
  for (const KnownDriver driver : kKnownDrivers) {
    table.header.push_back(driver_title(driver, language) + ", " + unit_title(driver, language));
  }
  for (std::size_t k = 0; k < results.made.runs.origins.size(); ++k) {
    const GroupOrigin& origin = results.made.runs.origins[k];
    std::vector<std::string>& row = table.rows.emplace_back();
    row = {to_string(origin.origin), to_string(origin.known_on),
           origin.priors_in_time ? in_words("yes", "是", language)
                                 : in_words("no, January 2026", "否，2026年1月", language)};
    for (const DriverCame& came : results.made.drivers[k]) {
      const int decimals = came.level_now < 10 ? 2 : 1;
      row.push_back(fixed(came.level_then, decimals) + " (" + came.last_then + ") → " +
                    fixed(came.level_now, decimals) + " (" + came.last_now + ")");
    }
  }
  return {in_words("What every forecast rested on, and what the drivers did since", "每个预测的依据及其后驱动的变化",
                   language),
          {table}};
}

/// Value and change as a sentence has them.
std::string told(const Looked& s, const std::string& window) {
  const GroupKnownScore *u = s.find(kUnconditional, "rmse_median", window),
                        *c = s.find(kConditional, "rmse_median", window);
  if (u == nullptr || c == nullptr) return "";
  return "RMSE " + with_error(u) + s.text(" pp with drivers expected, ", " 个百分点（按预期），") + with_error(c) +
         s.text(" as they came, ", "（按实际），变化 ") + change(c) +
         (std::isfinite(c->change_low) ? "" : s.text(" (too few origins for an error)", "（起点太少，无误差）"));
}

}  // namespace

std::vector<std::string> group_conditional_headlines(const GroupConditionalResults& results, Language language) {
  constexpr double kWanted = -0.20;
  const Looked one(results, total(results).id, language), all(results, kAllGroups, language);
  const GroupKnownScore* change_of_total = one.find(kConditional, "rmse_median");
  if (change_of_total == nullptr) return {};
  const auto& groups = results.made.runs.data.groups;
  const auto shorter = std::count_if(groups.begin() + 1, groups.end(), [&](const PrintedGroup& group) {
    const GroupKnownScore* row = find_score(results, group.id, kConditional, kEveryForecast, 0, "rmse_median");
    return row != nullptr && row->change_frac < 0;
  });
  const std::string of = std::to_string(groups.size() - 1), wins = std::to_string(shorter);
  const bool holds = change_of_total->change_frac <= kWanted;
  const auto origins = results.made.runs.origins.size();
  std::string of_total = one.text("Total exports by the full engine, ", "完整引擎的出口总额，") +
                         std::to_string(origins) +
                         (origins == 1 ? one.text(" origin: ", " 个起点：") : one.text(" origins: ", " 个起点：")) +
                         told(one, kEveryForecast) +
                         (holds ? one.text(": shorter by a fifth or more.", "：至少缩短五分之一。")
                                : one.text(": not shorter by a fifth.", "：未缩短五分之一。"));
  for (const char* year : {"2025", "2026"}) {
    const GroupKnownScore* row = one.find(kConditional, "rmse_median", year);
    if (row == nullptr) continue;
    of_total += one.text(" Targets of ", "目标期 ") + year + one.text(": ", "：") + change(row) + one.text(".", "。");
  }
  std::vector<std::string> out{of_total, of + one.text(" groups together: ", " 组合计：") + told(all, kEveryForecast) +
                                             one.text("; shorter in ", "；误差缩短的有 ") + wins +
                                             one.text(" of ", " 组，共 ") + of + one.text(".", " 组。")};
  const std::string in_time = told(one, kPriorsInTime);
  if (!in_time.empty())
    out.push_back(one.text("Only from origins whose elasticities had been written down by then, total: ",
                           "仅计弹性当时已定的起点，总额：") +
                  in_time + one.text(".", "。"));
  return out;
}

std::vector<ScoreSection> group_conditional_sections(const GroupConditionalResults& results, Language language) {
  const Looked one(results, total(results).id, language), all(results, kAllGroups, language);
  std::vector<ScoreSection> out{
      {one.text("Growth of total exports, drivers as expected and as they came", "出口总额同比：驱动按预期与按实际"),
       {by_window(one), by_horizon(one)}},
      {one.text("Growth of groups, drivers as expected and as they came", "各商品组同比：驱动按预期与按实际"),
       {by_window(all), by_horizon(all), by_group(results, language)}},
      by_driver(results, language)};
  out.push_back(group_miss_section(results, language));
  out.push_back(by_origin(results, language));
  return out;
}

std::string group_conditional_notes(const GroupConditionalResults& results, Language language) {
  const auto shown = [&](const GroupKnownScore& row) {
    return row.score == "rmse_median" || row.score == "crps" || row.score == "bias_median";
  };
  const std::string error = largest_monte_carlo_error(results.scores, shown);
  if (language == Language::zh)
    return "完整引擎，每个起点只用当时已公布的数据重新估计；同一情景先以驱动为随机过程运行（按预期），再代入其后实际路"
           "径（"
           "按实际），其余随机数相同。驱动为引擎所有且有公布序列者：存储价格、油价、汇率、四家公司资本开支（最后一个季"
           "度之后"
           "按其先验增长）、关税时间表；外需无逐月公布序列，始终为随机过程。弹性等先验写于 2026 年 1 月：自起点 "
           "2025-12 "
           "起为实时，更早则不是。RMSE、CRPS、偏差以百分点计；± 为样本误差（按起点每三期分块的自助法），括号为 5% 至 "
           "95%，起点不足六个时不给出；得分的蒙特卡洛误差不超过 " +
           error +
           " 个百分点（scores.csv 逐行给出）。偏差拆分表中 ± "
           "为蒙特卡洛误差。起点少且目标期重叠：仅作报告。水平为最终修订值。";
  return "The full engine, estimated again at every origin on what was out by then; the same scenario once with "
         "drivers as "
         "processes (expected) and once with the paths that came, all other random numbers shared. Drivers are all "
         "that "
         "the engine has and that have a published series: memory price, oil price, exchange rate, capital spending of "
         "four firms (after its last quarter it grows as its prior says), tariff schedules. Demand abroad has none by "
         "month and stays a process. Elasticities and other priors were written in January 2026: of the time from "
         "origin "
         "2025-12 on, not before. RMSE, CRPS and bias in percentage points; ± is the sample's error (bootstrap of "
         "blocks "
         "of three origins), brackets 5% to 95%, given from six origins on; groups miss the same months together, so "
         "true errors are larger. The Monte Carlo error of a score is at most " +
         error +
         " pp (row by row in scores.csv). In the tables of misses ± is the Monte Carlo error. Origins are few and "
         "their "
         "targets overlap: a report, no evidence. Levels are as revised later.";
}

}  // namespace plimsoll
