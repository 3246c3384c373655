#include "sim/group_backtest.hpp"

#include <algorithm>
#include <cmath>

#include "models/calibration_reader.hpp"
#include "models/estimation/calibrate.hpp"
#include "models/growth_rivals.hpp"
#include "scenarios/input_error.hpp"
#include "sim/for_each_task.hpp"
#include "sim/group_engine.hpp"
#include "sim/scored_forecast.hpp"

namespace plimsoll {
namespace {

/// Groups begin in January 2024: seasons of the first origins are those of the total, their own hardly count.
constexpr int kLeastMonths = 18;

/// Tables that a run reads: those of estimation/ are for whoever estimates.
std::map<std::string, std::string> run_files(const TableFiles& files) {
  std::map<std::string, std::string> out;
  for (const auto& [file, text] : files) {
    if (file.find('/') == std::string::npos) out[file] = text;
  }
  return out;
}

/// All groups from one origin, wherever the growth that came is printed.
std::vector<GroupForecast> forecasts_from(const PrintedGroups& data, std::size_t origin, const Calibration& calibration,
                                          const BacktestOptions& options) {
  const std::size_t groups = data.groups.size(), n = static_cast<std::size_t>(options.paths);
  const int horizons = periods_ahead(data, origin, options);
  const std::vector<double> growth = group_growth(calibration, data, horizons, options.paths, options.seed);
  std::vector<std::vector<GrowthFigure>> so_far(groups);
  for (std::size_t g = 0; g < groups; ++g) so_far[g] = data.known(g, origin);
  const std::vector<std::vector<GrowthRival>> rivals = growth_rivals(so_far, horizons);
  std::vector<GroupForecast> out;
  for (std::size_t g = 0; g < groups; ++g) {
    const std::vector<int> ahead = printed_ahead(data, g, origin, horizons);
    const auto blank = [&](const std::string& model, int h) { return unscored_forecast(data, g, model, origin, h); };
    for (const int h : ahead) {
      GroupForecast& own = out.emplace_back(blank(kOwnModel, h));
      const std::size_t at = g * static_cast<std::size_t>(horizons) + static_cast<std::size_t>(h - 1);
      const auto begin = growth.begin() + static_cast<std::ptrdiff_t>(at * n);
      score_draws(own.scored, {begin, begin + options.paths});
    }
    for (const GrowthRival& rival : rivals[g]) {
      for (const int h : ahead)
        score_normals(out.emplace_back(blank(rival.name, h)).scored, {rival.ahead[static_cast<std::size_t>(h - 1)]});
    }
    for (const int h : ahead) {
      std::vector<RivalForecasts::Normal> pooled;
      for (const GrowthRival& rival : rivals[g]) {
        if (rival.name != "history") pooled.push_back(rival.ahead[static_cast<std::size_t>(h - 1)]);
      }
      score_normals(out.emplace_back(blank(kGroupPool, h)).scored, pooled);
    }
  }
  return out;
}

}  // namespace

Calibration calibration_of(const TableFiles& files, const std::string& name, int least_window_months) {
  return read_calibration(name, run_files(files), least_window_months);
}

int periods_ahead(const PrintedGroups& data, std::size_t origin, const BacktestOptions& options) {
  return static_cast<int>(
      std::min<std::size_t>(static_cast<std::size_t>(options.horizons), data.period.size() - 1 - origin));
}

std::vector<int> printed_ahead(const PrintedGroups& data, std::size_t group, std::size_t origin, int horizons) {
  std::vector<int> ahead;
  for (int h = 1; h <= horizons; ++h) {
    if (data.growth(group, origin + static_cast<std::size_t>(h)) != nullptr) ahead.push_back(h);
  }
  return ahead;
}

GroupForecast unscored_forecast(const PrintedGroups& data, std::size_t group, const std::string& model,
                                std::size_t origin, int horizon) {
  const std::size_t target = origin + static_cast<std::size_t>(horizon);
  GroupForecast f{group, {}};
  f.scored.model = model;
  f.scored.origin = data.period[origin];
  f.scored.horizon = horizon;
  f.scored.target = data.period[target];
  f.scored.final_level.actual_pct = 100 * std::expm1(data.growth(group, target)->growth_log);
  return f;
}

OriginCalibration calibration_as_of(const AsOfInputs& inputs, Month origin) {
  const std::string name = "as-of-" + to_string(origin);
  const CalibrationMade made = estimate_again(as_of_tables(inputs, origin, name), name, name);
  OriginCalibration out{{origin, made.days.known_on, 0, 0, 0, 0, false},
                        calibration_of(made.files, name, kLeastMonths)};
  for (Month m = made.days.window_from; m <= origin; m = m + 1) out.facts.released_periods += m.month() != 1 ? 1 : 0;
  for (const EstimateRow& row : made.rows)
    ++(row.status == "estimated" ? out.facts.estimated : row.status == "moved" ? out.facts.moved : out.facts.priors);
  const bool imports = inputs.flow == TradeFlow::imports;  // their beliefs stand beside the figures
  const CalibrationDays believed =
      imports ? days_of(inputs.figures, inputs.figures_name) : days_of(inputs.beliefs, inputs.beliefs_name);
  out.facts.priors_in_time = believed.known_on <= made.days.known_on;
  return out;
}

PrintedGroups groups_of(const AsOfInputs& inputs) {
  const CalibrationDays days = days_of(inputs.figures, inputs.figures_name);
  return printed_groups(inputs.figures, inputs.figures_name, inputs.flow, days.window_from, days.as_of);
}

std::vector<std::size_t> group_origins(const PrintedGroups& data, const AsOfInputs& inputs,
                                       const BacktestOptions& options) {
  std::vector<std::size_t> origins;
  for (std::size_t t = 0; t + 1 < data.period.size(); ++t) {
    if (data.origin[t] && data.period[t] >= std::max(options.from, first_group_origin(inputs.flow)))
      origins.push_back(t);
  }
  if (origins.empty())
    throw InputError(InputKind::data, {{{inputs.figures_name + "/history.csv", 0, 0},
                                        "",
                                        "groups end in " + to_string(data.period.back()) +
                                            ", too early for an origin in " + to_string(options.from),
                                        "a forecast needs one period after it",
                                        "give an earlier --from"}});
  return origins;
}

GroupBacktest group_backtest(const AsOfInputs& inputs, const BacktestOptions& options) {
  GroupBacktest out{groups_of(inputs), {}, {}};
  const std::vector<std::size_t> origins = group_origins(out.data, inputs, options);
  out.origins.resize(origins.size());
  std::vector<std::vector<GroupForecast>> made(origins.size());
  for_each_task(static_cast<std::int64_t>(origins.size()), options.threads, Scheduler::tbb, [&](std::int64_t task) {
    const auto k = static_cast<std::size_t>(task);
    const OriginCalibration own = calibration_as_of(inputs, out.data.period[origins[k]]);
    out.origins[k] = own.facts;
    made[k] = forecasts_from(out.data, origins[k], own.calibration, options);
  });
  for (std::vector<GroupForecast>& one : made) std::move(one.begin(), one.end(), std::back_inserter(out.forecasts));
  return out;
}

}  // namespace plimsoll
