/// The vintage of December 2025 knows nothing of what came after 14 January 2026.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "models/calibration_reader.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

const std::string kFolder = "models/calibrations/china-2025-12/";
const std::string kKnownOn = "2026-01-14";

CsvTable table(const std::string& path) { return parse_csv(*shipped_file(path), path); }

/// history.csv: product, market and month to value.
std::map<std::string, double> history(const std::string& name) {
  std::map<std::string, double> values;
  for (const CsvTable::Row& row : table("models/calibrations/" + name + "/history.csv").rows)
    values[row.fields[0] + " " + row.fields[1] + " " + row.fields[2]] = parse_double(row.fields[3]).value();
  return values;
}

TEST(Vintage202512, HasNoRowThatWasKnownLater) {
  std::size_t rows = 0;
  for (const std::string& path : shipped_files(kFolder)) {
    if (!path.ends_with(".csv") || path.ends_with("/sources.csv") || path.ends_with("/estimates.csv")) continue;
    const CsvTable t = table(path);
    const int known = t.column("known_from");
    ASSERT_GE(known, 0) << path;
    for (const CsvTable::Row& row : t.rows) {
      const std::string& day = row.fields[static_cast<std::size_t>(known)];
      ASSERT_EQ(day.size(), kKnownOn.size()) << path << ":" << row.line;
      EXPECT_LE(day, kKnownOn) << path << ":" << row.line;
      ++rows;
    }
  }
  EXPECT_GT(rows, 3000U);
}

TEST(Vintage202512, EndsWhereKnowledgeEnded) {
  const Calibration c = load_calibration("china-2025-12");
  EXPECT_EQ(to_string(c.as_of), "2025-12");
  EXPECT_EQ(to_string(c.known_on), kKnownOn);
  EXPECT_EQ(c.detail_months(), 24U);
  EXPECT_TRUE(c.imports.products.empty());
  for (const auto& [name, driver] : c.drivers) EXPECT_EQ(to_string(driver.last()), "2025-12") << name;
  for (const auto& [firm, quarters] : c.capex) EXPECT_EQ(to_string(quarters.end()), "2025-10") << firm;
  for (const CsvTable::Row& row : table(kFolder + "tariffs.csv").rows) EXPECT_LE(row.fields[2], kKnownOn) << row.line;
  for (const CsvTable::Row& row : table(kFolder + "sources.csv").rows) EXPECT_NE(row.fields[0], "note_2026_06_09");
}

TEST(Vintage202512, MarksTheMonthOfTheMemoryIndexThatWasNotPrintedYet) {
  int imputed = 0;
  for (const CsvTable::Row& row : table(kFolder + "drivers.csv").rows) {
    if (row.fields[0] != "memory_price.boj_usd" || row.fields[4] != "imputed") continue;
    EXPECT_EQ(row.fields[1], "2025-12");
    ++imputed;
  }
  EXPECT_EQ(imputed, 1);
}

TEST(Vintage202512, AgreesWithTheLaterOneOnWhatBothKnow) {
  const auto then = history("china-2025-12"), later = history("china-2026-05");
  std::size_t compared = 0;
  for (const auto& [key, value] : then) {
    const bool total_or_market = key.starts_with("all ");
    const bool estimated = key == "all mexico 2025-12" || key == "all other_latin_america 2025-12";
    if (!total_or_market || estimated) continue;
    EXPECT_NEAR(value, later.at(key), 1e-9) << key;
    ++compared;
  }
  EXPECT_EQ(compared, 18U * 12 + 14 * 24 - 2);
  for (const char* key : {"phones all 2025-12", "autos all 2025-12", "ships all 2025-07", "labour_goods all 2025-12"})
    EXPECT_NEAR(then.at(key), later.at(key), 1e-9) << key;
  // January and February 2025 come from the table of March 2025, revised a little since.
  EXPECT_NE(then.at("ships all 2025-02"), later.at("ships all 2025-02"));
  EXPECT_NEAR(then.at("ships all 2025-02") / later.at("ships all 2025-02"), 1, 0.01);
}

TEST(Vintage202512, StartsTheReplayFromTheTruceOfNovember2025) {
  const Calibration c = load_calibration("china-2025-12");
  const Calibration now = load_calibration("china-2026-05");
  const auto rate = [](const Calibration& of, const std::string& product, const std::string& day) {
    for (const TariffSchedule& schedule : of.tariffs) {
      if (schedule.market != "us" || schedule.product != product) continue;
      double found = 0;
      for (const TariffStep& step : schedule.steps) {
        if (to_string(step.from) <= day) found = 100 * step.rate_frac;
      }
      return found;
    }
    return std::nan("");
  };
  // Toys and garments pay both emergency duties; in the later vintage these end on 20 February 2026. The part for
  // metal derivatives is settled on another day in each.
  EXPECT_NEAR(rate(c, "labour_goods", "2026-06-01"), rate(now, "labour_goods", "2026-01-31"), 3);
  EXPECT_GT(rate(c, "labour_goods", "2026-06-01"), rate(now, "labour_goods", "2026-06-01") + 8);
}

TEST(Vintage202512, IsTheOneWhoseHashWasRecordedBeforeItWasScored) {
  std::ifstream in(PLIMSOLL_SOURCE_DIR "/docs/validation/replay-2025-12.md");
  const std::string report(std::istreambuf_iterator<char>(in), {});
  EXPECT_NE(report.find("`" + load_calibration("china-2025-12").sha256 + "`"), std::string::npos);
}

}  // namespace
}  // namespace plimsoll
