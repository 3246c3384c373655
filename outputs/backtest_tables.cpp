#include "outputs/backtest_tables.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "outputs/aligned_columns.hpp"
#include "outputs/backtest_views.hpp"
#include "outputs/number_format.hpp"
#include "outputs/register_views.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

std::string vintage_name(Vintage vintage) { return vintage == Vintage::first_known ? "first" : "final"; }

std::string number(double value) { return std::isfinite(value) ? shortest(value) : ""; }

void add(std::string& row, const std::string& cell) { row += (row.empty() ? "" : ",") + cell; }

nlohmann::ordered_json json_number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

}  // namespace

std::string backtest_forecasts_csv(const BacktestResults& results) {
  std::string text = "flow,model,span,origin,horizon,target";
  for (const double p : ScoredForecast::kProbabilities) {
    const int percent = static_cast<int>(std::lround(100 * p));
    text += std::string(percent < 10 ? ",p0" : ",p") + std::to_string(percent);
  }
  text +=
      ",se_p05,se_p50,se_p95,actual_final_pct,crps_pp,se_crps_pp,log_score,pit_frac,actual_first_print_pct,crps_first_"
      "print_pp,pit_first_print_frac\n";
  for (const ScoredForecast& f : results.forecasts) {
    std::string row = to_string(f.flow) + "," + f.model + "," + to_string(f.span) + "," + to_string(f.origin) + "," +
                      std::to_string(f.horizon) + "," + to_string(f.target);
    for (const double q : f.quantile_pct) add(row, number(q));
    for (const std::size_t q : {1U, 4U, 7U}) add(row, number(f.quantile_se_pp[q]));
    const auto& a = f.final_level;
    for (const double one : {a.actual_pct, a.crps_pp, a.crps_se_pp, a.log_score, a.pit_frac, f.first_print.actual_pct,
                             f.first_print.crps_pp, f.first_print.pit_frac})
      add(row, number(one));
    text += row + "\n";
  }
  return text;
}

std::string backtest_scores_csv(const BacktestResults& results) {
  std::string text =
      "flow,model,span,against,window,horizon,score,forecasts,value,se,p05,p95,se_monte_carlo,vs_pool,se_vs_pool,p05_"
      "vs_"
      "pool,p95_vs_pool,dm_p,levels\n";
  for (const ScoreRow& s : results.scores) {
    std::string row = to_string(s.flow) + "," + s.model + "," + to_string(s.span) + "," + s.against + "," + s.window +
                      "," + (s.horizon == 0 ? "all" : std::to_string(s.horizon)) + "," + s.score + "," +
                      std::to_string(s.forecasts);
    for (const double one :
         {s.value, s.se, s.low, s.high, s.mc_se, s.vs_pool, s.vs_pool_se, s.vs_pool_low, s.vs_pool_high, s.dm_p})
      add(row, number(one));
    text += row + "," + vintage_name(results.vintage) + "\n";
  }
  return text;
}

std::string backtest_pit_csv(const BacktestResults& results) {
  std::string text = "flow,model,horizon,from_frac,to_frac,forecasts,frequency,band_low,band_high\n";
  for (const PitRow& p : results.pits) {
    text += to_string(p.flow) + "," + p.model + "," + (p.horizon == 0 ? "all" : std::to_string(p.horizon)) + "," +
            shortest(p.bin / 10.0) + "," + shortest((p.bin + 1) / 10.0) + "," + std::to_string(p.forecasts) + "," +
            shortest(p.frequency) + "," + shortest(p.low) + "," + shortest(p.high) + "\n";
  }
  return text;
}

std::string backtest_json(const BacktestResults& results) {
  nlohmann::ordered_json out;
  out["levels"] = vintage_name(results.vintage);
  out["scores"] = nlohmann::ordered_json::array();
  for (const ScoreRow& s : results.scores) {
    out["scores"].push_back(
        {{"flow", to_string(s.flow)},
         {"model", s.model},
         {"span", to_string(s.span)},
         {"against", s.against},
         {"window", s.window},
         {"horizon", s.horizon == 0 ? nlohmann::ordered_json("all") : nlohmann::ordered_json(s.horizon)},
         {"score", s.score},
         {"forecasts", s.forecasts},
         {"value", json_number(s.value)},
         {"se", json_number(s.se)},
         {"p05", json_number(s.low)},
         {"p95", json_number(s.high)},
         {"se_monte_carlo", json_number(s.mc_se)},
         {"vs_pool", json_number(s.vs_pool)},
         {"se_vs_pool", json_number(s.vs_pool_se)},
         {"p05_vs_pool", json_number(s.vs_pool_low)},
         {"p95_vs_pool", json_number(s.vs_pool_high)},
         {"dm_p", json_number(s.dm_p)}});
  }
  out["pit"] = nlohmann::ordered_json::array();
  for (const PitRow& p : results.pits) {
    out["pit"].push_back(
        {{"flow", to_string(p.flow)},
         {"model", p.model},
         {"horizon", p.horizon == 0 ? nlohmann::ordered_json("all") : nlohmann::ordered_json(p.horizon)},
         {"bin", p.bin},
         {"forecasts", p.forecasts},
         {"frequency", p.frequency},
         {"band_low", p.low},
         {"band_high", p.high}});
  }
  out["published"] = nlohmann::ordered_json::array();
  for (const RegisterRow& row : results.published) {
    out["published"].push_back({{"made_on", to_string(row.said.made_on)},
                                {"by", row.said.by},
                                {"subject", row.said.subject},
                                {"period", row.said.period},
                                {"unit", row.said.unit},
                                {"low", json_number(row.said.low.value_or(kNotScored))},
                                {"high", json_number(row.said.high.value_or(kNotScored))},
                                {"came", json_number(row.came)},
                                {"came_period", row.came_period},
                                {"over", row.over},
                                {"miss", json_number(row.miss)},
                                {"crps", json_number(row.crps)},
                                {"own_p50", json_number(row.own_median)},
                                {"own_p05", json_number(row.own_low)},
                                {"own_p95", json_number(row.own_high)},
                                {"own_crps_pp", json_number(row.own_crps)}});
  }
  return out.dump(1) + "\n";
}

std::string backtest_table(const BacktestResults& results, Language language, const TerminalStyle& style) {
  std::string text;
  for (const BacktestSection& section : backtest_sections(results, language)) {
    text += emphasised(section.title, style) + "\n";
    for (const ScoreTable& table : section.tables) {
      if (!table.rows.empty()) text += aligned_columns(table, style) + "\n";
    }
  }
  const ScoreTable published = register_table(results, language);
  if (!published.rows.empty())
    text += emphasised(register_title(language), style) + "\n" + aligned_columns(published, style) +
            register_notes(language) + "\n\n";
  return text + backtest_notes(results, language) + "\n";
}

}  // namespace plimsoll
