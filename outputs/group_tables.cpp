#include "outputs/group_tables.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "outputs/aligned_columns.hpp"
#include "outputs/group_views.hpp"
#include "outputs/number_format.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

std::string number(double value) { return std::isfinite(value) ? shortest(value) : ""; }

nlohmann::ordered_json json_number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

}  // namespace

std::string group_forecasts_csv(const GroupResults& results) {
  std::string text = "group,model,origin,horizon,target";
  for (const double p : ScoredForecast::kProbabilities) {
    const int percent = static_cast<int>(std::lround(100 * p));
    text += std::string(percent < 10 ? ",p0" : ",p") + std::to_string(percent);
  }
  text += ",se_p05,se_p50,se_p95,actual_final_pct,crps_pp,se_crps_pp,pit_frac\n";
  for (const GroupForecast& one : results.backtest.forecasts) {
    const ScoredForecast& f = one.scored;
    text += results.backtest.data.groups[one.group].id + "," + f.model + "," + to_string(f.origin) + "," +
            std::to_string(f.horizon) + "," + to_string(f.target);
    for (const double q : f.quantile_pct) text += "," + number(q);
    for (const std::size_t q : {1U, 4U, 7U}) text += "," + number(f.quantile_se_pp[q]);
    const auto& a = f.final_level;
    for (const double value : {a.actual_pct, a.crps_pp, a.crps_se_pp, a.pit_frac}) text += "," + number(value);
    text += "\n";
  }
  return text;
}

std::string group_scores_csv(const GroupResults& results) {
  std::string text =
      "group,model,horizon,score,forecasts,value,se,p05,p95,se_monte_carlo,vs_pool,se_vs_pool,p05_vs_pool,p95_vs_"
      "pool\n";
  for (const GroupScoreRow& s : results.scores) {
    text += s.group + "," + s.model + "," + (s.horizon == 0 ? "all" : std::to_string(s.horizon)) + "," + s.score + "," +
            std::to_string(s.forecasts);
    for (const double one :
         {s.value, s.se, s.low, s.high, s.mc_se, s.vs_pool, s.vs_pool_se, s.vs_pool_low, s.vs_pool_high})
      text += "," + number(one);
    text += "\n";
  }
  return text;
}

std::string group_pit_csv(const GroupResults& results) {
  std::string text = "group,from_frac,to_frac,forecasts,frequency,band_low,band_high\n";
  for (const GroupPitRow& p : results.pits)
    text += p.group + "," + shortest(p.bin / 10.0) + "," + shortest((p.bin + 1) / 10.0) + "," +
            std::to_string(p.forecasts) + "," + number(p.frequency) + "," + number(p.low) + "," + number(p.high) + "\n";
  return text;
}

std::string group_json(const GroupResults& results) {
  nlohmann::ordered_json out;
  out["level"] = "groups";
  out["flow"] = to_string(results.backtest.data.flow);
  out["origins"] = nlohmann::ordered_json::array();
  for (const GroupOrigin& o : results.backtest.origins)
    out["origins"].push_back({{"origin", to_string(o.origin)},
                              {"known_on", to_string(o.known_on)},
                              {"released_periods", o.released_periods},
                              {"estimated", o.estimated},
                              {"priors_moved", o.moved},
                              {"priors", o.priors},
                              {"priors_in_time", o.priors_in_time}});
  out["scores"] = nlohmann::ordered_json::array();
  for (const GroupScoreRow& s : results.scores)
    out["scores"].push_back(
        {{"group", s.group},
         {"model", s.model},
         {"horizon", s.horizon == 0 ? nlohmann::ordered_json("all") : nlohmann::ordered_json(s.horizon)},
         {"score", s.score},
         {"forecasts", s.forecasts},
         {"value", json_number(s.value)},
         {"se", json_number(s.se)},
         {"p05", json_number(s.low)},
         {"p95", json_number(s.high)},
         {"se_monte_carlo", json_number(s.mc_se)},
         {"vs_pool", json_number(s.vs_pool)},
         {"se_vs_pool", json_number(s.vs_pool_se)}});
  out["pit"] = nlohmann::ordered_json::array();
  for (const GroupPitRow& p : results.pits)
    out["pit"].push_back({{"group", p.group},
                          {"bin", p.bin},
                          {"forecasts", p.forecasts},
                          {"frequency", json_number(p.frequency)},
                          {"band_low", json_number(p.low)},
                          {"band_high", json_number(p.high)}});
  return out.dump(1) + "\n";
}

std::string group_table(const GroupResults& results, Language language, const TerminalStyle& style) {
  std::string text = group_headline(results, language) + "\n\n";
  for (const GroupSection& section : group_sections(results, language))
    text += emphasised(section.title, style) + "\n" + aligned_columns(section.table, style) + "\n";
  return text + group_notes(results, language) + "\n";
}

}  // namespace plimsoll
