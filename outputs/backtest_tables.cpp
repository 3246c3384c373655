#include "outputs/backtest_tables.hpp"

#include <nlohmann/json.hpp>

#include "outputs/aligned_columns.hpp"
#include "outputs/backtest_views.hpp"
#include "outputs/register_views.hpp"
#include "outputs/score_columns.hpp"

namespace plimsoll {
namespace {

std::string vintage_name(Vintage vintage) { return vintage == Vintage::first_known ? "first" : "final"; }

}  // namespace

std::string backtest_forecasts_csv(const BacktestResults& results) {
  std::string text = "flow,model,span,origin,horizon,target," + forecast_columns() +
                     ",log_score,pit_frac,actual_first_print_pct,crps_first_print_pp,pit_first_print_frac\n";
  for (const ScoredForecast& f : results.forecasts) {
    const ScoredForecast::Against &a = f.final_level, &first = f.first_print;
    text += to_string(f.flow) + "," + f.model + "," + to_string(f.span) + "," + to_string(f.origin) + "," +
            std::to_string(f.horizon) + "," + to_string(f.target) + forecast_cells(f) +
            csv_numbers({a.log_score, a.pit_frac, first.actual_pct, first.crps_pp, first.pit_frac}) + "\n";
  }
  return text;
}

std::string backtest_scores_csv(const BacktestResults& results) {
  std::string text = std::string("flow,model,span,against,window,") + kScoreColumns +
                     ",vs_pool,se_vs_pool,p05_vs_pool,p95_vs_pool,dm_p,levels\n";
  for (const ScoreRow& s : results.scores)
    text += to_string(s.flow) + "," + s.model + "," + to_string(s.span) + "," + s.against + "," + s.window + "," +
            score_cells(s) + csv_numbers({s.vs_pool, s.vs_pool_se, s.vs_pool_low, s.vs_pool_high, s.dm_p}) + "," +
            vintage_name(results.vintage) + "\n";
  return text;
}

std::string backtest_pit_csv(const BacktestResults& results) {
  std::string text = std::string("flow,model,horizon,") + kPitColumns + "\n";
  for (const PitRow& p : results.pits)
    text += to_string(p.flow) + "," + p.model + "," + horizon_text(p.horizon) + "," + pit_cells(p) + "\n";
  return text;
}

std::string backtest_json(const BacktestResults& results) {
  using Json = nlohmann::ordered_json;
  Json out;
  out["levels"] = vintage_name(results.vintage);
  out["scores"] = Json::array();
  for (const ScoreRow& s : results.scores) {
    Json row{{"flow", to_string(s.flow)},
             {"model", s.model},
             {"span", to_string(s.span)},
             {"against", s.against},
             {"window", s.window}};
    put_score(s, row);
    row["vs_pool"] = json_number(s.vs_pool);
    row["se_vs_pool"] = json_number(s.vs_pool_se);
    row["p05_vs_pool"] = json_number(s.vs_pool_low);
    row["p95_vs_pool"] = json_number(s.vs_pool_high);
    row["dm_p"] = json_number(s.dm_p);
    out["scores"].push_back(std::move(row));
  }
  out["pit"] = Json::array();
  for (const PitRow& p : results.pits) {
    Json row{{"flow", to_string(p.flow)}, {"model", p.model}, {"horizon", horizon_json(p.horizon)}};
    put_pit(p, row);
    out["pit"].push_back(std::move(row));
  }
  out["published"] = Json::array();
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
  for (const ScoreSection& section : backtest_sections(results, language)) text += aligned_section(section, style);
  const ScoreTable published = register_table(results, language);
  if (!published.rows.empty())
    text += emphasised(register_title(language), style) + "\n" + aligned_columns(published, style) +
            register_notes(language) + "\n\n";
  return text + backtest_notes(results, language) + "\n";
}

}  // namespace plimsoll
