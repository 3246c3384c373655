#include "outputs/conditional_views.hpp"

#include <algorithm>
#include <cmath>

#include "outputs/backtest_views.hpp"
#include "outputs/change_cells.hpp"
#include "outputs/largest_error.hpp"
#include "outputs/number_format.hpp"

namespace plimsoll {
namespace {

constexpr const char* kJudged = "2024-2026";

/// Looks rows up by what they are of, in words of one language.
class Looked {
 public:
  Looked(const ConditionalResults& results, TradeFlow flow, Language language)
      : results_(results), flow_(flow), zh_(language == Language::zh) {}

  const ConditionalScore* find(const std::string& model, const char* score, const std::string& window,
                               int horizon = 0) const {
    return find_score(results_.scores, flow_, model, window, horizon, score);
  }
  std::string text(const char* en, const char* zh) const { return zh_ ? zh : en; }
  bool zh() const { return zh_; }

 private:
  const ConditionalResults& results_;
  TradeFlow flow_;
  bool zh_;
};

std::vector<std::string> beside(const Looked& s, const std::string& window, int horizon) {
  std::vector<std::string> cells;
  for (const char* score : {"rmse_median", "crps"}) {
    cells.push_back(with_error(s.find(kUnconditional, score, window, horizon)));
    cells.push_back(with_error(s.find(kConditional, score, window, horizon)));
    cells.push_back(change(s.find(kConditional, score, window, horizon)));
  }
  return cells;
}
std::vector<std::string> beside_header(const Looked& s, const std::string& first) {
  return {first,
          s.text("RMSE, drivers expected", "RMSE，驱动按预期"),
          s.text("as they came", "按实际"),
          s.text("change", "变化"),
          s.text("CRPS, expected", "CRPS，按预期"),
          s.text("as they came", "按实际"),
          s.text("change", "变化")};
}

ScoreTable by_period(const Looked& s) {
  ScoreTable table{beside_header(s, s.text("targets in", "目标期")), {}};
  table.header.push_back(s.text("90% held, expected", "90%覆盖，按预期"));
  table.header.push_back(s.text("as they came", "按实际"));
  table.header.push_back(s.text("forecasts", "预测数"));
  for (const ScoreWindow& window : score_windows()) {
    const ConditionalScore* own = s.find(kConditional, "crps", window.id);
    if (own == nullptr) continue;
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(window.id == "all" ? s.text("all", "全部") : window.id);
    for (std::string& cell : beside(s, window.id, 0)) row.push_back(std::move(cell));
    row.push_back(percent(s.find(kUnconditional, "coverage_90", window.id)));
    row.push_back(percent(s.find(kConditional, "coverage_90", window.id)));
    row.push_back(std::to_string(own->forecasts));
  }
  return table;
}

ScoreTable by_horizon(const Looked& s) {
  ScoreTable table{beside_header(s, s.text("releases ahead", "提前期")), {}};
  for (int h = 1; h <= 12; ++h) {
    if (s.find(kConditional, "crps", kJudged, h) == nullptr) continue;
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(std::to_string(h));
    for (std::string& cell : beside(s, kJudged, h)) row.push_back(std::move(cell));
  }
  return table;
}

ScoreTable by_driver(const Looked& s, Language language) {
  ScoreTable table{{s.text("known", "已知"), s.text("RMSE, 2024-2026", "RMSE，2024-2026"), s.text("change", "变化"),
                    s.text("CRPS, 2024-2026", "CRPS，2024-2026"), s.text("change", "变化"),
                    s.text("RMSE, all", "RMSE，全部"), s.text("change", "变化")},
                   {}};
  std::vector<std::string> models{kUnconditional};
  for (const TotalsDriver driver : kTotalsDrivers) models.push_back(only_driver(driver));
  models.emplace_back(kConditional);
  models.emplace_back(kInSample);
  for (const std::string& model : models) {
    const ConditionalScore* rmse = s.find(model, "rmse_median", kJudged);
    if (rmse == nullptr) continue;
    const ConditionalScore *crps = s.find(model, "crps", kJudged), *all = s.find(model, "rmse_median", "all");
    table.rows.push_back({conditional_model_title(model, language), with_error(rmse), change(rmse), with_error(crps),
                          change(crps), with_error(all), change(all)});
  }
  return table;
}

ScoreTable elasticities(const ConditionalResults& results, TradeFlow flow, const Looked& s, Language language) {
  ScoreTable table{{s.text("estimated up to", "估计截至")}, {}};
  for (const TotalsDriver driver : kTotalsDrivers) table.header.push_back(driver_title(driver, language));
  table.header.push_back(s.text("AR(1) of errors", "误差的 AR(1)"));
  table.header.push_back(s.text("periods", "期数"));
  const ConditionalEstimate* last = nullptr;
  for (const ConditionalEstimate& one : results.runs.estimates) {
    if (one.flow == flow) last = &one;
  }
  for (const ConditionalEstimate& one : results.runs.estimates) {
    const bool shown = one.flow == flow && (one.origin.month() == 12 || &one == last);
    if (!shown) continue;
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(to_string(one.origin));
    for (std::size_t k = 0; k < kTotalsDriverCount; ++k)
      row.push_back(
          one.elasticities.in[k] ? fixed(one.elasticities.mean[k], 2) + " ±" + fixed(one.elasticities.sd[k], 2) : "");
    row.push_back(fixed(one.elasticities.ar1, 2));
    row.push_back(std::to_string(one.elasticities.observations));
  }
  return table;
}

/// The last December with a figure after it.
Month last_december(const ConditionalResults& results, TradeFlow flow) {
  Month last;
  for (const MissRow& row : results.misses) {
    if (row.flow == flow && row.origin.month() == 12) last = std::max(last, row.origin);
  }
  return last;
}

ScoreTable misses(const ConditionalResults& results, TradeFlow flow, Month origin, const Looked& s, Language language) {
  ScoreTable table{
      {s.text("target", "目标期"), s.text("came", "实际"), s.text("expected", "预期"), s.text("missed by", "偏差")},
      {}};
  for (const TotalsDriver driver : kTotalsDrivers) table.header.push_back(driver_title(driver, language));
  table.header.push_back(s.text("together, more", "共同作用另加"));
  table.header.push_back(s.text("left", "未解释"));
  const auto part = [](const MissRow::Part& one) { return signed_fixed(one.pp, 1) + " ±" + fixed(one.se, 1); };
  for (const MissRow& miss : results.misses) {
    if (miss.flow != flow || miss.origin != origin) continue;
    std::vector<std::string>& row = table.rows.emplace_back();
    row = {to_string(miss.target), signed_fixed(miss.actual_pct, 1),
           signed_fixed(miss.unconditional_pct, 1) + " ±" + fixed(miss.unconditional_se, 1),
           signed_fixed(miss.miss_pp(), 1)};
    for (std::size_t k = 0; k < kTotalsDriverCount; ++k) row.push_back(miss.in[k] ? part(miss.driver[k]) : "");
    row.push_back(part(miss.jointly));
    row.push_back(signed_fixed(miss.left_pp(), 1) + " ±" + fixed(miss.conditional_se, 1));
  }
  return table;
}

}  // namespace

std::string driver_title(TotalsDriver driver, Language language) {
  const bool zh = language == Language::zh;
  switch (driver) {
    case TotalsDriver::memory_price: return zh ? "存储价格" : "memory price";
    case TotalsDriver::oil_price: return zh ? "油价" : "oil price";
    case TotalsDriver::foreign_demand: return zh ? "外需" : "demand abroad";
    case TotalsDriver::capex: break;
  }
  return zh ? "资本开支" : "capital spending";
}

std::string conditional_model_title(const std::string& model, Language language) {
  const bool zh = language == Language::zh;
  if (model == kUnconditional) return zh ? "均按预期" : "none";
  if (model == kConditional) return zh ? "全部按实际" : "all";
  if (model == kInSample) return zh ? "全部按实际，弹性为样本内" : "all, elasticities in-sample";
  for (const TotalsDriver driver : kTotalsDrivers) {
    if (model == only_driver(driver)) return (zh ? "仅" : "only ") + driver_title(driver, language);
  }
  return model;
}

std::vector<std::string> conditional_headlines(const ConditionalResults& results, Language language) {
  constexpr double kWanted = -0.20;
  std::vector<std::string> out;
  for (const TradeFlow flow : {TradeFlow::exports, TradeFlow::imports}) {
    const Looked s(results, flow, language);
    const ConditionalScore *u = s.find(kUnconditional, "rmse_median", kJudged),
                           *c = s.find(kConditional, "rmse_median", kJudged);
    if (u == nullptr || c == nullptr) continue;
    const bool holds = c->change_frac <= kWanted;
    const std::string name = flow_title(flow, language);
    if (s.zh()) {
      out.push_back(name + "同比，2024-2026 年目标期：驱动按预期时中位数的 RMSE 为 " + with_error(u) +
                    " 个百分点，按实际路径为 " + with_error(c) + "，变化 " + change(c) +
                    (holds ? "：至少缩短五分之一。" : "：未缩短五分之一。"));
    } else {
      out.push_back("Growth of " + name + ", targets of 2024-2026: RMSE of the median " + with_error(u) +
                    " pp with drivers as expected, " + with_error(c) + " as they came, " + change(c) +
                    (holds ? ": shorter by a fifth or more." : ": not shorter by a fifth."));
    }
  }
  return out;
}

std::vector<ScoreSection> conditional_sections(const ConditionalResults& results, Language language) {
  std::vector<ScoreSection> out;
  for (const TradeFlow flow : {TradeFlow::exports, TradeFlow::imports}) {
    const Looked s(results, flow, language);
    if (s.find(kUnconditional, "crps", "all") == nullptr) continue;
    const std::string name = flow_title(flow, language);
    const Month december = last_december(results, flow);
    std::vector<ScoreTable> tables{by_period(s), by_horizon(s), by_driver(s, language),
                                   elasticities(results, flow, s, language),
                                   misses(results, flow, december, s, language)};
    tables[0].title = s.text("By period of the target", "按目标期");
    tables[1].title = s.text("By releases ahead, targets of 2024-2026", "按提前期，2024-2026 年目标期");
    tables[2].title = s.text("What each driver gives when it alone is known", "仅知单个驱动的效果");
    tables[3].title = s.text("Elasticities of the total, log per log", "总额的弹性（对数对对数）");
    tables[4].title = s.zh() ? "自 " + to_string(december) + " 所作预测为何偏离，个百分点"
                             : "Why forecasts made from " + to_string(december) + " missed, percentage points";
    out.push_back(
        {s.zh() ? name + "同比：驱动按预期与按实际" : "Growth of " + name + ", drivers as expected and as they came",
         std::move(tables), flow});
  }
  return out;
}

std::string conditional_notes(const ConditionalResults& results, Language language) {
  const std::string error = largest_monte_carlo_error(results.scores);
  if (language == Language::zh)
    return "引擎以单一单元运行，驱动作用于总额；弹性只用起点之前的数据以弱先验估计，± 为其后验标准差。"
           "“按预期”为随机游走（外需与资本开支带漂移）；“按实际”把驱动钉在其实际路径上，尚未公布的月份仍为随机过程。"
           "资本开支自 2017 年的起点起参与。“样本内”用全部数据估计弹性，不是预测。RMSE、CRPS 以个百分点计，越小越好；"
           "± 为样本误差（12 期分块自助法），括号为 5% 至 95%；变化只比较同一批预测；得分的蒙特卡洛误差不超过 " +
           error + "。偏差表中 ± 为蒙特卡洛误差。水平为最终修订值；驱动选定于 2013-2019 年。";
  return "The engine on one cell, drivers acting on the total. Elasticities are estimated before the origin with weak "
         "priors; ± is their posterior sd. Expected: random walks, demand and capital spending with drift. As they "
         "came: drivers pinned to their actual paths; months that are not out stay random. Capital spending takes part "
         "from origins of 2017 on. In-sample: elasticities fitted on all data, no forecast. RMSE and CRPS in "
         "percentage points, the smaller the better; ± is the sample's error (bootstrap of blocks of 12 releases), "
         "brackets 5% to 95%; changes compare the same forecasts; the Monte Carlo error of a score is at most " +
         error +
         ". In the table of misses ± is the Monte Carlo error. Levels are as revised later; drivers were chosen on "
         "2013-2019.";
}

}  // namespace plimsoll
