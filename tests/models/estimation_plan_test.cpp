#include "models/estimation/estimation_plan.hpp"

#include <gtest/gtest.h>

#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

const std::string kHead = "setting,key,value,source,kind,known_from,note\n";

std::string error_of(const std::string& rows) {
  try {
    read_estimation_plan({{"estimation/settings.csv", kHead + rows}}, "mine", {2026, 6, 9});
  } catch (const InputError& error) {
    return to_string(error);
  }
  return "";
}

TEST(EstimationPlan, HasDefaultsWithoutAnyTable) {
  const EstimationPlan plan = read_estimation_plan({}, "mine", {2026, 6, 9});
  EXPECT_EQ(plan.memory_lag_months, 1.25);
  EXPECT_TRUE(plan.measured.empty());
  EXPECT_EQ(plan.component("product", "phones").series, "phones");
}

TEST(EstimationPlan, RefusesRowsThatWereKnownLaterOrMeanNothing) {
  EXPECT_EQ(error_of("memory_lag_months,,1,judgement,judgement,2026-06-09,\n"), "");
  const std::string late = error_of("memory_lag_months,,1,judgement,judgement,2026-06-10,\n");
  EXPECT_NE(late.find("mine/estimation/settings.csv:2"), std::string::npos) << late;
  const std::string unknown = error_of("memory_lagg,,1,judgement,judgement,2026-06-09,\n");
  EXPECT_NE(unknown.find("unknown setting 'memory_lagg'"), std::string::npos) << unknown;
  const std::string text = error_of("memory_lag_months,,soon,judgement,judgement,2026-06-09,\n");
  EXPECT_NE(text.find("is not a number"), std::string::npos) << text;
}

}  // namespace
}  // namespace plimsoll
