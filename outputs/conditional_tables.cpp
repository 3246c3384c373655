#include "outputs/conditional_tables.hpp"

#include <nlohmann/json.hpp>

#include "outputs/aligned_columns.hpp"
#include "outputs/conditional_views.hpp"
#include "outputs/score_columns.hpp"

namespace plimsoll {
namespace {

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
      std::string("flow,model,elasticities,window,") + kScoreColumns + ",change_frac,p05_change,p95_change\n";
  for (const ConditionalScore& s : results.scores)
    text += to_string(s.flow) + "," + s.model + "," + fit_of(s.model) + "," + s.window + "," + score_cells(s) +
            csv_numbers({s.change_frac, s.change_low, s.change_high}) + "\n";
  return text;
}

std::string conditional_forecasts_csv(const ConditionalResults& results) {
  std::string text =
      "flow,model,elasticities,origin,horizon,target,p05,p25,p50,p75,p95,se_p05,se_p50,se_p95,actual_pct,crps_pp,"
      "se_crps_pp\n";
  for (const ConditionalForecast& f : results.runs.forecasts)
    text += to_string(f.flow) + "," + f.model + "," + fit_of(f.model) + "," + to_string(f.origin) + "," +
            std::to_string(f.horizon) + "," + to_string(f.target) + csv_numbers(f.quantile_pct) +
            csv_numbers({f.quantile_se_pp[0], f.quantile_se_pp[2], f.quantile_se_pp[4], f.actual_pct, f.crps_pp,
                         f.crps_se_pp}) +
            "\n";
  return text;
}

std::string conditional_misses_csv(const ConditionalResults& results) {
  std::string text =
      "flow,origin,horizon,target,actual_pct,unconditional_pct,se_unconditional_pct,miss_pp,part,part_pp,se_part_pp\n";
  for (const MissRow& row : results.misses) {
    for (const auto& [name, part] : parts_of(row))
      text += to_string(row.flow) + "," + to_string(row.origin) + "," + std::to_string(row.horizon) + "," +
              to_string(row.target) +
              csv_numbers({row.actual_pct, row.unconditional_pct, row.unconditional_se, row.miss_pp()}) + "," + name +
              csv_numbers({part.pp, part.se}) + "\n";
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
      const DriverChoice& choice = choice_of(driver);
      text += to_string(one.flow) + "," + to_string(one.origin) + "," + to_string(driver) +
              csv_numbers({one.elasticities.mean[k], one.elasticities.sd[k], choice.lag_months, choice.prior_mean,
                           choice.prior_sd, one.outlook[k].growth_log, one.outlook[k].annual_sd_log,
                           one.elasticities.ar1}) +
              "," + std::to_string(one.elasticities.observations) + "\n";
    }
  }
  return text;
}

std::string conditional_json(const ConditionalResults& results) {
  using Json = nlohmann::ordered_json;
  Json out;
  out["scores"] = Json::array();
  for (const ConditionalScore& s : results.scores) {
    Json row{{"flow", to_string(s.flow)}, {"model", s.model}, {"elasticities", fit_of(s.model)}, {"window", s.window}};
    put_score(s, row);
    row["change_frac"] = json_number(s.change_frac);
    row["p05_change"] = json_number(s.change_low);
    row["p95_change"] = json_number(s.change_high);
    out["scores"].push_back(std::move(row));
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
  for (const ScoreSection& section : conditional_sections(results, language))
    text += "\n" + aligned_section(section, style);
  return text + conditional_notes(results, language) + "\n";
}

}  // namespace plimsoll
