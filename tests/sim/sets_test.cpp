/// A scenario's own sets against what they must equal on every path.
#include <gtest/gtest.h>

#include <map>

#include "models/calibration_reader.hpp"
#include "models/scenario_sets.hpp"
#include "named_outputs.hpp"
#include "sim/plan.hpp"
#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

using Of = SetDefinition::Of;

const Calibration& calibration() {
  static const Calibration c = load_calibration("china-2026-05");
  return c;
}

TEST(OwnSets, WithTheWeightsOfAShippedOneAreThatOneOnEveryPath) {
  Scenario s = quiet_scenario(calibration(), 10);
  s.memory_price_cycle.process.kind = "stochastic_cycle";
  for (const NamedSet& set : calibration().sets) {
    if (set.id == "ai_core") s.sets.push_back({"mine", Of::products, set.weight_frac, {}});
    if (set.id == "non_us") s.sets.push_back({"elsewhere", Of::markets, set.weight_frac, {}});
  }
  for (const NamedSet& set : calibration().imports.sets)
    if (set.id == "ai_core") s.sets.push_back({"mine", Of::imports, set.weight_frac, {}});
  ASSERT_EQ(s.sets.size(), 3U);
  auto values = named_outputs(s, calibration());
  for (const auto& [mine, shipped] : std::map<std::string, std::string>{
           {"exports.chain.mine.yoy@2026", "exports.chain.ai_core.yoy@2026"},
           {"exports.chain.mine.price@2026", "exports.chain.ai_core.price@2026"},
           {"exports.chain.mine.share@2026-12", "exports.chain.ai_core.share@2026-12"},
           {"imports.chain.mine.value@2026", "imports.chain.ai_core.value@2026"},
           {"balance.chain.mine.value@2026", "balance.chain.ai_core.value@2026"},
           {"exports.market.elsewhere.yoy@2026", "exports.market.non_us.yoy@2026"},
           {"exports.total.yoy/chain/mine@2026", "exports.total.yoy/chain/ai_core@2026"},
           {"exports.total.yoy/market_set/elsewhere@2026", "exports.total.yoy/market_set/non_us@2026"}})
    EXPECT_EQ(values.at(mine), values.at(shipped)) << mine;
}

TEST(OwnSets, AreTheWeightedSumOfTheirMembers) {
  Scenario s = quiet_scenario(calibration(), 7);
  s.sets = {{"devices", Of::products, {{"phones", 1}, {"servers_computers", 0.4}}, {}}};
  auto values = named_outputs(s, calibration());
  for (std::size_t lane = 0; lane < 64; ++lane) {
    EXPECT_NEAR(values.at("exports.chain.devices.value@2026-09")[lane],
                values.at("exports.product.phones.value@2026-09")[lane] +
                    0.4 * values.at("exports.product.servers_computers.value@2026-09")[lane],
                1e-5);  // weights are floats in the kernel
  }
}

TEST(OwnSets, DoNotMoveADigitOfAnythingElse) {
  Scenario s = quiet_scenario(calibration(), 7);
  const auto without = named_outputs(s, calibration());
  s.sets = {{"devices", Of::products, {{"phones", 1}, {"servers_computers", 0.4}}, {}},
            {"energy", Of::imports, {{"crude_oil", 1}}, {}}};
  const auto with = named_outputs(s, calibration());
  for (const auto& [name, values] : without) EXPECT_EQ(with.at(name), values) << name;
  EXPECT_GT(with.size(), without.size());
}

TEST(OwnSets, CoverATariffByTheirWeights) {
  // 10 points on two fifths of a product and 4 points on all of it are the same.
  const auto shocked = [&](const std::string& products, double change) {
    Scenario s = quiet_scenario(calibration(), 12);
    s.sets = {{"two_fifths", Of::products, {{"servers_computers", 0.4}}, {}}};
    TariffLayer layer = tariff_layer("eu", change, Date{2026, 9, 1}, {products});
    layer.name = "layer";
    s.tariff_shocks = {layer};
    return named_outputs(s, calibration()).at("exports.product.servers_computers.value@2027-05");
  };
  const std::vector<double> part = shocked("two_fifths", 10), whole = shocked("servers_computers", 4);
  const std::vector<double> none = shocked("servers_computers", 0);
  for (std::size_t lane = 0; lane < 64; ++lane) {
    EXPECT_NEAR(part[lane], whole[lane], 1e-5 * whole[lane]);
    EXPECT_LT(part[lane], none[lane] * 0.999);
  }
}

TEST(CustomsCodes, AreTheProductsTheyStandFor) {
  std::map<std::string, std::map<std::string, double>> exports;
  for (const NamedSet& code : calibration().hs_codes)
    if (code.dimension == NamedSet::Dimension::product) exports[code.id] = code.weight_frac;
  EXPECT_EQ(exports.at("854232"), (std::map<std::string, double>{{"memory", 1}}));
  EXPECT_EQ(exports.at("851762"), (std::map<std::string, double>{{"network_optical", 1}}));
  // 847150 inside its group is the same share as in the AI core.
  for (const NamedSet& set : calibration().sets) {
    if (set.id != "ai_core") continue;
    EXPECT_EQ(exports.at("847150").at("servers_computers"), set.weight_frac.at("servers_computers"));
  }
}

}  // namespace
}  // namespace plimsoll
