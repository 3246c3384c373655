#include "models/first_prints.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "scenarios/embedded.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

std::string shipped(const std::string& name) { return shipped_file("models/backtest/" + name).value(); }
FirstPrints prints() { return {shipped("first_prints.csv"), "first_prints.csv"}; }
TotalsData totals() { return read_totals(shipped("totals.csv"), "totals.csv"); }

TEST(FirstPrints, GoBackToAugust2016AndHaveAConsensusSinceJuly2023) {
  const FirstPrints all = prints();
  EXPECT_EQ(to_string(*all.first()), "2016-08");
  EXPECT_EQ(to_string(*all.first_with_consensus()), "2023-07");
  int found = 0;
  for (const Month period : totals().period) found += all.find(TradeFlow::exports, period) != nullptr ? 1 : 0;
  EXPECT_EQ(found, 108);
  EXPECT_NEAR(all.find(TradeFlow::exports, Month::of(2026, 5))->growth_pct, 19.4, 1e-12);
  EXPECT_FALSE(all.find(TradeFlow::exports, Month::of(2023, 6))->consensus_pct);
  EXPECT_EQ(to_string(*all.last_released({2026, 1, 13})), "2025-11");
  EXPECT_EQ(to_string(*all.last_released({2026, 1, 14})), "2025-12");
  EXPECT_FALSE(all.last_released({2010, 1, 1}));
}

TEST(FirstPrints, NameWhatIsWrongWithItsPlace) {
  const std::string header =
      "month,release_date,exports_yoy_pct,exports_consensus_pct,imports_yoy_pct,imports_consensus_pct,balance_usd_bn,"
      "source\n";
  try {
    FirstPrints(header + "2020-03,2020-04-14,x,,-1,,,a\n2020-04,soon,-100,,-1,2,,a\n", "mine.csv");
    FAIL();
  } catch (const InputError& error) {
    const std::string text = to_string(error);
    for (const char* part : {"mine.csv:2:20", "mine.csv:3:9", "mine.csv:3:14: error: nothing would be left"})
      EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

/// The printed balance is a figure of its own: levels made from growth must agree with it better than final ones do.
TEST(LevelsAsKnown, GiveTheBalanceThatWasPrinted) {
  const TotalsData data = totals();
  const FirstPrints all = prints();
  double made = 0, final_levels = 0;
  int count = 0;
  for (std::size_t t = 0; t < data.period.size(); ++t) {
    const auto balance = all.balance_usd_bn(data.period[t]);
    if (!balance) continue;
    const double own =
        level_at_release(data, all, TradeFlow::exports, t) - level_at_release(data, all, TradeFlow::imports, t);
    made += std::abs(own - *balance);
    final_levels += std::abs(data.exports_usd_bn[t] - data.imports_usd_bn[t] - *balance);
    ++count;
  }
  EXPECT_EQ(count, 32);
  EXPECT_LT(made / count, 0.25);  // USD bn; growth rounded to 0.1% of about 300 is as much
  EXPECT_GT(final_levels / count, 0.9);
}

TEST(LevelsAsKnown, AreFirstPrintsForAYearAndFinalBefore) {
  const TotalsData data = totals();
  const FirstPrints all = prints();
  const auto at = static_cast<std::size_t>(std::find(data.period.begin(), data.period.end(), Month::of(2022, 12)) -
                                           data.period.begin());
  const TotalsData known = as_known_at(data, all, at);
  EXPECT_NEAR(known.exports_usd_bn[at] / data.exports_usd_bn[at - 11], 1 - 0.099, 1e-12);
  EXPECT_GT(known.exports_usd_bn[at], 1.025 * data.exports_usd_bn[at]);  // cut by 3% afterwards
  EXPECT_DOUBLE_EQ(known.exports_usd_bn[at - 11], data.exports_usd_bn[at - 11]);
  EXPECT_NE(known.exports_usd_bn[at - 10], data.exports_usd_bn[at - 10]);
  const std::size_t months = data.monthly_exports_usd_bn.size() - 41;  // December 2022, 41 before May 2026
  EXPECT_DOUBLE_EQ(known.monthly_exports_usd_bn[months - 1], known.exports_usd_bn[at]);
  // January and February move together and sum to their period.
  EXPECT_NEAR(known.monthly_exports_usd_bn[months - 11] + known.monthly_exports_usd_bn[months - 12],
              known.exports_usd_bn[at - 10], 1e-9);
}

}  // namespace
}  // namespace plimsoll
