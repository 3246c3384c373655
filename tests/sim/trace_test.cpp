#include "sim/trace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "models/calibration_reader.hpp"
#include "sim/estimates.hpp"
#include "sim/plan.hpp"
#include "tariff_layers.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

class Trace : public ::testing::Test {
 protected:
  Trace() : calibration_(load_calibration("china-2026-05")), scenario_(quiet_scenario(calibration_, 4)) {
    scenario_.memory_price_cycle.process.kind = "stochastic_cycle";
    scenario_.report.series = {"exports.total.*", "driver.*"};
    TariffLayer layer = tariff_layer("us", 20, Date{2026, 8, 1});
    layer.name = "perhaps";
    layer.probability_pct = RandomNumber::fixed(50);
    scenario_.tariff_shocks = {layer};
    scenario_.paths = 256;
  }
  static bool is_output(const TraceRow& row) {
    return row.kind == TraceRow::Kind::summary || row.kind == TraceRow::Kind::contribution ||
           row.kind == TraceRow::Kind::probability;
  }
  Calibration calibration_;
  Scenario scenario_;
};

TEST_F(Trace, HasTheValuesOfTheRunsOwnKernels) {
  const Simulation simulation(scenario_, calibration_);
  for (const std::int64_t path : {0, 63, 64, 130, 100'000'003}) {
    const std::int64_t path0 = path / 64 * 64;
    const std::vector<double> all = simulate_outputs(simulation.plan(), path0);
    std::size_t o = 0;
    for (const TraceRow& row : trace_path(simulation.plan(), calibration_, path)) {
      if (!is_output(row)) continue;
      ASSERT_EQ(row.value, all[64 * o++ + static_cast<std::size_t>(path - path0)]) << row.name;
    }
    EXPECT_EQ(o, simulation.plan().outputs.plans.size());
  }
}

TEST_F(Trace, OfAllPathsGivesTheOrderStatisticsOfTheRun) {
  scenario_.horizon = calibration_.as_of + 1;
  scenario_.report.series = {"exports.total.value", "exports.total.yoy"};
  const Simulation simulation(scenario_, calibration_);
  const RunResults results = run(simulation, {.threads = 2});
  std::vector<std::vector<double>> values(results.summary.size());
  for (std::int64_t path = 0; path < scenario_.paths; ++path) {
    std::size_t o = 0;
    for (const TraceRow& row : trace_path(simulation.plan(), calibration_, path)) {
      if (row.kind == TraceRow::Kind::summary) values[o++].push_back(row.value);
    }
  }
  for (std::size_t o = 0; o < values.size(); ++o) {
    const Distribution &saw = results.summary[o].distribution, replayed = Estimate(values[o]).distribution();
    EXPECT_EQ(saw.mean, replayed.mean);
    EXPECT_EQ(saw.quantile, replayed.quantile);
    std::sort(values[o].begin(), values[o].end());
    for (const double q : saw.quantile) {
      EXPECT_GE(q, values[o].front());
      EXPECT_LE(q, values[o].back());
    }
  }
}

TEST_F(Trace, TellsDriversByMonthAndEventsAsTheOutputsHaveThem) {
  const Simulation simulation(scenario_, calibration_);
  int happened = 0;
  for (const std::int64_t path : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}) {
    std::set<std::string> demand, parameters;
    std::map<std::string, double> driver, output;
    for (const TraceRow& row : trace_path(simulation.plan(), calibration_, path)) {
      if (row.kind == TraceRow::Kind::parameter) parameters.insert(row.name);
      if (row.kind == TraceRow::Kind::event) happened += row.value == 1;
      if (row.name.rfind("driver.foreign_demand.", 0) == 0) demand.insert(row.name + "@" + row.period);
      if (row.name.rfind("driver.", 0) != 0) continue;
      (row.kind == TraceRow::Kind::driver ? driver : output)[row.name + "@" + row.period] = row.value;
    }
    EXPECT_EQ(demand.size(), 4 * calibration_.markets.size());
    EXPECT_FALSE(parameters.contains(""));
    EXPECT_GT(driver.size(), 16U);
    for (const auto& [cell, value] : driver) {
      if (!output.contains(cell)) continue;
      EXPECT_EQ(value, output[cell]) << cell;
    }
    EXPECT_TRUE(output.contains("driver.memory_price.level@2026-09"));
  }
  EXPECT_GT(happened, 0);
  EXPECT_LT(happened, 10);
}

TEST_F(Trace, IsTheSameOnEveryInstructionSetAndForAnyNumberOfPaths) {
  const Simulation few(scenario_, calibration_);
  scenario_.paths = 1'000'000;
  const Simulation many(scenario_, calibration_);
  const auto values = [&](const Simulation& simulation, const std::string& set) {
    std::vector<double> x;
    for (const TraceRow& row : trace_path(simulation.plan(), calibration_, 77, set)) x.push_back(row.value);
    return x;
  };
  const std::vector<double> expected = values(few, "");
  EXPECT_EQ(values(many, ""), expected);
  for (const std::string& set : usable_instruction_sets()) EXPECT_EQ(values(few, set), expected) << set;
}

}  // namespace
}  // namespace plimsoll
