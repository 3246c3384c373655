#include "outputs/run_folder.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <system_error>

#include "outputs/atomic_file.hpp"
#include "outputs/manifest.hpp"
#include "outputs/run_folder_steps.hpp"
#include "sample_results.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"
#include "small_files.hpp"

namespace plimsoll {
namespace {

std::string refusal(const std::string& folder, bool force = false) {
  try {
    prepare_run_folder(folder, force);
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::usage);
    return to_string(error);
  }
  return "";
}

TEST(AtomicFile, ReplacesAFileInOneStepAndLeavesNoOtherBehind) {
  const TestFolder folder;
  write_file_atomically(folder / "a.csv", "old");
  write_file_atomically(folder / "a.csv", std::string("new\0bytes", 9));
  EXPECT_EQ(read_file(folder / "a.csv"), std::string("new\0bytes", 9));
  EXPECT_EQ(folder.files(), 1U);
}

TEST(AtomicFile, KeepsTheOldFileWhenTheDiskIsFull) {
  const TestFolder folder;
  write_file_atomically(folder / "a.csv", "old");
  {
    const SmallFiles full(1000);
    EXPECT_THROW(write_file_atomically(folder / "a.csv", std::string(5000, 'x')), std::system_error);
  }
  EXPECT_EQ(read_file(folder / "a.csv"), "old");
  EXPECT_EQ(folder.files(), 1U);
}

TEST(AtomicFile, LeavesNothingWhereItCannotBePut) {
  const TestFolder folder;
  std::filesystem::create_directories(folder / "taken/inside");
  EXPECT_THROW(write_file_atomically(folder / "taken", "bytes"), std::system_error);
  EXPECT_THROW(write_file_atomically(folder / "nowhere/a.csv", "bytes"), std::system_error);
  EXPECT_EQ(folder.files(), 1U);
}

TEST(RunFolder, IsMadeWithItsParentsAndLeftEmpty) {
  const TestFolder folder;
  EXPECT_EQ(refusal(folder / "runs/base/one"), "");
  EXPECT_TRUE(std::filesystem::is_empty(folder / "runs/base/one"));
  EXPECT_EQ(refusal(folder / "runs/base/one"), "");
}

TEST(RunFolder, ThatIsNotEmptyIsRefusedWithoutForce) {
  const TestFolder folder;
  write_file_atomically(folder / "mine.txt", "keep");
  const std::string why = refusal(folder.path());
  EXPECT_NE(why.find("is not empty"), std::string::npos) << why;
  EXPECT_NE(why.find("--force"), std::string::npos) << why;
  EXPECT_EQ(refusal(folder.path(), true), "");
  EXPECT_EQ(read_file(folder / "mine.txt"), "keep");
}

TEST(RunFolder, ThatIsAFileOrCannotBeMadeIsRefusedEvenWithForce) {
  const TestFolder folder;
  write_file_atomically(folder / "file", "bytes");
  EXPECT_NE(refusal(folder / "file", true).find("is a file"), std::string::npos);
  EXPECT_NE(refusal(folder / "file/below", true), "");
  EXPECT_NE(refusal("/proc/plimsoll", true).find("cannot create"), std::string::npos);
  EXPECT_NE(refusal("/proc/self", true).find("cannot write into"), std::string::npos);
  EXPECT_NE(refusal("").find("has no name"), std::string::npos);
  EXPECT_EQ(folder.files(), 1U);
}

TEST(RunFolder, HoldsEveryTableAndAManifestThatVouchesForThem) {
  const TestFolder folder;
  const RunResults results = sample_results();
  const std::string digest = write_run_folder(folder.path(), results, sample_context());
  EXPECT_EQ(folder.files(), 6U);
  EXPECT_EQ(read_file(folder / "summary.csv"), summary_csv(results));
  EXPECT_EQ(read_file(folder / "probabilities.csv"), probabilities_csv(results));
  EXPECT_EQ(read_file(folder / "contributions.csv"), contributions_csv(results));
  EXPECT_EQ(read_file(folder / "scenario.resolved.yaml"), "plimsoll: 1\n");
  const nlohmann::json manifest = nlohmann::json::parse(read_file(folder / "manifest.json"));
  ASSERT_EQ(manifest["files"].size(), 5U);
  for (const auto& [name, sha256] : manifest["files"].items())
    EXPECT_EQ(sha256, sha256_hex(read_file(folder / name))) << name;
  EXPECT_EQ(manifest["digest"], digest);
  EXPECT_EQ(digest,
            sha256_hex("summary.csv\n" + summary_csv(results) + "probabilities.csv\n" + probabilities_csv(results) +
                       "contributions.csv\n" + contributions_csv(results) + "tail.csv\n" + tail_csv(results)));
}

TEST(RunFolder, IsWrittenWhenAllFilesAreMadeAndWhatComesBeforeHasNotFailed) {
  const TestFolder folder;
  const auto fail = [&] {
    EXPECT_EQ(folder.files(), 1U) << "the manifest alone";
    EXPECT_EQ(nlohmann::json::parse(read_file(folder / "manifest.json"))["status"], "running");
    throw std::runtime_error("no state");
  };
  EXPECT_THROW(write_run_folder(folder.path(), sample_results(), sample_context(), fail), std::runtime_error);
  EXPECT_EQ(folder.files(), 1U);
  int calls = 0;
  const std::string digest = write_run_folder(folder.path(), sample_results(), sample_context(), [&] { ++calls; });
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(digest, write_run_folder(folder.path(), sample_results(), sample_context()));
}

TEST(RunFolder, ThatFillsUpHasNoManifestAndNoHalfTable) {
  const TestFolder folder;
  write_run_folder(folder.path(), sample_results(), sample_context());
  RunResults larger = sample_results();
  for (int k = 0; k < 100; ++k) larger.contributions.push_back(larger.contributions.front());
  {
    const SmallFiles full(4000);
    EXPECT_THROW(write_run_folder(folder.path(), larger, sample_context()), std::system_error);
  }
  // The tables before it were replaced, the one that did not fit is the old one whole, and nothing vouches for the mix:
  // the manifest says that a run is under way.
  EXPECT_EQ(read_file(folder / "summary.csv"), summary_csv(larger));
  EXPECT_EQ(read_file(folder / "contributions.csv"), contributions_csv(sample_results()));
  const nlohmann::json manifest = nlohmann::json::parse(read_file(folder / "manifest.json"));
  EXPECT_EQ(manifest["status"], "running");
  EXPECT_EQ(manifest["digest"], "");
  EXPECT_TRUE(manifest["files"].empty());
  EXPECT_EQ(folder.files(), 6U);
}

TEST(Manifest, SaysWhatRanFromWhatWithWhat) {
  const nlohmann::json m =
      nlohmann::json::parse(manifest_json(sample_results(), sample_context(), "d", {{"summary.csv", "s"}}));
  EXPECT_EQ(m["plimsoll_manifest"], 1);
  EXPECT_EQ(m["status"], "complete");
  EXPECT_EQ(m["scenario"]["title"], "A \"sample\", made by hand");
  EXPECT_EQ(m["calibration"]["known_on"], "2026-06-09");
  EXPECT_EQ(m["seed"], -7);
  EXPECT_EQ(m["paths"]["done"], 1000);
  EXPECT_EQ(m["timings"]["paths_per_second"], 2000.0);
  EXPECT_EQ(m["inputs"][0]["sha256"], std::string(64, 'b'));
  EXPECT_EQ(m["libraries"]["yaml-cpp"], "0.7.0");
  EXPECT_EQ(m["assumptions"][0],
            (nlohmann::json{{"path", "oil_price.kind"}, {"value", "x"}, {"base", "y"}, {"origin", "command line"}}));
  EXPECT_EQ(m["write"], nlohmann::json({"csv"}));
  EXPECT_EQ(m["languages"], nlohmann::json({"en", "zh"}));
  for (const char* key : {"run_hash", "digest", "version", "compiler", "host", "command_line", "instruction_set"})
    EXPECT_TRUE(m.contains(key)) << key;
}

TEST(Manifest, OfARunThatStoppedEarlyIsPartialAndAnArgumentNeedNotBeUtf8) {
  RunResults results = sample_results();
  results.statistics.paths_done = 640;
  RunContext context = sample_context();
  context.command_line = "plimsoll run \xff.yaml";
  const nlohmann::json m = nlohmann::json::parse(manifest_json(results, context, "d", {}));
  EXPECT_EQ(m["status"], "partial");
  EXPECT_EQ(m["paths"]["requested"], 1000);
  EXPECT_EQ(m["command_line"], "plimsoll run \xef\xbf\xbd.yaml");
}

}  // namespace
}  // namespace plimsoll
