#include "sim/published_register.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "scenarios/embedded.hpp"
#include "scenarios/input_error.hpp"
#include "sim/backtest.hpp"

namespace plimsoll {
namespace {

std::string shipped(const std::string& name) { return shipped_file("models/backtest/" + name).value(); }

const std::string kHeader = "made_on,by,subject,period,unit,low,high,outcome,outcome_period,note\n";

std::vector<PublishedForecast> read(const std::string& rows) {
  return read_published_forecasts(kHeader + rows, "mine.csv");
}

class Register : public ::testing::Test {
 protected:
  TotalsData data_ = read_totals(shipped("totals.csv"), "totals.csv");
  FirstPrints prints_{shipped("first_prints.csv"), "first_prints.csv"};
  std::vector<ScoredForecast> forecasts_;

  void SetUp() override {
    const TradeCalendar calendar(shipped("calendar.csv"), "calendar.csv");
    BacktestOptions options{.threads = 2};
    options.from = Month::of(2024, 11);
    options.flows = {TradeFlow::exports};
    forecasts_ = backtest_forecasts({data_, calendar, {}, prints_}, options);
  }
  RegisterRow row(const std::string& text) const {
    return score_register(read(text), data_, prints_, forecasts_).at(0);
  }
  const ScoredForecast& own(const char* model, GrowthSpan span, Month origin, Month target) const {
    for (const ScoredForecast& f : forecasts_) {
      if (f.model == model && f.span == span && f.origin == origin && f.target == target) return f;
    }
    throw std::logic_error("no such forecast");
  }
};

TEST_F(Register, ScoresARangeAgainstTheYearAndSetsOursOfThatDayBeside) {
  const RegisterRow r = row("2025-01-13,x,exports,2025,pct,2,4,,,\n");  // December 2024 came out that day
  EXPECT_TRUE(r.over);
  EXPECT_NEAR(r.came, 100 * (3770.2 / 3575.8 - 1), 0.1);
  EXPECT_NEAR(r.miss, r.came - 4, 1e-12);
  EXPECT_NEAR(r.crps, r.came - 4 + 2.0 / 3, 1e-12);  // uniform on 2..4, from above
  const ScoredForecast& ours = own(kOwnModel, GrowthSpan::year, Month::of(2024, 12), Month::of(2025, 12));
  EXPECT_EQ(r.own_median, ours.quantile_pct[4]);
  EXPECT_EQ(r.own_crps, ours.final_level.crps_pp);
  EXPECT_EQ(row("2025-01-12,x,exports,2025,pct,2,4,,,\n").own_median,
            own(kOwnModel, GrowthSpan::year, Month::of(2024, 11), Month::of(2025, 12)).quantile_pct[4]);
}

TEST_F(Register, SetsOursOfTheDayBeforeBesideAConsensusAndScoresBothAgainstTheFirstPrint) {
  const RegisterRow r = row("2026-06-09,x,exports,2026-05,pct,15,15,,,\n");
  EXPECT_NEAR(r.came, 19.4, 1e-12);
  EXPECT_NEAR(r.crps, 4.4, 1e-12);
  const ScoredForecast& ours = own(kDayBefore, GrowthSpan::month, Month::of(2026, 4), Month::of(2026, 5));
  EXPECT_EQ(r.own_median, ours.quantile_pct[4]);
  EXPECT_EQ(r.own_crps, ours.first_print.crps_pp);
}

TEST_F(Register, KnowsNoOilOfAMonthThatWasNotOver) {
  EXPECT_EQ(row("2026-04-20,x,exports,2026-04,pct,5,5,,,\n").own_median,
            own(kOwnModel, GrowthSpan::month, Month::of(2026, 3), Month::of(2026, 4)).quantile_pct[4]);
}

TEST_F(Register, KeepsOpenWhatIsNotOverAndSaysWhatCameSoFar) {
  const RegisterRow r = row("2026-01-14,x,exports,2026,pct,2,4,,,\n");
  EXPECT_FALSE(r.over);
  EXPECT_EQ(r.came_period, "2026-05ytd");
  EXPECT_GT(r.came, 15);
  EXPECT_TRUE(std::isnan(r.crps));
  EXPECT_TRUE(std::isnan(r.own_crps));
  EXPECT_FALSE(std::isnan(r.own_median));
  const RegisterRow future = row("2026-06-09,x,exports,2026-06,pct,,,,,\n");
  EXPECT_TRUE(future.came_period.empty());
  EXPECT_EQ(future.own_median,
            own(kOwnModel, GrowthSpan::month, Month::of(2026, 5), Month::of(2026, 6)).quantile_pct[4]);
}

TEST_F(Register, TakesBoundsAndOtherSubjectsAtTheirWord) {
  EXPECT_EQ(row("2025-12-23,x,exports,2026-04ytd,pct,,0,,,\n").miss,
            row("2025-12-23,x,exports,2026-04ytd,pct,,0,,,\n").came);
  const RegisterRow capex = row("2025-05-13,x,capex,2025,usd_bn,320,,376,2025,\n");
  EXPECT_TRUE(capex.over);
  EXPECT_EQ(capex.miss, 0);
  EXPECT_TRUE(std::isnan(capex.own_median));
  EXPECT_FALSE(row("2025-12-23,x,capex,2026,pct,0,9,56,2026 guidance,\n").over);
}

TEST(PublishedForecasts, NameWhatIsWrongWithItsPlace) {
  try {
    read("2025-01-13,x,exports,2025-01,pct,4,2,,,\nsoon,x,exports,2025,percent,1,2,3,2025,\n");
    FAIL();
  } catch (const InputError& error) {
    const std::string text = to_string(error);
    for (const char* part :
         {"mine.csv:2:", "the range runs backwards", "no such period", "mine.csv:3:", "their own outcome"})
      EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

}  // namespace
}  // namespace plimsoll
