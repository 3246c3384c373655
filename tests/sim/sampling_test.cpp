/// Sobol points, bridges, mirrored paths, and the errors that replicates give.
#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <iostream>
#include <map>
#include <numeric>
#include <set>

#include "models/calibration_reader.hpp"
#include "named_outputs.hpp"
#include "scenarios/sha256.hpp"
#include "sim/draw_plan.hpp"
#include "sim/explained_share.hpp"
#include "sim/kernels.hpp"
#include "sim/plan.hpp"
#include "sim/sobol_axes.hpp"
#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

const Calibration& china() {
  static const Calibration c = load_calibration("china-2026-05");
  return c;
}

/// The shipped calibration's draws over 31 months.
class Draws {
 public:
  explicit Draws(const std::string& sampling, std::int64_t seed = 5) {
    Scenario s = quiet_scenario(china(), 31);
    s.sampling = sampling;
    s.seed = seed;
    simulation_ = std::make_unique<Simulation>(s, china());
  }
  DrawPlan plan() const {
    DrawPlan plan = simulation_->plan().model.draw_plan;
    if (!is_turned_) plan.axes = 0;
    return plan;
  }
  /// Every stream keeps its own dimensions.
  Draws& unturned() {
    is_turned_ = false;
    return *this;
  }
  /// Four normals of the 64 paths from path0 on: [row * 64 + lane].
  std::vector<float> normals(const std::string& stream, std::uint32_t draw, std::uint64_t path0,
                             const std::string& instruction_set = "") const {
    std::vector<float> out(256);
    std::vector<Row> rows(static_cast<std::size_t>(dimensions_of(plan())));
    kernels(instruction_set).planned_normals(plan(), sha256_prefix64(stream), draw, path0, rows.data(), out.data());
    return out;
  }

 private:
  std::unique_ptr<Simulation> simulation_;
  bool is_turned_ = true;
};

TEST(Sobol, PutsOnePointOfEveryReplicateIntoEachOf64Intervals) {
  Draws turned("sobol");
  const Draws& draws = turned.unturned();
  const boost::math::normal normal;
  for (const std::string stream : {"slope_start/world", "parameter/memory_lag_months"}) {
    std::map<std::size_t, std::set<int>> intervals;
    for (std::uint64_t path0 = 0; path0 < 1024; path0 += 64) {
      const std::vector<float> z = draws.normals(stream, 0, path0);
      for (std::size_t lane = 0; lane < 64; ++lane)
        intervals[lane % 16].insert(static_cast<int>(64 * cdf(normal, static_cast<double>(z[lane]))));
    }
    ASSERT_EQ(intervals.size(), 16U);
    for (const auto& [replicate, hit] : intervals) EXPECT_EQ(hit.size(), 64U) << stream << " " << replicate;
  }
}

TEST(Sobol, GivesIndependentStandardNormalsByMonth) {
  const Draws draws("sobol");
  constexpr std::size_t kMonths = 32, kPaths = 16384;
  std::vector<std::vector<double>> z(kMonths);
  for (std::uint32_t draw = 0; draw < kMonths / 4; ++draw) {
    for (std::uint64_t path0 = 0; path0 < kPaths; path0 += 64) {
      const std::vector<float> four = draws.normals("driver/oil_price", draw, path0);
      for (std::size_t k = 0; k < 256; ++k) z[4 * draw + k / 64].push_back(static_cast<double>(four[k]));
    }
  }
  const auto moment = [&](std::size_t a, std::size_t b) {
    double sum = 0;
    for (std::size_t k = 0; k < kPaths; ++k) sum += z[a][k] * z[b][k];
    return sum / static_cast<double>(kPaths);
  };
  for (std::size_t a = 0; a < kMonths; ++a) {
    // Ten errors of a random sample for products: single pairs of dimensions meet worse than random numbers would.
    EXPECT_NEAR(moment(a, a), 1, 0.08) << a;
    for (std::size_t b = 0; b < a; ++b) EXPECT_NEAR(moment(a, b), 0, 0.08) << a << " " << b;
  }
  // The sum of all months is the bridge's first component, a Sobol dimension: its mean is far nearer 0 than chance has
  // it.
  double sum = 0;
  for (const std::vector<double>& month : z) {
    for (const double x : month) sum += x;
  }
  EXPECT_LT(std::abs(sum) / static_cast<double>(kPaths) / std::sqrt(32.0),
            0.1 / std::sqrt(static_cast<double>(kPaths)));
}

TEST(Sobol, HasTheSameBytesOnEveryInstructionSet) {
  const std::vector<std::string> sets = usable_instruction_sets();
  if (sets.size() < 2) GTEST_SKIP() << "one instruction set on this host";
  for (const char* sampling : {"sobol", "antithetic"}) {
    const Draws draws(sampling);
    for (const char* stream :
         {"driver/capex", "sum/level/market", "slope_start/world", "residual/product/memory/volume"}) {
      for (std::uint64_t path0 = 0; path0 < 64 * 200; path0 += 64) {
        ASSERT_EQ(draws.normals(stream, 2, path0, sets[0]), draws.normals(stream, 2, path0, sets[1])) << stream;
      }
    }
  }
}

TEST(Sobol, ScramblesBySeed) {
  const std::vector<float> a = Draws("sobol", 1).normals("driver/capex", 0, 0),
                           b = Draws("sobol", 2).normals("driver/capex", 0, 0);
  int same = 0;
  for (std::size_t k = 0; k < a.size(); ++k) same += a[k] == b[k] ? 1 : 0;
  EXPECT_LT(same, 3);
}

TEST(Antithetic, MirrorsSixteenPathsOfEveryThirtyTwo) {
  const Draws draws("antithetic");
  std::set<float> different;
  for (const std::uint64_t path0 : {std::uint64_t{0}, std::uint64_t{6400}}) {
    const std::vector<float> z = draws.normals("driver/capex", 1, path0);
    for (std::size_t k = 0; k < 256; ++k) {
      if (k / 16 % 2 == 0) {
        EXPECT_EQ(z[k], -z[k + 16]);
      }
      different.insert(std::abs(z[k]));
    }
  }
  EXPECT_EQ(different.size(), 256U);
}

TEST(Draws, OfOtherDriversStayWhenATariffComesInEverySampling) {
  for (const char* sampling : {"sobol", "antithetic", "random"}) {
    Scenario s = quiet_scenario(china(), 31);
    s.sampling = sampling;
    ProcessSpec walk;
    walk.kind = "random_walk";
    walk.parameters = {{"annual_sd_log", RandomNumber::fixed(0.3)}};
    s.memory_price_cycle.process = s.oil_price = walk;
    s.report.series = {"driver.*", "exports.market.us.value", "exports.market.eu.value"};
    const auto plain = named_outputs(s, china());
    TariffLayer layer = tariff_layer("us", 20, Date{2026, 9, 1});
    layer.name = "new";
    layer.probability_pct = RandomNumber::fixed(50);
    s.tariff_shocks = {layer};
    const auto taxed = named_outputs(s, china());
    int drivers = 0;
    for (const auto& [name, values] : plain) {
      if (name.rfind("driver.", 0) != 0) continue;
      ++drivers;
      EXPECT_EQ(values, taxed.at(name)) << sampling << " " << name;
    }
    EXPECT_GT(drivers, 50);
    EXPECT_NE(plain.at("exports.market.us.value@2027"), taxed.at("exports.market.us.value@2027"));
  }
}

/// The shipped calibration, every parameter random, one series.
RunResults run_total(const std::string& sampling, std::int64_t seed, std::int64_t paths) {
  Scenario s = quiet_scenario(china(), 19);
  s.sampling = sampling;
  s.seed = seed;
  s.paths = paths;
  s.report.series = {"exports.total.yoy"};
  s.report.frequencies = {Frequency::year};
  s.report.contributions = {"none"};
  return run(Simulation(s, china()), {.threads = 2});
}
const Distribution& of_2027(const RunResults& results) { return results.summary.back().distribution; }

TEST(Replicates, GiveErrorsAsLargeAsThoseOfIndependentRuns) {
  for (const char* sampling : {"sobol", "antithetic"}) {
    constexpr int kRuns = 40;
    struct Figure {
      double sum = 0, square = 0, told = 0;
      void add(double x, double se) {
        sum += x;
        square += x * x;
        told += se * se;
      }
    } mean, sd, p05, p50;
    for (int seed = 1; seed <= kRuns; ++seed) {
      const RunResults results = run_total(sampling, seed, 1024);
      const Distribution& d = of_2027(results);
      mean.add(d.mean, d.se_mean);
      sd.add(d.sd, d.se_sd);
      p05.add(d.quantile[1], d.se_quantile[1]);
      p50.add(d.quantile[4], d.se_quantile[4]);
    }
    const auto ratio = [](const Figure& f) {
      return std::sqrt((f.square - f.sum * f.sum / kRuns) / (kRuns - 1) / (f.told / kRuns));
    };
    // The spread of 40 runs is known to 11%.
    EXPECT_NEAR(ratio(mean), 1, 0.35) << sampling;
    EXPECT_NEAR(ratio(sd), 1, 0.35) << sampling;
    EXPECT_NEAR(ratio(p05), 1, 0.35) << sampling;
    EXPECT_NEAR(ratio(p50), 1, 0.35) << sampling;
  }
}

TEST(Sobol, AgreesWithRandomPathsAndKnowsMore) {
  const RunResults sobol = run_total("sobol", 3, 16384), random = run_total("random", 3, 16384);
  const Distribution &s = of_2027(sobol), &r = of_2027(random);
  EXPECT_NEAR(s.mean, r.mean, 4 * std::hypot(s.se_mean, r.se_mean));
  EXPECT_NEAR(s.sd, r.sd, 4 * std::hypot(s.se_sd, r.se_sd));
  for (std::size_t q = 0; q < kQuantileLevels.size(); ++q)
    EXPECT_NEAR(s.quantile[q], r.quantile[q], 4 * std::hypot(s.se_quantile[q], r.se_quantile[q]));
  ASSERT_TRUE(sobol.sampling.has_value());
  EXPECT_FALSE(random.sampling.has_value());
  EXPECT_GT(sobol.sampling->explained_frac, 0.9);
  for (const SamplingResult::Gain& gain : sobol.sampling->gains) EXPECT_GT(gain.ratio, 1) << gain.probability;
  EXPECT_GT(sobol.sampling->gains[0].ratio, 5);  // of the mean
}

/// Twenty drivers without residuals, and exports in December alone: growth of a year is lognormal. The first Sobol
/// dimensions follow growth of the years, so its 5% quantile is known far better than from independent paths.
TEST(Sobol, GivesTheClosedFormOfTwentyLognormalDriversWithATenthOfTheVariance) {
  constexpr double kAr1 = 0.9, kSd = 0.01;
  Calibration c = quiet_calibration(1, 1);
  for (std::size_t month = 0; month < 11; ++month) c.seasonal_log[0][month] = -20;
  for (Month m = c.detail_from; m <= c.as_of; m = m + 1)
    c.cells[static_cast<std::size_t>(m - c.detail_from)] = c.total[static_cast<std::size_t>(m - c.detail_from)] =
        10 * std::exp(m.month() == 12 ? 0 : -20);
  double variance[2] = {0, 0};  // of log growth in 2026, seven months ahead, and in 2027, twelve later
  for (int d = 0; d < 20; ++d) {
    const std::string id = "d" + std::to_string(d);
    const double loading = 0.2 + 0.03 * d;
    c.declared_drivers.push_back({id, RandomNumber::fixed(kSd), RandomNumber::fixed(kAr1), {}});
    c.loadings.push_back({"p0", "m0", id, RandomNumber::fixed(loading), RandomNumber::fixed(0), 0, {}});
    c.sobol_order.push_back("driver/" + id + "/shock");
    const double unit = loading * loading * kSd * kSd / (1 - kAr1 * kAr1);
    const double near = unit * (1 - std::pow(kAr1, 14)), far = unit * (1 - std::pow(kAr1, 38));
    variance[0] += near;
    variance[1] += near + far - 2 * std::pow(kAr1, 12) * near;
  }
  Scenario s = quiet_scenario(c, 19);
  s.sampling = "sobol";
  s.paths = 16384;
  s.report.series = {"exports.total.yoy"};
  s.report.frequencies = {Frequency::year};
  s.report.contributions = {"none"};
  for (const std::size_t year : {0U, 1U}) {
    const double expected = 100 * (std::exp(-1.6448536269514722 * std::sqrt(variance[year])) - 1);
    double told = 0, plain = 0, miss = 0;
    constexpr int kSeeds = 4;
    for (s.seed = 1; s.seed <= kSeeds; ++s.seed) {
      const RunResults results = run(Simulation(s, c), {.threads = 2});
      ASSERT_EQ(results.summary.size(), 2U);
      const Distribution& d = results.summary[year].distribution;
      told += d.se_quantile[1] * d.se_quantile[1];
      plain += d.plain_se_quantile[1] * d.plain_se_quantile[1];
      miss += (d.quantile[1] - expected) * (d.quantile[1] - expected);
    }
    RecordProperty("variance_ratio_" + std::to_string(2026 + year), std::to_string(plain / told));
    std::cout << 2026 + year << ": variance ratio " << plain / told << std::endl;
    EXPECT_GT(plain / told, 10) << year;
    EXPECT_LT(miss, 16 * told) << year;
  }
}

TEST(Reflections, HaveTheDirectionsAsTheirFirstColumns) {
  const std::vector<std::vector<double>> directions{{0, 3, 0, 4, 0}, {0, 6, 0, 8, 0}, {1, 1, 1, 1, 1}};
  const std::vector<double> v = reflections(directions);
  ASSERT_EQ(v.size(), 10U);  // the second direction adds nothing
  const auto turned = [&](std::size_t unit) {
    std::vector<double> z(5);
    z[unit] = 1;
    for (const std::size_t axis : {1U, 0U}) {
      double along = 0;
      for (std::size_t k = 0; k < 5; ++k) along += v[5 * axis + k] * z[k];
      for (std::size_t k = 0; k < 5; ++k) z[k] -= v[5 * axis + k] * along;
    }
    return z;
  };
  std::vector<std::vector<double>> columns;
  for (std::size_t k = 0; k < 5; ++k) columns.push_back(turned(k));
  for (std::size_t a = 0; a < 5; ++a) {
    for (std::size_t b = 0; b < 5; ++b)
      EXPECT_NEAR(std::inner_product(columns[a].begin(), columns[a].end(), columns[b].begin(), 0.0), a == b ? 1 : 0,
                  1e-14);
  }
  const std::vector<double> first{0, 0.6, 0, 0.8, 0};  // and (1, 1, 1, 1, 1) less its part along it
  const std::vector<double> second{1, 0.16, 1, -0.12, 1};
  const double length = std::sqrt(3.04);
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_NEAR(std::abs(columns[0][k]), std::abs(first[k]), 1e-14);
    EXPECT_NEAR(columns[1][k] * (columns[1][0] < 0 ? -1 : 1), second[k] / length, 1e-14);
  }
}

TEST(LargestVarianceRatio, IsThatOfANormalWhosePartIsKnown) {
  // Figures by numerical integration of P(x < q | part)^2 for a correlation of 0.9, 0.95 and 0.99.
  EXPECT_NEAR(largest_variance_ratio(0, 0.5), 1, 1e-9);
  EXPECT_NEAR(largest_variance_ratio(0.5, 0.5), 0.25 / (0.5 - (0.25 + std::asin(0.5) / (2 * std::acos(-1.0)))), 1e-9);
  EXPECT_NEAR(largest_variance_ratio(0.90, 0.05), 2.6, 0.05);
  EXPECT_NEAR(largest_variance_ratio(0.95, 0.05), 3.7, 0.05);
  EXPECT_NEAR(largest_variance_ratio(0.99, 0.05), 8.2, 0.1);
}

TEST(SobolOrder, RefusesANameThatNothingIsDrawnBy) {
  Calibration c = quiet_calibration(1, 1);
  c.sobol_order = {"driver/capex", "driver/copper"};
  Scenario s = quiet_scenario(c, 12);
  s.sampling = "sobol";
  try {
    const Simulation simulation(s, c);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(to_string(error)).find("'driver/copper' is no stream"), std::string::npos);
  }
}

}  // namespace
}  // namespace plimsoll
