#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/input_error.hpp"
#include "test_catalog.hpp"

namespace plimsoll {
namespace {

Scenario with(const std::string& sets, const std::string& rest = "") {
  namespace fs = std::filesystem;
  const fs::path file = fs::temp_directory_path() / ("plimsoll-sets-" + std::to_string(getpid()) + ".yaml");
  std::ofstream(file) << "plimsoll: 1\ncalibration: china-2026-05\nhorizon: 2027-12\nsets:\n" << sets << rest;
  LoadedScenario loaded = load(file.string());
  fs::remove(file);
  return std::move(loaded.scenario);
}

TEST(Sets, AreWeightsOfIdsWhetherWrittenAsAListOrAsAMap) {
  const Scenario s = with(
      "  - {name: phones_and_pcs, members: {phones: 1, servers_computers: 0.4}, title: {en: Phones, zh: 手机}}\n"
      "  - {name: near, of: markets, members: [asean, mexico]}\n");
  ASSERT_EQ(s.sets.size(), 2U);
  EXPECT_EQ(s.sets[0].weight_frac, (std::map<std::string, double>{{"phones", 1}, {"servers_computers", 0.4}}));
  EXPECT_EQ(s.sets[0].of, SetDefinition::Of::products);
  EXPECT_EQ(s.sets[0].title.zh, "手机");
  EXPECT_EQ(s.sets[1].of, SetDefinition::Of::markets);
  EXPECT_EQ(s.sets[1].weight_frac, (std::map<std::string, double>{{"asean", 1}, {"mexico", 1}}));
}

TEST(Sets, MayHoldOtherSetsInAnyOrderAndCustomsCodes) {
  const Scenario s = with(
      "  - {name: outer, members: {inner: 0.5, autos: 1}}\n"
      "  - {name: inner, members: [ai_core, phones]}\n"
      "  - {name: codes, members: {'hs:854232': 1, 'hs:847150': 0.5}}\n"
      "  - {name: energy, of: imports, members: ['hs:2709']}\n");
  EXPECT_EQ(
      s.sets[0].weight_frac,
      (std::map<std::string, double>{
          {"memory", 0.5}, {"computing_chips", 0.5}, {"servers_computers", 0.07}, {"phones", 0.5}, {"autos", 1}}));
  EXPECT_EQ(s.sets[2].weight_frac, (std::map<std::string, double>{{"memory", 1}, {"servers_computers", 0.07}}));
  EXPECT_EQ(s.sets[3].weight_frac, (std::map<std::string, double>{{"crude_oil", 1}}));
}

TEST(Sets, StandWhereAnIdMayAndInPatternsOfTheReport) {
  const Scenario s = with(
      "  - {name: devices, members: {phones: 1, servers_computers: 0.4}}\n"
      "  - {name: near, of: markets, members: [asean, mexico]}\n"
      "  - {name: chips, of: imports, members: [memory_compute]}\n",
      "export_controls: [{name: z, goods: chips, effective: 2026-10, cut_pct: 20}]\n"
      "tariff_shocks: [{name: x, market: near, products: devices, except: [phones], change_pp: 5, effective: "
      "2026-09}]\n"
      "shocks: [{name: y, on: volume, cells: {products: devices, market: near}, process: {process: path, path: "
      "{2026-12: 110}}}]\n"
      "front_loading: {inherited: [{products: devices, market: near, usd_bn: 1, over_months: 3}]}\n"
      "report: {series: [exports.chain.devices.yoy, exports.market.near.value]}\n");
  EXPECT_EQ(s.tariff_shocks.at(0).market, "near");
  EXPECT_EQ(s.front_loading.inherited.at(0).products.at(0), "devices");
  EXPECT_EQ(s.export_controls.size(), 1U);
  EXPECT_EQ(s.report.series.size(), 2U);
}

TEST(Sets, OfProductsAndOfImportsMayShareANameAndHaveABalance) {
  const Scenario s = with(
      "  - {name: chips, members: [memory, computing_chips]}\n"
      "  - {name: chips, of: imports, members: [memory_compute]}\n",
      "report: {series: [balance.chain.chips.value]}\n");
  EXPECT_EQ(s.sets[1].weight_frac.size(), 2U);
  EXPECT_THROW(with("  - {name: lonely, members: [memory]}\n", "report: {series: [balance.chain.lonely.value]}\n"),
               InputError);
}

}  // namespace
}  // namespace plimsoll
