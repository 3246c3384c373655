#include "outputs/label_words.hpp"

#include <map>

namespace plimsoll::words {

namespace {

using Words = std::map<std::string, Text>;

const Text* find(const Words& words, const std::string& id) {
  const auto place = words.find(id);
  return place == words.end() ? nullptr : &place->second;
}

}  // namespace

const Text* measure(const std::string& id) {
  static const Words words{
      {"value", {"value", "金额"}},
      {"yoy", {"growth on a year earlier", "同比"}},
      {"yoy_rmb", {"growth on a year earlier, in yuan", "同比（人民币计价）"}},
      {"yoy_2y", {"two-year growth, per year", "两年平均增速"}},
      {"volume", {"volume, growth on a year earlier", "数量同比"}},
      {"price", {"unit value, growth on a year earlier", "价格同比"}},
      {"share", {"share of the total", "占比"}},
      {"carry_over", {"growth of the year at today's adjusted level", "全年同比（季调水平不变）"}},
      {"locked_in", {"growth of the year if the rest repeats last year", "全年同比（余下月份持平）"}},
      {"rest_of_year", {"rest of the year, growth on a year earlier", "年内余下月份同比"}},
      {"yoy_change", {"change of growth since the release before", "同比增速较上期变动"}},
      {"momentum", {"change of growth: momentum", "增速变动：环比动能"}},
      {"base_effect", {"change of growth: base effect", "增速变动：基数效应"}},
      {"level", {"level", "水平"}}};
  return find(words, id);
}

const Text* unit(const std::string& id) {
  static const Words words{{"pct", {"%", "%"}},
                           {"pp", {"pp", "百分点"}},
                           {"usd_bn", {"USD bn", "十亿美元"}},
                           {"index", {"index", "指数"}},
                           {"usd_per_bbl", {"USD per barrel", "美元/桶"}},
                           {"cny_per_usd", {"CNY per USD", "元/美元"}}};
  return find(words, id);
}

const Text* split(const std::string& id) {
  static const Words words{{"product", {"product", "产品"}},
                           {"market", {"market", "市场"}},
                           {"market_set", {"group of markets", "市场组合"}},
                           {"chain", {"group of products", "产品组合"}},
                           {"stage", {"AI chain and the rest", "AI产业链与其他"}},
                           {"driver", {"driver", "驱动因素"}},
                           {"price_volume", {"price and volume", "价格与数量"}}};
  return find(words, id);
}

const Text* driver(const std::string& id) {
  static const Words words{{"capex", {"Capital spending on AI", "AI资本开支"}},
                           {"memory_price", {"Memory prices", "存储价格"}},
                           {"oil_price", {"Oil price", "油价"}},
                           {"exchange_rate", {"Exchange rate", "人民币汇率"}},
                           {"foreign_demand", {"Demand abroad", "外需"}},
                           {"tariff", {"Tariffs", "关税"}},
                           {"front_loading", {"Front-loading and payback", "抢出口及其回补"}},
                           {"diversion", {"Diverted trade", "贸易转移"}},
                           {"supply_limits", {"Limits of supply", "供给约束"}},
                           {"export_controls", {"Export controls abroad", "境外出口管制"}},
                           {"inherited", {"Inherited: drivers as they stand", "存量效应（驱动因素维持现状）"}},
                           {"trend", {"Trend and season", "趋势与季节"}},
                           {"residual", {"Not explained by drivers", "残差（驱动因素未解释部分）"}},
                           {"domestic_demand", {"Demand in China", "内需"}}};
  return find(words, id);
}

const Text* level(const std::string& id) {
  static const Words words{{"capex", {"Capital spending on AI", "AI资本开支"}},
                           {"memory_price", {"Memory price index", "存储价格指数"}},
                           {"oil_price", {"Oil price", "油价"}},
                           {"exchange_rate", {"Exchange rate", "人民币汇率"}}};
  return find(words, id);
}

const Text* set(const std::string& id) {
  static const Words words{{"ai", {"the AI chain", "AI产业链"}},
                           {"ai_core", {"AI core goods", "AI核心产品"}},
                           {"ai_without_memory", {"the AI chain less memory", "AI产业链（不含存储）"}},
                           {"integrated_circuits", {"integrated circuits", "集成电路"}},
                           {"adp_equipment", {"data-processing equipment", "自动数据处理设备及零部件"}},
                           {"memory_compute", {"memory and processor chips", "存储与处理器芯片"}},
                           {"memory", {"memory chips", "存储芯片"}},
                           {"non_us", {"all markets but the United States", "美国以外市场"}},
                           {"latin_america", {"Latin America", "拉丁美洲"}}};
  return find(words, id);
}

const Text* part(const std::string& id) {
  static const Words words{{"price", {"Price", "价格"}},
                           {"volume", {"Volume", "数量"}},
                           {"ai", {"AI chain", "AI产业链"}},
                           {"without_ai", {"All but the AI chain", "AI产业链以外"}}};
  return find(words, id);
}

const Text* statistic(const std::string& id) {
  static const Words words{{"mean", {"mean", "均值"}},
                           {"sd", {"standard deviation", "标准差"}},
                           {"p01", {"1% quantile", "1%分位数"}},
                           {"p05", {"5% quantile", "5%分位数"}},
                           {"p10", {"10% quantile", "10%分位数"}},
                           {"p25", {"25% quantile", "25%分位数"}},
                           {"p50", {"median", "中位数"}},
                           {"p75", {"75% quantile", "75%分位数"}},
                           {"p90", {"90% quantile", "90%分位数"}},
                           {"p95", {"95% quantile", "95%分位数"}},
                           {"p99", {"99% quantile", "99%分位数"}}};
  return find(words, id);
}

const Text* frequency(const std::string& id) {
  static const Words words{{"M", {"month", "月度"}},
                           {"Q", {"quarter", "季度"}},
                           {"A", {"year", "年度"}},
                           {"YTD", {"year to date", "年初累计"}}};
  return find(words, id);
}

}  // namespace plimsoll::words
