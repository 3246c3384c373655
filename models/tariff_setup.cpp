#include "models/tariff_setup.hpp"

#include <algorithm>
#include <cmath>

#include "models/regime_setup.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

/// Day of the month (1 .. days + 1) at which `date` cuts `month`.
int cut(Month month, const Date& date) {
  if (date.in_month() < month) return 1;
  if (date.in_month() > month) return days_in_month(month) + 1;
  return date.day;
}

TariffChainPlan plan_chain(const TariffLayer& layer, const std::string& path, ParameterTable& table,
                           PlanStorage& storage) {
  TariffChainPlan chain;
  const std::string name = "tariff_shocks/" + layer.name + "/" + to_string(layer.effective);
  chain.event_stream = sha256_prefix64("event/" + name + "/regimes");
  chain.start_stream = sha256_prefix64("event/" + name + "/regimes/start");
  std::vector<const ChainState*> states;
  std::vector<ParameterId> changes;
  std::vector<RegimePlan> regimes;
  for (const TariffRegime& regime : layer.regimes) {
    changes.push_back(table.add(path + ".regimes." + regime.name + ".change_pp", regime.change_pp));
    states.push_back(&regime);
    regimes.emplace_back();
  }
  chain.start_weight = plan_chain_states(path, states, layer.start_pct, regimes, table, storage);
  chain.change_pp = storage.keep(std::move(changes));
  chain.regimes = storage.keep(std::move(regimes));
  return chain;
}

}  // namespace

double member_weight(const Calibration& calibration, const std::string& name, const std::string& member,
                     NamedSet::Dimension dimension) {
  if (name == "all" || name == member) return 1;
  for (const NamedSet& set : calibration.sets) {
    if (set.id != name || set.dimension != dimension) continue;
    const auto place = set.weight_frac.find(member);
    return place == set.weight_frac.end() ? 0 : place->second;
  }
  return 0;
}

double days_in_force(Month month, const Date& from, const std::optional<Date>& to) {
  const int start = cut(month, from);
  const int end = to ? cut(month, *to) : days_in_month(month) + 1;
  return static_cast<double>(std::max(0, end - start)) / days_in_month(month);
}

namespace {

/// Day-weighted mean of a schedule in a month, as a fraction; before the first step the first step holds.
double scheduled_rate(const std::vector<TariffStep>& steps, Month month, bool competitors) {
  double rate = 0;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const std::optional<Date> end = k + 1 < steps.size() ? std::optional<Date>(steps[k + 1].from) : std::nullopt;
    const Date from = k == 0 ? Date{1900, 1, 1} : steps[k].from;
    const bool elsewhere = from.in_month() > month || (end && end->in_month() < month);
    if (elsewhere) continue;  // most steps have no day in the month
    rate += days_in_force(month, from, end) * (competitors ? steps[k].competitors_rate_frac : steps[k].rate_frac);
  }
  return rate;
}

}  // namespace

double covered_share(const Calibration& calibration, const std::vector<std::string>& products,
                     const std::vector<std::string>& except, const std::string& product) {
  double covered = 0;
  for (const std::string& name : products) {
    covered = std::max(covered, member_weight(calibration, name, product, NamedSet::Dimension::product));
  }
  for (const std::string& name : except) {
    covered -= member_weight(calibration, name, product, NamedSet::Dimension::product);
  }
  return std::max(covered, 0.0);
}

void plan_tariffs(const Scenario& scenario, const Calibration& calibration, Month as_of, ParameterTable& table,
                  PlanStorage& storage, ModelPlan& plan) {
  std::vector<std::uint64_t> streams;
  std::vector<ParameterId> probabilities, changes;
  std::vector<int> chain_of;
  std::vector<TariffChainPlan> chains;
  for (const TariffLayer& layer : scenario.tariff_shocks) {
    const std::string path = "tariff_shocks." + layer.name + "." + to_string(layer.effective);
    streams.push_back(sha256_prefix64("event/tariff_shocks/" + layer.name + "/" + to_string(layer.effective)));
    probabilities.push_back(table.add(path + ".probability_pct", layer.probability_pct));
    chain_of.push_back(layer.regimes.empty() ? -1 : static_cast<int>(chains.size()));
    if (layer.regimes.empty()) {
      changes.push_back(table.add(path + ".change_pp", layer.change_pp));
    } else {
      changes.push_back(kNone);
      chains.push_back(plan_chain(layer, path, table, storage));
    }
  }
  if (chains.size() > static_cast<std::size_t>(kMostTariffChains))
    throw InputError(InputKind::scenario, {{{},
                                            "tariff_shocks",
                                            "there are more than eight layers with regimes",
                                            "",
                                            "merge some: a layer reaches a set of products and markets"}});

  std::vector<TariffPlan> pairs;
  const int markets = static_cast<int>(calibration.markets.size());
  for (int p = 0; p < static_cast<int>(calibration.products.size()); ++p) {
    const std::string& product = calibration.products[static_cast<std::size_t>(p)].id;
    std::vector<TariffPlan> of_product;
    bool any = false;
    for (int k = 0; k < markets; ++k) {
      const std::string& market = calibration.markets[static_cast<std::size_t>(k)].id;
      const auto schedule =
          std::find_if(calibration.tariffs.begin(), calibration.tariffs.end(),
                       [&](const TariffSchedule& s) { return s.market == market && s.product == product; });
      std::vector<TariffLayerPlan> layers;
      for (std::size_t l = 0; l < scenario.tariff_shocks.size(); ++l) {
        const TariffLayer& layer = scenario.tariff_shocks[l];
        const double coverage = covered_share(calibration, layer.products, layer.except, product) *
                                member_weight(calibration, layer.market, market, NamedSet::Dimension::market);
        if (coverage <= 0) continue;
        TariffLayerPlan part;
        part.change_pp = changes[l];
        part.probability_pct = probabilities[l];
        part.event_stream = streams[l];
        part.layer = static_cast<int>(l);
        part.regime = chain_of[l];
        part.coverage = static_cast<float>(coverage);
        part.all_suppliers = layer.all_suppliers;
        std::vector<float> days;
        for (int t = 1; t <= plan.months; ++t)
          days.push_back(static_cast<float>(days_in_force(as_of + t, layer.effective, layer.expires)));
        part.in_force = storage.keep(std::move(days));
        layers.push_back(part);
      }
      const bool moves = schedule != calibration.tariffs.end() || !layers.empty();
      any = any || moves;
      // A market equilibrium has all markets of a product: those without tariffs feel the others'.
      if (!moves && !plan.elasticity.armington) continue;
      TariffPlan pair;
      pair.cell = p * markets + k;
      pair.product = p;
      pair.market = k;
      std::vector<float> own, rivals, own_log, rivals_log;
      for (int t = -plan.tariff_history; t <= plan.months; ++t) {
        const bool scheduled = schedule != calibration.tariffs.end();
        const double rate = scheduled ? scheduled_rate(schedule->steps, as_of + t, false) : 0;
        const double other = scheduled ? scheduled_rate(schedule->steps, as_of + t, true) : 0;
        own.push_back(static_cast<float>(rate));
        rivals.push_back(static_cast<float>(other));
        own_log.push_back(static_cast<float>(std::log1p(rate)));
        rivals_log.push_back(static_cast<float>(std::log1p(other)));
      }
      pair.rate = storage.keep(std::move(own));
      pair.competitors = storage.keep(std::move(rivals));
      pair.own_log = storage.keep(std::move(own_log));
      pair.rivals_log = storage.keep(std::move(rivals_log));
      pair.layers = storage.keep(std::move(layers));
      pair.elasticity_1y = table.add(calibration, "tariff_elasticity_1y", product);
      pair.elasticity_long_run = table.add(calibration, "tariff_elasticity_long_run", product);
      pair.pass_through = table.add(calibration, "tariff_pass_through_frac", product);
      pair.import_demand = table.add(calibration, "import_demand_elasticity", "", market);
      of_product.push_back(pair);
    }
    if (any) pairs.insert(pairs.end(), of_product.begin(), of_product.end());
  }
  plan.tariffs = storage.keep(std::move(pairs));
  plan.tariff_chains = storage.keep(std::move(chains));
  plan.tariff_layers = static_cast<int>(streams.size());
  plan.layer_streams = storage.keep(std::move(streams));
  plan.layer_probability = storage.keep(std::move(probabilities));
  plan.tariff_half_life = table.add(calibration, "tariff_half_life_months");
}

}  // namespace plimsoll
