/// \file
/// Outputs evaluated series by series, with sums that they share, are what each of them is by itself.
#include "sim/evaluation_plan.hpp"

#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "models/calibration_reader.hpp"
#include "sim/accumulator.hpp"
#include "sim/first_pass.hpp"
#include "sim/plan.hpp"
#include "sim/wave.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

/// Counts and sums of every output, each evaluated by itself.
struct OneByOne {
  std::vector<std::uint32_t> counts;
  std::vector<double> sum, square;
};

OneByOne count_one_by_one(const Simulation::Plan& plan, const Kernels& kernel, const Worker& worker, int blocks,
                          int paths, const std::vector<BinPlan>& bins) {
  const std::vector<OutputPlan>& outputs = plan.outputs.plans;
  OneByOne all{std::vector<std::uint32_t>(outputs.size() * kBins), std::vector<double>(outputs.size()),
               std::vector<double>(outputs.size())};
  std::vector<double> values(kStatisticsBlock);
  for (std::size_t o = 0; o < outputs.size(); ++o) {
    for (int b = 0; b < blocks; ++b) {
      const auto block = static_cast<std::size_t>(b);
      kernel.evaluate(&outputs[o], 1, plan.model, *worker.workspaces[block], values.data() + block * kBlockPaths);
    }
    kernel.count(values.data(), paths, bins[o], {.counts = all.counts.data() + o * kBins}, &all.sum[o], &all.square[o]);
  }
  return all;
}

TEST(EvaluationPlan, GivesEveryOutputTheBytesThatItHasByItself) {
  const Calibration c = load_calibration("china-2026-05");
  const Simulation simulation(quiet_scenario(c, 19), c);
  const Simulation::Plan& plan = simulation.plan();
  const std::size_t outputs = plan.outputs.plans.size();
  ASSERT_EQ(plan.evaluation->view().outputs.size, static_cast<int>(outputs));
  for (const std::string& set : usable_instruction_sets()) {
    const Kernels& kernel = kernels(set);
    Worker worker(plan.model, 1, outputs, plan.evaluation->view().most_kept);
    constexpr int kPaths = 150;  // two blocks and a part of one
    const int blocks = simulate_paths(plan.model, kernel, 0, kPaths, worker);
    std::vector<BinPlan> bins(outputs);
    std::vector<double> values(outputs * kBlockPaths);
    kernel.evaluate(plan.outputs.plans.data(), static_cast<int>(outputs), plan.model, *worker.workspaces[0],
                    values.data());
    for (std::size_t o = 0; o < outputs; ++o) bins[o] = {values[o * kBlockPaths], 0.01};
    std::vector<std::uint32_t> counts(outputs * kBins);
    kernel.accumulate(plan.evaluation->view(), plan.model, worker.simulated(blocks, kPaths), bins.data(),
                      {.counts = counts.data()});
    const OneByOne expected = count_one_by_one(plan, kernel, worker, blocks, kPaths, bins);
    EXPECT_TRUE(counts == expected.counts) << set;
    EXPECT_TRUE(worker.sum[0] == expected.sum) << set;
    EXPECT_TRUE(worker.square[0] == expected.square) << set;
  }
}

/// What is asked for before it is read is what is read: every row once.
TEST(EvaluationPlan, KnowsAllRowsOfMonthsThatAGroupReads) {
  const Calibration c = load_calibration("china-2026-05");
  const Simulation simulation(quiet_scenario(c, 19), c);
  const Simulation::Plan& plan = simulation.plan();
  const EvaluationView& view = plan.evaluation->view();
  const int first = plan.model.attribution.first;
  std::size_t all_rows = 0;
  for (const OutputGroup& group : view.groups) {
    std::set<std::pair<bool, int>> read, named;
    for (int k = 0; k < group.sums; ++k) {
      const KeptSum& sum = view.sums[group.first_sum + k];
      for (int t = sum.months.from; t <= sum.months.to; ++t) {
        const int row = first_row(sum.of, sum.row, plan.model.months, first) + rows_after(sum.of, t, first);
        read.emplace(sum.of == Summand::piece, row);
      }
    }
    for (int k = 0; k < group.outputs; ++k) {
      const OutputSums<SumSource>& s = view.outputs[group.first_output + k].sums;
      for (const SumSource& source : {s.now, s.before, s.total, s.earlier, s.piece}) {
        if (source.from == SumSource::From::value_month) read.emplace(false, source.at);
        if (source.from == SumSource::From::piece_month) read.emplace(true, source.at);
      }
    }
    for (int k = 0; k < group.months; ++k) {
      const MonthRows& months = view.months[group.first_months + k];
      ASSERT_GT(months.rows, 0);
      for (int row = months.first; row < months.first + months.rows; ++row)
        EXPECT_TRUE(named.emplace(months.is_piece, row).second) << row;
    }
    ASSERT_EQ(named, read);
    all_rows += named.size();
  }
  EXPECT_GT(all_rows, 1000U);
}

/// The sum over a year to date goes on from the month before.
TEST(EvaluationPlan, AddsMonthsThatSeveralPeriodsShareOnce) {
  const Calibration c = quiet_calibration(1, 1);
  Scenario s = quiet_scenario(c, 19);
  s.report.series = {"exports.total.value"};
  s.report.frequencies = {Frequency::year_to_date};
  const Simulation simulation(s, c);
  const EvaluationView& view = simulation.plan().evaluation->view();
  ASSERT_EQ(view.groups.size, 1);
  int additions = 0, alone = 0;
  for (const KeptSum& sum : view.sums) {
    alone += sum.months.to - sum.months.from + 1;
    additions += sum.begun < 0 ? sum.months.to - sum.months.from + 1 : sum.months.to - view.sums[sum.begun].months.to;
  }
  EXPECT_LE(additions, 19);
  EXPECT_GT(alone, 4 * additions);
}

TEST(Wave, HoldsAsManyBlocksAsThreadsAndCountersAskForAndChangesNoDigit) {
  const Calibration calibration = load_calibration("china-2026-05");
  const Simulation all(quiet_scenario(calibration, 19), calibration);
  EXPECT_EQ(blocks_per_wave(all.plan(), 1, 2), 1);
  EXPECT_EQ(blocks_per_wave(all.plan(), 64, 2), 13);  // five waves, each counted at once
  EXPECT_EQ(blocks_per_wave(all.plan(), 68, 2), 14);  // five that are alike
  EXPECT_EQ(blocks_per_wave(all.plan(), 100'000, 64), 256);
  const Calibration c = quiet_calibration(2, 2);
  Scenario s = quiet_scenario(c, 7);
  s.paths = 33 * kStatisticsBlock + 100;
  const Simulation simulation(s, c);
  RunOptions options;
  const RunResults four = run(simulation, options);
  options.threads = 16;
  const RunResults one = run(simulation, options);
  ASSERT_EQ(four.summary.size(), one.summary.size());
  for (std::size_t k = 0; k < four.summary.size(); ++k) {
    EXPECT_EQ(four.summary[k].distribution.mean, one.summary[k].distribution.mean);
    EXPECT_EQ(four.summary[k].distribution.quantile, one.summary[k].distribution.quantile);
  }
  EXPECT_EQ(four.statistics.paths_done, s.paths);
}

}  // namespace
}  // namespace plimsoll
