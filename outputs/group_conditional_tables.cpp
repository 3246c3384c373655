#include "outputs/group_conditional_tables.hpp"

#include <nlohmann/json.hpp>

#include "outputs/aligned_columns.hpp"
#include "outputs/group_conditional_views.hpp"
#include "outputs/score_columns.hpp"

namespace plimsoll {
namespace {

const std::string& id_of(const GroupConditionalResults& results, std::size_t group) {
  return results.made.runs.data.groups[group].id;
}

/// The parts of a miss in order, by name.
std::vector<std::pair<std::string, MissRow::Part>> parts_of(const GroupMiss& miss) {
  std::vector<std::pair<std::string, MissRow::Part>> parts;
  for (const KnownDriver driver : kKnownDrivers) parts.emplace_back(to_string(driver), miss.driver[at(driver)]);
  parts.emplace_back("jointly", miss.jointly);
  parts.emplace_back("left", MissRow::Part{miss.left_pp(), miss.conditional_se});
  return parts;
}

}  // namespace

std::string group_conditional_scores_csv(const GroupConditionalResults& results) {
  std::string text =
      std::string("group,model,window,") + kScoreColumns + ",change_frac,p05_change,p95_change,se_change_monte_carlo\n";
  for (const GroupKnownScore& s : results.scores)
    text += s.group + "," + s.model + "," + s.window + "," + score_cells(s) +
            csv_numbers({s.change_frac, s.change_low, s.change_high, s.change_mc_se}) + "\n";
  return text;
}

std::string group_conditional_forecasts_csv(const GroupConditionalResults& results) {
  std::string text = "group,model,origin,horizon,target," + forecast_columns() + ",pit_frac\n";
  for (const GroupForecast& one : results.made.runs.forecasts) {
    const ScoredForecast& f = one.scored;
    text += id_of(results, one.group) + "," + f.model + "," + to_string(f.origin) + "," + std::to_string(f.horizon) +
            "," + to_string(f.target) + forecast_cells(f) + csv_numbers({f.final_level.pit_frac}) + "\n";
  }
  return text;
}

std::string group_conditional_misses_csv(const GroupConditionalResults& results) {
  std::string text =
      "group,origin,horizon,target,actual_pct,unconditional_pct,se_unconditional_pct,miss_pp,part,part_pp,se_part_pp\n";
  for (const GroupMiss& miss : results.misses) {
    for (const auto& [name, part] : parts_of(miss))
      text += id_of(results, miss.group) + "," + to_string(miss.origin) + "," + std::to_string(miss.horizon) + "," +
              to_string(miss.target) +
              csv_numbers({miss.actual_pct, miss.unconditional_pct, miss.unconditional_se, miss.miss_pp()}) + "," +
              name + csv_numbers({part.pp, part.se}) + "\n";
  }
  return text;
}

std::string group_conditional_means_csv(const GroupConditionalResults& results) {
  std::string text = "group,window,part,forecasts,mean_pp,se,p05,p95,se_monte_carlo\n";
  for (const GroupMissMean& mean : results.means)
    text += mean.group + "," + mean.window + "," + mean.part + "," + std::to_string(mean.forecasts) +
            csv_numbers({mean.value, mean.se, mean.low, mean.high, mean.mc_se}) + "\n";
  return text;
}

std::string group_conditional_drivers_csv(const GroupConditionalResults& results) {
  std::string text = "origin,known_on,driver,unit,last_then,level_then,last_now,level_now\n";
  for (std::size_t k = 0; k < results.made.drivers.size(); ++k) {
    const GroupOrigin& origin = results.made.runs.origins[k];
    for (const DriverCame& came : results.made.drivers[k])
      text += to_string(origin.origin) + "," + to_string(origin.known_on) + "," + to_string(came.driver) + "," +
              csv_field(came.unit) + "," + came.last_then + csv_numbers({came.level_then}) + "," + came.last_now +
              csv_numbers({came.level_now}) + "\n";
  }
  return text;
}

std::string group_conditional_json(const GroupConditionalResults& results) {
  using Json = nlohmann::ordered_json;
  Json out;
  out["level"] = "groups";
  out["flow"] = to_string(results.made.runs.data.flow);
  out["origins"] = Json::array();
  for (std::size_t k = 0; k < results.made.drivers.size(); ++k) {
    const GroupOrigin& origin = results.made.runs.origins[k];
    Json drivers = Json::object();
    for (const DriverCame& came : results.made.drivers[k])
      drivers[to_string(came.driver)] = {{"unit", came.unit},
                                         {"last_then", came.last_then},
                                         {"level_then", came.level_then},
                                         {"last_now", came.last_now},
                                         {"level_now", came.level_now}};
    out["origins"].push_back({{"origin", to_string(origin.origin)},
                              {"known_on", to_string(origin.known_on)},
                              {"priors_in_time", origin.priors_in_time},
                              {"drivers", drivers}});
  }
  out["scores"] = Json::array();
  for (const GroupKnownScore& s : results.scores) {
    Json row{{"group", s.group}, {"model", s.model}, {"window", s.window}};
    put_score(s, row);
    row["change_frac"] = json_number(s.change_frac);
    row["p05_change"] = json_number(s.change_low);
    row["p95_change"] = json_number(s.change_high);
    row["se_change_monte_carlo"] = json_number(s.change_mc_se);
    out["scores"].push_back(std::move(row));
  }
  out["mean_misses"] = Json::array();
  for (const GroupMissMean& mean : results.means)
    out["mean_misses"].push_back({{"group", mean.group},
                                  {"window", mean.window},
                                  {"part", mean.part},
                                  {"forecasts", mean.forecasts},
                                  {"mean_pp", json_number(mean.value)},
                                  {"se", json_number(mean.se)},
                                  {"p05", json_number(mean.low)},
                                  {"p95", json_number(mean.high)},
                                  {"se_monte_carlo", json_number(mean.mc_se)}});
  out["misses"] = Json::array();
  for (const GroupMiss& miss : results.misses) {
    Json parts = Json::object();
    for (const auto& [name, part] : parts_of(miss)) parts[name] = {{"pp", part.pp}, {"se", part.se}};
    out["misses"].push_back({{"group", id_of(results, miss.group)},
                             {"origin", to_string(miss.origin)},
                             {"horizon", miss.horizon},
                             {"target", to_string(miss.target)},
                             {"actual_pct", miss.actual_pct},
                             {"unconditional_pct", miss.unconditional_pct},
                             {"se_unconditional_pct", miss.unconditional_se},
                             {"miss_pp", miss.miss_pp()},
                             {"parts", parts}});
  }
  return out.dump(1) + "\n";
}

std::string group_conditional_table(const GroupConditionalResults& results, Language language,
                                    const TerminalStyle& style) {
  std::string text;
  for (const std::string& line : group_conditional_headlines(results, language)) text += line + "\n";
  for (const ScoreSection& section : group_conditional_sections(results, language))
    text += "\n" + aligned_section(section, style);
  return text + group_conditional_notes(results, language) + "\n";
}

}  // namespace plimsoll
