#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "driver_paths.hpp"
#include "scenarios/input_error.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

RandomNumber fixed(double x) { return RandomNumber::fixed(x); }
Regime lasting(const std::string& name, double drift, double sd, double months) {
  return {{name, fixed(months), {}}, fixed(drift), fixed(sd), false};
}

/// Oil in regimes without shocks, each with a drift of its own, so that a path shows its regimes.
std::vector<std::vector<int>> regimes_of_paths(const std::vector<Regime>& regimes, std::vector<RandomNumber> start,
                                               int months, int blocks) {
  const Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, months);
  s.oil_price.kind = "regime_switching";
  s.oil_price.regimes = regimes;
  s.oil_price.start_pct = std::move(start);
  std::vector<std::vector<int>> out;
  for (const std::vector<double>& d : driver_paths(s, c, DriverRow::oil_price, blocks)) {
    std::vector<int>& path = out.emplace_back();
    for (std::size_t t = 1; t < d.size(); ++t) path.push_back(static_cast<int>(std::lround((d[t] - d[t - 1]) / 0.01)));
  }
  return out;
}

TEST(RegimeSwitching, IsInEachRegimeAsOftenAsTheChainSaysAtEveryHorizon) {
  // Drifts 0 and 0.01; mean durations 10 and 4 months; 90% start in regime 0.
  const auto paths =
      regimes_of_paths({lasting("a", 0, 0, 10), lasting("b", 0.01, 0, 4)}, {fixed(90), fixed(10)}, 60, 512);
  double p = 0.1;  // of regime 1
  for (std::size_t t = 0; t < 60; ++t) {
    p = 0.1 * (1 - p) + 0.75 * p;
    double count = 0;
    for (const auto& path : paths) count += path[t];
    const double n = static_cast<double>(paths.size());
    EXPECT_NEAR(count / n, p, 4 * std::sqrt(p * (1 - p) / n)) << "t = " << t + 1;
  }
  EXPECT_NEAR(p, 4.0 / 14, 1e-6);  // the long run: durations' shares
}

TEST(RegimeSwitching, LastsItsMeanDurationWithAGeometricDistribution) {
  const auto paths =
      regimes_of_paths({lasting("a", 0, 0, 2), lasting("b", 0.01, 0, 6)}, {fixed(100), fixed(0)}, 175, 64);
  std::vector<double> spells;
  double ones = 0;
  for (const auto& path : paths) {
    // Spells that begin in the first 100 months: all but (5/6)^75 of them end within the horizon.
    for (std::size_t t = 1; t < 100; ++t) {
      if (path[t] != 1 || path[t - 1] == 1) continue;
      const auto end = std::find(path.begin() + static_cast<std::ptrdiff_t>(t), path.end(), 0);
      spells.push_back(static_cast<double>(end - path.begin()) - static_cast<double>(t));
      ones += spells.back() == 1 ? 1 : 0;
    }
  }
  const Moments m = moments_of(spells);
  EXPECT_NEAR(m.mean, 6, 4 * m.se_mean());
  EXPECT_NEAR(m.variance, 30, 2);  // (1 - p)/p^2
  EXPECT_NEAR(ones / m.count, 1.0 / 6, 4 * std::sqrt(5.0 / 36 / m.count));
}

TEST(RegimeSwitching, FollowsItsTransitionRows) {
  std::vector<Regime> regimes{lasting("a", 0, 0, 1), lasting("b", 0.01, 0, 1), lasting("c", 0.02, 0, 1)};
  const double rows[3][3] = {{50, 30, 20}, {0, 60, 40}, {25, 0, 75}};
  for (std::size_t r = 0; r < 2; ++r) {
    regimes[r].duration_months.reset();
    for (const double p : rows[r]) regimes[r].next_pct.push_back(fixed(p));
  }
  regimes[2].duration_months = fixed(4);  // leaves for a and b alike
  const double last[3] = {12.5, 12.5, 75};
  const auto paths = regimes_of_paths(regimes, {fixed(40), fixed(30), fixed(30)}, 40, 128);
  double counts[3][3] = {}, sums[3] = {};
  for (const auto& path : paths) {
    for (std::size_t t = 1; t < path.size(); ++t) {
      counts[path[t - 1]][path[t]] += 1;
      sums[path[t - 1]] += 1;
    }
  }
  for (int r = 0; r < 3; ++r) {
    for (int k = 0; k < 3; ++k) {
      const double p = (r == 2 ? last[k] : rows[r][k]) / 100;
      EXPECT_NEAR(counts[r][k] / sums[r], p, 4 * std::sqrt(p * (1 - p) / sums[r])) << r << " to " << k;
    }
  }
}

TEST(RegimeSwitching, WithEqualRegimesIsARandomWalkWithDrift) {
  const Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, 24);
  s.exchange_rate.kind = "regime_switching";
  s.exchange_rate.regimes = {lasting("a", 0.01, 0.05, 8), lasting("b", 0.01, 0.05, 3)};
  s.exchange_rate.regimes[1].sd_log = fixed(0.05 * std::sqrt(12.0));
  s.exchange_rate.regimes[1].sd_is_annual = true;
  s.exchange_rate.start_pct = {fixed(50), fixed(50)};
  const auto paths = driver_paths(s, c, DriverRow::exchange_rate, 256);
  for (const std::size_t t : {1U, 6U, 24U}) {
    std::vector<double> x;
    for (const auto& path : paths) x.push_back(path[t]);
    const Moments m = moments_of(x);
    const double months = static_cast<double>(t), variance = 0.0025 * months;
    EXPECT_NEAR(m.mean, 0.01 * months, 4 * m.se_mean()) << t;
    EXPECT_NEAR(m.variance, variance, 4 * variance * std::sqrt(2 / m.count)) << t;
    EXPECT_NEAR(m.kurtosis, 3, 4 * std::sqrt(24 / m.count)) << t;
  }
  // And path by path the random walk of the same shocks.
  s.exchange_rate = {"random_walk", {{"annual_sd_log", fixed(0.05 * std::sqrt(12.0))}}, {}, {}};
  const auto walks = driver_paths(s, c, DriverRow::exchange_rate, 1);
  for (std::size_t i = 0; i < walks.size(); ++i) {
    for (std::size_t t = 1; t <= 24; ++t) ASSERT_NEAR(paths[i][t], walks[i][t] + 0.01 * static_cast<double>(t), 2e-6);
  }
}

TEST(RegimeSwitching, MixesItsRegimesVariances) {
  const Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, 12);
  s.memory_price_cycle.process = {"regime_switching", {}, {}, {}};
  s.memory_price_cycle.process.regimes = {lasting("calm", 0, 0.02, 12), lasting("wild", 0, 0.10, 4)};
  s.memory_price_cycle.process.start_pct = {fixed(75), fixed(25)};  // the long-run shares
  std::vector<double> changes;
  for (const auto& path : driver_paths(s, c, DriverRow::memory_price, 512)) changes.push_back(path[12] - path[11]);
  const Moments m = moments_of(changes);
  const double variance = 0.75 * 0.0004 + 0.25 * 0.01, fourth = 3 * (0.75 * 1.6e-7 + 0.25 * 1e-4);
  EXPECT_NEAR(m.variance, variance, 4 * variance * std::sqrt((fourth / (variance * variance) - 1) / m.count));
  EXPECT_NEAR(m.kurtosis, fourth / (variance * variance), 0.6);
}

/// A calibration whose oil price has moved, no two months alike.
Calibration with_history() {
  Calibration c = quiet_calibration(1, 1);
  std::vector<double>& level = c.drivers["oil_price"].level;
  for (std::size_t k = 1; k < level.size(); ++k) {
    const double x = static_cast<double>(k);
    level[k] = level[k - 1] * std::exp(0.004 + 0.05 * std::sin(1.7 * x) + 0.001 * x * std::cos(x));
  }
  return c;
}
std::vector<double> changes_of(const std::vector<double>& level) {
  std::vector<double> x;
  for (std::size_t k = 1; k < level.size(); ++k) x.push_back(std::log(level[k] / level[k - 1]));
  return x;
}
Scenario bootstrapped(const Calibration& c, int months, int block, bool demean) {
  Scenario s = quiet_scenario(c, months);
  s.oil_price = {"bootstrap", {}, {}, {}};
  s.oil_price.block_months = block;
  s.oil_price.demean = demean;
  return s;
}

TEST(Bootstrap, TakesWholeBlocksOfHistoryFromEveryStartAlike) {
  const Calibration c = with_history();
  const std::vector<double> x = changes_of(c.drivers.at("oil_price").level);
  const std::size_t block = 5, starts = x.size() - block + 1;
  const auto paths = driver_paths(bootstrapped(c, 20, static_cast<int>(block), false), c, DriverRow::oil_price, 256);
  std::vector<double> count(starts, 0.0);
  for (const auto& path : paths) {
    for (std::size_t b = 0; b < 4; ++b) {
      // The start of the block, by its changes.
      std::size_t start = 0;
      const auto fits = [&] {
        for (std::size_t k = 0; k < block; ++k) {
          const double change = path[b * block + k + 1] - path[b * block + k];
          if (std::abs(change - x[start + k]) > 1e-5) return false;
        }
        return true;
      };
      while (start < starts && !fits()) ++start;
      ASSERT_LT(start, starts) << "no block of history";
      count[start] += 1;
    }
  }
  const double expected = 4 * static_cast<double>(paths.size()) / static_cast<double>(starts);
  double chi_square = 0;
  for (const double n : count) chi_square += (n - expected) * (n - expected) / expected;
  EXPECT_NEAR(chi_square, static_cast<double>(starts - 1), 4 * std::sqrt(2.0 * static_cast<double>(starts - 1)));
}

TEST(Bootstrap, HasTheMeanAndVarianceOfItsBlocksAndNoDriftWhenDemeaned) {
  const Calibration c = with_history();
  const std::vector<double> x = changes_of(c.drivers.at("oil_price").level);
  const std::size_t block = 12, starts = x.size() - block + 1;
  double all = 0;
  std::vector<double> sums;
  for (std::size_t start = 0; start < starts; ++start) {
    double sum = 0;
    for (std::size_t k = 0; k < block; ++k) sum += x[start + k];
    sums.push_back(sum);
    all += sum / static_cast<double>(starts * block);
  }
  const double block_variance = moments_of(sums).variance;
  for (const bool demean : {false, true}) {
    const auto paths = driver_paths(bootstrapped(c, 24, 12, demean), c, DriverRow::oil_price, 512);
    std::vector<double> end, month;
    for (const auto& path : paths) {
      end.push_back(path[24]);
      month.push_back(path[7] - path[6]);
    }
    const Moments total = moments_of(end), one = moments_of(month);
    EXPECT_NEAR(total.mean, demean ? 0 : 24 * all, 4 * total.se_mean());
    EXPECT_NEAR(total.variance, 2 * block_variance, 4 * total.variance * std::sqrt((total.kurtosis - 1) / total.count));
    // Month 7 of a block is any of the changes 6 .. H - 6.
    const Moments truth = moments_of({x.begin() + 6, x.end() - 5});
    EXPECT_NEAR(one.mean, truth.mean - (demean ? all : 0), 4 * one.se_mean());
    EXPECT_NEAR(one.variance, truth.variance, 4 * one.variance * std::sqrt((one.kurtosis - 1) / one.count));
  }
}

TEST(Bootstrap, RefusesAHistoryShorterThanTwoBlocks) {
  const Calibration c = with_history();  // 112 changes
  EXPECT_NO_THROW(driver_paths(bootstrapped(c, 3, 56, true), c, DriverRow::oil_price, 1));
  EXPECT_THROW(driver_paths(bootstrapped(c, 3, 57, true), c, DriverRow::oil_price, 1), InputError);
}

}  // namespace
}  // namespace plimsoll
