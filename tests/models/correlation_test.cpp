#include "models/correlation.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

/// The values that the refusal of these names.
std::vector<DriverCorrelation> repaired(const std::vector<DriverCorrelation>& pairs) {
  std::vector<DriverCorrelation> out;
  try {
    correlation_factor(pairs);
    ADD_FAILURE() << "not refused";
  } catch (const InputError& error) {
    const std::string hint = error.problems().front().hint;
    const std::regex pair("([a-z_]+)-([a-z_]+) (-?[0-9.]+)");
    for (std::sregex_iterator at(hint.begin(), hint.end(), pair), end; at != end; ++at)
      out.push_back({(*at)[1], (*at)[2], std::stod((*at)[3])});
  }
  return out;
}

TEST(Correlations, ThatContradictAreAnsweredWithOnesThatDoNot) {
  const std::vector<std::vector<DriverCorrelation>> impossible{
      {{"capex", "memory_price", 1}},
      {{"capex", "memory_price", -1}, {"capex", "oil_price", 0.3}},
      {{"capex", "memory_price", 0.95}, {"capex", "oil_price", 0.95}, {"memory_price", "oil_price", -0.95}}};
  for (const auto& pairs : impossible) {
    const std::vector<DriverCorrelation> valid = repaired(pairs);
    ASSERT_GE(valid.size(), pairs.size());
    EXPECT_NO_THROW(correlation_factor(valid));
    for (const DriverCorrelation& asked : pairs) {
      for (const DriverCorrelation& told : valid) {
        const bool same_pair = told.a == asked.a && told.b == asked.b;
        EXPECT_TRUE(!same_pair || asked.value * told.value > 0) << "the sign stays";
      }
    }
  }
  EXPECT_NEAR(repaired(impossible[0])[0].value, 0.99, 0.005) << "near, not far";
}

}  // namespace
}  // namespace plimsoll
