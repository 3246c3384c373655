#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "program.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Calibrate : public ::testing::Test {
 protected:
  ProgramFolder folder_;
  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((folder_.path() / file).parent_path());
    std::ofstream(folder_.path() / file, std::ios::binary) << text;
  }
  static fs::path shipped(const std::string& name) {
    return fs::path(PLIMSOLL_SOURCE_DIR) / "models/calibrations" / name;
  }
  /// Trade of two products and one market, 60 months that grow by 1% each.
  static std::string own_trade() {
    std::string text = "flow,product,market,period,value_usd_bn,quantity,quantity_unit\n";
    double level = 1;
    for (int k = 0; k < 60; ++k, level *= 1.01) {
      const int at = k + 5;  // from June 2021
      const std::string month =
          std::to_string(2021 + at / 12) + (at % 12 < 9 ? "-0" : "-") + std::to_string(at % 12 + 1);
      const double wobble = 1 + 0.03 * ((k * 7) % 5 - 2) / 2.0;
      const auto row = [&](const std::string& names, double value, const std::string& quantity) {
        text += "exports," + names + "," + month + "," + std::to_string(value) + "," + quantity + "\n";
      };
      row(",", 300 * level * (1 + 0.01 * ((k * 5) % 7 - 3)), ",");
      row("Lanterns,", 20 * level * wobble, std::to_string(10 * level) + ",m units");
      row("phones,", 30 * level / wobble, ",");
      row(",us", 50 * level * wobble, ",");
    }
    return text;
  }
};

TEST_F(Calibrate, MakesACalibrationThatAScenarioBesideItRuns) {
  write("own.csv", own_trade());
  const Outcome made = folder_.run("calibrate own.csv -o calibrations/mine");
  ASSERT_EQ(made.code, 0) << made.err;
  for (const char* part :
       {"Calibration mine: exports to 2026-05, 3 products, 2 markets", "What the data moved", "Stayed prior",
        "the base's total is another series, so the own one stands alone from 2021-06"})
    EXPECT_NE(made.out.find(part), std::string::npos) << part << "\n" << made.out;
  write("s.yaml", "plimsoll: 1\nname: s\ncalibration: mine\nhorizon: 2026-12\npaths: 64\n");
  const Outcome run = folder_.run("run s.yaml --out r --write csv --quiet");
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_NE(folder_.read("r/summary.csv").find("exports.product.lanterns.yoy"), std::string::npos);
  // The run knows where its calibration is.
  for (const char* command : {"reproduce r --quiet", "validate r/scenario.resolved.yaml",
                              "compare r r/scenario.resolved.yaml --out c --quiet"})
    EXPECT_EQ(folder_.run(command).code, 0) << command;
  // The same data give the same bytes; a folder that is not empty is not written into unasked.
  EXPECT_EQ(folder_.run("calibrate own.csv -o calibrations/mine").code, 2);
  const std::string before = folder_.read("calibrations/mine/parameters.csv");
  EXPECT_EQ(folder_.run("calibrate own.csv -o calibrations/mine --force").out, made.out);
  EXPECT_EQ(folder_.read("calibrations/mine/parameters.csv"), before);
  // Every estimate in one table: with prior and posterior.
  const CsvTable table = parse_csv(folder_.read("calibrations/mine/estimation/estimates.csv"), "estimates.csv");
  EXPECT_GE(table.column("shift_prior_sd"), 0);
  EXPECT_GT(table.rows.size(), 100U);
}

TEST_F(Calibrate, RemakesAShippedCalibrationByteForByte) {
  const std::string name = "china-2025-12";
  const Outcome made = folder_.run("calibrate '" + shipped(name).string() + "' -o again/" + name);
  ASSERT_EQ(made.code, 0) << made.err;
  int compared = 0;
  for (const auto& entry : fs::recursive_directory_iterator(shipped(name))) {
    const std::string file = fs::relative(entry.path(), shipped(name));
    if (!file.ends_with(".csv") && file != "calibration.yaml") continue;
    EXPECT_EQ(folder_.read("again/" + name + "/" + file), bytes_of(entry.path())) << file;
    ++compared;
  }
  EXPECT_GT(compared, 18);
}

TEST_F(Calibrate, NamesTheLineOfAFigureThatSlippedInAFolder) {
  fs::copy(shipped("china-2025-12"), folder_.path() / "china-2025-12", fs::copy_options::recursive);
  std::string history = folder_.read("china-2025-12/history.csv");
  const std::size_t at = history.find("agriculture,all,2025-06,");
  ASSERT_NE(at, std::string::npos);
  const std::size_t dot = history.find('.', at);
  std::swap(history[dot], history[dot + 1]);
  const auto line = 1 + std::count(history.begin(), history.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  write("china-2025-12/history.csv", history);
  const Outcome refused = folder_.run("calibrate china-2025-12 -o out");
  EXPECT_EQ(refused.code, 4);
  EXPECT_NE(refused.err.find("history.csv:" + std::to_string(line)), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("10 times its neighbours"), std::string::npos) << refused.err;
  EXPECT_FALSE(fs::exists(folder_.path() / "out"));
}

TEST_F(Calibrate, LeavesNothingBehindWhenDataAreBroken) {
  std::string text = own_trade();
  text.replace(text.find("exports,phones,,2025-03"), 23, "exports,phones,,2025-02");
  write("own.csv", text);
  const Outcome refused = folder_.run("calibrate own.csv -o calibrations/mine");
  EXPECT_EQ(refused.code, 4);
  EXPECT_NE(refused.err.find("stands twice"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("own.csv:"), std::string::npos) << refused.err;
  EXPECT_FALSE(fs::exists(folder_.path() / "calibrations"));
}

TEST_F(Calibrate, ForcedLeavesWhatIsNotItsOwn) {
  fs::create_directories(folder_.path() / "data");
  write("data/own.csv", own_trade());
  const Outcome inside = folder_.run("calibrate data/own.csv -o data --force");
  EXPECT_EQ(inside.code, 2) << inside.err;
  EXPECT_NE(inside.err.find("lies in the folder of the calibration"), std::string::npos) << inside.err;
  ASSERT_EQ(folder_.run("calibrate data/own.csv -o made").code, 0);
  write("made/notes.csv", "mine\n");
  write("made/hs_codes.csv", "an older table\n");
  ASSERT_EQ(folder_.run("calibrate data/own.csv -o made --force").code, 0);
  EXPECT_EQ(folder_.read("data/own.csv"), own_trade());
  EXPECT_EQ(folder_.read("made/notes.csv"), "mine\n");
  fs::remove(folder_.path() / "made/notes.csv");
  // It keeps its priors, so it can be estimated again, and be the base of the next one.
  ASSERT_EQ(folder_.run("calibrate made -o again/made").code, 0);
  for (const char* file : {"loadings.csv", "parameters.csv", "estimation/estimates.csv", "calibration.yaml"})
    EXPECT_EQ(folder_.read(std::string("again/made/") + file), folder_.read(std::string("made/") + file)) << file;
  ASSERT_EQ(folder_.run("calibrate data/own.csv -o next --base made").code, 0);
  EXPECT_EQ(folder_.read("next/loadings.csv"), folder_.read("made/loadings.csv"));
  // Without them its beliefs hold the data already.
  fs::remove(folder_.path() / "made/estimation/priors.csv");
  for (const char* arguments : {"made -o other", "data/own.csv -o other --base made"}) {
    const Outcome twice = folder_.run(std::string("calibrate ") + arguments);
    EXPECT_EQ(twice.code, 2) << arguments << twice.err;
    EXPECT_NE(twice.err.find("was made from own data"), std::string::npos) << twice.err;
  }
}

TEST_F(Calibrate, RefusesWhatItCannotUse) {
  write("own.csv", own_trade());
  const auto refused = [&](const std::string& arguments, int code, const std::string& part) {
    const Outcome outcome = folder_.run("calibrate " + arguments);
    EXPECT_EQ(outcome.code, code) << arguments << "\n" << outcome.err;
    EXPECT_NE(outcome.err.find(part), std::string::npos) << outcome.err;
  };
  refused("own.csv", 2, "needs a folder");
  refused("-o x", 2, "needs data");
  refused("own.csv -o x --base china-2026-06", 2, "did you mean china-2026-05");
  refused("own.csv -o x --as-of 2026-01", 2, "--as-of");
  refused("own.csv -o x --window-from soon", 2, "--window-from");
  refused("own.csv -o x --window-from 2030-01", 4, "write --window-from 2024-06 or earlier");
  refused("own.csv -o 'my cal'", 2, "names no calibration");
  refused("nowhere.csv -o x", 4, "cannot be read");
  refused("own.csv -o x --known-on 2020-01-01", 4, "known_on lies before");
  // A total from January 2024 on: its first line is named, and how many months are needed.
  std::string text = own_trade();
  for (std::size_t at = 0; (at = text.find("exports,,,20", at)) != std::string::npos;) {
    if (text.compare(at + 10, 4, "2024") < 0)
      text.erase(at, text.find('\n', at) + 1 - at);
    else
      ++at;
  }
  write("short.csv", text);
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find("exports,,,")), '\n');
  refused("short.csv -o x", 4,
          "short.csv:" + std::to_string(line) + ":1: error: the total has 29 months, 48 are needed");
  std::string imports = own_trade();
  for (std::size_t at = 0; (at = imports.find("exports", at)) != std::string::npos;) imports.replace(at, 7, "imports");
  write("imports.csv", imports);
  refused("imports.csv -o x", 4, "hint: give a file with rows of exports too");
  EXPECT_FALSE(fs::exists(folder_.path() / "x"));
}

}  // namespace
}  // namespace plimsoll
