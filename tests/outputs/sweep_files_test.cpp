#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "outputs/atomic_file.hpp"
#include "outputs/sweep_merge.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/scenario_template.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

class SweepFiles : public ::testing::Test {
 protected:
  SweepFiles() : path_(fs::temp_directory_path() / ("plimsoll-sweepfiles-" + std::to_string(getpid()))) {
    fs::create_directories(results_folder(path_));
    plan_.name = "small";
    plan_.fields = {"a.b", "c"};
    plan_.levels = {{"1", "2"}, {"x", "\"y z\""}};
    plan_.points = {{"1", "x"}, {"1", "\"y z\""}, {"2", "x"}, {"2", "\"y z\""}};
    plan_.outputs = {{"mean(exports.total.yoy@2027)", "pct"}, {"prob(exports.total.yoy@2027 < 0)", "probability"}};
    plan_.paths = 64;
    plan_.scenario = "base";
    plan_.scenario_yaml = "plimsoll: 1\nname: base\nseed: 3\n";
    plan_.scenario_json = ScenarioTemplate::parse(plan_.scenario_yaml, "base").canonical_json();
    plan_.calibrations = {{"china", "abc"}};
    plan_.hash = hash_of(plan_);
  }
  ~SweepFiles() override { fs::remove_all(path_); }
  void write(const PointShard& shard, const Outcomes& outcomes) const {
    write_file_atomically(results_file(path_, shard), results_text(plan_, outcomes));
  }
  std::string read(const std::string& name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static PointOutcome ok(double x) { return {"", 0, {{x, x / 10}, {0.25, 0.01}}}; }
  fs::path path_;
  SweepPlan plan_;
};

TEST_F(SweepFiles, PlanComesBackAsItWasAndItsHashVouchesForIt) {
  EXPECT_FALSE(is_sweep_folder(path_));
  write_file_atomically(path_ / "plan.json", plan_json(plan_));
  EXPECT_TRUE(is_sweep_folder(path_));
  const SweepPlan again = read_plan(path_);
  EXPECT_EQ(plan_json(again), plan_json(plan_));
  EXPECT_EQ(again.points, plan_.points);
  std::string text = plan_json(plan_);
  text.replace(text.find("[\"2\",\"x\"]"), 9, "[\"3\",\"x\"]");
  write_file_atomically(path_ / "plan.json", text);
  EXPECT_THROW(read_plan(path_), InputError);
  write_file_atomically(path_ / "plan.json", "{}");
  EXPECT_THROW(read_plan(path_), InputError);
}

TEST_F(SweepFiles, ResultsComeBackToTheDigit) {
  const double third = 1.0 / 3, none = std::numeric_limits<double>::quiet_NaN();
  const Outcomes outcomes{{0, {"", 2, {{third, none}, {1e-300, 0}}}},
                          {3, {"a \"quoted\" error, 内容\nof two lines", 0, {}}}};
  write({1, 2}, outcomes);
  const StoredResults stored = read_results(results_file(path_, {1, 2}));
  ASSERT_EQ(stored.state, StoredResults::State::whole);
  const std::vector<PointLine> lines = lines_of(stored.text);
  ASSERT_EQ(lines.size(), 2U);
  const PointOutcome first = outcome_of(stored.text.substr(lines[0].at, lines[0].length));
  EXPECT_EQ(first.unsolved, 2);
  EXPECT_EQ(first.figures[0].value, third);
  EXPECT_TRUE(std::isnan(first.figures[0].se));
  EXPECT_EQ(first.figures[1].value, 1e-300);
  EXPECT_TRUE(lines[1].failed);
  EXPECT_EQ(lines[1].point, 3);
  EXPECT_EQ(outcome_of(stored.text.substr(lines[1].at, lines[1].length)).error, outcomes.at(3).error);
}

TEST_F(SweepFiles, DamagedFilesCountAsMissingAndAnothersPlanIsRefusedWithWhatDiffers) {
  write({1, 1}, {{0, ok(1)}, {1, ok(2)}});
  const fs::path file = results_file(path_, {1, 1});
  const std::string whole = read("results/shard-1-of-1.txt");
  for (const std::string& bad :
       {whole.substr(0, whole.size() / 2), whole.substr(0, whole.size() - 1), std::string("x")}) {
    std::ofstream(file, std::ios::binary) << bad;
    const SweepIndex index(plan_, results_files(path_));
    EXPECT_EQ(index.count(SweepIndex::Status::missing), 4);
    EXPECT_EQ(index.damaged().size(), 1U);
  }
  SweepPlan other = plan_;
  other.paths = 128;
  other.hash = hash_of(other);
  std::ofstream(file, std::ios::binary) << results_text(other, {{0, ok(1)}});
  try {
    SweepIndex(plan_, results_files(path_));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::incompatible);
    EXPECT_NE(to_string(error).find("128 paths in place of 64"), std::string::npos) << to_string(error);
  }
  plan_.replaces = {other.hash};  // of a plan that this one extends
  EXPECT_EQ(SweepIndex(plan_, results_files(path_)).count(SweepIndex::Status::missing), 4);
}

TEST_F(SweepFiles, MergedTablesAreTheSameHoweverThePointsWereShared) {
  Outcomes all;
  for (std::int64_t k = 0; k < 4; ++k) all[k] = ok(static_cast<double>(k));
  write({1, 1}, all);
  const MergedSweep one = merge_sweep(plan_, SweepIndex(plan_, results_files(path_)), path_);
  const std::string csv = read("merged.csv"), nc = read("merged.nc");
  EXPECT_EQ(one.done, 4);
  EXPECT_EQ(one.ranges[0].highest, 3);
  EXPECT_EQ(
      csv.substr(0, csv.find('\n')),
      "point,a.b,c,status,mean(exports.total.yoy@2027),se_mean(exports.total.yoy@2027),prob(exports.total.yoy@2027 "
      "< 0),se_prob(exports.total.yoy@2027 < 0)");
  EXPECT_NE(csv.find("\n4,2,y z,ok,3,0.3,0.25,0.01\n"), std::string::npos) << csv;
  fs::remove(results_file(path_, {1, 1}));
  write({2, 2}, {{1, all[1]}, {3, all[3]}});
  write({1, 2}, {{0, all[0]}, {2, all[2]}});
  EXPECT_EQ(merge_sweep(plan_, SweepIndex(plan_, results_files(path_)), path_).digest, one.digest);
  EXPECT_EQ(read("merged.csv"), csv);
  EXPECT_EQ(read("merged.nc"), nc);
}

TEST_F(SweepFiles, FailedAndMissingPointsAreToldAndAResultGoesBeforeAFailure) {
  write({1, 2}, {{0, {"too hot, too \"cold\"", 0, {}}}, {2, {"no", 0, {}}}});
  write({1, 1}, {{2, ok(5)}});
  const SweepIndex index(plan_, results_files(path_));
  EXPECT_EQ(index.missing_text(), "2, 4");
  const MergedSweep merged = merge_sweep(plan_, index, path_);
  EXPECT_EQ(merged.done, 1);
  EXPECT_EQ(merged.failed, 1);
  EXPECT_EQ(merged.missing, 2);
  EXPECT_EQ(read("failures.csv"), "point,a.b,c,error\n1,1,x,\"too hot, too \"\"cold\"\"\"\n");
  EXPECT_NE(read("merged.csv").find("\n1,1,x,failed,,,,\n2,1,y z,missing,,,,\n3,2,x,ok,5,"), std::string::npos)
      << read("merged.csv");
  write({1, 1}, {{0, ok(1)}, {1, ok(1)}, {2, ok(5)}, {3, ok(1)}});
  merge_sweep(plan_, SweepIndex(plan_, results_files(path_)), path_);
  EXPECT_FALSE(fs::exists(path_ / "failures.csv"));
}

TEST(TemporaryFiles, OfProcessesThatAreGoneAreClearedAndOthersStay) {
  const fs::path folder = fs::temp_directory_path() / ("plimsoll-temporaries-" + std::to_string(getpid()));
  fs::create_directories(folder);
  const fs::path mine = temporary_beside(folder / "x.txt");
  EXPECT_NE(mine, temporary_beside(folder / "x.txt"));
  std::string gone = mine.filename().string();
  const std::string pid = "." + std::to_string(getpid()) + ".";
  gone.replace(gone.find(pid), pid.size(), ".999999999.");
  for (const std::string& name :
       {mine.filename().string(), gone, std::string(".x.txt.tmp-elsewhere.1.0"), std::string("x")})
    std::ofstream(folder / name) << "x";
  clear_temporaries(folder);
  EXPECT_TRUE(fs::exists(mine));
  EXPECT_FALSE(fs::exists(folder / gone));
  EXPECT_TRUE(fs::exists(folder / ".x.txt.tmp-elsewhere.1.0"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace plimsoll
