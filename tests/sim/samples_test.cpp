#include "sim/samples.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/workspace.hpp"
#include "sim/plan.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

/// Two products with noise of their own; months and years of the total, and of one product the value alone.
Simulation noisy() {
  Calibration c = quiet_calibration(2, 2);
  set_parameter(c, "residual_volume_sd_log", 0.1);
  Scenario s = quiet_scenario(c, 7);
  s.report.series = {"exports.total.value", "exports.total.share", "exports.product.p0.*"};
  return Simulation(s, c);
}

std::vector<float> all_values(const Simulation& simulation, int threads, std::int64_t paths) {
  RunOptions options;
  options.threads = threads;
  std::vector<float> all;
  std::int64_t next = 0;
  EXPECT_TRUE(sample_paths(simulation, sample_grid(simulation), paths, options, [&](const Samples& part) {
    EXPECT_EQ(part.first, next);
    const auto count = static_cast<std::int64_t>(part.value.size() / sample_grid(simulation).cells());
    EXPECT_TRUE(count % kSamplePaths == 0 || part.first + count == paths);
    next += count;
    all.insert(all.end(), part.value.begin(), part.value.end());
  }));
  EXPECT_EQ(next, paths);
  return all;
}

TEST(Samples, AreTheOutputsOfEveryPathInOrder) {
  const Simulation simulation = noisy();
  const SampleGrid grid = sample_grid(simulation);
  constexpr std::int64_t kPaths = 1000;
  const std::vector<float> all = all_values(simulation, 1, kPaths);
  ASSERT_EQ(all.size(), kPaths * grid.cells());
  EXPECT_NE(all[0], all[grid.cells()]);  // the paths differ
  std::size_t missing = 0;
  for (std::int64_t path0 = 0; path0 < kPaths; path0 += 64) {
    const std::vector<double> values = simulate_outputs(simulation.plan(), path0);
    for (std::size_t lane = 0; lane < 64 && path0 + static_cast<std::int64_t>(lane) < kPaths; ++lane) {
      for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
        const float x = all[(static_cast<std::size_t>(path0) + lane) * grid.cells() + cell];
        if (grid.output[cell] < 0) {
          EXPECT_TRUE(std::isnan(x));
          ++missing;
        } else {
          EXPECT_EQ(x, static_cast<float>(values[static_cast<std::size_t>(grid.output[cell]) * kBlockPaths + lane]));
        }
      }
    }
  }
  EXPECT_GT(missing, 0U);  // the share has no year to date
}

TEST(Samples, AreTheSameForAnyNumberOfThreads) {
  const Simulation simulation = noisy();
  const auto bits = [](const std::vector<float>& x) {
    return std::string(reinterpret_cast<const char*>(x.data()), x.size() * sizeof(float));
  };
  EXPECT_TRUE(bits(all_values(simulation, 1, 3000)) == bits(all_values(simulation, 5, 3000)));
}

TEST(Samples, StopWhenAsked) {
  const Simulation simulation = noisy();
  std::atomic<bool> stop{false};
  RunOptions options;
  options.stop = &stop;
  int parts = 0;
  EXPECT_FALSE(sample_paths(simulation, sample_grid(simulation), 100'000, options, [&](const Samples&) {
    ++parts;
    stop = true;
  }));
  EXPECT_EQ(parts, 1);
}

}  // namespace
}  // namespace plimsoll
