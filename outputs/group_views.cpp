#include "outputs/group_views.hpp"

#include <algorithm>
#include <cmath>

#include "outputs/backtest_views.hpp"
#include "outputs/largest_error.hpp"
#include "outputs/number_format.hpp"

namespace plimsoll {
namespace {

/// Looks rows of one group up.
class Scores {
 public:
  Scores(const GroupResults& results, std::string group, Language language)
      : results_(results), group_(std::move(group)), zh_(language == Language::zh) {}

  const GroupScoreRow* find(const std::string& model, const std::string& score, int horizon = 0) const {
    return find_score(results_, group_, model, horizon, score);
  }
  std::string text(const char* en, const char* zh) const { return zh_ ? zh : en; }

 private:
  const GroupResults& results_;
  std::string group_;
  bool zh_;
};

std::string error(double se, int decimals) { return std::isfinite(se) ? " ±" + fixed(se, decimals) : ""; }
std::string plain(const GroupScoreRow* row, int decimals) {
  return row == nullptr || row->forecasts == 0 ? "" : fixed(row->value, decimals);
}
std::string with_error(const GroupScoreRow* row, int decimals) {
  return row == nullptr ? "" : fixed(row->value, decimals) + error(row->se, decimals);
}
std::string against_pool(const GroupScoreRow* row) {
  if (row == nullptr || !std::isfinite(row->vs_pool)) return "";
  return signed_fixed(row->vs_pool, 2) + error(row->vs_pool_se, 2);
}
std::string percent(const GroupScoreRow* row) {
  return row == nullptr ? "" : fixed(100 * row->value, 0) + error(100 * row->se, 0);
}

std::string model_name(const std::string& model, Language language) {
  if (model == kGroupPool) return language == Language::zh ? "随机游走与季节朴素各半" : "walk and naive, half each";
  return model_title(model, language);
}

bool of_imports(const GroupResults& results) { return results.backtest.data.flow == TradeFlow::imports; }
std::string flow_in(const GroupResults& results, Language language) {
  const bool zh = language == Language::zh;
  return of_imports(results) ? (zh ? "进口" : "imports") : (zh ? "出口" : "exports");
}

int longest(const GroupResults& results) {
  int most = 1;
  for (const GroupForecast& f : results.backtest.forecasts) most = std::max(most, f.scored.horizon);
  return most;
}

ScoreTable by_model(const GroupResults& results, const std::string& group, Language language) {
  const Scores s(results, group, language);
  ScoreTable table{{s.text("model", "模型"), "CRPS", s.text("less the half-and-half's", "与各半组合之差")}, {}};
  std::vector<int> horizons;
  for (const int h : {1, 3, 6, 9}) {
    if (h <= longest(results)) horizons.push_back(h);
  }
  for (const int h : horizons) table.header.push_back("h=" + std::to_string(h));
  for (const char* name : {"RMSE", "50%", "80%", "90%"}) table.header.emplace_back(name);
  for (const std::string& model : results.models) {
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(model_name(model, language));
    row.push_back(with_error(s.find(model, "crps"), 2));
    row.push_back(against_pool(s.find(model, "crps")));
    for (const int h : horizons) row.push_back(plain(s.find(model, "crps", h), 2));
    row.push_back(with_error(s.find(model, "rmse_median"), 1));
    for (const char* cover : {"coverage_50", "coverage_80", "coverage_90"})
      row.push_back(percent(s.find(model, cover)));
  }
  return table;
}

ScoreTable by_group(const GroupResults& results, Language language) {
  const Scores all(results, kAllGroups, language);
  ScoreTable table{{all.text("group", "商品组"), "CRPS", all.text("half-and-half", "各半组合"),
                    all.text("difference", "相差"), "RMSE", all.text("bias", "偏差"), "50%", "80%", "90%"},
                   {}};
  for (const PrintedGroup& group : results.backtest.data.groups) {
    const Scores s(results, group.id, language);
    const GroupScoreRow* own = s.find(kOwnModel, "crps");
    const GroupScoreRow* bias = s.find(kOwnModel, "bias_median");
    if (own == nullptr || bias == nullptr) continue;
    table.rows.push_back({language == Language::zh ? group.title.zh : group.title.en, with_error(own, 2),
                          with_error(s.find(kGroupPool, "crps"), 2), against_pool(own),
                          with_error(s.find(kOwnModel, "rmse_median"), 1),
                          signed_fixed(bias->value, 1) + error(bias->se, 1), percent(s.find(kOwnModel, "coverage_50")),
                          percent(s.find(kOwnModel, "coverage_80")), percent(s.find(kOwnModel, "coverage_90"))});
  }
  return table;
}

ScoreTable by_origin(const GroupResults& results, Language language) {
  const Scores s(results, kAllGroups, language);
  ScoreTable table{{s.text("origin", "起点"), s.text("known on", "已知截至"), s.text("periods of groups", "分组期数"),
                    s.text("estimated", "仅由数据估计"), s.text("priors moved", "先验经数据修正"),
                    s.text("priors as they were", "先验未动"), s.text("priors of that time", "先验当时已有")},
                   {}};
  const std::string later =
      of_imports(results) ? s.text("no, June 2026", "否，2026年6月") : s.text("no, January 2026", "否，2026年1月");
  for (const GroupOrigin& one : results.backtest.origins)
    table.rows.push_back({to_string(one.origin), to_string(one.known_on), std::to_string(one.released_periods),
                          std::to_string(one.estimated), std::to_string(one.moved), std::to_string(one.priors),
                          one.priors_in_time ? s.text("yes", "是") : later});
  return table;
}

}  // namespace

std::vector<ScoreSection> group_sections(const GroupResults& results, Language language) {
  const Scores s(results, kAllGroups, language);
  const std::string groups = std::to_string(results.backtest.data.groups.size() - 1);
  const std::string flow = flow_in(results, language);
  return {{s.text(("Growth of " + flow + " by group on a year earlier: mean over " + groups + " groups").c_str(),
                  ("分商品组" + flow + "同比：" + groups + " 组平均").c_str()),
           {by_model(results, kAllGroups, language)}},
          {s.text(("Growth of total " + flow + ", same origins").c_str(), (flow + "总额同比，起点相同").c_str()),
           {by_model(results, results.backtest.data.groups.front().id, language)}},
          {s.text("This model, group by group", "本模型，按商品组"), {by_group(results, language)}},
          {s.text("What every forecast rested on", "每个预测的依据"), {by_origin(results, language)}}};
}

std::string group_headline(const GroupResults& results, Language language) {
  const Scores s(results, kAllGroups, language);
  const GroupScoreRow *own = s.find(kOwnModel, "crps"), *pool = s.find(kGroupPool, "crps"),
                      *cover = s.find(kOwnModel, "coverage_90");
  if (own == nullptr || pool == nullptr || cover == nullptr) return "";
  const auto& groups = results.backtest.data.groups;
  const auto better = std::count_if(groups.begin() + 1, groups.end(), [&](const PrintedGroup& group) {
    const GroupScoreRow* row = find_score(results, group.id, kOwnModel, 0, "crps");
    return row != nullptr && row->vs_pool < 0;
  });
  const auto& origins = results.backtest.origins;
  const bool one = origins.size() == 1;
  const std::string count = std::to_string(origins.size()), of = std::to_string(groups.size() - 1),
                    wins = std::to_string(better), from = to_string(origins.front().origin),
                    to = to_string(origins.back().origin), covered = fixed(100 * cover->value, 0);
  if (language == Language::zh)
    return (of_imports(results) ? "进口 " : "") + of + " 组，" + count + " 个起点（" + from + (one ? "" : " 至 " + to) +
           "）：平均 CRPS " + with_error(own, 2) + " 个百分点，随机游走与季节朴素各半为 " + with_error(pool, 2) +
           "，相差 " + against_pool(own) + "；" + of + " 组中有 " + wins + " 组优于后者；90% 区间覆盖 " + covered +
           "%。起点少且目标期重叠：仅作报告，不作断言。";
  return of + (of_imports(results) ? " groups of imports, " : " groups, ") + count +
         (one ? " origin (" + from : " origins (" + from + " to " + to) + "): mean CRPS " + with_error(own, 2) +
         " pp, random walk and seasonal naive half each " + with_error(pool, 2) + ", difference " + against_pool(own) +
         "; better than these in " + wins + " of " + of + " groups; 90% intervals held " + covered +
         "%. Origins are few and their targets overlap: this is a report, nothing is claimed.";
}

std::string group_notes(const GroupResults& results, Language language) {
  const std::string mc = largest_monte_carlo_error(results.scores, [&](const GroupScoreRow& row) {
    return row.horizon == 0 || row.group == kAllGroups || row.group == results.backtest.data.groups[0].id;
  });
  if (language == Language::zh)
    return "CRPS、RMSE 与偏差以百分点计，CRPS 与 RMSE 越小越好；覆盖率以 % 计。± "
           "为样本误差（按起点每三期分块的自助法标准误），起点不足六个时不给出；各组对同一月份的误差相关，"
           "实际误差更大。CRPS 的蒙特卡洛误差不超过 " +
           mc + " 个百分点。模型为完整引擎，每个起点只用当时已公布的数据重新估计；驱动因素均为随机过程。" +
           (of_imports(results)
                ? "弹性等先验取自 2026 年 6 月，并非实时；2024 "
                  "年进口商品按数月合并公布，故只评同比两期均单独公布的 2026 年各期，对手的历史增速为合并期的增速。"
                : "弹性等先验取自 2026 年 1 月，对更早的起点并非实时。") +
           "数据为最终修订值。对手由同样短的历史以解析式给出。";
  return "CRPS, RMSE and bias in percentage points, of CRPS and RMSE less is better; coverage in %. ± is the sample's "
         "error (bootstrap of blocks of three origins, one standard error), given from six origins on; groups miss the "
         "same months together, so the true errors are larger. The Monte Carlo error of a CRPS is at most " +
         mc +
         " pp. The model is the full engine, estimated again at every origin on what was out by then, with all "
         "drivers as processes. " +
         (of_imports(results)
              ? "Elasticities and other priors of imports are those of June 2026: not real-time. Lines of 2024 are "
                "printed in blocks of months, so groups are scored where both periods of a growth are printed alone, "
                "those of 2026, and rivals know the growth of the blocks. "
              : "Elasticities and other priors are those of January 2026: not real-time for earlier origins. ") +
         "Levels are as revised later. Rivals are closed forms on the same short history.";
}

}  // namespace plimsoll
