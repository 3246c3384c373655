/// What common drivers must not do: a price that all exporters share costs no share, and drivers that stay where they
/// are bring nothing but what is inherited.
#include <gtest/gtest.h>

#include <cmath>

#include "models/calibration_reader.hpp"
#include "named_outputs.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

RandomNumber fixed(double x) { return RandomNumber::fixed(x); }

/// p0 takes its price from oil; m0 has taxed it since 2025 and answers strongly.
Calibration taxed() {
  Calibration c = quiet_calibration(1, 3);
  c.loadings.push_back({"p0", "all", "oil_price", fixed(0), fixed(1), 0, {}});
  c.tariffs.push_back({"m0", "p0", {{{2018, 1, 1}, 0.0, 0.0}, {{2025, 4, 1}, 0.3, 0.0}}});
  set_parameter(c, "tariff_elasticity_1y", 3);
  set_parameter(c, "tariff_elasticity_long_run", 3);
  set_parameter(c, "tariff_pass_through_frac", 0.8);
  return c;
}

TEST(CommonPrices, LoseNoShareInAnyElasticityModel) {
  const Calibration c = taxed();
  for (const ElasticityModel model :
       {ElasticityModel::partial_adjustment, ElasticityModel::constant_elasticity, ElasticityModel::armington_ces}) {
    Scenario s = quiet_scenario(c, 15);
    s.elasticity_models = {{model, 1}};
    const auto calm = named_outputs(s, c);
    s.oil_price.kind = "path";
    s.oil_price.points = {{c.as_of + 1, fixed(200)}, {c.as_of + 15, fixed(200)}};
    const auto dear = named_outputs(s, c);
    for (const std::string period : {"2026-07", "2026-12", "2027-07"}) {
      for (const std::string market : {"m0", "m1", "m2"}) {
        const std::string value = "exports.market." + market + ".value@" + period;
        // The price doubles, and nobody buys less or elsewhere.
        EXPECT_NEAR(dear.at(value)[0] / calm.at(value)[0], 2, 1e-4) << market << " " << period;
      }
      EXPECT_EQ(dear.at("exports.total.yoy/driver/diversion@" + period),
                calm.at("exports.total.yoy/driver/diversion@" + period));
    }
  }
}

TEST(DriversThatStayWhereTheyAre, BringNothingButWhatIsInherited) {
  Calibration c = load_calibration("china-2026-05");
  // Capital spending is not at rest in any plan; without its loadings nothing of it is left.
  std::erase_if(c.loadings, [](const Loading& l) { return l.driver == "capex"; });
  Scenario s = quiet_scenario(c, 31);
  s.foreign_demand.sd_pp = fixed(0);
  const auto stay = [&](ProcessSpec& process, const char* driver) {
    const double now = c.drivers.at(driver).at(c.as_of);
    process.kind = "path";
    process.parameters = {{"noise.monthly_sd_log", fixed(0)}, {"noise.half_life_months", fixed(1)}};
    process.points = {{c.as_of + 1, fixed(now)}, {s.horizon, fixed(now)}};
  };
  stay(s.memory_price_cycle.process, "memory_price.boj_usd");
  stay(s.oil_price, "oil_price");
  stay(s.exchange_rate, "exchange_rate");
  const auto x = named_outputs(s, c);
  double inherited = 0;
  for (const std::string period : {"2027-08", "2027-12", "2028-06", "2028-12"}) {  // both ends after as_of
    for (std::size_t lane = 0; lane < 64; ++lane) {
      const auto term = [&](const char* key) {
        return x.at("exports.total.yoy/driver/" + std::string(key) + "@" + period)[lane];
      };
      for (const char* key :
           {"memory_price", "oil_price", "exchange_rate", "foreign_demand", "tariff", "front_loading", "diversion"})
        EXPECT_NEAR(term(key), 0, 1e-3) << key << " " << period;
      inherited = std::max(inherited, std::abs(term("inherited")));
    }
  }
  EXPECT_GT(inherited, 0.3);  // the slow adjustment to the truce, and the schedule's own steps
}

}  // namespace
}  // namespace plimsoll
