#include "outputs/backtest_views.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "outputs/largest_error.hpp"
#include "outputs/number_format.hpp"

namespace plimsoll {
namespace {

/// Looks rows up by what they are of.
class Scores {
 public:
  Scores(const BacktestResults& results, TradeFlow flow, Language language)
      : results_(results), flow_(flow), zh_(language == Language::zh) {}

  const ScoreRow* find(const std::string& model, const std::string& score, int horizon,
                       const std::string& window = "all", const std::string& against = "final",
                       GrowthSpan span = GrowthSpan::month) const {
    return find_score(results_.scores, flow_, model, span, against, window, horizon, score);
  }
  std::string text(const char* en, const char* zh) const { return zh_ ? zh : en; }

 private:
  const BacktestResults& results_;
  TradeFlow flow_;
  bool zh_;
};

std::string plain(const ScoreRow* row, int decimals) { return row == nullptr ? "" : fixed(row->value, decimals); }
std::string with_error(const ScoreRow* row, int decimals) {
  return row == nullptr ? "" : fixed(row->value, decimals) + " ±" + fixed(row->se, decimals);
}
std::string against_pool(const ScoreRow* row) {
  if (row == nullptr || !std::isfinite(row->vs_pool)) return "";
  return signed_fixed(row->vs_pool, 2) + " ±" + fixed(row->vs_pool_se, 2);
}
std::string percent(const ScoreRow* row) {
  return row == nullptr ? "" : fixed(100 * row->value, 0) + " ±" + fixed(100 * row->se, 0);
}

/// Flows that have scores, in order.
std::vector<TradeFlow> flows_of(const BacktestResults& results) {
  std::vector<TradeFlow> flows;
  for (const ScoreRow& row : results.scores) {
    if (std::find(flows.begin(), flows.end(), row.flow) == flows.end()) flows.push_back(row.flow);
  }
  return flows;
}

/// The last horizon that has forecasts.
int longest(const BacktestResults& results) {
  int most = 1;
  for (const ScoreRow& row : results.scores) most = std::max(most, row.horizon);
  return most;
}

ScoreTable by_model(const BacktestResults& results, TradeFlow flow, Language language) {
  const Scores s(results, flow, language);
  const int last = longest(results);
  ScoreTable table{{s.text("model", "模型"), "CRPS", s.text("less the pool's", "与组合之差")}, {}};
  std::vector<int> horizons;
  for (const int h : {1, 3, 6, 12}) {
    if (h <= last) horizons.push_back(h);
  }
  for (const int h : horizons) table.header.push_back("h=" + std::to_string(h));
  for (const char* name : {"log score", "RMSE", "50%", "80%", "90%"}) table.header.emplace_back(name);
  table.header[table.header.size() - 5] = s.text("log score", "对数得分");
  for (const std::string& model : models_of(results, flow)) {
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(model_title(model, language));
    row.push_back(with_error(s.find(model, "crps", 0), 2));
    row.push_back(against_pool(s.find(model, "crps", 0)));
    for (const int h : horizons) row.push_back(plain(s.find(model, "crps", h), 2));
    row.push_back(with_error(s.find(model, "log_score", 0), 2));
    row.push_back(with_error(s.find(model, "rmse_median", 0), 1));
    for (const char* cover : {"coverage_50", "coverage_80", "coverage_90"})
      row.push_back(percent(s.find(model, cover, 0)));
  }
  return table;
}

ScoreTable by_period(const BacktestResults& results, TradeFlow flow, Language language) {
  const Scores s(results, flow, language);
  ScoreTable table{
      {s.text("targets in", "目标期"), "CRPS", s.text("pool", "组合"), s.text("less the pool's", "与组合之差"), "50%",
       "80%", "90%", s.text("band of 90%", "90%之带"), s.text("forecasts", "预测数")},
      {}};
  for (const ScoreWindow& window : score_windows()) {
    const ScoreRow* own = s.find(kOwnModel, "crps", 0, window.id);
    const ScoreRow* cover = s.find(kOwnModel, "coverage_90", 0, window.id);
    if (own == nullptr || cover == nullptr) continue;
    table.rows.push_back({window.id == "all" ? s.text("all", "全部") : window.id, with_error(own, 2),
                          with_error(s.find(kPool, "crps", 0, window.id), 2), against_pool(own),
                          percent(s.find(kOwnModel, "coverage_50", 0, window.id)),
                          percent(s.find(kOwnModel, "coverage_80", 0, window.id)), percent(cover),
                          fixed(100 * cover->low, 0) + ".." + fixed(100 * cover->high, 0),
                          std::to_string(own->forecasts)});
  }
  return table;
}

ScoreTable first_prints(const BacktestResults& results, TradeFlow flow, Language language) {
  const Scores s(results, flow, language);
  ScoreTable table{{s.text("against first prints", "对首次公布值"), s.text("CRPS, all h", "CRPS，各 h"),
                    s.text("less the pool's", "与组合之差"), s.text("CRPS, h=1", "CRPS，h=1"),
                    s.text("absolute error, h=1", "绝对误差，h=1"), s.text("releases", "公布数"),
                    s.text("absolute error where there is a consensus", "有一致预期时的绝对误差"),
                    s.text("less the consensus's", "与一致预期之差"), s.text("releases", "公布数")},
                   {}};
  std::vector<std::string> models = models_of(results, flow);
  models.insert(models.begin() + (models.empty() ? 0 : 1), kDayBefore);
  models.emplace_back("consensus");
  for (const std::string& model : models) {
    const auto of = [&](const char* score, int horizon, const char* window) {
      return s.find(model, score, horizon, window, "first_print");
    };
    const ScoreRow *error = of("mae_median", 1, "all"), *asked = of("mae_median", 1, kConsensusWindow);
    if (error == nullptr && asked == nullptr) continue;
    const ScoreRow* distance = of("mae_less_consensus", 1, kConsensusWindow);
    table.rows.push_back({model_title(model, language), with_error(of("crps", 0, "all"), 2),
                          against_pool(of("crps", 0, "all")), with_error(of("crps", 1, "all"), 2), with_error(error, 2),
                          error == nullptr ? "" : std::to_string(error->forecasts), with_error(asked, 2),
                          distance == nullptr ? "" : signed_fixed(distance->value, 2) + " ±" + fixed(distance->se, 2),
                          asked == nullptr ? "" : std::to_string(asked->forecasts)});
  }
  return table;
}

ScoreTable longer_spans(const BacktestResults& results, TradeFlow flow, Language language) {
  const Scores s(results, flow, language);
  ScoreTable table{{s.text("this model, growth of", "本模型，同比"), "CRPS", "RMSE", "50%", "80%", "90%",
                    s.text("forecasts", "预测数")},
                   {}};
  for (const GrowthSpan span : {GrowthSpan::month, GrowthSpan::year_to_date, GrowthSpan::year}) {
    const auto of = [&](const char* score) { return s.find(kOwnModel, score, 0, "all", "final", span); };
    const ScoreRow* own = of("crps");
    if (own == nullptr) continue;
    const std::string name = span == GrowthSpan::month          ? s.text("the month", "当月")
                             : span == GrowthSpan::year_to_date ? s.text("the year to date", "年初至今")
                                                                : s.text("the whole year", "全年");
    table.rows.push_back({name, with_error(own, 2), with_error(of("rmse_median"), 1), percent(of("coverage_50")),
                          percent(of("coverage_80")), percent(of("coverage_90")), std::to_string(own->forecasts)});
  }
  return table;
}

}  // namespace

std::string model_title(const std::string& model, Language language) {
  struct Title {
    const char *en, *zh;
  };
  static const std::map<std::string, Title> titles{
      {kOwnModel, {"this model", "本模型"}},
      {kDayBefore, {"this model, the day before", "本模型，公布前一日"}},
      {kPool, {"pool of the three", "三者组合"}},
      {kEngine, {"engine, one cell", "引擎，单一单元"}},
      {"random_walk", {"random walk", "随机游走"}},
      {"history", {"history", "历史分布"}},
      {"ar", {"AR", "AR"}},
      {"sarima", {"SARIMA", "SARIMA"}},
      {"ets", {"ETS", "ETS"}},
      {"seasonal_naive", {"seasonal naive, drift", "季节朴素加漂移"}},
      {"consensus", {"consensus", "市场一致预期"}},
  };
  const auto found = titles.find(model);
  if (found == titles.end()) return model;
  return language == Language::zh ? found->second.zh : found->second.en;
}

std::string flow_title(TradeFlow flow, Language language) {
  if (language == Language::zh) return flow == TradeFlow::exports ? "出口" : "进口";
  return to_string(flow);
}

std::vector<std::string> models_of(const BacktestResults& results, TradeFlow flow) {
  std::vector<std::string> models;
  for (const ScoreRow& row : results.scores) {
    if (row.flow == flow && row.span == GrowthSpan::month && row.model != "consensus" && row.model != kDayBefore &&
        std::find(models.begin(), models.end(), row.model) == models.end())
      models.push_back(row.model);
  }
  return models;
}

std::vector<std::string> backtest_headlines(const BacktestResults& results, Language language) {
  std::vector<std::string> out;
  for (const TradeFlow flow : flows_of(results)) {
    const Scores s(results, flow, language);
    const ScoreRow *own = s.find(kOwnModel, "crps", 0), *pool = s.find(kPool, "crps", 0);
    const ScoreRow* cover = s.find(kOwnModel, "coverage_90", 0);
    if (own == nullptr || cover == nullptr) continue;
    const std::string name = flow_title(flow, language), crps = with_error(own, 2);
    std::string text = s.text(("Growth of " + name + ": mean CRPS " + crps + " pp").c_str(),
                              (name + "同比：平均 CRPS " + crps + " 个百分点").c_str());
    if (pool != nullptr)
      text += s.text(
          (", the pool of AR, SARIMA and ETS " + with_error(pool, 2) + ", difference " + against_pool(own)).c_str(),
          ("，AR、SARIMA 与 ETS 之组合 " + with_error(pool, 2) + "，相差 " + against_pool(own)).c_str());
    const std::string covered = fixed(100 * cover->value, 0), low = fixed(100 * cover->low, 0),
                      high = fixed(100 * cover->high, 0);
    text += s.text(("; 90% intervals held " + covered + "% (band " + low + " to " + high + ").").c_str(),
                   ("；90% 区间覆盖 " + covered + "%（带 " + low + " 至 " + high + "）。").c_str());
    out.push_back(text);
  }
  return out;
}

std::vector<ScoreSection> backtest_sections(const BacktestResults& results, Language language) {
  std::vector<ScoreSection> out;
  for (const TradeFlow flow : flows_of(results)) {
    const std::string name = flow_title(flow, language), last = std::to_string(longest(results));
    out.push_back({language == Language::zh
                       ? name + "同比，提前 1 至 " + last + " 次公布"
                       : "Growth of " + name + " on a year earlier, forecasts 1 to " + last + " releases ahead",
                   {by_model(results, flow, language), by_period(results, flow, language),
                    first_prints(results, flow, language), longer_spans(results, flow, language)},
                   flow});
  }
  return out;
}

std::string backtest_notes(const BacktestResults& results, Language language) {
  const std::string error = largest_monte_carlo_error(results.scores);
  if (language == Language::zh)
    return "CRPS、RMSE 与误差以百分点计，对数得分为负对数密度：均越小越好。覆盖率以 % 计。± 为样本误差（12 "
           "期分块自助法的标准误）；CRPS 的蒙特卡洛误差不超过 " +
           error + " 个百分点。" +
           (results.vintage == Vintage::first_known ? "水平为当时首次公布所知，一年后改为最终修订值"
                                                    : "数据为最终修订值，并非当时所知的水平") +
           "；2013-2019 年的目标用于选定模型。各对手由 R 的 forecast 包得出。";
  return "CRPS, RMSE and errors in percentage points, the log score is minus the log density: the smaller the better. "
         "Coverage in %. ± is the sample's error (bootstrap of blocks of 12 releases, one standard error); the Monte "
         "Carlo "
         "error of a CRPS is at most " +
         error + " pp. " +
         (results.vintage == Vintage::first_known ? "Forecasts saw levels as first known, and final ones a year later; "
                                                  : "Levels are as revised later, not as known then; ") +
         "targets of 2013-2019 were used to choose the model. Rivals are R's forecast package.";
}

}  // namespace plimsoll
