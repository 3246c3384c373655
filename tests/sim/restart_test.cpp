/// Runs done in parts, in whatever way, come to the bytes of a run done at once.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <random>

#include "models/calibration_reader.hpp"
#include "sim/plan.hpp"
#include "sim/run_blocks.hpp"
#include "sim/state_file.hpp"
#include "test_calibration.hpp"

namespace plimsoll {
namespace {

/// Every figure of a run's tables, and the state it leaves.
struct Answer {
  std::vector<double> figures;
  std::string state;

  friend bool operator==(const Answer&, const Answer&) = default;
};

void add(const Distribution& d, std::vector<double>& figures) {
  figures.insert(figures.end(), {static_cast<double>(d.paths), d.mean, d.sd, d.se_mean, d.se_sd});
  figures.insert(figures.end(), d.quantile.begin(), d.quantile.end());
  // A run of one path has no errors.
  for (const double se : d.se_quantile) figures.push_back(std::isnan(se) ? -1 : se);
}

class Restart : public ::testing::TestWithParam<bool> {
 protected:
  Restart() : calibration_(load_calibration("china-2026-05")), scenario_(quiet_scenario(calibration_, 2)) {
    scenario_.memory_price_cycle.process.kind = "stochastic_cycle";
    scenario_.report.series = {"exports.total.yoy", "exports.total.price"};
    scenario_.report.thresholds_pct = {0};
    scenario_.paths = 256 * 6 + 100;  // the last block is a part
    if (!GetParam()) return;
    Observation o;
    o.series = "exports.total.yoy";
    o.period = "2026-06";
    o.kind = Observation::Kind::value;
    o.low = o.high = 12;
    o.sd = 4;
    scenario_.observations = {o};
  }

  Answer answer(const Simulation& simulation, RunOptions options, Scheduler scheduler = Scheduler::tbb) const {
    Answer a;
    options.run_hash = "plan";
    options.save = [&](const std::string& bytes, std::int64_t, RunOptions::Save) { a.state = bytes; };
    const RunResults r = run_blocks(simulation, options, scheduler);
    for (const SummaryRow& row : r.summary) add(row.distribution, a.figures);
    for (const ContributionRow& row : r.contributions) add(row.distribution, a.figures);
    for (const ProbabilityRow& row : r.probabilities) a.figures.insert(a.figures.end(), {row.probability, row.se});
    a.figures.push_back(static_cast<double>(r.statistics.paths_done));
    if (r.evidence) a.figures.push_back(r.evidence->effective_paths);
    return a;
  }
  static std::shared_ptr<State> state_of(const Answer& a) {
    return a.state.empty() ? nullptr : std::make_shared<State>(parse_state(a.state, "state.bin"));
  }
  Simulation simulation(std::int64_t paths) const {
    Scenario s = scenario_;
    s.paths = paths;
    return {s, calibration_};
  }
  Calibration calibration_;
  Scenario scenario_;
};

INSTANTIATE_TEST_SUITE_P(AndObservations, Restart, ::testing::Bool(),
                         [](const auto& one) { return one.param ? "Weighted" : "Plain"; });

TEST_P(Restart, GivesTheSameBytesForAnyShardsMergedInAnyOrder) {
  const Simulation whole = simulation(scenario_.paths);
  const Answer expected = answer(whole, {.threads = 2});
  ASSERT_GT(expected.figures.size(), 500U);
  for (const std::int64_t shards : {1, 2, 3, 7}) {
    std::vector<std::shared_ptr<State>> states;
    for (std::int64_t k = 0; k < shards; ++k) {
      const Answer part = answer(whole, {.threads = 2, .blocks = {7 * k / shards, 7 * (k + 1) / shards}});
      if (const auto state = state_of(part)) states.push_back(state);
    }
    std::shuffle(states.begin(), states.end(), std::mt19937_64(static_cast<std::uint64_t>(shards)));
    for (std::size_t k = 1; k < states.size(); ++k) states[0]->tally.merge(states[k]->tally);
    EXPECT_EQ(answer(whole, {.blocks = {0, 0}, .begun = states[0]}), expected) << shards;
  }
}

TEST_P(Restart, GivesTheSameBytesAfterAnyStops) {
  const Simulation whole = simulation(scenario_.paths);
  const Answer expected = answer(whole, {.threads = 2});
  std::mt19937_64 random(11);
  for (int round = 0; round < 4; ++round) {
    Answer so_far;
    int stops = 0;
    for (;;) {
      std::atomic<bool> stop{false};
      std::atomic<std::int64_t> left{static_cast<std::int64_t>(random() % 4)};
      RunOptions options{.threads = 1 + round, .stop = &stop, .begun = state_of(so_far)};
      options.progress = [&](std::int64_t, std::int64_t) {
        if (left.fetch_sub(1) <= 1) stop = true;
      };
      so_far = answer(whole, options, round % 2 == 0 ? Scheduler::tbb : Scheduler::shuffled_threads);
      if (!stop) break;
      if (++stops > 20) break;
    }
    EXPECT_GT(stops, 0);
    EXPECT_EQ(so_far, expected) << round;
  }
}

TEST_P(Restart, GivesTheSameBytesAfterExtensionInSteps) {
  const Answer expected = answer(simulation(scenario_.paths), {.threads = 2});
  for (const std::vector<std::int64_t>& steps : {std::vector<std::int64_t>{100, 1500}, {256, 257, 1023}}) {
    Answer so_far;
    for (const std::int64_t paths : steps) {
      const Simulation part = simulation(paths);
      RunOptions options{.threads = 2, .begun = state_of(so_far)};
      Answer next;
      try {
        next = answer(part, options);
      } catch (const CollapsedEvidence&) {  // a few weighted paths say nothing yet; none is kept here
        continue;
      }
      EXPECT_EQ(next, answer(part, {.threads = 1})) << paths;
      if (!next.state.empty()) so_far = next;
    }
    EXPECT_EQ(answer(simulation(scenario_.paths), {.threads = 2, .begun = state_of(so_far)}), expected);
  }
}

TEST_P(Restart, GoesOnWithTheSameDigitsOnAnotherInstructionSet) {
  const Simulation whole = simulation(scenario_.paths);
  const Answer expected = answer(whole, {.threads = 2});
  const std::vector<std::string> sets = usable_instruction_sets();
  for (const std::string& first : sets) {
    for (const std::string& second : sets) {
      const Answer part = answer(whole, {.threads = 2, .instruction_set = first, .blocks = {2, 5}});
      EXPECT_EQ(answer(whole, {.threads = 2, .instruction_set = second, .begun = state_of(part)}), expected)
          << first << " then " << second;
    }
  }
}

TEST_P(Restart, SavesOnTheWayWhatEachTimeLeadsToTheSameBytes) {
  const Simulation whole = simulation(scenario_.paths);
  const Answer expected = answer(whole, {.threads = 2});
  for (const int threads : {1, 3}) {
    std::vector<std::string> saved;
    RunOptions options{.threads = threads, .run_hash = "plan"};
    options.save_every_s = 1e-9;
    options.save = [&](const std::string& bytes, std::int64_t paths, RunOptions::Save) {
      EXPECT_EQ(parse_state(bytes, "state.bin").tally.sums.paths(), paths);
      saved.push_back(bytes);
    };
    run_blocks(whole, options, Scheduler::shuffled_threads);
    // One thread saves after every block; of several, one that finds another at it goes on.
    ASSERT_GT(saved.size(), threads == 1 ? 3U : 1U);
    for (const std::string& bytes : {saved[0], saved[saved.size() / 2], saved.back()})
      EXPECT_EQ(answer(whole, {.threads = 2, .begun = state_of({{}, bytes})}), expected);
  }
}

TEST_P(Restart, WritesNoStateBeforeABlockIsDone) {
  const std::atomic<bool> stop{true};
  const Answer nothing = answer(simulation(scenario_.paths), {.threads = 2, .stop = &stop});
  EXPECT_TRUE(nothing.state.empty());
}

}  // namespace
}  // namespace plimsoll
