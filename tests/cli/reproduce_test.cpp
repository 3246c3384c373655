#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"

namespace plimsoll {
namespace {

class Reproduce : public ::testing::Test {
 protected:
  ProgramFolder folder_;

  void SetUp() override {
    ASSERT_EQ(folder_.run("run capex-pause --paths 304 --set report.thresholds_pct=[1,2] --out run --quiet").code, 0);
  }
  void edit_manifest(const std::string& field, const nlohmann::ordered_json& value) {
    nlohmann::ordered_json manifest = nlohmann::ordered_json::parse(folder_.read("run/manifest.json"));
    manifest[field] = value;
    std::ofstream(folder_.path() / "run/manifest.json") << manifest.dump(2);
  }
};

TEST_F(Reproduce, FindsTheSameDigestFromTheFolderAndFromTheManifest) {
  for (const char* what : {"run", "run/manifest.json"}) {
    const Outcome o = folder_.run(std::string("reproduce --threads 2 ") + what);
    EXPECT_EQ(o.code, 0) << o.out << o.err;
    const nlohmann::json manifest = nlohmann::json::parse(folder_.read("run/manifest.json"));
    EXPECT_EQ(o.out, "the same digest: " + manifest.at("digest").get<std::string>() + "\n");
  }
}

TEST_F(Reproduce, SaysWhatDiffersAndWhatHasChanged) {
  edit_manifest("digest", std::string(64, '0'));
  edit_manifest("version", "0.0.9");
  const Outcome o = folder_.run("reproduce run");
  EXPECT_EQ(o.code, 9) << o.err;
  EXPECT_NE(o.out.find("another digest"), std::string::npos);
  EXPECT_NE(o.out.find("version 0.0.9"), std::string::npos) << o.out;
}

TEST_F(Reproduce, RefusesWhatIsNotAWholeRun) {
  edit_manifest("status", "partial");
  EXPECT_EQ(folder_.run("reproduce run").code, 4);
  edit_manifest("plimsoll_manifest", 7);
  EXPECT_NE(folder_.run("reproduce run").err.find("no manifest of a run"), std::string::npos);
  std::ofstream(folder_.path() / "run/manifest.json") << "{";
  EXPECT_EQ(folder_.run("reproduce run").code, 4);
  EXPECT_EQ(folder_.run("reproduce nowhere").code, 4);
  EXPECT_EQ(folder_.run("reproduce").code, 2);
}

TEST_F(Reproduce, RefusesAScenarioThatWasEdited) {
  std::ofstream(folder_.path() / "run/scenario.resolved.yaml", std::ios::app) << "# edited\n";
  const Outcome o = folder_.run("reproduce run");
  EXPECT_EQ(o.code, 4);
  EXPECT_NE(o.err.find("not the one that was run"), std::string::npos) << o.err;
}

}  // namespace
}  // namespace plimsoll
