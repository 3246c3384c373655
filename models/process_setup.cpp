#include "models/process_setup.hpp"

#include "models/regime_setup.hpp"
#include "models/tail_tables.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

/// The registry: one row a process.
struct ProcessRow {
  const char* name;
  ProcessPlan::Kind kind;
};
constexpr ProcessRow kProcesses[] = {
    {"random_walk", ProcessPlan::Kind::random_walk},           {"mean_reverting", ProcessPlan::Kind::mean_reverting},
    {"stochastic_cycle", ProcessPlan::Kind::stochastic_cycle}, {"path", ProcessPlan::Kind::path},
    {"regime_switching", ProcessPlan::Kind::regime_switching}, {"bootstrap", ProcessPlan::Kind::bootstrap}};

const std::vector<std::string>& process_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const ProcessRow& row : kProcesses) all.emplace_back(row.name);
    return all;
  }();
  return names;
}

[[noreturn]] void refuse(const std::string& path, const std::string& what, const std::string& hint) {
  throw InputError(InputKind::scenario, {{{}, path, what, "", hint}});
}

}  // namespace

ProcessDefaults memory_defaults() {
  return {{{"trend_log_per_month", "memory_trend_log_per_month"},
           {"height_log", "memory_height_log"},
           {"amplitude_log", "memory_cycle_amplitude_log"},
           {"period_months", "memory_cycle_period_months"},
           {"peak_delay_months", "memory_peak_delay_months"},
           {"downswing_months", "memory_downswing_months"},
           {"noise.monthly_sd_log", "memory_noise_sd_log"},
           {"noise.half_life_months", "memory_noise_half_life_months"}},
          {{"peak_rise_log", 0.0}}};
}

ProcessDefaults oil_defaults() {
  return {{{"level_usd_per_bbl", "oil_level_usd_per_bbl"},
           {"half_life_months", "oil_half_life_months"},
           {"annual_sd_log", "oil_annual_sd_log"}},
          {{"trend_log_per_month", 0.0}, {"height_log", 0.0}, {"peak_delay_months", 0.0}, {"peak_rise_log", 0.0}}};
}

ProcessDefaults exchange_rate_defaults() {
  return {{{"annual_sd_log", "exchange_rate_annual_sd_log"}},
          {{"trend_log_per_month", 0.0}, {"height_log", 0.0}, {"peak_delay_months", 0.0}, {"peak_rise_log", 0.0}}};
}

ProcessPlan plan_process(const std::string& driver, const ProcessSpec& spec, const DriverHistory& history, Month as_of,
                         const Calibration& calibration, const ProcessDefaults& defaults, ParameterTable& table,
                         PlanStorage& storage) {
  const auto optional = [&](const std::string& field) -> ParameterId {
    const auto given = spec.parameters.find(field);
    if (given != spec.parameters.end()) return table.add(driver + "." + field, given->second);
    const auto calibrated = defaults.calibration.find(field);
    if (calibrated != defaults.calibration.end()) return table.add(calibration, calibrated->second);
    const auto number = defaults.number.find(field);
    if (number != defaults.number.end()) return table.add(driver + "." + field, RandomNumber::fixed(number->second));
    return kNone;
  };
  const auto required = [&](const std::string& field) {
    const ParameterId id = optional(field);
    if (id == kNone) {
      refuse(driver + "." + field, "the process " + spec.kind + " needs '" + field + "'",
             "add " + field + " to " + driver + ": the calibration has no value for it");
    }
    return id;
  };

  ProcessPlan plan;
  plan.reference_level = static_cast<float>(history.at(as_of));
  bool found = false;
  for (const ProcessRow& row : kProcesses) {
    if (spec.kind == row.name) {
      plan.kind = row.kind;
      found = true;
    }
  }
  if (!found)
    refuse(driver + ".process", "unknown process '" + spec.kind + "'",
           "use " + nearest_name(spec.kind, process_names()));

  const std::string level_field = driver == "oil_price"       ? "level_usd_per_bbl"
                                  : driver == "exchange_rate" ? "level_cny_per_usd"
                                                              : "level";
  const bool noise_given = spec.parameters.count("noise.monthly_sd_log") > 0;
  switch (plan.kind) {
    case ProcessPlan::Kind::random_walk: plan.annual_sd_log = required("annual_sd_log"); break;
    case ProcessPlan::Kind::mean_reverting:
      plan.annual_sd_log = required("annual_sd_log");
      plan.level = required(level_field);
      plan.half_life_months = required("half_life_months");
      break;
    case ProcessPlan::Kind::stochastic_cycle:
      plan.trend_log_per_month = required("trend_log_per_month");
      plan.height_log = required("height_log");
      plan.amplitude_log = required("amplitude_log");
      plan.period_months = required("period_months");
      plan.peak_delay_months = required("peak_delay_months");
      plan.peak_rise_log = required("peak_rise_log");
      plan.downswing_months =
          spec.parameters.count("downswing_months") > 0 || defaults.calibration.count("downswing_months") > 0
              ? required("downswing_months")
              : required("period_months");
      break;
    case ProcessPlan::Kind::path: {
      std::vector<PathPointPlan> points;
      for (const PathPoint& point : spec.points) {
        const int t = point.month - as_of;
        if (t < 1)
          refuse(driver + ".path." + to_string(point.month), "this month is already observed",
                 "start after " + to_string(as_of));
        points.push_back({t, table.add(driver + ".path." + to_string(point.month), point.value)});
      }
      if (points.empty())
        refuse(driver + ".path", "the process path needs at least one point",
               "e.g. path: {" + to_string(as_of + 6) + ": 100}");
      plan.points = storage.keep(std::move(points));
      break;
    }
    case ProcessPlan::Kind::regime_switching: plan_regimes(driver, spec, table, storage, plan); break;
    case ProcessPlan::Kind::bootstrap: plan_blocks(driver, spec, history, as_of, storage, plan); break;
  }
  const bool shocked = plan.kind != ProcessPlan::Kind::stochastic_cycle && plan.kind != ProcessPlan::Kind::path;
  if (noise_given && shocked) {
    refuse(driver + ".noise", "noise has no effect with process " + spec.kind, "the process has shocks of its own");
  }
  if (!shocked && (noise_given || defaults.calibration.count("noise.monthly_sd_log") > 0)) {
    plan.noise_sd_log = required("noise.monthly_sd_log");
    plan.noise_half_life_months = required("noise.half_life_months");
  }
  if (spec.innovations_dof) {
    if (!shocked && plan.noise_sd_log == kNone)
      refuse(driver + ".innovations", "innovations have no effect without noise", "add noise: {monthly_sd_log: ..}");
    plan.innovation = storage.keep(student_t_innovations(*spec.innovations_dof));
  }
  if (spec.jump) {
    plan.jump_hazard_pct = table.add(driver + ".jump.monthly_hazard_pct", spec.jump->monthly_hazard_pct);
    plan.jump_size_log = table.add(driver + ".jump.size_log", spec.jump->size_log);
    plan.jump_duration_months = table.add(driver + ".jump.duration_months", spec.jump->duration_months);
  }
  plan.event_stream = sha256_prefix64("event/" + driver + "/" + spec.kind);
  plan.start_stream = sha256_prefix64("event/" + driver + "/" + spec.kind + "/start");
  plan.jump_stream = sha256_prefix64("event/" + driver + "/jump");
  return plan;
}

}  // namespace plimsoll
