#include "sim/comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <stdexcept>
#include <tuple>

#include "sim/bin_edges.hpp"
#include "sim/estimates.hpp"
#include "sim/for_each_task.hpp"
#include "sim/kernels.hpp"
#include "sim/object_pool.hpp"
#include "sim/plan.hpp"
#include "sim/run_cost.hpp"
#include "sim/workspace_memory.hpp"

namespace plimsoll {

namespace {

constexpr int kPathBlocks = static_cast<int>(kStatisticsBlock) / static_cast<int>(kBlockPaths);

constexpr const char* kValue = "exports.total.value";

/// An output as each scenario computes it; null: the constant `known`.
struct Pair {
  const OutputPlan* base;
  const OutputPlan* other;
  const OutputLabel* label;
  double known = 0;
};

std::vector<Pair> pairs_of(const OutputSelection& base, const OutputSelection& other,
                           const std::vector<HistoryRow>& other_history) {
  using Key = std::tuple<int, std::string, std::string, std::string, int, Month, Month>;
  const auto key = [](const OutputLabel& l) {
    return Key{static_cast<int>(l.table),
               l.series,
               l.by,
               l.key,
               static_cast<int>(l.period.frequency),
               l.period.first,
               l.period.last};
  };
  std::map<Key, std::size_t> place;
  for (std::size_t o = 0; o < other.labels.size(); ++o) place[key(other.labels[o])] = o;
  std::vector<Pair> pairs;
  std::map<std::pair<Month, Month>, bool> common;  // periods that both report
  for (std::size_t o = 0; o < base.labels.size(); ++o) {
    const OutputLabel& label = base.labels[o];
    if (label.table == OutputLabel::Table::probabilities) continue;
    const auto found = place.find(key(label));
    if (found != place.end()) {
      pairs.push_back({&base.plans[o], &other.plans[found->second], &label});
      common[{label.period.first, label.period.last}] = true;
      place.erase(found);
    } else if (label.table == OutputLabel::Table::contributions) {
      pairs.push_back({&base.plans[o], nullptr, &label});
    } else if (label.series == kValue) {
      const double known = observed_value(other_history, label.period.first, label.period.last);
      if (known > 0) pairs.push_back({&base.plans[o], nullptr, &label, known});
    }
  }
  for (const auto& [ignored, o] : place) {
    if (other.labels[o].table == OutputLabel::Table::contributions)
      pairs.push_back({nullptr, &other.plans[o], &other.labels[o]});
  }
  std::erase_if(pairs, [&](const Pair& p) {
    return p.known == 0 && !common.contains({p.label->period.first, p.label->period.last});
  });
  return pairs;
}

/// Sums and squares about pilot means in fixed point, for any order of adding; sums by replicate.
struct Moments {
  std::vector<Int128> sum, square;  ///< [output * kReplicates + replicate], [output]
  explicit Moments(std::size_t outputs) : sum(outputs * kReplicates), square(outputs) {}
  void merge(const Moments& m) {
    for (std::size_t o = 0; o < sum.size(); ++o) sum[o] += m.sum[o];
    for (std::size_t o = 0; o < square.size(); ++o) square[o] += m.square[o];
  }
  DifferenceRow::Mean mean(std::size_t o, double centre, double n, Replication replication) const {
    Int128 all = 0;
    for (std::size_t r = 0; r < kReplicates; ++r) all += sum[o * kReplicates + r];
    const double shift = from_fixed_point(all) / n;
    if (replication == Replication::none) {
      const double variance = n > 1 ? std::max(0.0, (from_fixed_point(square[o]) - n * shift * shift) / (n - 1)) : 0;
      return {centre + shift, std::sqrt(variance / n)};
    }
    double squares = 0;  // of the replicates' sums about their mean
    for (std::size_t r = 0; r < kReplicates; ++r) {
      const double away = from_fixed_point(sum[o * kReplicates + r]) - shift * n / kReplicates;
      squares += away * away;
    }
    return {centre + shift, std::sqrt(squares * kReplicates / (kReplicates - 1)) / n};
  }
};

struct Statistics {
  Accumulator difference;
  Moments base, other;
  Statistics(std::size_t outputs, Replication replication)
      : difference(static_cast<int>(outputs), 0, replication), base(outputs), other(outputs) {}
};

/// Values of one pair on the paths of a statistics block.
struct PairValues {
  std::array<double, kStatisticsBlock> base, other, difference;
};

class Worker {
 public:
  Worker(const ModelPlan& base, const ModelPlan& other) {
    for (int k = 0; k < kPathBlocks; ++k) {
      base_.emplace_back(base);
      other_.emplace_back(other);
    }
  }

  void simulate(const Kernels& kernel, const ModelPlan& base, const ModelPlan& other, std::int64_t first, int paths) {
    blocks_ = (paths + static_cast<int>(kBlockPaths) - 1) / static_cast<int>(kBlockPaths);
    for (int k = 0; k < blocks_; ++k) {
      const auto path0 = static_cast<std::uint64_t>(first) + static_cast<std::uint64_t>(k) * kBlockPaths;
      const Workspace &a = base_[static_cast<std::size_t>(k)].rows(), &b = other_[static_cast<std::size_t>(k)].rows();
      kernel.simulate(base, path0, Drawing::planned, 0, a);
      kernel.simulate(other, path0, Drawing::planned, 0, b);
      const int lanes = std::min(static_cast<int>(kBlockPaths), paths - k * static_cast<int>(kBlockPaths));
      for (int i = 0; i < lanes; ++i) unsolved += a.unsolved->at[i] > 0 || b.unsolved->at[i] > 0 ? 1 : 0;
    }
  }
  std::int64_t unsolved = 0;  ///< paths so far with an equilibrium that was not found in one of the two

  void evaluate(const Kernels& kernel, const Pair& pair, const ModelPlan& base, const ModelPlan& other,
                PairValues& out) const {
    out.base.fill(0);
    out.other.fill(pair.known);
    for (std::size_t k = 0; k < static_cast<std::size_t>(blocks_); ++k) {
      if (pair.base != nullptr) kernel.evaluate(pair.base, 1, base, base_[k].rows(), out.base.data() + k * kBlockPaths);
      if (pair.other != nullptr)
        kernel.evaluate(pair.other, 1, other, other_[k].rows(), out.other.data() + k * kBlockPaths);
    }
    for (std::size_t i = 0; i < out.base.size(); ++i) out.difference[i] = out.other[i] - out.base[i];
  }

 private:
  std::vector<WorkspaceMemory> base_, other_;
  int blocks_ = 0;
};

struct Bins {
  BinPlan base, other, difference;
};

void add_moments(const double* x, int paths, double centre, std::size_t o, Moments& moments) {
  double sum[kReplicates] = {}, square = 0;
  for (int i = 0; i < paths; ++i) {
    sum[i % kReplicates] += x[i] - centre;
    square += (x[i] - centre) * (x[i] - centre);
  }
  for (std::size_t r = 0; r < kReplicates; ++r) moments.sum[o * kReplicates + r] += to_fixed_point(sum[r]);
  moments.square[o] += to_fixed_point(square);
}

}  // namespace

double observed_value(const std::vector<HistoryRow>& history, Month first, Month last) {
  double sum = 0;
  int months = 0;
  for (const HistoryRow& row : history) {
    if (row.series != kValue || row.period.frequency != Frequency::month || row.period.first < first ||
        row.period.last > last)
      continue;
    sum += row.value;
    months += row.period.last - row.period.first + 1;
  }
  return months == last - first + 1 ? sum : 0;
}

ComparisonResults compare(const Simulation& base, const Simulation& other, const RunOptions& options) {
  const auto began = RunClock::now();
  const Simulation::Plan &a = base.plan(), &b = other.plan();
  const std::int64_t paths = a.scenario.paths;
  if (paths != b.scenario.paths || a.scenario.seed != b.scenario.seed || a.scenario.sampling != b.scenario.sampling)
    throw std::logic_error("compared scenarios differ in seed, paths or sampling");
  ComparisonResults results;
  const Kernels& kernel = kernels(options.instruction_set, &results.statistics.instruction_set);
  const std::vector<Pair> pairs = pairs_of(a.outputs, b.outputs, *b.history);
  const int threads = std::max(1, options.threads);
  const Replication replication = replication_of(a);

  ObjectPool<Worker> workers;
  ObjectPool<Statistics> statistics;
  std::vector<Bins> bins(pairs.size());
  std::vector<std::vector<double>> pilot(pairs.size());
  {
    auto worker = std::make_unique<Worker>(a.model, b.model);
    const int first_block = static_cast<int>(std::min(paths, kStatisticsBlock));
    worker->simulate(kernel, a.model, b.model, 0, first_block);
    PairValues values;
    for (std::size_t o = 0; o < pairs.size(); ++o) {
      worker->evaluate(kernel, pairs[o], a.model, b.model, values);
      bins[o] = {bins_of(values.base.data(), first_block), bins_of(values.other.data(), first_block),
                 bins_of(values.difference.data(), first_block)};
      pilot[o].assign(values.difference.begin(), values.difference.begin() + first_block);
    }
    worker->unsolved = 0;  // its paths are simulated again
    workers.give(std::move(worker));
  }

  const std::int64_t blocks = (paths + kStatisticsBlock - 1) / kStatisticsBlock;
  std::mutex progress_guard;
  std::int64_t done = 0;
  for_each_task(blocks, threads, Scheduler::tbb, [&](std::int64_t block) {
    if (options.stop != nullptr && options.stop->load()) return;
    std::unique_ptr<Worker> worker = workers.take();
    if (!worker) worker = std::make_unique<Worker>(a.model, b.model);
    std::unique_ptr<Statistics> mine = statistics.take();
    if (!mine) mine = std::make_unique<Statistics>(pairs.size(), replication);
    const std::int64_t first = block * kStatisticsBlock;
    const int count = static_cast<int>(std::min(kStatisticsBlock, paths - first));
    worker->simulate(kernel, a.model, b.model, first, count);
    PairValues values;
    std::vector<double> sum(pairs.size(), 0.0), square(pairs.size(), 0.0);
    for (std::size_t o = 0; o < pairs.size(); ++o) {
      worker->evaluate(kernel, pairs[o], a.model, b.model, values);
      kernel.count(values.difference.data(), count, bins[o].difference, mine->difference.counters(static_cast<int>(o)),
                   &sum[o], &square[o]);
      add_moments(values.base.data(), count, bins[o].base.centre, o, mine->base);
      add_moments(values.other.data(), count, bins[o].other.centre, o, mine->other);
    }
    mine->difference.add_block(sum, square, count);
    statistics.give(std::move(mine));
    workers.give(std::move(worker));
    const std::lock_guard lock(progress_guard);
    done += count;
    if (options.progress) options.progress(done, paths);
  });

  results.statistics.paths_requested = paths;
  results.statistics.paths_done = done;
  results.statistics.threads = threads;
  for (const std::unique_ptr<Worker>& worker : workers.all()) results.statistics.paths_unsolved += worker->unsolved;
  results.base_history = *a.history;
  results.other_history = *b.history;
  if (done > 0) {
    Statistics& all = *statistics.all().front();
    for (std::size_t k = 1; k < statistics.all().size(); ++k) {
      all.difference.merge(statistics.all()[k]->difference);
      all.base.merge(statistics.all()[k]->base);
      all.other.merge(statistics.all()[k]->other);
    }
    const double n = static_cast<double>(done);
    for (std::size_t o = 0; o < pairs.size(); ++o) {
      const int output = static_cast<int>(o);
      const Estimate estimate = paths <= kStatisticsBlock ? Estimate(pilot[o], replication)
                                                          : Estimate(all.difference, output, bins[o].difference);
      const OutputLabel& label = *pairs[o].label;
      DifferenceRow row{label.series,
                        label.by,
                        label.key,
                        label.period,
                        label.unit,
                        all.base.mean(o, bins[o].base.centre, n, replication),
                        all.other.mean(o, bins[o].other.centre, n, replication),
                        estimate.distribution()};
      (label.table == OutputLabel::Table::summary ? results.summary : results.contributions).push_back(std::move(row));
    }
  }
  note_cost(results.statistics, began);
  return results;
}

}  // namespace plimsoll
