#include "sim/evidence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/calibration_reader.hpp"
#include "scenarios/input_error.hpp"
#include "sim/estimates.hpp"
#include "sim/first_pass.hpp"
#include "sim/plan.hpp"
#include "sim/run_blocks.hpp"
#include "sim/state_file.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

Observation observed(Observation::Kind kind, double low, double high, std::optional<double> sd) {
  Observation o;
  o.series = "exports.total.value";
  o.period = "2026-06";
  o.kind = kind;
  o.low = low;
  o.high = high;
  o.sd = sd;
  return o;
}
Observation value(double x, double sd) { return observed(Observation::Kind::value, x, x, sd); }

/// Exports of 10 bn with an AR(1) residual of 2% a month: nearly normal, sd 0.2.
class OneCell : public ::testing::Test {
 protected:
  OneCell() : calibration_(quiet_calibration(1, 1)), scenario_(quiet_scenario(calibration_, 3)) {
    set_parameter(calibration_, "residual_volume_sd_log", 0.02);
    set_parameter(calibration_, "residual_volume_ar1", 0.6);
    scenario_.paths = 65536;
    scenario_.report.series = {"exports.total.value"};
  }
  RunResults run_it(int threads = 2) { return run(Simulation(scenario_, calibration_), {.threads = threads}); }
  static const Distribution& of(const RunResults& results, const std::string& period) {
    for (const SummaryRow& row : results.summary) {
      if (to_string(row.period) == period) return row.distribution;
    }
    throw std::runtime_error("no " + period);
  }
  Calibration calibration_;
  Scenario scenario_;
};

TEST_F(OneCell, MovesAsBayesRuleSaysWhenItsValueIsObserved) {
  // In logs: prior N(0, v1), v1 = 0.02^2; observation y = ln(10.3/10) with sd s/10.3: posterior by the normal formulas.
  const double prior = 4e-4, y = std::log(1.03), error = std::pow(0.15 / 10.3, 2);
  scenario_.observations = {value(10.3, 0.15)};
  const RunResults results = run_it();
  const double gain = prior / (prior + error), mean = gain * y, variance = prior * (1 - gain);
  // The error is normal in value, not in logs: the difference is of second order in 2%.
  const Distribution& now = of(results, "2026-06");
  EXPECT_NEAR(now.mean, 10 * std::exp(mean + variance / 2), 0.003 + 4 * now.se_mean);
  EXPECT_NEAR(now.sd, 10 * std::exp(mean) * std::sqrt(variance), 0.002 + 4 * now.se_sd);
  // A month later: 0.6 of it is left, and a new shock comes in.
  const Distribution& later = of(results, "2026-07");
  EXPECT_NEAR(later.mean, 10 * std::exp(0.6 * mean + (0.36 * variance + prior) / 2), 0.003 + 4 * later.se_mean);
  EXPECT_NEAR(later.sd, 10 * std::exp(0.6 * mean) * std::sqrt(0.36 * variance + prior), 0.002 + 4 * later.se_sd);
  // Effective paths of a normal likelihood under a normal prior: n sqrt(1 - k^2) exp(-y^2 ..), k = gain/(1 + gain..).
  const double r = prior / error;
  const double share = std::sqrt(1 + 2 * r) / (1 + r) * std::exp(-y * y / error * (r / ((1 + r) * (1 + 2 * r))));
  ASSERT_TRUE(results.evidence);
  EXPECT_NEAR(results.evidence->effective_paths / 65536, share, 0.03 * share);
}

TEST_F(OneCell, OfAnIndicatorMovesAsALinearRegressionSays) {
  // indicator = 2 + 5 x + error of 1: the same as observing x = (i - 2)/5 with an error of 0.2.
  scenario_.observations = {value(10.2, 0.2)};
  const RunResults direct = run_it();
  scenario_.observations = {value(2 + 5 * 10.2, 1)};
  scenario_.observations[0].indicator = "barometer";
  scenario_.observations[0].slope = 5;
  scenario_.observations[0].intercept = 2;
  const RunResults indicated = run_it();
  for (const char* period : {"2026-06", "2026-07"}) {
    EXPECT_NEAR(of(indicated, period).mean, of(direct, period).mean, 1e-6);
    EXPECT_NEAR(of(indicated, period).sd, of(direct, period).sd, 1e-6);
  }
  EXPECT_EQ(indicated.evidence->observations[0].indicator, "barometer");
}

TEST_F(OneCell, WithASharpEdgeIsTheFilteredSubSample) {
  scenario_.sampling = "random";
  scenario_.paths = 256;
  std::vector<double> kept;
  const Simulation plain(scenario_, calibration_);
  for (std::int64_t path0 = 0; path0 < 256; path0 += 64) {
    const std::vector<double> values = simulate_outputs(plain.plan(), path0);
    for (std::size_t i = 0; i < 64; ++i) {
      if (values[i] > 9.95 && values[i] < 10.4) kept.push_back(values[i]);
    }
  }
  ASSERT_GT(kept.size(), 110U);
  scenario_.observations = {observed(Observation::Kind::between, 9.95, 10.4, {})};
  const RunResults results = run_it();
  const Distribution &got = of(results, "2026-06"), expected = Estimate(kept).distribution();
  EXPECT_DOUBLE_EQ(results.evidence->effective_paths, static_cast<double>(kept.size()));
  EXPECT_NEAR(got.mean, expected.mean, 1e-12);
  EXPECT_NEAR(got.sd, expected.sd, 1e-12);
  EXPECT_NEAR(got.se_sd, expected.se_sd, 1e-12);
  for (std::size_t q = 0; q < 9; ++q) {
    EXPECT_NEAR(got.quantile[q], expected.quantile[q], 1e-12);
    EXPECT_NEAR(got.se_quantile[q], expected.se_quantile[q], 1e-12);
  }
  // In bins, a run of many blocks: the moments stay exact, quantiles as near as bins are.
  scenario_.paths = 65536;
  const RunResults many = run_it();
  EXPECT_GE(of(many, "2026-06").quantile[0], 9.949);
  EXPECT_LE(of(many, "2026-06").quantile[8], 10.401);
  // A normal cut at both ends: mean = -sd (phi(b) - phi(a))/(Phi(b) - Phi(a)), in logs.
  const double a = std::log(0.995) / 0.02, b = std::log(1.04) / 0.02;
  const auto density = [](double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0)); };
  const double mass = (std::erf(b / std::sqrt(2.0)) - std::erf(a / std::sqrt(2.0))) / 2;
  const double cut = -0.02 * (density(b) - density(a)) / mass;
  EXPECT_NEAR(of(many, "2026-06").mean, 10 * (1 + cut + 0.5 * 1.6e-4), 0.002 + 4 * of(many, "2026-06").se_mean);
  EXPECT_NEAR(many.evidence->effective_paths / 65536, mass, 0.01);
}

TEST_F(OneCell, SaysTheSameForAnyNumberOfThreadsOrderAndInstructionSet) {
  scenario_.paths = 3000;
  scenario_.observations = {value(10.1, 0.2), observed(Observation::Kind::above, 9.9, 9.9, 0.1)};
  scenario_.observations[1].period = "2026Q3";
  scenario_.observations[1].low = scenario_.observations[1].high = 29.5;
  scenario_.horizon = calibration_.as_of + 4;
  const Simulation simulation(scenario_, calibration_);
  const RunResults one = run(simulation, {.threads = 1});
  std::vector<RunResults> others;
  others.push_back(run(simulation, {.threads = 3}));
  others.push_back(run_blocks(simulation, {.threads = 3}, Scheduler::shuffled_threads));
  for (const std::string& set : usable_instruction_sets())
    others.push_back(run(simulation, {.threads = 2, .instruction_set = set}));
  for (const RunResults& other : others) {
    EXPECT_EQ(other.evidence->effective_paths, one.evidence->effective_paths);
    ASSERT_EQ(other.summary.size(), one.summary.size());
    for (std::size_t k = 0; k < one.summary.size(); ++k) {
      const Distribution &x = one.summary[k].distribution, &y = other.summary[k].distribution;
      EXPECT_EQ(x.mean, y.mean);
      EXPECT_EQ(x.sd, y.sd);
      EXPECT_EQ(x.quantile, y.quantile);
    }
  }
}

TEST_F(OneCell, IsAPlainRunWhenTheEvidenceSaysNothing) {
  scenario_.paths = 2000;
  const RunResults plain = run_it();
  EXPECT_FALSE(plain.evidence);
  scenario_.observations = {observed(Observation::Kind::above, 0, 0, {})};
  const RunResults weighted = run_it();
  EXPECT_DOUBLE_EQ(weighted.evidence->effective_paths, 2000);
  for (std::size_t k = 0; k < plain.summary.size(); ++k) {
    const Distribution &x = plain.summary[k].distribution, &y = weighted.summary[k].distribution;
    EXPECT_NEAR(x.mean, y.mean, 1e-12);
    EXPECT_NEAR(x.sd, y.sd, 1e-12);
    for (std::size_t q = 0; q < 9; ++q) {
      EXPECT_NEAR(x.quantile[q], y.quantile[q], 1e-9);
      EXPECT_NEAR(x.se_quantile[q], y.se_quantile[q], 1e-9);
    }
  }
}

TEST_F(OneCell, StopsWithTheObservationThatCostsMost) {
  scenario_.paths = 1024;
  scenario_.observations = {value(10, 1), value(11.5, 0.05)};
  scenario_.observations[1].place = {"file.yaml", 7, 3};
  try {
    run_it();
    FAIL() << "ran";
  } catch (const CollapsedEvidence& error) {
    const std::string what = error.what();
    EXPECT_NE(what.find("file.yaml:7:3"), std::string::npos) << what;
    EXPECT_NE(what.find("exports.total.value@2026-06 costs most"), std::string::npos) << what;
    EXPECT_NE(what.find("hint:"), std::string::npos) << what;
  }
  scenario_.observations = {observed(Observation::Kind::above, 1e6, 1e6, {})};
  EXPECT_THROW(run_it(), CollapsedEvidence);
}

TEST_F(OneCell, RefusesAnOutputThatIsNotSimulated) {
  scenario_.observations = {value(3, 1)};
  scenario_.observations[0].series = "exports.total.yoy_2y";
  scenario_.observations[0].period = "2026-07ytd";
  EXPECT_THROW(Simulation(scenario_, calibration_), InputError);
}

TEST_F(OneCell, ObservesOutputsThatNeedTheAttributionWithoutReportingThem) {
  set_parameter(calibration_, "residual_price_sd_log", 0.02);
  scenario_.paths = 8192;
  scenario_.observations = {value(4, 1)};
  scenario_.observations[0].series = "exports.total.price";
  scenario_.observations[0].period = "2026-07";
  const RunResults results = run_it();
  for (const SummaryRow& row : results.summary) EXPECT_EQ(row.series, "exports.total.value");
  EXPECT_GT(of(results, "2026-07").mean, 10.1);  // prices above, so values above
}

TEST_F(OneCell, KeepsItsWeightsInTheStateFile) {
  scenario_.paths = 2048;
  scenario_.observations = {value(10.1, 0.2)};
  std::string bytes;
  const RunResults results = run(
      Simulation(scenario_, calibration_),
      {.threads = 2, .run_hash = "h", .save = [&](const std::string& state, std::int64_t, auto) { bytes = state; }});
  const State state = parse_state(bytes, "state.bin");
  const Accumulator& all = state.tally.sums;
  ASSERT_TRUE(all.weighted());
  EXPECT_EQ(effective_paths(all.weights().joint, all.weights().joint_square), results.evidence->effective_paths);
  const Distribution read = Estimate(all, 0, state.bins[0]).distribution();
  EXPECT_EQ(read.mean, results.summary[0].distribution.mean);
  EXPECT_EQ(read.quantile, results.summary[0].distribution.quantile);
}

TEST(Weights, AreCutAtTwoToTheFifteenAndThenSayNothing) {
  EvidencePlan plan;
  plan.observations = {value(10, 1)};
  EvidenceScale scale(1);
  scale.joint = scale.alone[0] = -100;
  const auto weights_of = [&](double log_likelihood) {
    WeightSums sums{0, 0, 0, {0}, {0}};
    EvidenceBlock block;
    block.log_likelihood.assign(200, log_likelihood);
    weigh(scale, block, sums);
    return std::pair(block.weight[0], sums);
  };
  // A path may be likelier than those that set the scale: up to 15 ln 2 = 10.4.
  const auto [likely, many] = weights_of(-100 + 10);
  EXPECT_EQ(likely, static_cast<std::uint64_t>(std::llround(std::ldexp(std::exp(10.0), 32))));
  EXPECT_EQ(many.clipped, 0);
  EXPECT_TRUE(enough_evidence(many));
  EXPECT_NO_THROW(check_evidence(plan, many, 200));
  const auto [cut, none] = weights_of(-100 + 11);
  EXPECT_EQ(cut, std::uint64_t{1} << 47);
  EXPECT_EQ(none.clipped, 200);
  EXPECT_FALSE(enough_evidence(none));
  try {
    check_evidence(plan, none, 200);
    FAIL() << "was taken";
  } catch (const CollapsedEvidence& error) {
    EXPECT_NE(std::string(error.what()).find("200 later paths"), std::string::npos) << error.what();
  }
}

TEST(FirstPass, FindsTheLikelihoodsThatTheWholeModelGives) {
  const Calibration calibration = load_calibration("china-2026-05");
  Scenario scenario = quiet_scenario(calibration, 12);
  scenario.paths = 128;
  scenario.observations = {value(20, 4), value(300, 1)};
  scenario.observations[0].series = "exports.product.memory.price";
  scenario.observations[1].period = "2026Q3";
  scenario.report.series = {"exports.product.memory.price", "exports.total.value"};
  const Simulation simulation(scenario, calibration);
  const EvidenceScale scale = find_scale(simulation.plan(), kernels(""), {.threads = 2}, Scheduler::tbb);
  std::vector<double> largest(2, -std::numeric_limits<double>::infinity());
  for (std::int64_t path0 = 0; path0 < kScalePaths; path0 += 64) {
    const std::vector<double> values = simulate_outputs(simulation.plan(), path0);
    for (std::size_t o = 0; o < simulation.plan().outputs.labels.size(); ++o) {
      const OutputLabel& label = simulation.plan().outputs.labels[o];
      for (std::size_t k = 0; k < 2; ++k) {
        const Observation& seen = scenario.observations[k];
        if (label.series != seen.series || to_string(label.period) != seen.period) continue;
        for (std::size_t i = 0; i < 64; ++i)
          largest[k] = std::max(largest[k], log_likelihood(seen, values[o * 64 + i]));
      }
    }
  }
  EXPECT_EQ(scale.alone, largest);
  EXPECT_LE(scale.joint, largest[0] + largest[1]);
  EXPECT_GT(scale.joint, -std::numeric_limits<double>::infinity());
}

TEST(Likelihood, OfSmoothEdgesIsTheNormalDistributionFunction) {
  const auto below = observed(Observation::Kind::below, 2, 2, 0.5),
             above = observed(Observation::Kind::above, 2, 2, 0.5);
  const auto between = observed(Observation::Kind::between, 1, 2, 0.5);
  for (const double x : {-3.0, 0.5, 1.5, 2.0, 4.0}) {
    const double p = std::erfc(-(2 - x) / 0.5 / std::sqrt(2.0)) / 2;
    EXPECT_NEAR(std::exp(log_likelihood(below, x)), p, 1e-14);
    EXPECT_NEAR(std::exp(log_likelihood(above, x)), 1 - p, 1e-14);
    EXPECT_NEAR(std::exp(log_likelihood(between, x)), p - std::erfc(-(1 - x) / 0.5 / std::sqrt(2.0)) / 2, 1e-14);
  }
  // Far in a tail: Mills' ratio, and still falling.
  EXPECT_NEAR(log_likelihood(below, 2 + 20), -800 - std::log(40 * std::sqrt(2 * std::acos(-1.0))) - 1.0 / 1600, 1e-6);
  EXPECT_LT(log_likelihood(below, 200), log_likelihood(below, 100));
  EXPECT_EQ(log_likelihood(observed(Observation::Kind::below, 2, 2, {}), 2.5),
            -std::numeric_limits<double>::infinity());
  EXPECT_EQ(log_likelihood(observed(Observation::Kind::below, 2, 2, {}), 1.5), 0);
}

}  // namespace
}  // namespace plimsoll
