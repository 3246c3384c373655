#include "sim/group_scores.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "models/score_comparison.hpp"
#include "models/scores.hpp"

namespace plimsoll {
namespace {

constexpr std::size_t kBlock = 3, kReplicates = 600, kFewestOrigins = 6;
constexpr std::uint64_t kSeed = 19;
constexpr std::size_t kMedian = 4;
constexpr int kBins = 10;

double covered(const ScoredForecast& f, std::size_t low, std::size_t high) {
  const double actual = f.final_level.actual_pct;
  return actual >= f.quantile_pct[low] && actual <= f.quantile_pct[high] ? 1 : 0;
}
double missed(const ScoredForecast& f) { return f.quantile_pct[kMedian] - f.final_level.actual_pct; }
double pinball_at(const ScoredForecast& f, std::size_t q) {
  return pinball(f.quantile_pct[q], ScoredForecast::kProbabilities[q], f.final_level.actual_pct);
}

using Loss = std::function<double(const ScoredForecast&)>;
struct Score {
  const char* name;
  Loss loss;
  bool root;  ///< the mean is told as its root
};

// Quantiles by position: 1 is 5%, 2 10%, 3 25%, 4 50%, 5 75%, 6 90%, 7 95%.
const std::vector<Score>& score_list() {
  using F = const ScoredForecast&;
  static const std::vector<Score> list{
      {"crps", [](F f) { return f.final_level.crps_pp; }, false},
      {"pinball_05", [](F f) { return pinball_at(f, 1); }, false},
      {"pinball_50", [](F f) { return pinball_at(f, kMedian); }, false},
      {"pinball_95", [](F f) { return pinball_at(f, 7); }, false},
      {"coverage_50", [](F f) { return covered(f, 3, 5); }, false},
      {"coverage_80", [](F f) { return covered(f, 2, 6); }, false},
      {"coverage_90", [](F f) { return covered(f, 1, 7); }, false},
      {"rmse_median", [](F f) { return missed(f) * missed(f); }, true},
      {"mae_median", [](F f) { return std::abs(missed(f)); }, false},
      {"bias_median", [](F f) { return missed(f); }, false},
  };
  return list;
}

/// Sums and counts of one loss by origin and horizon; the mean of chosen origins is over their forecasts.
class Sums {
 public:
  Sums(std::size_t origins, std::size_t horizons) : horizons_(horizons), cell_(origins * horizons) {}

  void add(std::size_t origin, int horizon, double loss) {
    Cell& cell = cell_[origin * horizons_ + static_cast<std::size_t>(horizon - 1)];
    cell.sum += loss;
    cell.count += 1;
  }
  std::size_t origins() const { return cell_.size() / horizons_; }
  std::size_t count(std::size_t k) const {
    double all = 0;
    for (std::size_t c = 0; c < cell_.size(); ++c) all += k == 0 || c % horizons_ + 1 == k ? cell_[c].count : 0;
    return static_cast<std::size_t>(all);
  }
  /// First of all horizons together, then of each; NaN where there is none.
  std::vector<double> means(const std::vector<std::size_t>& chosen) const {
    std::vector<double> sum(horizons_ + 1, 0), count(horizons_ + 1, 0);
    for (const std::size_t origin : chosen) {
      for (std::size_t h = 0; h < horizons_; ++h) {
        const Cell& cell = cell_[origin * horizons_ + h];
        for (const std::size_t k : {std::size_t{0}, h + 1}) {
          sum[k] += cell.sum;
          count[k] += cell.count;
        }
      }
    }
    for (std::size_t k = 0; k <= horizons_; ++k) sum[k] = count[k] > 0 ? sum[k] / count[k] : kNotScored;
    return sum;
  }
  std::vector<double> means() const {
    std::vector<std::size_t> all(origins());
    for (std::size_t k = 0; k < all.size(); ++k) all[k] = k;
    return means(all);
  }

 private:
  struct Cell {
    double sum = 0, count = 0;
  };
  std::size_t horizons_;
  std::vector<Cell> cell_;
};

struct Spread {
  double se = kNotScored, low = kNotScored, high = kNotScored;
};

std::vector<Spread> spreads(const Sums& sums, std::size_t horizons, bool root) {
  std::vector<Spread> out(horizons + 1);
  if (sums.origins() < kFewestOrigins) return out;
  std::vector<std::vector<double>> drawn(horizons + 1);
  for (const auto& positions : block_resamples(sums.origins(), kBlock, kReplicates, kSeed)) {
    const std::vector<double> mean = sums.means(positions);
    for (std::size_t k = 0; k < mean.size(); ++k) {
      if (!std::isnan(mean[k])) drawn[k].push_back(root ? std::sqrt(mean[k]) : mean[k]);
    }
  }
  for (std::size_t k = 0; k < drawn.size(); ++k) {
    std::vector<double>& values = drawn[k];
    if (sums.count(k) < kFewestOrigins || values.size() < 2) continue;
    double mean = 0, squares = 0;
    for (const double one : values) mean += one / static_cast<double>(values.size());
    for (const double one : values) squares += (one - mean) * (one - mean);
    std::sort(values.begin(), values.end());
    out[k] = {std::sqrt(squares / static_cast<double>(values.size() - 1)), quantile_of(values, 0.05),
              quantile_of(values, 0.95)};
  }
  return out;
}

class Scorer {
 public:
  explicit Scorer(const GroupBacktest& b) : b_(b) {
    for (const GroupForecast& f : b.forecasts) {
      horizons_ = std::max(horizons_, static_cast<std::size_t>(f.scored.horizon));
      if (std::find(models.begin(), models.end(), f.scored.model) == models.end()) models.push_back(f.scored.model);
    }
    for (std::size_t k = 0; k < b.origins.size(); ++k) origin_[b.origins[k].origin] = k;
  }

  std::vector<std::string> models;

  void add_scores(const std::string& group, std::vector<GroupScoreRow>& out) const {
    for (const std::string& model : models) {
      for (const Score& score : score_list()) add(group, model, score, out);
    }
  }

  void add_pit(const std::string& group, std::vector<GroupPitRow>& out) const {
    for (int bin = 0; bin < kBins; ++bin) {
      const Sums inside = sums(group, kOwnModel, [bin](const ScoredForecast& f) {
        return std::min(kBins - 1, static_cast<int>(f.final_level.pit_frac * kBins)) == bin ? double{kBins} : 0.0;
      });
      const double mean = inside.means()[0];
      const Spread spread = spreads(inside, horizons_, false)[0];
      out.push_back({group, bin, inside.count(0), mean, std::max(1 + spread.low - mean, 0.0), 1 + spread.high - mean});
    }
  }

 private:
  const GroupBacktest& b_;
  std::size_t horizons_ = 1;
  std::map<Month, std::size_t> origin_;

  bool counts(const GroupForecast& f, const std::string& group) const {
    return group == kAllGroups ? f.group > 0 : b_.data.groups[f.group].id == group;
  }
  Sums sums(const std::string& group, const std::string& model, const Loss& loss) const {
    Sums out(b_.origins.size(), horizons_);
    for (const GroupForecast& f : b_.forecasts) {
      if (f.scored.model == model && counts(f, group))
        out.add(origin_.at(f.scored.origin), f.scored.horizon, loss(f.scored));
    }
    return out;
  }

  void add(const std::string& group, const std::string& model, const Score& score,
           std::vector<GroupScoreRow>& out) const {
    const Sums own = sums(group, model, score.loss);
    const std::vector<double> mean = own.means();
    const std::vector<Spread> spread = spreads(own, horizons_, score.root);
    std::vector<GroupScoreRow> rows;
    for (std::size_t k = 0; k <= horizons_; ++k) {
      GroupScoreRow row{group, model, static_cast<int>(k), score.name, own.count(k)};
      row.value = score.root ? std::sqrt(mean[k]) : mean[k];
      row.se = spread[k].se;
      row.low = spread[k].low;
      row.high = spread[k].high;
      rows.push_back(row);
    }
    if (std::string(score.name) == "crps") {
      add_monte_carlo(rows);
      if (model != kGroupPool) add_distance(rows);
    }
    out.insert(out.end(), rows.begin(), rows.end());
  }

  void add_monte_carlo(std::vector<GroupScoreRow>& rows) const {
    constexpr std::size_t kParts = TotalsPaths::kReplicates;
    std::vector<std::vector<double>> part;
    for (std::size_t r = 0; r < kParts; ++r)
      part.push_back(sums(rows[0].group, rows[0].model, [r](const ScoredForecast& f) {
                       return f.final_level.crps_of_replicate[r];
                     }).means());
    for (std::size_t k = 0; k < rows.size(); ++k) {
      double mean = 0, squares = 0;
      for (const auto& one : part) mean += one[k] / kParts;
      for (const auto& one : part) squares += (one[k] - mean) * (one[k] - mean);
      rows[k].mc_se = std::sqrt(squares / (kParts * (kParts - 1)));
    }
  }

  /// Of each forecast less the pool's of the same group, origin and horizon.
  void add_distance(std::vector<GroupScoreRow>& rows) const {
    std::map<std::tuple<std::size_t, Month, int>, double> pool;
    for (const GroupForecast& f : b_.forecasts) {
      if (f.scored.model == kGroupPool)
        pool[{f.group, f.scored.origin, f.scored.horizon}] = f.scored.final_level.crps_pp;
    }
    Sums gap(b_.origins.size(), horizons_);
    for (const GroupForecast& f : b_.forecasts) {
      if (f.scored.model != rows[0].model || !counts(f, rows[0].group)) continue;
      gap.add(origin_.at(f.scored.origin), f.scored.horizon,
              f.scored.final_level.crps_pp - pool.at({f.group, f.scored.origin, f.scored.horizon}));
    }
    const std::vector<double> mean = gap.means();
    const std::vector<Spread> spread = spreads(gap, horizons_, false);
    for (std::size_t k = 0; k < rows.size(); ++k) {
      rows[k].vs_pool = mean[k];
      rows[k].vs_pool_se = spread[k].se;
      rows[k].vs_pool_low = spread[k].low;
      rows[k].vs_pool_high = spread[k].high;
    }
  }
};

}  // namespace

GroupResults score_groups(GroupBacktest backtest) {
  GroupResults out{std::move(backtest), {}, {}, {}};
  const Scorer scorer(out.backtest);
  out.models = scorer.models;
  scorer.add_scores(kAllGroups, out.scores);
  for (const PrintedGroup& group : out.backtest.data.groups) scorer.add_scores(group.id, out.scores);
  scorer.add_pit(kAllGroups, out.pits);
  scorer.add_pit(out.backtest.data.groups.front().id, out.pits);
  return out;
}

const GroupScoreRow* find_score(const GroupResults& results, const std::string& group, const std::string& model,
                                int horizon, const std::string& score) {
  for (const GroupScoreRow& row : results.scores) {
    if (row.group == group && row.model == model && row.horizon == horizon && row.score == score) return &row;
  }
  return nullptr;
}

}  // namespace plimsoll
