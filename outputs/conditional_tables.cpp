#include "outputs/conditional_tables.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "outputs/aligned_columns.hpp"
#include "outputs/conditional_views.hpp"
#include "outputs/number_format.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

std::string number(double value) { return std::isfinite(value) ? shortest(value) : ""; }
nlohmann::ordered_json json_number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}
std::string horizon_text(int horizon) { return horizon == 0 ? "all" : std::to_string(horizon); }
/// What its elasticities were fitted on.
std::string fit_of(const std::string& model) { return model == kInSample ? "in_sample" : "before_origin"; }

/// The parts of a miss in order, by name.
std::vector<std::pair<std::string, MissRow::Part>> parts_of(const MissRow& row) {
  std::vector<std::pair<std::string, MissRow::Part>> parts;
  for (const TotalsDriver driver : kTotalsDrivers) {
    const auto k = static_cast<std::size_t>(driver);
    if (row.in[k]) parts.emplace_back(to_string(driver), row.driver[k]);
  }
  parts.emplace_back("jointly", row.jointly);
  parts.emplace_back("left", MissRow::Part{row.left_pp(), row.conditional_se});
  return parts;
}

}  // namespace

std::string conditional_scores_csv(const ConditionalResults& results) {
  std::string text =
      "flow,model,elasticities,window,horizon,score,forecasts,value,se,p05,p95,se_monte_carlo,change_frac,p05_change,"
      "p95_change\n";
  for (const ConditionalScore& s : results.scores) {
    text += to_string(s.flow) + "," + s.model + "," + fit_of(s.model) + "," + s.window + "," + horizon_text(s.horizon) +
            "," + s.score + "," + std::to_string(s.forecasts);
    for (const double one : {s.value, s.se, s.low, s.high, s.mc_se, s.change_frac, s.change_low, s.change_high})
      text += "," + number(one);
    text += "\n";
  }
  return text;
}

std::string conditional_forecasts_csv(const ConditionalResults& results) {
  std::string text =
      "flow,model,elasticities,origin,horizon,target,p05,p25,p50,p75,p95,se_p05,se_p50,se_p95,actual_pct,crps_pp,"
      "se_crps_pp\n";
  for (const ConditionalForecast& f : results.runs.forecasts) {
    text += to_string(f.flow) + "," + f.model + "," + fit_of(f.model) + "," + to_string(f.origin) + "," +
            std::to_string(f.horizon) + "," + to_string(f.target);
    for (const double one : f.quantile_pct) text += "," + number(one);
    for (const double one :
         {f.quantile_se_pp[0], f.quantile_se_pp[2], f.quantile_se_pp[4], f.actual_pct, f.crps_pp, f.crps_se_pp})
      text += "," + number(one);
    text += "\n";
  }
  return text;
}

std::string conditional_misses_csv(const ConditionalResults& results) {
  std::string text =
      "flow,origin,horizon,target,actual_pct,unconditional_pct,se_unconditional_pct,miss_pp,part,part_pp,se_part_pp\n";
  for (const MissRow& row : results.misses) {
    for (const auto& [name, part] : parts_of(row))
      text += to_string(row.flow) + "," + to_string(row.origin) + "," + std::to_string(row.horizon) + "," +
              to_string(row.target) + "," + number(row.actual_pct) + "," + number(row.unconditional_pct) + "," +
              number(row.unconditional_se) + "," + number(row.miss_pp()) + "," + name + "," + number(part.pp) + "," +
              number(part.se) + "\n";
  }
  return text;
}

std::string conditional_elasticities_csv(const ConditionalResults& results) {
  std::string text =
      "flow,origin,driver,elasticity,sd_elasticity,lag_months,prior_mean,prior_sd,expected_growth_log_per_year,"
      "annual_sd_log,ar1,periods\n";
  for (const ConditionalEstimate& one : results.runs.estimates) {
    for (const TotalsDriver driver : kTotalsDrivers) {
      const auto k = static_cast<std::size_t>(driver);
      if (!one.elasticities.in[k]) continue;
      text += to_string(one.flow) + "," + to_string(one.origin) + "," + to_string(driver);
      for (const double value : {one.elasticities.mean[k], one.elasticities.sd[k], choice_of(driver).lag_months,
                                 choice_of(driver).prior_mean, choice_of(driver).prior_sd, one.outlook[k].growth_log,
                                 one.outlook[k].annual_sd_log, one.elasticities.ar1})
        text += "," + number(value);
      text += "," + std::to_string(one.elasticities.observations) + "\n";
    }
  }
  return text;
}

std::string conditional_json(const ConditionalResults& results) {
  using Json = nlohmann::ordered_json;
  Json out;
  out["scores"] = Json::array();
  for (const ConditionalScore& s : results.scores) {
    out["scores"].push_back({{"flow", to_string(s.flow)},
                             {"model", s.model},
                             {"elasticities", fit_of(s.model)},
                             {"window", s.window},
                             {"horizon", s.horizon == 0 ? Json("all") : Json(s.horizon)},
                             {"score", s.score},
                             {"forecasts", s.forecasts},
                             {"value", json_number(s.value)},
                             {"se", json_number(s.se)},
                             {"p05", json_number(s.low)},
                             {"p95", json_number(s.high)},
                             {"se_monte_carlo", json_number(s.mc_se)},
                             {"change_frac", json_number(s.change_frac)},
                             {"p05_change", json_number(s.change_low)},
                             {"p95_change", json_number(s.change_high)}});
  }
  out["misses"] = Json::array();
  for (const MissRow& row : results.misses) {
    Json parts = Json::object();
    for (const auto& [name, part] : parts_of(row)) parts[name] = {{"pp", part.pp}, {"se", part.se}};
    out["misses"].push_back({{"flow", to_string(row.flow)},
                             {"origin", to_string(row.origin)},
                             {"horizon", row.horizon},
                             {"target", to_string(row.target)},
                             {"actual_pct", row.actual_pct},
                             {"unconditional_pct", row.unconditional_pct},
                             {"se_unconditional_pct", row.unconditional_se},
                             {"miss_pp", row.miss_pp()},
                             {"parts", parts}});
  }
  out["elasticities"] = Json::array();
  for (const ConditionalEstimate& one : results.runs.estimates) {
    Json drivers = Json::object();
    for (const TotalsDriver driver : kTotalsDrivers) {
      const auto k = static_cast<std::size_t>(driver);
      if (one.elasticities.in[k])
        drivers[to_string(driver)] = {{"mean", one.elasticities.mean[k]}, {"sd", one.elasticities.sd[k]}};
    }
    out["elasticities"].push_back(
        {{"flow", to_string(one.flow)}, {"origin", to_string(one.origin)}, {"drivers", drivers}});
  }
  return out.dump(1) + "\n";
}

std::string conditional_table(const ConditionalResults& results, Language language, const TerminalStyle& style) {
  std::string text;
  for (const std::string& line : conditional_headlines(results, language)) text += line + "\n";
  for (const ConditionalSection& section : conditional_sections(results, language)) {
    text += "\n" + emphasised(section.title, style) + "\n";
    for (const ConditionalTable& one : section.tables) {
      if (!one.table.rows.empty()) text += one.title + "\n" + aligned_columns(one.table, style) + "\n";
    }
  }
  return text + conditional_notes(results, language) + "\n";
}

}  // namespace plimsoll
