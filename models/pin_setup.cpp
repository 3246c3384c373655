#include "models/pin_setup.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "scenarios/input_error.hpp"

namespace plimsoll {

namespace {

PinPlan plan_pin(const Scenario& scenario, const Calibration& c, const ModelPlan& plan, const DriverPin& pin) {
  PinPlan out;
  out.from = pin.from - c.as_of;
  out.to = pin.to - c.as_of;
  float reference = 1;
  const std::string demand = "foreign_demand.", shocks = "shocks.";
  if (pin.driver.starts_with(demand)) {
    out.on = PinPlan::On::demand;
    out.index = c.market_index(pin.driver.substr(demand.size()));
  } else if (pin.driver.starts_with(shocks)) {
    out.on = PinPlan::On::shock;
    while (scenario.shocks[static_cast<std::size_t>(out.index)].name != pin.driver.substr(shocks.size())) ++out.index;
    reference = plan.shocks[out.index].process.reference_level;
  } else {
    const ProcessPlan* processes[3] = {&plan.memory, &plan.oil, &plan.exchange_rate};
    out.index = pin.driver == "memory_price" ? 0 : pin.driver == "oil_price" ? 1 : 2;
    reference = processes[out.index]->reference_level;
  }
  out.target_log = static_cast<float>(pin.change_pct ? std::log1p(*pin.change_pct / 100)
                                                     : std::log(*pin.level / static_cast<double>(reference)));
  return out;
}

}  // namespace

void plan_pins(const Scenario& scenario, const Calibration& calibration, PlanStorage& storage, ModelPlan& plan) {
  std::vector<PinPlan> pins;
  for (const DriverPin& pin : scenario.pins) pins.push_back(plan_pin(scenario, calibration, plan, pin));
  for (std::size_t k = 0; k < pins.size(); ++k) {
    int together = 0;
    for (const PinPlan& other : pins) together += other.from <= pins[k].from && pins[k].from <= other.to;
    if (together > kMostPins)
      throw InputError(InputKind::scenario,
                       {{scenario.pins[k].place, "pin[" + std::to_string(k) + "]",
                         "more than " + std::to_string(kMostPins) + " pins in one month", "", "remove some"}});
  }
  plan.pins = storage.keep(std::move(pins));
  std::vector<float> correlation;
  for (int a = 0; a < 5; ++a) {
    for (int b = 0; b < 5; ++b) {
      double sum = 0;
      for (int k = 0; k < 5; ++k)
        sum += static_cast<double>(plan.cholesky[5 * a + k]) * static_cast<double>(plan.cholesky[5 * b + k]);
      correlation.push_back(static_cast<float>(sum));
    }
  }
  plan.correlation = storage.keep(std::move(correlation));
}

int pinned_months(const ModelPlan& plan) {
  int months = 0;
  for (const PinPlan& pin : plan.pins) months += pin.to - pin.from + 1;
  return months;
}

double plausibility(double distance, int months) {
  if (months == 0) return 1;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(months), distance));
}

}  // namespace plimsoll
