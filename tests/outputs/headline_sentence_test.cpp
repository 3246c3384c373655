#include "outputs/headline_sentence.hpp"

#include <gtest/gtest.h>

#include "tests/outputs/sample_results.hpp"

namespace plimsoll {
namespace {

TEST(HeadlineSentence, GivesTheNumberItsSpreadItsErrorAndTheChanceOfAFall) {
  const RunResults results = sample_results();
  EXPECT_EQ(
      headline_sentence(results, Language::en),
      "China's exports are expected to grow by 21.5% in 2026 (median; 5-95%: 18.5% to 24.5%; Monte Carlo error 0.07 "
      "pp) and to fall by 1.5% in 2027 (median; 5-95%: -10.5% to 7.5%; Monte Carlo error 0.07 pp). Probability of a "
      "fall: below 0.1% (error 0.06 pp) in 2026, 58% (error 1.6 pp) in 2027.");
  EXPECT_EQ(
      headline_sentence(results, Language::zh),
      "预计2026年中国出口同比增长21.5%（中位数；5%—95%分位区间：18.5%至24.5%；蒙特卡洛误差0.07个百分点），2027年同比下"
      "降1.5%（中位数；5%—95%分位区间：-10.5%至7.5%；蒙特卡洛误差0.07个百分点）。出口负增长的概率：2026年低于0.1%（误"
      "差0.06个百分点），2027年58%（误差1.6个百分点）。");
}

TEST(HeadlineSentence, SaysNothingWithoutGrowthOfTheTotal) {
  RunResults results = sample_results();
  results.summary.resize(1);
  EXPECT_EQ(headline_sentence(results, Language::en), "");
}

TEST(HeadlineSentence, SpeaksOfTheLastPeriodWhenNoYearIsComplete) {
  RunResults results = sample_results();
  results.summary = {{"exports.total.yoy", month(2026, 6), "pct", spread(0.01, 1)}};
  results.probabilities.clear();
  EXPECT_EQ(headline_sentence(results, Language::en),
            "China's exports are expected to stay at the level of the year before in June 2026 (median; 5-95%: -1.5% "
            "to 1.5%; "
            "Monte Carlo error 0.07 pp).");
  EXPECT_NE(headline_sentence(results, Language::zh).find("2026年6月中国出口与上年基本持平"), std::string::npos);
}

TEST(HeadlineSentence, SaysGrowAgainAfterAYearThatStays) {
  RunResults results = sample_results();
  results.summary = {{"exports.total.yoy", year(2026), "pct", spread(0.01, 1)},
                     {"exports.total.yoy", year(2027), "pct", spread(3, 1)}};
  const std::string text = headline_sentence(results, Language::en);
  EXPECT_NE(text.find("to stay at the level of the year before in 2026"), std::string::npos) << text;
  EXPECT_NE(text.find("and to grow by 3.0% in 2027"), std::string::npos) << text;
}

}  // namespace
}  // namespace plimsoll
