/// Reverse stress against lognormal drivers: distance, importance and probability are known on paper.
#include "sim/reverse.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numeric>

#include "models/calibration_reader.hpp"
#include "scenarios/input_error.hpp"
#include "sim/simulation.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

constexpr double kAr1 = 0.9, kSd = 0.05;
constexpr double kLoading[3] = {0.3, 0.5, 0.8};

/// ln(exports/10) of a month is a sum of three AR(1) drivers with loadings.
Calibration three_drivers() {
  Calibration c = quiet_calibration(1, 1);
  for (int d = 0; d < 3; ++d) {
    const std::string id = "d" + std::to_string(d);
    c.declared_drivers.push_back({id, RandomNumber::fixed(kSd), RandomNumber::fixed(kAr1), {}});
    c.loadings.push_back({"p0", "m0", id, RandomNumber::fixed(kLoading[d]), RandomNumber::fixed(0), 0, {}});
  }
  return c;
}
double squares() { return std::inner_product(std::begin(kLoading), std::end(kLoading), std::begin(kLoading), 0.0); }
/// Standard deviation of the log after twelve months.
double sd_of_log() { return kSd * std::sqrt(squares() * (1 - std::pow(kAr1, 24)) / (1 - kAr1 * kAr1)); }

ReverseResult reverse(double beta, Side side, std::int64_t paths = 16384) {
  const Calibration c = three_drivers();
  Scenario s = quiet_scenario(c, 12);
  s.paths = paths;
  const double threshold = 10 * std::exp((side == Side::below ? -beta : beta) * sd_of_log());
  return reverse_stress(s, c, {{"exports.total.value", "2027-05"}, side, threshold}, {.threads = 2});
}

TEST(Reverse, FindsDistanceAndImportanceOfALinearLimitState) {
  for (const Side side : {Side::below, Side::above}) {
    const ReverseResult r = reverse(3, side);
    ASSERT_EQ(r.points.size(), 1U);
    const ReversePoint& point = r.points.front();
    EXPECT_NEAR(point.beta, 3, 0.01);
    ASSERT_EQ(point.importance.size(), 3U);
    for (const ImportanceRow& row : point.importance) {
      const int d = row.stream[std::string("driver/d").size()] - '0';
      EXPECT_NEAR(row.share, kLoading[d] * kLoading[d] / squares(), 0.01) << row.stream;
    }
    EXPECT_EQ(point.importance.front().stream, "driver/d2/shock");
    const auto row = std::find_if(point.rows.begin(), point.rows.end(), [](const PointRow& p) {
      return p.series == "exports.total.value" && to_string(p.period) == "2027-05";
    });
    ASSERT_NE(row, point.rows.end());
    EXPECT_NEAR(row->at_point, r.target.threshold, 1e-3);
    EXPECT_NEAR(row->central, 10, 1e-4);
  }
}

TEST(Reverse, GivesTheProbabilityOfRareEventsWithItsError) {
  const boost::math::normal normal;
  for (const double beta : {1.0, 3.0, 4.5}) {
    const ReverseResult r = reverse(beta, Side::below);
    const double expected = boost::math::cdf(normal, -beta);
    EXPECT_NEAR(r.probability, expected, 4 * r.se) << beta;
    EXPECT_LT(r.se, 0.05 * expected)
        << beta;  // independent paths would have 19 hits in 16,384 at beta = 3, none at 4.5
    EXPECT_NEAR(r.points.front().first_order, expected, 0.05 * expected) << beta;
  }
}

TEST(Reverse, TellsOfATargetThatTheCentreReaches) {
  const boost::math::normal normal;
  const ReverseResult r = reverse(-1, Side::below);
  ASSERT_EQ(r.points.size(), 1U);
  EXPECT_NEAR(r.points.front().beta, -1, 0.01);
  EXPECT_NEAR(r.probability, boost::math::cdf(normal, 1), 4 * r.se);
}

TEST(Reverse, FindsATargetRightBesideTheCentre) {
  for (const double beta : {0.001, -0.001}) {
    const ReverseResult r = reverse(beta, Side::below, 64);
    ASSERT_EQ(r.points.size(), 1U) << beta;
    EXPECT_NEAR(r.points.front().beta, beta, 5e-4);
    EXPECT_EQ(r.centre_reaches, beta < 0);
  }
}

TEST(Reverse, CountsTheStepsOfAllRounds) { EXPECT_GT(reverse(3, Side::below, 64).points.front().steps, 0); }

TEST(Reverse, FindsNoPointForWhatCannotBe) {
  const Calibration c = three_drivers();
  Scenario s = quiet_scenario(c, 12);
  s.paths = 1024;
  const ReverseResult r = reverse_stress(s, c, {{"exports.total.value", "2027-05"}, Side::below, -1}, {.threads = 2});
  EXPECT_TRUE(r.points.empty());
  EXPECT_EQ(r.hits, 0);
  EXPECT_TRUE(r.box.sides.empty());
}

TEST(Reverse, OfTheShippedCalibrationAgreesWithARunAndWithItselfOnAnyThreads) {
  const Calibration c = load_calibration("china-2026-05");
  Scenario s = quiet_scenario(c, 19);
  s.paths = 4096;
  const Condition target{{"exports.total.yoy", "2027"}, Side::below, 0};
  const ReverseResult one = reverse_stress(s, c, target, {.threads = 1});
  const ReverseResult two = reverse_stress(s, c, target, {.threads = 2});
  EXPECT_EQ(one.probability, two.probability);
  EXPECT_EQ(one.points.front().beta, two.points.front().beta);
  s.report.series = {"exports.total.yoy@2027"};
  s.report.thresholds_pct = {0};
  s.paths = 16384;
  const RunResults plain = run(Simulation(s, c), {.threads = 2});
  const auto below = std::find_if(plain.probabilities.begin(), plain.probabilities.end(),
                                  [](const ProbabilityRow& row) { return row.event == "below"; });
  ASSERT_NE(below, plain.probabilities.end());
  EXPECT_NEAR(one.probability, below->probability, 4 * std::hypot(one.se, below->se));
  for (const ReverseResult::GivenRow& row : one.given) {
    EXPECT_GT(row.se_mean, 0) << row.series;
    EXPECT_LT(row.se_mean, row.se) << row.series;  // fewer paths reach the target
  }
  const double shares = std::accumulate(one.points.front().importance.begin(), one.points.front().importance.end(), 0.0,
                                        [](double sum, const ImportanceRow& row) { return sum + row.share; });
  EXPECT_NEAR(shares, 1, 1e-9);
}

TEST(Reverse, RefusesATargetThatNothingSimulates) {
  const Calibration c = three_drivers();
  const Scenario s = quiet_scenario(c, 12);
  for (const CellName& cell : {CellName{"exports.total.valu", "2027-05"}, CellName{"exports.total.value", "2029-05"}})
    EXPECT_THROW(reverse_stress(s, c, {cell, Side::below, 0}, {}), InputError) << to_string(cell);
}

}  // namespace
}  // namespace plimsoll
