/// Documents as users have them: written by a run, made again from its folder, refused where they cannot be.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "outputs/file_choice.hpp"
#include "program.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// A small run of every kind of table; further options follow.
constexpr const char* kRun =
    "run capex-pause --quiet --threads 2 --set report.series='[exports.total.*,exports.product.memory.yoy,driver.*]' ";

class ReportFiles : public ::testing::Test {
 protected:
  Outcome run(const std::string& arguments, const std::string& environment = "") const {
    return folder_.run(arguments, environment);
  }
  void does(const std::string& arguments) const {
    const Outcome o = run(arguments);
    EXPECT_EQ(o.code, 0) << arguments << "\n" << o.err;
  }
  void refuses(const std::string& arguments, int code, const std::vector<std::string>& parts) const {
    const Outcome o = run(arguments);
    EXPECT_EQ(o.code, code) << arguments << "\n" << o.err;
    for (const std::string& part : parts) EXPECT_NE(o.err.find(part), std::string::npos) << part << "\n" << o.err;
  }
  nlohmann::ordered_json manifest(const std::string& folder) const {
    return nlohmann::ordered_json::parse(folder_.read(folder + "/manifest.json"));
  }
  void edit_manifest(const std::string& folder, const std::function<void(nlohmann::ordered_json&)>& edit) const {
    nlohmann::ordered_json json = manifest(folder);
    edit(json);
    std::ofstream(folder_.path() / folder / "manifest.json") << json.dump(2);
  }
  bool exists(const std::string& file) const { return fs::exists(folder_.path() / file); }
  std::size_t count(const std::string& folder) const {
    const fs::directory_iterator first(folder_.path() / folder);
    return static_cast<std::size_t>(std::distance(first, fs::directory_iterator()));
  }
  /// Every file but those that tell of a moment is the same in both.
  void same_documents(const std::string& a, const std::string& b) const {
    std::size_t compared = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_.path() / a)) {
      const std::string name = entry.path().filename();
      if (name == "manifest.json" || name == "state.bin" || name == "progress.jsonl" ||
          name == "scenario.resolved.yaml")
        continue;
      EXPECT_TRUE(folder_.read(a + "/" + name) == folder_.read(b + "/" + name)) << name;
      ++compared;
    }
    EXPECT_GT(compared, 5U);
  }
  ProgramFolder folder_;
};

const std::string kAll = why_not(FileKind::docx).empty() ? "csv,memo,xlsx,docx,svg" : "csv,memo,xlsx,svg";

TEST_F(ReportFiles, MadeAgainAreTheSameBytesAsTheRunWrote) {
  const std::string all = kAll + (why_not(FileKind::html).empty() ? ",html" : "");
  does(kRun + std::string("--paths 608 --out run --write ") + all);  // two blocks and a part of one
  does("report run --out again");
  same_documents("run", "again");
  const auto files = manifest("run")["files"];
  does("report run");  // in its own place: the manifest vouches for the same
  EXPECT_EQ(manifest("run")["files"], files);
  EXPECT_FALSE(exists("again/manifest.json"));
  does("reproduce run --quiet");
}

TEST_F(ReportFiles, OfAStoppedRunCoverThePathsDoneAndSaySo) {
  does(kRun + std::string("--paths 1504 --out run --shard 1/2 --write csv,memo,xlsx,svg"));
  // A state in the middle of a run: half of the blocks, and a manifest that says so.
  const std::string shard = "run/shard-1-of-2";
  edit_manifest(shard, [](nlohmann::ordered_json& json) {
    json["status"] = "partial";
    json.erase("shard");
  });
  does("report " + shard + " --out again");
  const Outcome o = run("report " + shard + " --out third");
  EXPECT_NE(o.err.find("cover 768 of 1,504 paths"), std::string::npos) << o.err;
  EXPECT_NE(folder_.read("again/memo.en.md").find("rest on 768 of 1,504 paths"), std::string::npos);
  EXPECT_NE(folder_.read("again/memo.zh.md").find("运行未完成"), std::string::npos);
  EXPECT_TRUE(folder_.read("again/summary.csv") == folder_.read(shard + "/summary.csv"));
  same_documents("again", "third");
}

TEST_F(ReportFiles, AreThoseAskedForInTheLanguagesAskedFor) {
  does(kRun + std::string("--paths 304 --out run --write memo"));
  EXPECT_TRUE(exists("run/memo.en.md") && exists("run/memo.zh.md") && !exists("run/summary.csv"));
  does("report run --write svg,csv --language zh");
  EXPECT_TRUE(exists("run/fan.zh.svg") && !exists("run/fan.en.svg") && exists("run/summary.csv"));
  does("report run --language zh --write xlsx --out zh");
  EXPECT_FALSE(exists("zh/memo.zh.md"));
  // A scenario's own languages.
  does(kRun + std::string("--paths 304 --out own --set report.languages=[zh]"));
  EXPECT_TRUE(exists("own/memo.zh.md") && !exists("own/memo.en.md"));
}

TEST_F(ReportFiles, OfAnEarlierStateDoNotStandBesideNewTables) {
  does(kRun + std::string("--paths 304 --out run --write csv,memo,svg"));
  does(kRun + std::string("--paths 320 --out run --force --write csv"));
  EXPECT_FALSE(exists("run/memo.en.md") || exists("run/fan.en.svg"));
  // What a run wrote, its extension writes too.
  does(kRun + std::string("--paths 304 --out more --write csv,svg"));
  does("extend more --paths 608 --quiet");
  EXPECT_TRUE(exists("more/fan.en.svg") && !exists("more/memo.en.md"));
}

TEST_F(ReportFiles, OfSeveralRunsAreOneWorkbook) {
  const std::string set = " --quiet --paths 304 --set report.series='[exports.total.*]' ";
  refuses("run base capex-pause --write xlsx" + set, 2, {"one workbook", "add --out DIR"});
  does("run base capex-pause --write csv,xlsx --out runs" + set);
  EXPECT_TRUE(exists("runs/report.xlsx") && exists("runs/base/summary.csv") && !exists("runs/base/report.xlsx"));
  does("report runs --write xlsx --out again");
  EXPECT_TRUE(folder_.read("runs/report.xlsx") == folder_.read("again/report.xlsx"));
  refuses("report runs --write xlsx --out again", 2, {"already", "--force"});
  refuses("report runs --write xlsx", 2, {"add --out DIR"});
}

TEST_F(ReportFiles, ThatCannotBeWrittenAreRefusedBeforeAPathIsDrawn) {
  refuses("run base --out run --write memo,pdf", 2, {"'pdf' is nothing that --write knows", "csv, memo, html"});
  refuses("run base --out run --write xls", 2, {"did you mean xlsx?"});
  refuses("run base --out run --write ''", 2, {"--write"});
  refuses("run base --out run --language de", 2, {"'de' is nothing that --language knows", "en, zh"});
  EXPECT_FALSE(exists("run"));
  const Outcome o = run("run base --out run --write docx", "PATH=/nowhere");
  EXPECT_EQ(o.code, 2);
  EXPECT_NE(o.err.find("pandoc, which is not installed"), std::string::npos) << o.err;
  EXPECT_NE(o.err.find("hint: install the package pandoc"), std::string::npos) << o.err;
  EXPECT_FALSE(exists("run"));
}

TEST_F(ReportFiles, OfAnotherEngineOrProgramAreRefusedWithWhatDiffers) {
  does(kRun + std::string("--paths 608 --out run"));
  const std::string memo = folder_.read("run/memo.en.md");
  for (const char* verb : {"report ", "explain "}) {
    edit_manifest("run", [](nlohmann::ordered_json& json) { json["engine"] = json["engine"].get<int>() + 1; });
    refuses(verb + std::string("run"), 8, {"the run is of engine", "run the scenario again"});
    edit_manifest("run", [](nlohmann::ordered_json& json) { json["engine"] = json["engine"].get<int>() - 1; });
    const std::string digest = manifest("run")["digest"];
    edit_manifest("run", [](nlohmann::ordered_json& json) { json["digest"] = std::string(64, '0'); });
    refuses(verb + std::string("run"), 8, {"not those that it wrote", "0000000000000000", "run the scenario again"});
    edit_manifest("run", [&](nlohmann::ordered_json& json) { json["digest"] = digest; });
  }
  EXPECT_EQ(folder_.read("run/memo.en.md"), memo);
  fs::remove(folder_.path() / "run/state.bin");
  refuses("report run", 4, {"state.bin", "the file is missing"});
  refuses("report nowhere", 4, {"there is no such folder"});
  refuses("report", 2, {"needs a run's folder"});
}

TEST_F(ReportFiles, OfOneRunAreNotPutUnderTheManifestOfAnother) {
  does(kRun + std::string("--paths 64 --out one"));
  does(kRun + std::string("--paths 64 --seed 2 --out two"));
  const std::string memo = folder_.read("two/memo.en.md"), before = folder_.read("two/manifest.json");
  refuses("report one --out two --force", 2, {"holds another run", "a folder of their own"});
  EXPECT_EQ(folder_.read("two/memo.en.md"), memo);
  EXPECT_EQ(folder_.read("two/manifest.json"), before);
}

TEST_F(ReportFiles, OfAFullDiskLeaveNothingHalfWritten) {
  does(kRun + std::string("--paths 608 --out run --write csv,memo"));
  const std::string before = folder_.read("run/manifest.json"), memo = folder_.read("run/memo.en.md");
  const std::size_t files = count("run");
  for (const char* kinds : {"xlsx", "csv,memo,svg"}) {
    const std::string errors = folder_.path() / ".stderr";
    const std::string command = "cd '" + folder_.path().string() +
                                "' && sh -c 'ulimit -f 2; trap \"\" XFSZ; " PLIMSOLL_PROGRAM " report run --write " +
                                kinds + " >/dev/null 2>.stderr'";
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1) << kinds << folder_.read(".stderr");
    EXPECT_EQ(folder_.read("run/manifest.json"), before);
    EXPECT_EQ(folder_.read("run/memo.en.md"), memo);
    EXPECT_FALSE(exists("run/report.xlsx"));
    EXPECT_EQ(count("run"), files) << kinds;
  }
  does("report run --write xlsx,svg");  // with room again
  EXPECT_TRUE(exists("run/report.xlsx"));
}

TEST_F(ReportFiles, ExplainNamesWhatMovesGrowth) {
  does(kRun + std::string("--paths 608 --out run"));
  const Outcome table = run("explain run --period 2027");
  EXPECT_EQ(table.code, 0) << table.err;
  for (const char* part : {"By driver", "Capital spending on AI", "By price and volume", "capex_paths.pause"})
    EXPECT_NE(table.out.find(part), std::string::npos) << part << table.out;
  EXPECT_NE(run("explain run --language zh").out.find("AI资本开支"), std::string::npos);
  EXPECT_NE(run("explain run --of exports.product.memory.yoy --period 2026").out.find("Volume"), std::string::npos);
  const auto json = nlohmann::json::parse(run("explain run --format json --period 2026").out);
  EXPECT_EQ(json["period"], "2026");
  // The drivers sum to growth.
  double sum = 0;
  for (const auto& part : json["contributions"]) sum += part["by"] == "driver" ? part["mean_pp"].get<double>() : 0;
  EXPECT_NEAR(sum, json["growth"]["mean_pp"].get<double>(), 1e-6);
  refuses("explain run --period 2031", 2, {"explains no '2031'"});
  refuses("explain run --of exports.total.value", 2, {"did you mean exports.total.yoy?"});
  refuses("explain run run", 2, {"takes one run's folder"});
}

TEST_F(ReportFiles, ShowDiffTellsWhatAScenarioChanges) {
  const Outcome o = run("show capex-pause --diff base --set seed=9");
  EXPECT_EQ(o.code, 0) << o.err;
  EXPECT_NE(o.out.find("seed: 9  # command line\n  # in base: 20260605\n"), std::string::npos) << o.out;
  EXPECT_EQ(run("show base --diff base").out, "no value differs\n");
}

/// Exit code and words of a check by openpyxl; 77 where no interpreter has it.
std::pair<int, std::string> check(const std::string& folder) {
  const std::string script = std::string(PLIMSOLL_SOURCE_DIR) + "/tests/cli/check_documents.py";
  for (const char* python : {"python3", "/usr/bin/python3"}) {
    std::string words(8192, '\0');
    FILE* pipe = popen((std::string(python) + " -B '" + script + "' '" + folder + "' 2>&1").c_str(), "r");
    words.resize(fread(words.data(), 1, words.size(), pipe));
    const int code = WEXITSTATUS(pclose(pipe));
    if (code != 77) return {code, words};
  }
  return {77, ""};
}

TEST_F(ReportFiles, HoldTheFiguresOfTheTables) {
  // The title must stay a text for Excel, and no locale may turn points into commas.
  const std::string run_it =
      kRun + std::string("--paths 608 --out run --write csv,memo,xlsx --set 'title.en=\"=1+1\"'");
  const Outcome o = run(run_it, "LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8");
  ASSERT_EQ(o.code, 0) << o.err;
  const auto [code, words] = check(folder_.path() / "run");
  if (code == 77) GTEST_SKIP() << "no Python with openpyxl (python3-openpyxl)";
  EXPECT_EQ(code, 0) << words;
}

}  // namespace
}  // namespace plimsoll
