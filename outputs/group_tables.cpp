#include "outputs/group_tables.hpp"

#include <nlohmann/json.hpp>

#include "outputs/aligned_columns.hpp"
#include "outputs/group_views.hpp"
#include "outputs/score_columns.hpp"

namespace plimsoll {

std::string group_forecasts_csv(const GroupResults& results) {
  std::string text = "group,model,origin,horizon,target," + forecast_columns() + ",pit_frac\n";
  for (const GroupForecast& one : results.backtest.forecasts) {
    const ScoredForecast& f = one.scored;
    text += results.backtest.data.groups[one.group].id + "," + f.model + "," + to_string(f.origin) + "," +
            std::to_string(f.horizon) + "," + to_string(f.target) + forecast_cells(f) +
            csv_numbers({f.final_level.pit_frac}) + "\n";
  }
  return text;
}

std::string group_scores_csv(const GroupResults& results) {
  std::string text = std::string("group,model,") + kScoreColumns + ",vs_pool,se_vs_pool,p05_vs_pool,p95_vs_pool\n";
  for (const GroupScoreRow& s : results.scores)
    text += s.group + "," + s.model + "," + score_cells(s) +
            csv_numbers({s.vs_pool, s.vs_pool_se, s.vs_pool_low, s.vs_pool_high}) + "\n";
  return text;
}

std::string group_pit_csv(const GroupResults& results) {
  std::string text = std::string("group,") + kPitColumns + "\n";
  for (const GroupPitRow& p : results.pits) text += p.group + "," + pit_cells(p) + "\n";
  return text;
}

std::string group_json(const GroupResults& results) {
  using Json = nlohmann::ordered_json;
  Json out;
  out["level"] = "groups";
  out["flow"] = to_string(results.backtest.data.flow);
  out["origins"] = Json::array();
  for (const GroupOrigin& o : results.backtest.origins)
    out["origins"].push_back({{"origin", to_string(o.origin)},
                              {"known_on", to_string(o.known_on)},
                              {"released_periods", o.released_periods},
                              {"estimated", o.estimated},
                              {"priors_moved", o.moved},
                              {"priors", o.priors},
                              {"priors_in_time", o.priors_in_time}});
  out["scores"] = Json::array();
  for (const GroupScoreRow& s : results.scores) {
    Json row{{"group", s.group}, {"model", s.model}};
    put_score(s, row);
    row["vs_pool"] = json_number(s.vs_pool);
    row["se_vs_pool"] = json_number(s.vs_pool_se);
    out["scores"].push_back(std::move(row));
  }
  out["pit"] = Json::array();
  for (const GroupPitRow& p : results.pits) {
    Json row{{"group", p.group}};
    put_pit(p, row);
    out["pit"].push_back(std::move(row));
  }
  return out.dump(1) + "\n";
}

std::string group_table(const GroupResults& results, Language language, const TerminalStyle& style) {
  std::string text = group_headline(results, language) + "\n\n";
  for (const ScoreSection& section : group_sections(results, language)) text += aligned_section(section, style);
  return text + group_notes(results, language) + "\n";
}

}  // namespace plimsoll
