#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "scenarios/fields.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/scenario_reader.hpp"
#include "scenarios/stress_fields.hpp"
#include "scenarios/sweep_fields.hpp"

namespace plimsoll {
namespace {

/// Compares a generated text with its committed file; PLIMSOLL_UPDATE=1 writes the file anew.
void expect_current(const std::string& path, const std::string& text) {
  const std::string file = PLIMSOLL_SOURCE_DIR "/" + path;
  if (std::getenv("PLIMSOLL_UPDATE") != nullptr) std::ofstream(file, std::ios::binary) << text;
  std::ifstream in(file, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), text)
      << path << " is not current: run the test with PLIMSOLL_UPDATE=1";
}

TEST(Schema, IsTheOneThatIsCommitted) { expect_current("scenarios/schema.json", json_schema()); }
TEST(Reference, IsTheOneThatIsCommitted) { expect_current("docs/reference/scenario-format.md", reference_markdown()); }

TEST(StressSchema, IsTheOneThatIsCommitted) { expect_current("scenarios/stress_schema.json", stress_json_schema()); }
TEST(StressReference, IsTheOneThatIsCommitted) {
  expect_current("docs/reference/stress-format.md", stress_reference_markdown());
}

TEST(SweepSchema, IsTheOneThatIsCommitted) { expect_current("scenarios/sweep_schema.json", sweep_json_schema()); }
TEST(SweepReference, IsTheOneThatIsCommitted) {
  expect_current("docs/reference/sweep-format.md", sweep_reference_markdown());
}

TEST(Schema, IsJsonSchema2020WithEveryTopLevelField) {
  const nlohmann::json schema = nlohmann::json::parse(json_schema());
  EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
  for (const Field& f : scenario_fields().items) EXPECT_TRUE(schema["properties"].contains(f.name)) << f.name;
  EXPECT_EQ(schema["additionalProperties"], false);
}

/// Every field says what it means, and every range that matters has a unit.
void expect_documented(const Field& field) {
  for (const Field& child : field.items) {
    EXPECT_FALSE(child.help.empty()) << child.name;
    expect_documented(child);
  }
}
TEST(FieldTable, DocumentsEveryField) {
  expect_documented(scenario_fields());
  expect_documented(stress_fields());
  expect_documented(sweep_fields());
}

TEST(Describe, TellsTypeUnitRangeAndDefault) {
  const std::string text = describe_field("tariff_shocks[0].probability_pct");
  for (const char* part : {"pct", "0 to 100", "default 100", "number or distribution"})
    EXPECT_NE(text.find(part), std::string::npos) << text;
  EXPECT_NE(describe_field("").find("capex_paths"), std::string::npos);
  EXPECT_NE(describe_field("memory_price_cycle.noise").find("monthly_sd_log"), std::string::npos);
  try {
    describe_field("memory_price_cycle.niose");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.kind(), InputKind::usage);
    EXPECT_NE(error.problems()[0].hint.find("noise"), std::string::npos);
  }
}

}  // namespace
}  // namespace plimsoll
