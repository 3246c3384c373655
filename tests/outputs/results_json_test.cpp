#include "outputs/results_json.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "sample_results.hpp"
#include "scenarios/csv.hpp"

namespace plimsoll {
namespace {

TEST(ResultsJson, HoldsTheSameRowsAndNamesAsTheCsvTables) {
  const RunResults results = sample_results();
  const nlohmann::json j = nlohmann::json::parse(results_json(results, sample_context(), "d", "runs/x"));
  EXPECT_EQ(j["scenario"], "sample");
  EXPECT_EQ(j["digest"], "d");
  EXPECT_EQ(j["folder"], "runs/x");
  EXPECT_EQ(j["seed"], -7);
  const CsvTable csv = parse_csv(summary_csv(results), "summary.csv");
  ASSERT_EQ(j["summary"].size(), csv.rows.size());
  for (std::size_t k = 0; k < csv.rows.size(); ++k) {
    ASSERT_EQ(j["summary"][k].size(), csv.header.size());
    for (std::size_t column = 0; column < csv.header.size(); ++column) {
      const nlohmann::json& value = j["summary"][k][csv.header[column]];
      if (value.is_string())
        EXPECT_EQ(value, csv.rows[k].fields[column]);
      else
        EXPECT_EQ(value.get<double>(), std::stod(csv.rows[k].fields[column])) << csv.header[column];
    }
  }
  EXPECT_EQ(j["probabilities"].size(), 3U);
  EXPECT_EQ(j["probabilities"][2]["event"], "es_low");
  EXPECT_EQ(j["contributions"].size(), results.contributions.size());
  EXPECT_EQ(j["contributions"][8]["key"], "asean");
}

TEST(ResultsJson, HasNullWhereThereIsNoEstimate) {
  RunResults results = sample_results();
  results.summary[0].distribution.se_mean = std::numeric_limits<double>::quiet_NaN();
  const nlohmann::json j = nlohmann::json::parse(results_json(results, sample_context(), "d", ""));
  EXPECT_TRUE(j["summary"][0]["se_mean"].is_null());
  EXPECT_EQ(j["summary"][0]["mean"], 4569.25);
}

TEST(ResultsJson, TellsWhatTheWorstPathsLookLike) {
  RunResults results = sample_results();
  results.tail.reset();
  EXPECT_FALSE(nlohmann::json::parse(results_json(results, sample_context(), "", "")).contains("tail"));
  results.tail.emplace();
  results.tail->headline = "exports.total.yoy";
  results.tail->period = year(2027);
  results.tail->rows = {{"exports.total.yoy/driver/capex", year(2027), "pp", 1.75, -0.5, 0.0625}};
  const nlohmann::json tail = nlohmann::json::parse(results_json(results, sample_context(), "", "")).at("tail");
  EXPECT_EQ(tail.at("headline"), "exports.total.yoy@2027");
  EXPECT_EQ(tail.at("rows").at(0).at("tail_mean"), -0.5);
  EXPECT_EQ(tail.at("rows").at(0).at("period"), "2027");
}

}  // namespace
}  // namespace plimsoll
