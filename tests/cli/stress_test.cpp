/// Verb stress: the shipped suites, gates and exit codes, digits beside run and compare, what is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "program.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/stress_reader.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// Value and error of the rows that start with `key`, by what follows.
std::map<std::string, std::pair<std::string, std::string>> rows(const std::string& csv, const std::string& name,
                                                                const std::string& value) {
  const CsvTable table = parse_csv(csv, name);
  std::map<std::string, std::pair<std::string, std::string>> found;
  for (const CsvTable::Row& row : table.rows) {
    std::string key;
    const int last = table.column(value);
    for (int k = 0; k < last; ++k) key += (k == 0 ? "" : " ") + row.fields[static_cast<std::size_t>(k)];
    const int se = table.column("se");
    found[key] = {row.fields[static_cast<std::size_t>(last)], se < 0 ? "" : row.fields[static_cast<std::size_t>(se)]};
  }
  return found;
}

class Stress : public ::testing::Test {
 protected:
  ProgramFolder folder_;
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_.path() / name) << text; }
  void write_small_suite(const std::string& more = "") const {
    write("small.yaml",
          "plimsoll_stress: 1\nset: {paths: 512}\nvariance_draws: 16\nscenarios: [memory-downcycle]\n"
          "thresholds: [exports.total.yoy@2027 < 0]\n" +
              more);
  }
};

TEST_F(Stress, EveryShippedSuiteRunsAndWritesItsFiles) {
  for (const ShippedSuite& suite : shipped_suites()) {
    const Outcome o =
        folder_.run("stress " + suite.name + " --paths 64 --quiet --set variance_draws=1 --out " + suite.name);
    EXPECT_EQ(o.code, 3) << "variance_draws is no field of a scenario: " << o.err;
    const Outcome run = folder_.run("stress " + suite.name + " --paths 64 --quiet --out " + suite.name);
    ASSERT_EQ(run.code, 0) << run.err;
    for (const char* file : {"stress.csv", "thresholds.csv", "gates.csv", "severity.csv", "quarters.csv", "memo.en.md",
                             "memo.zh.md", "heatmap.en.svg", "heatmap.zh.svg", "manifest.json"})
      EXPECT_FALSE(folder_.read(suite.name + "/" + file).empty()) << suite.name << "/" << file;
    const StressSuite asked = load_suite(suite.name);
    const std::string thresholds = folder_.read(suite.name + "/thresholds.csv");
    const std::size_t lines = static_cast<std::size_t>(std::count(thresholds.begin(), thresholds.end(), '\n'));
    EXPECT_EQ(lines, 1 + (1 + asked.scenarios.size()) * asked.thresholds.size());
    EXPECT_EQ(fs::exists(folder_.path() / suite.name / "exposures.csv"), !asked.exposures.empty());
    const auto manifest = nlohmann::json::parse(folder_.read(suite.name + "/manifest.json"));
    EXPECT_EQ(manifest.at("status"), "complete");
    EXPECT_EQ(manifest.at("scenarios").size(), 1 + asked.scenarios.size());
  }
}

TEST_F(Stress, WritesTheLanguageThatIsAskedFor) {
  write_small_suite();
  ASSERT_EQ(folder_.run("stress small.yaml --paths 64 --quiet --out o --language zh").code, 0);
  EXPECT_FALSE(folder_.read("o/memo.zh.md").empty());
  EXPECT_FALSE(folder_.read("o/heatmap.zh.svg").empty());
  EXPECT_FALSE(fs::exists(folder_.path() / "o/memo.en.md"));
  EXPECT_FALSE(fs::exists(folder_.path() / "o/heatmap.en.svg"));
  ASSERT_EQ(folder_.run("stress small.yaml --paths 64 --quiet --out o --force --language en").code, 0);
  EXPECT_FALSE(fs::exists(folder_.path() / "o/memo.zh.md"));
  EXPECT_FALSE(fs::exists(folder_.path() / "o/heatmap.zh.svg"));
  EXPECT_EQ(folder_.run("stress small.yaml --out p --language fr").code, 2);
  EXPECT_FALSE(fs::exists(folder_.path() / "p"));
  const auto says = [&](const std::string& command, const std::string& part) {
    const Outcome o = folder_.run(command);
    EXPECT_NE(o.code, 0) << command;
    EXPECT_NE(o.err.find(part), std::string::npos) << command << "\n" << o.err;
  };
  says("stress base", "this is a scenario, not a suite");
  says("stress o", "o is a folder, not a suite");
  says("run o", "o is a folder, not a scenario");
  says("explain o", "this is the manifest of a stress suite, not of a run");
  EXPECT_EQ(folder_.run("reproduce o --quiet").code, 0);
  EXPECT_EQ(folder_.run("status o").out, "o: stress suite small, 2 scenarios, complete\n");
}

TEST_F(Stress, ASuiteMayListItsBaselineWhichIsThereOnce) {
  const auto suite = [&](const std::string& scenarios) {
    write("listed.yaml", "plimsoll_stress: 1\nset: {paths: 256}\nvariance_draws: 16\nscenarios: " + scenarios +
                             "\nthresholds: [exports.total.yoy@2027 < 0]\n");
    return folder_.run("stress listed.yaml --quiet --force --out l");
  };
  ASSERT_EQ(suite("[memory-downcycle]").code, 0);
  const std::string without = folder_.read("l/stress.csv");
  ASSERT_EQ(suite("[base, memory-downcycle]").code, 0);
  EXPECT_EQ(folder_.read("l/stress.csv"), without);
  EXPECT_NE(suite("[base, base, memory-downcycle]").err.find("two scenarios are named 'base'"), std::string::npos);
  EXPECT_NE(suite("[{scenario: base, set: {oil_price.annual_sd_log: 0.5}}, memory-downcycle]")
                .err.find("two scenarios are named 'base'"),
            std::string::npos);
  const Outcome alone = suite("[base]");
  EXPECT_EQ(alone.code, 3);
  EXPECT_NE(alone.err.find("the baseline is the only scenario"), std::string::npos) << alone.err;
}

TEST_F(Stress, HasTheDigitsOfRunAndCompare) {
  write_small_suite();
  ASSERT_EQ(folder_.run("stress ./small.yaml --quiet --out s").code, 0);
  ASSERT_EQ(folder_.run("run memory-downcycle --paths 512 --quiet --out r").code, 0);
  ASSERT_EQ(folder_.run("compare base memory-downcycle --paths 512 --quiet --out c").code, 0);
  const auto stress = rows(folder_.read("s/stress.csv"), "stress.csv", "value");
  const CsvTable summary = parse_csv(folder_.read("r/summary.csv"), "summary.csv");
  const CsvTable differences = parse_csv(folder_.read("c/differences.csv"), "differences.csv");
  const auto check = [&](const CsvTable& table, const std::string& series, const std::string& measure,
                         const std::map<std::string, std::string>& columns) {
    bool seen = false;
    for (const CsvTable::Row& row : table.rows) {
      const auto cell = [&](const std::string& name) {
        return row.fields[static_cast<std::size_t>(table.column(name))];
      };
      if (cell("series") != series || cell("period") != "2027") continue;
      seen = true;
      for (const auto& [statistic, column] : columns) {
        const std::string key = "memory-downcycle " + measure + " " + series + " 2027 " + statistic;
        ASSERT_TRUE(stress.contains(key)) << key;
        EXPECT_EQ(stress.at(key).first, cell(column)) << key;
        const std::string error = column == "difference" ? "se_difference" : "se_" + column;
        if (table.column(error) < 0) continue;
        EXPECT_EQ(stress.at(key).second, cell(error)) << key;
      }
    }
    EXPECT_TRUE(seen) << series;
  };
  const std::map<std::string, std::string> all{{"mean", "mean"}, {"sd", "sd"},   {"p01", "p01"},
                                               {"p05", "p05"},   {"p50", "p50"}, {"p95", "p95"}};
  check(summary, "exports.total.yoy", "level", all);
  check(summary, "driver.memory_price.level", "level", all);
  check(differences, "exports.total.value", "difference",
        {{"mean", "difference"}, {"sd", "sd"}, {"p05", "p05"}, {"p50", "p50"}, {"p95", "p95"}});
  const auto thresholds = rows(folder_.read("s/thresholds.csv"), "thresholds.csv", "probability");
  const std::string probabilities = folder_.read("r/probabilities.csv");
  const auto& [value, se] = thresholds.at("memory-downcycle exports.total.yoy@2027 < 0");
  EXPECT_NE(probabilities.find("\nexports.total.yoy,A,2027,below,0," + value + "," + se + "\n"), std::string::npos)
      << value;
}

TEST_F(Stress, GivesTheSameBytesAgainOnOtherThreads) {
  write_small_suite();
  ASSERT_EQ(folder_.run("stress ./small.yaml --quiet --threads 1 --out one").code, 0);
  ASSERT_EQ(folder_.run("stress ./small.yaml --quiet --threads 3 --out three").code, 0);
  for (const auto& entry : fs::directory_iterator(folder_.path() / "one")) {
    const std::string name = entry.path().filename();
    if (name == "manifest.json" || name == "scenarios") continue;
    EXPECT_EQ(folder_.read("one/" + name), folder_.read("three/" + name)) << name;
  }
}

TEST_F(Stress, GatesEndWithExitCodeSevenAfterEverythingIsWritten) {
  write_small_suite("fail_if: ['p05(exports.total.yoy@2027) > 50']\n");
  const Outcome calm = folder_.run("stress ./small.yaml --out calm");
  EXPECT_EQ(calm.code, 0) << calm.err;
  EXPECT_NE(calm.out.find("none holds in any scenario"), std::string::npos) << calm.out;
  const Outcome failed = folder_.run("stress ./small.yaml --out failed --fail-if 'mean(exports.total.yoy@2027) < 1e3'");
  EXPECT_EQ(failed.code, 7) << failed.err;
  EXPECT_NE(failed.out.find("holds"), std::string::npos);
  EXPECT_NE(folder_.read("failed/gates.csv").find("memory-downcycle,mean(exports.total.yoy@2027) < 1000,"),
            std::string::npos);
  EXPECT_NE(folder_.read("failed/memo.en.md").find("Gates that hold (exit code 7)"), std::string::npos);
  EXPECT_NE(folder_.read("failed/memo.zh.md").find("已触发的条件"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(folder_.read("failed/manifest.json")).at("gates").size(), 2U);
  // No path in 512 is no proof: the limit lies within what they can tell.
  const Outcome unseen =
      folder_.run("stress ./small.yaml --out unseen --fail-if 'prob(exports.total.yoy@2027 < -90) > 0.001'");
  EXPECT_EQ(unseen.code, 0) << unseen.err;
  EXPECT_NE(folder_.read("unseen/gates.csv").find(",0,0,no,yes"), std::string::npos)
      << folder_.read("unseen/gates.csv");
  const auto gates = rows(folder_.read("failed/gates.csv"), "gates.csv", "value");
  const std::string limit = gates.at("base mean(exports.total.yoy@2027) < 1000").first;
  const Outcome close =
      folder_.run("stress ./small.yaml --out close --fail-if 'mean(exports.total.yoy@2027) > " + limit + "'");
  EXPECT_NE(close.out.find("within two errors of the limit"), std::string::npos) << close.out;
}

TEST_F(Stress, OfTwoMonthsHasNoQuartersAndLeavesNothingOfAnOlderSuite) {
  write_small_suite();
  ASSERT_EQ(folder_.run("stress ./small.yaml --quiet --out out").code, 0);
  std::ofstream(folder_.path() / "short.yaml")
      << "plimsoll_stress: 1\nname: short\nset: {paths: 64, horizon: 2026-02, calibration: china-2025-12}\n"
         "scenarios: [oil-shock]\nthresholds: ['exports.total.yoy@2026-01..02 < 0']\n";
  const Outcome o = folder_.run("stress ./short.yaml --quiet --out out --force");
  ASSERT_EQ(o.code, 0) << o.err;
  EXPECT_EQ(folder_.read("out/memo.en.md").find("By quarter"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder_.path() / "out/scenarios/oil-shock.resolved.yaml"));
  EXPECT_FALSE(fs::exists(folder_.path() / "out/scenarios/memory-downcycle.resolved.yaml"));
}

TEST_F(Stress, PrintsTableCsvOrJson) {
  write_small_suite();
  const std::string csv = folder_.run("stress ./small.yaml --quiet --out a --format csv").out;
  EXPECT_FALSE(csv.empty());
  EXPECT_EQ(csv, folder_.read("a/thresholds.csv"));
  const auto json = nlohmann::json::parse(folder_.run("stress ./small.yaml --quiet --out b --format json").out);
  EXPECT_EQ(json.at("scenarios").at(1).at("name"), "memory-downcycle");
  EXPECT_GT(json.at("scenarios").at(1).at("thresholds").at(0).at("se").get<double>(), 0);
  const std::string list = folder_.run("list").out;
  EXPECT_NE(list.find("stress suites\n"), std::string::npos);
  EXPECT_NE(list.find("regulator"), std::string::npos);
  EXPECT_NE(folder_.run("schema stress").out.find("plimsoll_stress"), std::string::npos);
}

TEST_F(Stress, AScenarioThatFailsLeavesTheOthersAndEndsWithExitCodeSix) {
  // No equilibrium is found on half of the paths where armington_ces is asked for.
  const fs::path calibration = folder_.path() / "calibrations/china-2026-05";
  fs::create_directories(calibration.parent_path());
  fs::copy(PLIMSOLL_SOURCE_DIR "/models/calibrations/china-2026-05", calibration);
  std::string text = folder_.read("calibrations/china-2026-05/armington_parameters.csv"), stiff;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    const std::string id = line.substr(0, line.find(','));
    if (id == "total_demand_elasticity") line = id + ",,,0,log per log,0,judgement,judgement,2026-06-09,test";
    if (id.ends_with("_supply_elasticity"))
      line = id +
             ",,,\"{discrete: {values: [0, 4], probabilities_pct: [50, 50]}}\",log per log,0,judgement,judgement,"
             "2026-06-09,test";
    stiff += line + "\n";
    at = end + 1;
  }
  write("calibrations/china-2026-05/armington_parameters.csv", stiff);
  write("calm.yaml", "plimsoll: 1\nextends: base\n");
  write("stiff.yaml",
        "plimsoll: 1\nextends: base\nelasticity_model: armington_ces\n"
        "tariff_shocks:\n  - {name: a, market: us, products: autos, change_pp: 30, effective: 2026-08}\n");
  write("fall.yaml", "plimsoll: 1\nextends: memory-downcycle\n");
  write("suite.yaml",
        "plimsoll_stress: 1\nbaseline: calm.yaml\nset: {paths: 512}\nvariance_draws: 0\n"
        "scenarios: [stiff.yaml, fall.yaml]\nthresholds: [exports.total.yoy@2027 < 0]\n");
  const Outcome o = folder_.run("stress ./suite.yaml --out here");
  EXPECT_EQ(o.code, 6) << o.err;
  EXPECT_NE(o.err.find("stiff: failed, the others go on"), std::string::npos) << o.err;
  const auto manifest = nlohmann::json::parse(folder_.read("here/manifest.json"));
  std::map<std::string, std::string> status;
  for (const auto& one : manifest.at("scenarios")) status[one.at("name")] = one.at("status");
  EXPECT_EQ(status,
            (std::map<std::string, std::string>{{"calm", "complete"}, {"fall", "complete"}, {"stiff", "failed"}}));
  EXPECT_NE(folder_.read("here/memo.en.md").find("`stiff` failed"), std::string::npos);
  EXPECT_EQ(folder_.run("stress ./suite.yaml --out gated --quiet --fail-if 'mean(exports.total.yoy@2027) < 1e3'").code,
            7);
}

TEST_F(Stress, RefusesWhatCannotBeHeldAgainstTheBaselineBeforeItWrites) {
  const auto refused = [&](const std::string& suite, const std::string& options = "") {
    write("bad.yaml", "plimsoll_stress: 1\nset: {paths: 64}\n" + suite);
    return folder_.run("stress ./bad.yaml --out never " + options);
  };
  const std::string threshold = "thresholds: [exports.total.yoy@2027 < 0]\n";
  const Outcome horizon = refused("scenarios: [ai-spend-2030, nowcast-2026-06]\n" + threshold);
  EXPECT_EQ(horizon.code, 3);
  EXPECT_NE(horizon.err.find("bad.yaml:3:13: error: ai-spend-2030 has the horizon 2030-12"), std::string::npos)
      << horizon.err;
  EXPECT_NE(horizon.err.find("nowcast-2026-06 has observations"), std::string::npos) << horizon.err;
  const Outcome cell = refused("scenarios: [capex-stop]\nthresholds: [exports.totl.yoy@2027 < 0]\n");
  EXPECT_EQ(cell.code, 3);
  EXPECT_NE(cell.err.find("bad.yaml:4:14: error: nothing computes exports.totl.yoy@2027"), std::string::npos)
      << cell.err;
  const Outcome set =
      refused("scenarios: [{scenario: capex-stop, set: {oil_prise.level_usd_per_bbl: 1}}]\n" + threshold);
  EXPECT_EQ(set.code, 3);
  EXPECT_NE(set.err.find("bad.yaml:3:42: error: there is no field 'oil_prise'"), std::string::npos) << set.err;
  const Outcome gate = refused("scenarios: [capex-stop]\n" + threshold, "--fail-if 'p5(exports.total.yoy@2027) < 0'");
  EXPECT_EQ(gate.code, 2);
  EXPECT_NE(gate.err.find("'p5' is no statistic"), std::string::npos) << gate.err;
  EXPECT_EQ(folder_.run("stress no-such").code, 3);
  EXPECT_EQ(folder_.run("stress").code, 2);
  EXPECT_FALSE(fs::exists(folder_.path() / "never"));
}

/// The first block of a kind in the guide.
std::string block(const std::string& markdown, const std::string& kind) {
  const std::size_t from = markdown.find("```" + kind + "\n") + 4 + kind.size();
  return markdown.substr(from, markdown.find("```", from) - from);
}

TEST_F(Stress, PrintsWhatTheGuideShows) {
  std::ifstream in(PLIMSOLL_SOURCE_DIR "/docs/guide/stress.md", std::ios::binary);
  const std::string guide{std::istreambuf_iterator<char>(in), {}};
  write("desk.yaml", block(guide, "yaml"));
  write("sold.csv", block(guide, "csv"));
  const Outcome o = folder_.run("stress desk.yaml --quiet --out here");
  EXPECT_EQ(o.code, 7) << o.err;
  EXPECT_EQ(o.out, block(guide, "text"));
  EXPECT_NE(folder_.read("here/exposures.csv").find("capex-stop,Chip maker,2027,p05,"), std::string::npos);
}

}  // namespace
}  // namespace plimsoll
