#include "models/capex_setup.hpp"

#include <algorithm>
#include <cmath>

#include "models/denton.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& what, const std::string& hint) {
  throw InputError(InputKind::scenario, {{{}, path, what, "", hint}});
}

const CapexKey* find_key(const CapexFirm* firm, int year, int quarter) {
  if (firm == nullptr) return nullptr;
  for (const CapexKey& key : firm->keys) {
    if (key.year == year && key.quarter == quarter) return &key;
  }
  return nullptr;
}

std::string key_name(const std::string& firm, int year, int quarter) {
  return "capex_paths." + firm + "." + std::to_string(year) + (quarter > 0 ? "Q" + std::to_string(quarter) : "");
}

/// Sum of the reported quarters of a year; `all` tells whether it is complete.
double reported_in_year(const QuarterlyHistory& history, int year, bool& all) {
  double sum = 0;
  int quarters = 0;
  for (std::size_t q = 0; q < history.level.size(); ++q) {
    if ((history.from + 3 * static_cast<int>(q)).year() == year) {
      sum += history.level[q];
      ++quarters;
    }
  }
  all = quarters == 4;
  return sum;
}

CapexFirmPlan plan_firm(const std::string& id, const CapexFirm* firm, const QuarterlyHistory& history, Month first,
                        int quarters, const ParameterId default_growth, ParameterTable& table, PlanStorage& storage) {
  std::vector<CapexTarget> targets;
  std::vector<std::vector<int>> sums;
  std::vector<int> year_target, quarter_target(static_cast<std::size_t>(quarters), -1);
  const int first_year = first.year();
  const int years = (first + 3 * (quarters - 1)).year() - first_year + 1;
  for (int y = 0; y < years; ++y) {
    const int year = first_year + y;
    std::vector<int> open;  // quarters of the year that are not reported
    int fixed = 0;
    for (int q = 0; q < quarters; ++q) {
      const Month month = first + 3 * q;
      if (month.year() != year) continue;
      open.push_back(q);
      const CapexKey* key = find_key(firm, year, month.quarter());
      if (key == nullptr) continue;
      ++fixed;
      CapexTarget target;
      target.value = table.add(key_name(id, year, month.quarter()), key->value);
      if (key->measure == CapexKey::Measure::growth_pct) {
        target.rule = CapexTarget::Rule::growth_pct;
        const int before = history.end() - (month - 12) > 0 ? -1 : q - 4;
        if (before < 0) {
          target.base_level =
              static_cast<float>(history.level.at(static_cast<std::size_t>((month - 12 - history.from) / 3)));
        } else if ((target.base = quarter_target[static_cast<std::size_t>(before)]) < 0) {
          refuse(key_name(id, year, month.quarter()), "growth needs the quarter a year before",
                 "give " + key_name(id, year - 1, month.quarter()) + ", or a level");
        }
      }
      quarter_target[static_cast<std::size_t>(q)] = static_cast<int>(targets.size());
      targets.push_back(target);
      sums.push_back({q});
    }
    const CapexKey* annual = find_key(firm, year, 0);
    bool complete = false;
    const double reported = reported_in_year(history, year, complete);
    if (annual == nullptr && fixed == static_cast<int>(open.size())) {
      year_target.push_back(-1);
      continue;
    }
    if (fixed == static_cast<int>(open.size())) {
      refuse(key_name(id, year, 0), "the year and all its quarters are given",
             "leave out the year or one of its quarters");
    }
    CapexTarget target;
    target.reported = static_cast<float>(reported);
    if (annual != nullptr && annual->measure == CapexKey::Measure::level_usd_bn) {
      target.value = table.add(key_name(id, year, 0), annual->value);
    } else {
      target.rule = annual != nullptr ? CapexTarget::Rule::growth_pct : CapexTarget::Rule::growth_log;
      target.value = annual != nullptr ? table.add(key_name(id, year, 0), annual->value) : default_growth;
      bool known = false;
      const double base = reported_in_year(history, year - 1, known);
      if (known) {
        target.base_level = static_cast<float>(base);
      } else if (y == 0 || year_target.back() < 0) {
        refuse(key_name(id, year, 0), "growth needs the level of the year before", "give " + key_name(id, year - 1, 0));
      } else {
        target.base = year_target.back();
      }
    }
    year_target.push_back(static_cast<int>(targets.size()));
    targets.push_back(target);
    sums.push_back(open);
  }

  const std::vector<double> pattern = quarter_pattern(history.level, history.from.quarter());
  std::vector<double> indicator;
  for (int q = 0; q < quarters; ++q)
    indicator.push_back(pattern[static_cast<std::size_t>((first + 3 * q).quarter() - 1)]);
  const DentonMap map =
      denton(indicator, history.level.back(), pattern[static_cast<std::size_t>((first - 3).quarter() - 1)], sums);
  // An annual key sums all open quarters, quarter keys some of them: its target is then of the rest.
  if (map.constant.empty()) refuse("capex_paths." + id, "the keys contradict each other", "give each period once");
  CapexFirmPlan plan;
  plan.targets = storage.keep(std::move(targets));
  plan.weight = storage.keep(std::vector<float>(map.weight.begin(), map.weight.end()));
  plan.constant = storage.keep(std::vector<float>(map.constant.begin(), map.constant.end()));
  plan.stream = sha256_prefix64("driver/capex." + id + "/error");
  return plan;
}

/// A buyer without reports. Growth counts from the middle of the reference quarter to the middle of the quarter.
CapexFirmPlan plan_buyer(const ComputeBuyer& buyer, Month first, int quarters, ParameterTable& table,
                         PlanStorage& storage) {
  const std::string path = "capex_paths.other_buyers." + buyer.name;
  CapexFirmPlan plan;
  plan.stream = sha256_prefix64("driver/capex." + buyer.name + "/error");
  plan.reference_usd_bn = table.add(path + ".reference_usd_bn", buyer.reference_usd_bn);
  std::vector<ParameterId> growth;
  std::vector<int> years;
  for (const auto& [year, rate] : buyer.growth_pct) {
    growth.push_back(table.add(path + ".growth_pct." + std::to_string(year), rate));
    years.push_back(year);
  }
  const Month start = first - 2;  // the month that holds the middle of the reference quarter
  std::vector<float> elapsed;
  for (int q = 0; q < quarters; ++q) {
    std::vector<float> by_rate(growth.size(), 0.0F);
    for (Month month = start + 1; month <= first + 3 * q + 1; month = month + 1) {
      std::size_t g = 0;
      while (g + 1 < years.size() && years[g + 1] <= month.year()) ++g;
      by_rate[g] += 1.0F / 12.0F;
    }
    elapsed.insert(elapsed.end(), by_rate.begin(), by_rate.end());
  }
  plan.growth_pct = storage.keep(std::move(growth));
  plan.years = storage.keep(std::move(elapsed));
  return plan;
}

}  // namespace

CapexPlan plan_capex(const Scenario& scenario, const Calibration& calibration, Month as_of, ParameterTable& table,
                     PlanStorage& storage) {
  CapexPlan plan;
  Month first = calibration.capex.begin()->second.end();
  double reference = 0;
  for (const auto& [id, history] : calibration.capex) {
    if (history.end() != first) {
      throw InputError(InputKind::data, {{{},
                                          "drivers.csv",
                                          "capex." + id + " ends in another quarter than the others",
                                          "",
                                          "give the same quarters for every firm"}});
    }
    reference += history.level.back() / 3;
  }
  plan.first_month = first - as_of;
  plan.reference_log = static_cast<float>(std::log(reference));
  plan.quarters = (Month::of(scenario.horizon.year(), 12) - first) / 3 + 1;

  const CapexPaths paths = scenario.capex_paths.value_or(CapexPaths{});
  const ParameterId growth = table.add(calibration, "capex_growth_log");
  std::vector<CapexFirmPlan> firms;
  for (const auto& [id, history] : calibration.capex) {
    const auto firm = std::find_if(paths.firms.begin(), paths.firms.end(),
                                   [&, &name = id](const CapexFirm& f) { return f.id == name; });
    firms.push_back(plan_firm(id, firm == paths.firms.end() ? nullptr : &*firm, history, first, plan.quarters, growth,
                              table, storage));
  }
  for (const ComputeBuyer& buyer : paths.other_buyers)
    firms.push_back(plan_buyer(buyer, first, plan.quarters, table, storage));
  plan.other_buyers = !paths.other_buyers.empty();
  plan.firms = storage.keep(std::move(firms));
  if (paths.definition == CapexPaths::Definition::company)
    plan.company_frac = table.add(calibration, "capex_cash_per_company_frac");
  plan.annual_sd_log = paths.annual_sd_log ? table.add("capex_paths.uncertainty.annual_sd_log", *paths.annual_sd_log)
                                           : table.add(calibration, "capex_annual_sd_log");
  plan.common_share_frac = paths.common_share_frac
                               ? table.add("capex_paths.uncertainty.common_share", *paths.common_share_frac)
                               : table.add(calibration, "capex_common_share_frac");
  plan.hardware_share = table.add(calibration, "hardware_share_frac");
  plan.memory_share = table.add(calibration, "memory_share_of_hardware_frac");
  if (paths.pause) {
    plan.pause_hazard_pct = table.add("capex_paths.pause.monthly_hazard_pct", paths.pause->monthly_hazard_pct);
    plan.pause_depth_pct = table.add("capex_paths.pause.depth_pct", paths.pause->depth_pct);
    plan.pause_duration_months = table.add("capex_paths.pause.duration_months", paths.pause->duration_months);
    if (paths.pause->from) plan.pause_from = *paths.pause->from - as_of;
    if (paths.pause->to) plan.pause_to = *paths.pause->to - as_of;
  }
  plan.pause_stream = sha256_prefix64("event/capex/pause");
  return plan;
}

std::vector<double> capex_history(const Calibration& calibration, Month as_of, int months) {
  std::vector<double> kappa;
  for (int t = -months; t <= 0; ++t) {
    double sum = 0, reference = 0;
    for (const auto& [id, history] : calibration.capex) {
      const int quarters = static_cast<int>(history.level.size());
      const int q = (as_of + t - history.from) / 3;
      if (as_of + t < history.from) {
        throw InputError(InputKind::data, {{{},
                                            "drivers.csv",
                                            "capex." + id + " starts too late",
                                            "lags need " + std::to_string(months) + " months before as_of",
                                            ""}});
      }
      sum += history.level[static_cast<std::size_t>(std::min(q, quarters - 1))] / 3;
      reference += history.level.back() / 3;
    }
    kappa.push_back(std::log(sum / reference));
  }
  return kappa;
}

}  // namespace plimsoll
