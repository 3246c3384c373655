/// \file
/// Columns that the tables of every backtest share, whatever their rows are by: of scores, and of forecasts.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "outputs/csv_field.hpp"
#include "outputs/json_number.hpp"
#include "sim/scored_forecast.hpp"

namespace plimsoll {

/// Horizon 0 is the mean over all.
inline std::string horizon_text(int horizon) { return horizon == 0 ? "all" : std::to_string(horizon); }
inline nlohmann::ordered_json horizon_json(int horizon) {
  return horizon == 0 ? nlohmann::ordered_json("all") : nlohmann::ordered_json(horizon);
}

/// A score, of how many forecasts, its error, the 5% and 95% of its bootstrap, its Monte Carlo error.
inline constexpr const char* kScoreColumns = "horizon,score,forecasts,value,se,p05,p95,se_monte_carlo";
template <class Row>
std::string score_cells(const Row& s) {
  return horizon_text(s.horizon) + "," + s.score + "," + std::to_string(s.forecasts) +
         csv_numbers({s.value, s.se, s.low, s.high, s.mc_se});
}
/// The same names and figures, into `out`.
template <class Row>
void put_score(const Row& s, nlohmann::ordered_json& out) {
  out["horizon"] = horizon_json(s.horizon);
  out["score"] = s.score;
  out["forecasts"] = s.forecasts;
  out["value"] = json_number(s.value);
  out["se"] = json_number(s.se);
  out["p05"] = json_number(s.low);
  out["p95"] = json_number(s.high);
  out["se_monte_carlo"] = json_number(s.mc_se);
}

/// Quantiles, the errors of three, what came and the CRPS against final levels.
std::string forecast_columns();
/// These cells, with a comma before the first.
std::string forecast_cells(const ScoredForecast& f);

/// A tenth of the PIT: from, to, how many forecasts, and frequency and band as multiples of a tenth.
inline constexpr const char* kPitColumns = "from_frac,to_frac,forecasts,frequency,band_low,band_high";
template <class Row>
std::string pit_cells(const Row& p) {
  return csv_number(p.bin / 10.0) + "," + csv_number((p.bin + 1) / 10.0) + "," + std::to_string(p.forecasts) +
         csv_numbers({p.frequency, p.low, p.high});
}
template <class Row>
void put_pit(const Row& p, nlohmann::ordered_json& out) {
  out["bin"] = p.bin;
  out["forecasts"] = p.forecasts;
  out["frequency"] = json_number(p.frequency);
  out["band_low"] = json_number(p.low);
  out["band_high"] = json_number(p.high);
}

}  // namespace plimsoll
