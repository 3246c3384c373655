#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/embedded.hpp"
#include "scenarios/input_error.hpp"
#include "test_catalog.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// A folder of scenario files that goes away with the test.
class Composition : public ::testing::Test {
 protected:
  Composition() : folder_(fs::temp_directory_path() / ("plimsoll-reader-" + std::to_string(getpid()))) {
    fs::create_directories(folder_ / "sub");
  }
  ~Composition() override { fs::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  fs::path folder_;
};

const std::string kHead = "plimsoll: 1\ncalibration: china-2026-05\nhorizon: 2027-12\n";

TEST_F(Composition, MergesMapsKeyByKeyAndReplacesListsAndNumbersWhole) {
  write("parent.yaml", kHead +
                           "report: {thresholds_pct: [0, 5], single_lunar_months: true}\noil_price: {process: "
                           "mean_reverting, level_usd_per_bbl: {normal: {mean: 70, sd: 5}}}\n");
  const LoadedScenario s = load(write("child.yaml",
                                      "extends: ./parent.yaml\nreport: {thresholds_pct: [1]}\noil_price: "
                                      "{level_usd_per_bbl: 90, half_life_months: 6}\n"));
  EXPECT_EQ(s.scenario.report.thresholds_pct, std::vector<double>{1});
  EXPECT_TRUE(s.scenario.report.single_lunar_months);
  EXPECT_EQ(s.scenario.oil_price.parameters.at("level_usd_per_bbl"), RandomNumber::fixed(90));
  EXPECT_EQ(s.scenario.oil_price.parameters.at("half_life_months"), RandomNumber::fixed(6));
  EXPECT_EQ(s.scenario.name, "child");
  ASSERT_EQ(s.inputs.size(), 2U);
  EXPECT_EQ(s.inputs[1].sha256.size(), 64U);
}

TEST_F(Composition, ReadsFrequenciesOnceAndInTheOrderOfTables) {
  const auto frequencies = [&](const std::string& line) {
    return load(write("child.yaml", kHead + line)).scenario.report.frequencies;
  };
  EXPECT_EQ(frequencies(""), std::vector<Frequency>(kEveryFrequency.begin(), kEveryFrequency.end()));
  EXPECT_EQ(frequencies("report: {frequencies: [YTD, M, YTD]}\n"),
            (std::vector{Frequency::month, Frequency::year_to_date}));
}

TEST_F(Composition, ReadsAnElasticityModelOrAnEnsembleAndReplacesItWhole) {
  const auto models = [](const LoadedScenario& s) {
    std::vector<std::pair<ElasticityModel, double>> out;
    for (const ElasticityShare& share : s.scenario.elasticity_models) out.emplace_back(share.model, share.weight);
    return out;
  };
  using Models = std::vector<std::pair<ElasticityModel, double>>;
  EXPECT_EQ(models(load(write("none.yaml", kHead))), (Models{{ElasticityModel::partial_adjustment, 1}}));
  EXPECT_EQ(models(load(write("one.yaml", kHead + "elasticity_model: {ensemble: {armington_ces: 1}}\n"))),
            (Models{{ElasticityModel::armington_ces, 1}}));
  write("parent.yaml", kHead + "elasticity_model: {ensemble: {partial_adjustment: 0.7, armington_ces: 0.3}}\n");
  EXPECT_EQ(models(load(write("child.yaml",
                              "extends: ./parent.yaml\n"
                              "elasticity_model: {ensemble: {constant_elasticity: 0.6, partial_adjustment: 0.4}}\n"))),
            (Models{{ElasticityModel::partial_adjustment, 0.4}, {ElasticityModel::constant_elasticity, 0.6}}));
}

TEST_F(Composition, AppendsToAList) {
  write("parent.yaml", kHead + "report: {thresholds_pct: [0]}\n");
  const LoadedScenario s =
      load(write("child.yaml", "extends: ./parent.yaml\nreport: {thresholds_pct: {append: [5]}}\n"));
  EXPECT_EQ(s.scenario.report.thresholds_pct, (std::vector<double>{0, 5}));
}

TEST_F(Composition, TakesOverridesInBothPathNotations) {
  const std::string file = write(
      "a.yaml", kHead + "tariff_shocks: [{name: x, market: us, products: all, change_pp: 10, effective: 2026-11}]\n");
  ReadOptions options;
  options.overrides = {{"tariff_shocks[0].change_pp=20", "command line"},
                       {"tariff_shocks.0.probability_pct={uniform: [10, 20]}", "command line"},
                       {"memory_price_cycle.noise.monthly_sd_log=0.08", "command line"},
                       {"paths=64", "environment"},
                       {"paths=128", "command line"}};
  const Scenario s = load(file, options).scenario;
  EXPECT_EQ(s.tariff_shocks[0].change_pp, RandomNumber::fixed(20));
  EXPECT_EQ(s.tariff_shocks[0].probability_pct.kind, RandomNumber::Kind::uniform);
  EXPECT_EQ(s.memory_price_cycle.process.parameters.at("noise.monthly_sd_log"), RandomNumber::fixed(0.08));
  EXPECT_EQ(s.paths, 128);
}

TEST_F(Composition, RefusesAnOverrideOfAnUnknownPathWithASuggestion) {
  ReadOptions options;
  options.overrides = {{"memory_price_cycle.niose.monthly_sd_log=1", "command line"}};
  try {
    load(write("a.yaml", kHead), options);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.problems()[0].place.file, "command line");
    EXPECT_NE(error.problems()[0].hint.find("memory_price_cycle.noise"), std::string::npos);
  }
}

TEST_F(Composition, AnOverrideThatIsRefusedLeavesNothingBehindThatIsRefusedToo) {
  ReadOptions options;
  options.overrides = {{"memory_price_cycle.noise.monthly_sd_lg=1", "command line"}};
  try {
    load(write("a.yaml", kHead), options);
    FAIL();
  } catch (const InputError& error) {
    ASSERT_EQ(error.problems().size(), 1U) << to_string(error);
    EXPECT_NE(error.problems()[0].hint.find("noise.monthly_sd_log"), std::string::npos);
  }
}

TEST_F(Composition, TakesALognormalWhereverItsMedianMayStand) {
  const auto level = [&](const std::string& value) {
    return load(write("a.yaml", kHead + "oil_price: {level_usd_per_bbl: " + value + "}\n"))
        .scenario.oil_price.parameters.at("level_usd_per_bbl");
  };
  EXPECT_EQ(level("{lognormal: {median: 80, sd_log: 0.1}}"), (RandomNumber{RandomNumber::Kind::lognormal, {80, 0.1}}));
  EXPECT_THROW(level("{uniform: [0, 90]}"), InputError);
}

TEST_F(Composition, ReadsThresholdsOnceInTheOrderOfTheFile) {
  EXPECT_EQ(load(write("a.yaml", kHead + "report: {thresholds_pct: [5, 0, 5.0]}\n")).scenario.report.thresholds_pct,
            (std::vector<double>{5, 0}));
}

TEST_F(Composition, WritesAResolvedScenarioThatGivesTheSameRun) {
  ReadOptions options;
  options.overrides = {{"paths=992", "command line"},
                       {"oil_price.level_usd_per_bbl={triangular: [60, 70, 90]}", "command line"}};
  const std::string file =
      write("a.yaml", kHead +
                          "title: {en: \"A: b\", zh: 标题}\nseed: -7\ncapex_paths: {definition: company, amazon: "
                          "{2026: {normal: {mean: 210, sd: 5}}, 2027: {growth_pct: 5}, 2026Q3: 60}}\n"
                          "tariff_shocks:\n  - {name: 'x y', market: non_us, products: [autos, ai_core], except: "
                          "memory, change_pp: -5, effective: 2026-11-15, expires: 2027-11, authority: \"232\"}\n"
                          "foreign_demand: {us: {growth_pct: 2}, sd_pp: 1}\ncorrelations: [{between: [capex, "
                          "oil_price], value: -0.1}]\n"
                          "oil_price: {jump: {monthly_hazard_pct: 1, size_log: {discrete: {values: [0.2, 0.5], "
                          "probabilities_pct: [50, 50]}}, duration_months: 6}}\n");
  const LoadedScenario first = load(file, options);
  const LoadedScenario second = load(write("resolved.yaml", first.resolved_yaml));
  EXPECT_EQ(first.canonical_json, second.canonical_json) << first.resolved_yaml;
  EXPECT_EQ(second.scenario.paths, 992);
  EXPECT_EQ(second.scenario.seed, -7);
  EXPECT_EQ(second.scenario.title.en, "A: b");
  EXPECT_NE(first.resolved_yaml.find("# command line"), std::string::npos);
  EXPECT_NE(first.resolved_yaml.find("# default"), std::string::npos);
  EXPECT_NE(first.resolved_yaml.find("a.yaml:5:7"), std::string::npos) << first.resolved_yaml;
}

TEST_F(Composition, GivesTheSameCanonicalFormForTheSameMeaning) {
  const auto json = [&](const std::string& text) { return load(write("a.yaml", kHead + text)).canonical_json; };
  EXPECT_EQ(json("seed: 1\nforeign_demand: {sd_pp: 1.20}\n"),
            json("foreign_demand: {sd_pp: 1.2}\nseed: 1\npaths: 48\nname: other\ncheck: {timeout_s: 3}\n"));
  EXPECT_NE(json("seed: 1\n"), json("seed: 2\n"));
}

TEST_F(Composition, TurnsEveryDistributionIntoItsNumbers) {
  const auto growth = [&](const std::string& text) {
    return load(write("a.yaml", kHead + "foreign_demand: {us: {growth_pct: " + text + "}}\n"))
        .scenario.foreign_demand.growth_pct.at("us");
  };
  using Kind = RandomNumber::Kind;
  EXPECT_EQ(growth("2"), RandomNumber::fixed(2));
  EXPECT_EQ(growth("{normal: {mean: 2, sd: 1}}"), (RandomNumber{Kind::normal, {2, 1}}));
  EXPECT_EQ(growth("{lognormal: {median: 2, sd_log: 0.1}}"), (RandomNumber{Kind::lognormal, {2, 0.1}}));
  EXPECT_EQ(growth("{uniform: [1, 2]}"), (RandomNumber{Kind::uniform, {1, 2}}));
  EXPECT_EQ(growth("{triangular: [1, 2, 4]}"), (RandomNumber{Kind::triangular, {1, 2, 4}}));
  EXPECT_EQ(growth("{beta: {alpha: 2, beta: 3, low: 0, high: 5}}"), (RandomNumber{Kind::beta, {2, 3, 0, 5}}));
  EXPECT_EQ(growth("{student_t: {mean: 1, scale: 2, dof: 5}}"), (RandomNumber{Kind::student_t, {1, 2, 5}}));
  EXPECT_EQ(growth("{discrete: {values: [3, 1], probabilities_pct: [25, 75]}}"),
            (RandomNumber{Kind::discrete, {1, 0.75, 3, 0.25}}));
  EXPECT_EQ(growth("{quantiles: {5: 1, 50: 2, 95: 4}}"), (RandomNumber{Kind::quantiles, {0.05, 1, 0.5, 2, 0.95, 4}}));
}

TEST(ShippedScenarios, AreMoreThanTwentyWithTitlesAndQuestionsBaseFirst) {
  std::string names;
  for (const ShippedScenario& s : shipped_scenarios()) {
    names += s.name + " ";
    EXPECT_FALSE(s.title.en.empty());
    EXPECT_FALSE(s.title.zh.empty());
    EXPECT_FALSE(s.question.empty());
  }
  EXPECT_GE(shipped_scenarios().size(), 20U);
  EXPECT_EQ(names.rfind("base ai-regulation ", 0), 0U);
}

TEST(ShippedFiles, OfAHomeFolderGoBeforeTheEmbeddedOnes) {
  const fs::path home = fs::temp_directory_path() / ("plimsoll-home-" + std::to_string(getpid()));
  fs::create_directories(home / "scenarios/library");
  std::ofstream(home / "scenarios/library/mine.yaml") << "plimsoll: 1\n";
  setenv("PLIMSOLL_HOME", home.c_str(), 1);
  EXPECT_EQ(shipped_file("scenarios/library/mine.yaml"), "plimsoll: 1\n");
  EXPECT_TRUE(shipped_file("scenarios/library/base.yaml"));
  unsetenv("PLIMSOLL_HOME");
  EXPECT_FALSE(shipped_file("scenarios/library/mine.yaml"));
  fs::remove_all(home);
}

}  // namespace
}  // namespace plimsoll
