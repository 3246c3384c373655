/// Indices of functions whose own are known on paper: Ishigami and Homma (1990), Sobol's g, sums and products.
#include "sim/sobol_indices.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

#include "sim/morris_effects.hpp"
#include "sim/sampling_design.hpp"

namespace plimsoll {
namespace {

using Function = std::function<double(const std::vector<double>&)>;

std::vector<std::string> names(std::size_t d) {
  std::vector<std::string> all;
  for (std::size_t k = 0; k < d; ++k) all.push_back("x" + std::to_string(k));
  return all;
}

SaltelliValues saltelli_values(const Function& f, std::size_t d, std::int64_t rows, std::uint64_t seed) {
  const SamplingDesign design = SamplingDesign::saltelli(names(d), rows, seed);
  SaltelliValues values{{}, {}, std::vector<std::vector<double>>(d)};
  const auto width = static_cast<std::int64_t>(d) + 2;
  for (std::int64_t k = 0; k < design.points(); ++k) {
    const double y = f(design.at(k));
    const std::int64_t part = k % width;
    (part == 0 ? values.a : part == 1 ? values.b : values.mixed[static_cast<std::size_t>(part - 2)]).push_back(y);
  }
  return values;
}

double ishigami(const std::vector<double>& u) {
  const auto x = [&](std::size_t k) { return std::numbers::pi * (2 * u[k] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}
/// V = 1/2 + a^2/8 + b pi^4/5 + b^2 pi^8/18 with a = 7, b = 0.1.
struct Known {
  std::vector<double> first, total;
};
Known ishigami_indices() {
  const double pi4 = std::pow(std::numbers::pi, 4), a = 7, b = 0.1;
  const double v1 = std::pow(1 + b * pi4 / 5, 2) / 2, v2 = a * a / 8, v13 = b * b * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
  const double v = v1 + v2 + v13;
  return {{v1 / v, v2 / v, 0}, {(v1 + v13) / v, v2 / v, v13 / v}};
}

const std::vector<double> kG{0, 1, 4.5, 9, 99, 99};
double g_function(const std::vector<double>& u) {
  double product = 1;
  for (std::size_t k = 0; k < kG.size(); ++k) product *= (std::abs(4 * u[k] - 2) + kG[k]) / (1 + kG[k]);
  return product;
}
/// V_i = 1 / (3 (1 + a_i)^2), V = prod (1 + V_i) - 1, V_Ti = V_i prod over the others of (1 + V_j).
Known g_indices() {
  std::vector<double> part;
  double all = 1;
  for (const double a : kG) {
    part.push_back(1 / (3 * (1 + a) * (1 + a)));
    all *= 1 + part.back();
  }
  Known known;
  for (const double v : part) {
    known.first.push_back(v / (all - 1));
    known.total.push_back(v * all / (1 + v) / (all - 1));
  }
  return known;
}

void expect_known(const std::vector<SobolIndex>& found, const Known& known) {
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_GE(known.first[i], found[i].first.low - 1e-3) << i;
    EXPECT_LE(known.first[i], found[i].first.high + 1e-3) << i;
    EXPECT_GE(known.total[i], found[i].total.low - 1e-3) << i;
    EXPECT_LE(known.total[i], found[i].total.high + 1e-3) << i;
    EXPECT_LT(found[i].first.se, 0.05) << i;
    EXPECT_LT(found[i].total.se, 0.05) << i;
  }
}

TEST(SobolIndices, OfIshigamiLieInTheirIntervals) {
  expect_known(sobol_indices(saltelli_values(ishigami, 3, 4096, 1)), ishigami_indices());
}

TEST(SobolIndices, OfTheGFunctionLieInTheirIntervals) {
  expect_known(sobol_indices(saltelli_values(g_function, 6, 4096, 1)), g_indices());
}

TEST(SobolIndices, AreCoveredAsOftenAsTheIntervalsSay) {
  // 95% intervals of six indices in 60 designs of 256 rows; points more even than random ones are covered more often.
  const Known known = ishigami_indices();
  int covered = 0, all = 0;
  for (std::uint64_t seed = 100; seed < 160; ++seed) {
    const std::vector<SobolIndex> found = sobol_indices(saltelli_values(ishigami, 3, 256, seed));
    for (std::size_t i = 0; i < 3; ++i) {
      const auto holds = [](const IntervalEstimate& e, double x) { return e.low <= x && x <= e.high ? 1 : 0; };
      covered += holds(found[i].first, known.first[i]) + holds(found[i].total, known.total[i]);
      all += 2;
    }
  }
  EXPECT_GE(covered, 0.90 * all) << covered << " of " << all;
}

TEST(SobolIndices, OfASumAreItsSharesAndNothingInteracts) {
  const Function sum = [](const std::vector<double>& u) { return 3 * u[0] + 4 * u[1]; };
  const std::vector<SobolIndex> found = sobol_indices(saltelli_values(sum, 2, 2048, 7));
  EXPECT_NEAR(found[0].first.value, 9.0 / 25, 0.01);
  EXPECT_NEAR(found[1].first.value, 16.0 / 25, 0.01);
  EXPECT_NEAR(found[0].total.value, found[0].first.value, 0.02);
}

TEST(SobolIndices, OfAConstantAreNothing) {
  const Function flat = [](const std::vector<double>&) { return 5; };
  for (const SobolIndex& index : sobol_indices(saltelli_values(flat, 2, 16, 7))) {
    EXPECT_EQ(index.first.value, 0);
    EXPECT_EQ(index.total.high, 0);
  }
}

std::vector<MorrisEffect> morris(const Function& f, std::size_t d, int trajectories, int levels) {
  const SamplingDesign design = SamplingDesign::morris(names(d), trajectories, levels, 3);
  std::vector<double> values;
  for (std::int64_t k = 0; k < design.points(); ++k) values.push_back(f(design.at(k)));
  return morris_effects(design, values);
}

TEST(MorrisEffects, OfALinearFunctionAreItsSlopesWithoutSpread) {
  const Function linear = [](const std::vector<double>& u) { return 2 * u[0] - 3 * u[1] + 7; };
  const std::vector<MorrisEffect> effects = morris(linear, 3, 10, 4);
  EXPECT_NEAR(effects[0].mean.value, 2, 1e-12);
  EXPECT_NEAR(effects[1].mean.value, -3, 1e-12);
  EXPECT_NEAR(effects[1].mean_absolute.value, 3, 1e-12);
  EXPECT_NEAR(effects[1].spread.value, 0, 1e-12);
  EXPECT_NEAR(effects[1].mean.se, 0, 1e-12);
  EXPECT_EQ(effects[2].mean_absolute.value, 0);
}

TEST(MorrisEffects, OfAProductSpreadAsTheOtherFactorDoes) {
  // The effect of u on 4 (u - 1/2) v is 4 v, with v even on 1/8, 3/8, 5/8, 7/8: mean 2, sd sqrt(5/4). The effect of v
  // is 4 (u - 1/2): mean 0, mean size 1.
  const Function product = [](const std::vector<double>& u) { return 4 * (u[0] - 0.5) * u[1]; };
  const std::vector<MorrisEffect> effects = morris(product, 2, 400, 4);
  const auto holds = [](const IntervalEstimate& e, double known) {
    EXPECT_NEAR(e.value, known, 4 * e.se);
    EXPECT_LT(e.se, 0.1);
  };
  holds(effects[0].mean, 2);
  holds(effects[0].mean_absolute, 2);
  holds(effects[0].spread, std::sqrt(1.25));
  holds(effects[1].mean, 0);
  holds(effects[1].mean_absolute, 1);
  holds(effects[1].spread, std::sqrt(1.25));
}

}  // namespace
}  // namespace plimsoll
