#include "models/regime_setup.hpp"

#include <cmath>
#include <stdexcept>

#include "scenarios/input_error.hpp"

namespace plimsoll {

View<ParameterId> plan_chain_states(const std::string& path, const std::vector<const ChainState*>& states,
                                    const std::vector<RandomNumber>& start_pct, std::vector<RegimePlan>& regimes,
                                    ParameterTable& table, PlanStorage& storage) {
  const std::size_t count = states.size();
  if (count < 2 || start_pct.size() != count) throw std::logic_error("regimes of " + path + " are incomplete");
  const auto weights = [&](const std::string& name, const std::vector<RandomNumber>& row) {
    std::vector<ParameterId> ids;
    for (std::size_t k = 0; k < count; ++k) ids.push_back(table.add(name + "." + states[k]->name, row.at(k)));
    return storage.keep(std::move(ids));
  };
  for (std::size_t k = 0; k < count; ++k) {
    const std::string name = path + ".regimes." + states[k]->name;
    if (states[k]->duration_months)
      regimes[k].duration_months = table.add(name + ".duration_months", *states[k]->duration_months);
    else
      regimes[k].next = weights(name + ".next_pct", states[k]->next_pct);
  }
  return weights(path + ".start_pct", start_pct);
}

void plan_regimes(const std::string& driver, const ProcessSpec& spec, ParameterTable& table, PlanStorage& storage,
                  ProcessPlan& plan) {
  std::vector<RegimePlan> regimes;
  std::vector<const ChainState*> states;
  for (const Regime& regime : spec.regimes) {
    const std::string name = driver + ".regimes." + regime.name;
    RegimePlan out;
    out.monthly_drift_log = table.add(name + ".monthly_drift_log", regime.monthly_drift_log);
    out.sd_log = table.add(name + (regime.sd_is_annual ? ".annual_sd_log" : ".monthly_sd_log"), regime.sd_log);
    out.sd_scale = regime.sd_is_annual ? static_cast<float>(1 / std::sqrt(12.0)) : 1.0F;
    regimes.push_back(out);
    states.push_back(&regime);
  }
  plan.start_weight = plan_chain_states(driver, states, spec.start_pct, regimes, table, storage);
  plan.regimes = storage.keep(std::move(regimes));
}

void plan_blocks(const std::string& driver, const ProcessSpec& spec, const DriverHistory& history, Month as_of,
                 PlanStorage& storage, ProcessPlan& plan) {
  std::vector<double> changes;
  for (Month month = history.from + 1; month <= as_of; month = month + 1)
    changes.push_back(std::log(history.at(month) / history.at(month - 1)));
  const int count = static_cast<int>(changes.size()), block = spec.block_months;
  if (block < 1 || count < 2 * block) {
    throw InputError(InputKind::scenario,
                     {{{},
                       driver + ".block_months",
                       "the history is shorter than two blocks of " + std::to_string(block) + " months",
                       "it holds " + std::to_string(count) + " monthly changes up to " + to_string(as_of),
                       "use at most " + std::to_string(count / 2)}});
  }
  // The mean over all blocks: a change near either end of history stands in fewer of them.
  double sum = 0;
  for (int start = 0; start + block <= count; ++start) {
    for (int k = 0; k < block; ++k) sum += changes[static_cast<std::size_t>(start + k)];
  }
  const double mean = spec.demean ? sum / block / (count - block + 1) : 0;
  std::vector<float> kept;
  for (const double change : changes) kept.push_back(static_cast<float>(change - mean));
  plan.changes = storage.keep(std::move(kept));
  plan.block_months = block;
}

}  // namespace plimsoll
