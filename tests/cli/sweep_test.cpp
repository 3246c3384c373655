/// Sweeps as a user has them: through the program and its folders.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "program.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/sweep_reader.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

const std::string kCheck = std::string(PLIMSOLL_SOURCE_DIR) + "/tests/cli/check_sweep.py";

class SweepProgram : public ::testing::Test {
 protected:
  SweepProgram() {
    write("small.yaml",
          "plimsoll_sweep: 1\nset: {horizon: 2026-12}\npaths: 304\ndesign:\n  grid:\n    "
          "foreign_demand.us.growth_pct: [0, 2, 4]\n    domestic_demand.growth_pct: [3, 5]\noutputs: "
          "['mean(exports.total.yoy@2026)', 'p05(exports.total.yoy@2026)', 'prob(exports.total.yoy@2026 < 12)']\n");
    // No demand spreads by 500 points: the second of three points fails, the others do not.
    write("partly.yaml",
          "plimsoll_sweep: 1\nset: {horizon: 2026-12}\npaths: 304\ndesign:\n  zip:\n    'domestic_demand.growth_pct': "
          "[3, 4, 5]\n    foreign_demand.sd_pp: [1, 500, 2]\noutputs: ['mean(exports.total.yoy@2026)']\n");
  }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_.path() / name) << text; }
  Outcome run(const std::string& arguments, const std::string& environment = "") const {
    return folder_.run(arguments, environment);
  }
  void does(const std::string& arguments) const {
    const Outcome o = run(arguments);
    EXPECT_EQ(o.code, 0) << arguments << "\n" << o.err;
  }
  void refuses(const std::string& arguments, int code, const std::string& part) const {
    const Outcome o = run(arguments);
    EXPECT_EQ(o.code, code) << arguments << "\n" << o.err;
    EXPECT_NE(o.err.find(part), std::string::npos) << arguments << "\n" << o.err;
    EXPECT_TRUE(o.out.empty()) << o.out;
  }
  void same_bytes(const std::string& a, const std::string& b) const {
    for (const char* file : {"/merged.csv", "/merged.nc"})
      EXPECT_TRUE(folder_.read(a + file) == folder_.read(b + file)) << a << " " << b << file;
    EXPECT_FALSE(folder_.read(a + "/merged.csv").empty());
  }
  std::vector<std::vector<std::string>> rows(const std::string& file) const {
    std::vector<std::vector<std::string>> all;
    for (const CsvTable::Row& row : parse_csv(folder_.read(file), file).rows) all.push_back(row.fields);
    return all;
  }
  /// 77 where no Python has xarray.
  int check(const std::string& folder) const {
    int code = 77;
    for (const char* python : {"python3", "/usr/bin/python3"}) {
      const std::string command =
          std::string(python) + " -B '" + kCheck + "' '" + (folder_.path() / folder).string() + "' >&2";
      code = WEXITSTATUS(std::system(command.c_str()));
      if (code != 77) return code;
    }
    return code;
  }
  ProgramFolder folder_;
};

TEST_F(SweepProgram, TellsEveryPointWhatARunOfItTells) {
  does("sweep small.yaml --out s --quiet");
  const auto points = rows("s/merged.csv");
  ASSERT_EQ(points.size(), 6U);
  EXPECT_EQ(points[3][1], "2");
  EXPECT_EQ(points[3][2], "5");
  EXPECT_EQ(points[3][3], "ok");
  does(
      "run base --set horizon=2026-12 --paths 304 --set foreign_demand.us.growth_pct=2 --set "
      "domestic_demand.growth_pct=5 --set report.series=[exports.total.yoy] --write csv --quiet --out r");
  const CsvTable summary = parse_csv(folder_.read("r/summary.csv"), "summary.csv");
  int seen = 0;
  for (const CsvTable::Row& row : summary.rows) {
    const auto cell = [&](const char* column) { return row.fields[static_cast<std::size_t>(summary.column(column))]; };
    if (cell("series") != "exports.total.yoy" || cell("period") != "2026") continue;
    EXPECT_EQ(points[3][4], cell("mean"));
    EXPECT_EQ(points[3][5], cell("se_mean"));
    EXPECT_EQ(points[3][6], cell("p05"));
    EXPECT_EQ(points[3][7], cell("se_p05"));
    ++seen;
  }
  EXPECT_EQ(seen, 1);
  EXPECT_EQ(run("merge s --format csv --quiet").out, folder_.read("s/merged.csv"));
  const auto json = nlohmann::json::parse(run("merge s --format json --quiet").out);
  EXPECT_EQ(json["points"][3]["fields"]["foreign_demand.us.growth_pct"], 2);
  EXPECT_EQ(json["points"][3]["outputs"]["p05(exports.total.yoy@2026)"]["value"], std::stod(points[3][6]));
  const auto manifest = nlohmann::json::parse(folder_.read("s/manifest.json"));
  EXPECT_EQ(manifest["status"], "complete");
  EXPECT_EQ(manifest["points"]["done"], 6);
  EXPECT_TRUE(manifest["command_line"].get<std::string>().starts_with("plimsoll sweep "));
  EXPECT_EQ(manifest["continued"][0], "plimsoll merge s --format csv --quiet");
}

TEST_F(SweepProgram, StandsBesideRunsInAListOfFolders) {
  does("sweep small.yaml --quiet --out all/s --shard 1/3");
  does("run base --set horizon=2026-07 --set report.series='[exports.total.yoy]' --paths 304 --quiet --out all/r");
  does("run base --set horizon=2026-07 --set report.series='[exports.total.yoy]' --paths 304 --quiet --out all/q/r");
  const Outcome list = run("status all");
  EXPECT_EQ(list.out,
            "all/r: base, 304 of 304 paths (100%), complete\n"
            "all/s: sweep small, 2 of 6 points (33%) of 304 paths, 4 missing; to go on: plimsoll resume all/s\n"
            "all/q/r: base, 304 of 304 paths (100%), complete\n"
            "in all: 608 of 608 paths of runs\n")
      << list.err;
  EXPECT_NE(run("resume all").err.find("not begun: all/s: sweep small, 2 of 6 points"), std::string::npos);
  const auto json = nlohmann::json::parse(run("status all/s all/r --format json").out);
  ASSERT_EQ(json.size(), 2U);
  EXPECT_EQ(json[0]["points"]["done"], 2);
  EXPECT_EQ(json[1]["paths"]["done"], 304);
}

TEST_F(SweepProgram, ShardsThreadsAndCopiesGiveTheBytesOfTheWhole) {
  does("sweep small.yaml --out whole --quiet --threads 1");
  does("sweep small.yaml --out four --quiet --threads 4");
  same_bytes("whole", "four");
  for (const char* k : {"8", "3", "1", "2", "4", "6", "5", "7"})
    does("sweep small.yaml --out eight --quiet --shard " + std::string(k) + "/8");
  EXPECT_FALSE(fs::exists(folder_.path() / "eight/merged.csv"));
  does("merge eight --quiet");
  same_bytes("whole", "eight");
  does("sweep small.yaml --out a --quiet --shard 1/2");
  does("sweep small.yaml --out b --quiet --shard 2/2");
  does("merge a b --out ab --quiet");
  same_bytes("whole", "ab");
  EXPECT_EQ(folder_.read("ab/plan.json"), folder_.read("whole/plan.json"));
  does("resume a --shard 2/2 --quiet");  // from the plan alone
  does("merge a --quiet");
  same_bytes("whole", "a");
  const Outcome again = run("sweep small.yaml --out whole");
  EXPECT_NE(again.err.find("0 points of 304 paths"), std::string::npos) << again.err;
  EXPECT_NE(again.err.find("6 were done before"), std::string::npos) << again.err;
}

TEST_F(SweepProgram, SaysWhatIsMissingAndGoesOn) {
  does("sweep small.yaml --out s --quiet --shard 2/3");
  const Outcome part = run("merge s");
  EXPECT_EQ(part.code, 6) << part.err;
  EXPECT_NE(part.err.find("4 of 6 points are missing: 1, 3 to 4, 6"), std::string::npos) << part.err;
  EXPECT_EQ(rows("s/merged.csv")[0][3], "missing");
  const Outcome status = run("status s");
  EXPECT_NE(status.out.find("s: sweep small, 2 of 6 points (33%) of 304 paths, 4 missing; to go on: plimsoll resume s"),
            std::string::npos)
      << status.out;
  does("resume s --quiet");
  does("sweep small.yaml --out whole --quiet");
  same_bytes("whole", "s");
  EXPECT_NE(run("status s").out.find("complete"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(run("status s --format json").out)[0]["points"]["done"], 6);
  fs::create_directories(folder_.path() / "none");
  fs::copy_file(folder_.path() / "s/plan.json", folder_.path() / "none/plan.json");
  refuses("merge none", 4, "no point of the sweep is done yet");
}

TEST_F(SweepProgram, APointThatFailsIsToldAndTheOthersAreDone) {
  const Outcome o = run("sweep partly.yaml --out p");
  EXPECT_EQ(o.code, 6) << o.err;
  EXPECT_NE(o.err.find("1 point failed"), std::string::npos) << o.err;
  const auto points = rows("p/merged.csv");
  EXPECT_EQ(points[1][3], "failed");
  EXPECT_EQ(points[1][4], "");
  EXPECT_EQ(points[2][3], "ok");
  const auto failures = rows("p/failures.csv");
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures[0][0], "2");
  EXPECT_NE(failures[0][3].find("foreign_demand.sd_pp"), std::string::npos) << failures[0][3];
  EXPECT_EQ(nlohmann::json::parse(folder_.read("p/manifest.json"))["points"]["failed"], 1);
  EXPECT_NE(run("status p").out.find("point 2 (domestic_demand.growth_pct = 4, foreign_demand.sd_pp = 500)"),
            std::string::npos);
  const Outcome again = run("resume p");  // it fails again, and only it is tried
  EXPECT_EQ(again.code, 6);
  EXPECT_NE(again.err.find("1 points of 304 paths"), std::string::npos) << again.err;
  EXPECT_EQ(run("resume p --shard 1/3 --quiet").code, 0);
  EXPECT_EQ(run("resume p --shard 2/3 --quiet").code, 6);
}

TEST_F(SweepProgram, WhatNoPointCanHaveIsRefusedBeforeAFolderIsMade) {
  const std::string tail = "outputs: ['mean(exports.total.yoy@2026)']\n";
  const auto refused = [&](const std::string& design, const std::string& outputs, int code, const std::string& part) {
    write("bad.yaml", "plimsoll_sweep: 1\npaths: 16\ndesign: " + design + "\n" + outputs);
    refuses("sweep bad.yaml --out bad", code, part);
    refuses("validate bad.yaml", code, part);
    EXPECT_FALSE(fs::exists(folder_.path() / "bad"));
  };
  refused("{grid: {foreign_demand.us.growht_pct: [1, 2]}}", tail, 3, "did you mean 'foreign_demand.us.growth_pct'?");
  refused("{grid: {foreign_demand.us.growht_pct: [1, 2]}}", tail, 3, "bad.yaml:3:17");
  refused("{grid: {foreign_demand.sd_pp: [600, 700]}}", tail, 3, "no point of the design can be simulated");
  refused("{grid: {title.en: [a, b]}}", tail, 3, "moves no figure");
  refused("{grid: {elasticity_model: [partial_adjustment, armington_cess]}}", tail, 3, "armington_ces");
  refused("{sobol: {seed: [1, 2], oil_price.level_usd_per_bbl: {uniform: [60, 90]}}, points: 4}", tail, 3,
          "the seed makes the sample");
  refused("{morris: {oil_price.level_usd_per_bbl: [60, 70, 80]}, points: 4}", tail, 3, "give 2 or 4 levels");
  refused("{grid: {foreign_demand.sd_pp: [1, 2]}}", "outputs: ['mean(exports.total.yoy@2033)']\n", 3, "bad.yaml:4:11");
  refused("{grid: {foreign_demand.sd_pp: [1, 2]}}", "outputs: ['mean(exports.totl.yoy@2026)']\n", 3,
          "did you mean exports.total.yoy?");
  refuses("sweep small.yaml --out bad --set domestic_demand.growth_pct=1", 2, "the field is swept");
  refuses("sweep small.yaml --out bad --paths 17", 3, "multiple of 16");
  refuses("sweep small.yaml --out bad --write docx", 2, "a sweep has no 'docx' files");
  refuses("sweep nothing-of-the-kind", 3, "there is no shipped sweep");
  refuses("sweep base", 3, "this is a scenario, not a sweep");
  refuses("sweep", 2, "takes one sweep");
  EXPECT_FALSE(fs::exists(folder_.path() / "bad"));
}

TEST_F(SweepProgram, AnotherPlanIsRefusedWithWhatDiffers) {
  does("sweep small.yaml --out s --quiet");
  does("sweep small.yaml --out t --quiet --seed 5");
  refuses("sweep small.yaml --out s --paths 608", 8, "608 paths in place of 304");
  refuses("sweep small.yaml --out s --seed 5", 8, "seed 5 in place of 20260605");
  refuses("sweep partly.yaml --out s", 8, "design zip in place of grid");
  refuses("merge s t --out m", 8, "seed 5 in place of 20260605");
  EXPECT_FALSE(fs::exists(folder_.path() / "m"));
  fs::copy_file(folder_.path() / "t/results/shard-1-of-1.txt", folder_.path() / "s/results/shard-1-of-4.txt");
  refuses("merge s", 8, "seed 5 in place of 20260605");
  refuses("resume s", 8, "results of another plan");
  fs::remove(folder_.path() / "s/results/shard-1-of-4.txt");
  std::string plan = folder_.read("s/plan.json");
  write("s/plan.json", plan.replace(plan.find("\"paths\": 304"), 12, "\"paths\": 320"));
  refuses("resume s", 4, "damaged");
  fs::create_directories(folder_.path() / "full");
  write("full/notes.txt", "mine");
  refuses("sweep small.yaml --out full", 2, "holds no sweep");
  refuses("resume s full", 2, "not both");
  does("run base --set horizon=2026-07 --paths 16 --quiet --write csv --set report.series=[exports.total.yoy] --out r");
  refuses("resume r --shard 1/2", 2, "--shard is for sweeps");
}

TEST_F(SweepProgram, DamagedResultsAreSimulatedAgain) {
  does("sweep small.yaml --out s --quiet");
  const std::string merged = folder_.read("s/merged.csv"), whole = folder_.read("s/results/shard-1-of-1.txt");
  write("s/results/shard-1-of-1.txt", whole.substr(0, whole.size() - 9));
  const Outcome o = run("resume s");
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.err.find("is damaged; its points are simulated again"), std::string::npos) << o.err;
  EXPECT_EQ(folder_.read("s/merged.csv"), merged);
  EXPECT_EQ(folder_.read("s/results/shard-1-of-1.txt"), whole);
}

TEST_F(SweepProgram, ExtendsToTheBytesOfASweepFromTheStart) {
  does("sweep small.yaml --out whole --quiet --paths 1008");
  does("sweep small.yaml --out x --quiet --shard 1/2");
  does("extend x --paths 608 --quiet");
  does("extend x --paths 1008 --quiet");
  same_bytes("whole", "x");
  does("extend x --paths 1008 --quiet");
  refuses("extend x --paths 304", 2, "added, never taken away");
  refuses("extend x --paths 1009", 3, "multiple of 16");
  EXPECT_EQ(nlohmann::json::parse(folder_.read("x/plan.json"))["paths"], 1008);
  same_bytes("whole", "x");
  // Between the new plan and the first of its results: nothing of the old one counts.
  does("sweep small.yaml --out y --quiet");
  fs::copy_file(folder_.path() / "x/plan.json", folder_.path() / "y/plan.json", fs::copy_options::overwrite_existing);
  does("resume y --quiet");
  same_bytes("whole", "y");
}

TEST_F(SweepProgram, WritesNetcdfThatXarrayOpensAndTheTableConfirms) {
  write("models.yaml",
        "plimsoll_sweep: 1\nset: {horizon: 2027-01}\npaths: 304\ndesign:\n  grid:\n    elasticity_model: "
        "[partial_adjustment, constant_elasticity]\n    'tariff_shocks[0].change_pp': [0, 20]\nscenario: "
        "tariff-escalation\noutputs: ['mean(exports.market.us.yoy@2026)', 'sd(exports.total.yoy@2026)']\n");
  does("sweep models.yaml --out grid --quiet");
  EXPECT_EQ(run("sweep partly.yaml --out points --quiet").code, 6);
  const int code = check("grid");
  if (code == 77) GTEST_SKIP() << "no Python with xarray and netCDF4 (python3-xarray, python3-netcdf4)";
  EXPECT_EQ(code, 0);
  EXPECT_EQ(check("points"), 0);
}

TEST_F(SweepProgram, KnowsSweepsWhereverItKnowsScenarios) {
  does("validate small.yaml capex-memory base");
  EXPECT_NE(run("list").out.find("\nsweeps\n  capex-memory"), std::string::npos);
  EXPECT_NE(run("schema sweep").out.find("plimsoll_sweep"), std::string::npos);
  EXPECT_NE(run("describe capex-memory").out.find("sweep capex-memory: "), std::string::npos);
  const Outcome plan = run("plan small.yaml --threads 2");
  EXPECT_EQ(plan.code, 0) << plan.err;
  EXPECT_NE(plan.out.find("6 points of 304 paths"), std::string::npos) << plan.out;
  const Outcome shown = run("show small.yaml");
  EXPECT_NE(shown.out.find("# 4,2,5"), std::string::npos) << shown.out;
  write("shown.yaml", shown.out);
  does("validate shown.yaml");  // it is the scenario
  refuses("run small.yaml", 3, "plimsoll sweep");
}

TEST_F(SweepProgram, ReportShowsEveryFigureInBothLanguagesAndNeedsNoScript) {
  does("sweep small.yaml --out s --quiet");
  EXPECT_FALSE(fs::exists(folder_.path() / "s/report.html"));
  does("report s --write html");
  const std::string page = folder_.read("s/report.html");
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  for (const char* part :
       {"<code>p05(exports.total.yoy@2026)</code>", "lang=\"zh\"", "foreign_demand.us.growth_pct", "<polyline"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
  // A cell for every point and output of the grid.
  std::size_t cells = 0;
  for (std::size_t at = 0; (at = page.find("<rect x=", at)) != std::string::npos; ++at)
    cells += page.compare(at, 12, "<rect x=\"120") == 0 || page.compare(at, 12, "<rect x=\"212") == 0 ? 1 : 0;
  EXPECT_EQ(cells, 3U * 6U);
  does("merge s --quiet");
  EXPECT_EQ(folder_.read("s/report.html"), page);
  EXPECT_EQ(run("sweep partly.yaml --write html --out p --quiet").code, 6);
  EXPECT_NE(folder_.read("p/report.html").find("Points that failed"), std::string::npos);
  EXPECT_NE(folder_.read("p/report.html").find("<circle"), std::string::npos);
}

class ShippedSweep : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedSweep, RunsWithFewPathsAndEveryPointDoes) {
  const ProgramFolder folder;
  const Outcome o = folder.run("sweep " + GetParam() + " --paths 64 --quiet --out s");
  EXPECT_EQ(o.code, 0) << o.err;
  const CsvTable table = parse_csv(folder.read("s/merged.csv"), "merged.csv");
  EXPECT_GE(table.rows.size(), 9U);
  for (const CsvTable::Row& row : table.rows)
    EXPECT_EQ(row.fields[static_cast<std::size_t>(table.column("status"))], "ok");
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& one : shipped_sweeps()) all.push_back(one.name);
  return all;
}
std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Library, ShippedSweep, ::testing::ValuesIn(names()), test_name);

}  // namespace
}  // namespace plimsoll
