#include "sim/group_scores.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "sim/forecast_losses.hpp"
#include "sim/origin_sums.hpp"

namespace plimsoll {
namespace {

constexpr int kBins = 10;

using Score = ForecastLoss;
using Loss = std::function<double(const ScoredForecast&)>;

std::vector<Spread> spreads(const OriginSums& sums, bool root) {
  return origin_spreads(sums, [&](const std::vector<std::size_t>& chosen) {
    std::vector<double> mean = sums.means(chosen);
    for (double& one : mean) one = root ? std::sqrt(one) : one;
    return mean;
  });
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
      for (const Score& score : forecast_losses()) add(group, model, score, out);
    }
  }

  void add_pit(const std::string& group, std::vector<GroupPitRow>& out) const {
    for (int bin = 0; bin < kBins; ++bin) {
      const OriginSums inside = sums(group, kOwnModel, [bin](const ScoredForecast& f) {
        return std::min(kBins - 1, static_cast<int>(f.final_level.pit_frac * kBins)) == bin ? double{kBins} : 0.0;
      });
      const double mean = inside.means()[0];
      const Spread spread = spreads(inside, false)[0];
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
  OriginSums sums(const std::string& group, const std::string& model, const Loss& loss) const {
    OriginSums out(b_.origins.size(), horizons_);
    for (const GroupForecast& f : b_.forecasts) {
      if (f.scored.model == model && counts(f, group))
        out.add(origin_.at(f.scored.origin), f.scored.horizon, loss(f.scored));
    }
    return out;
  }

  void add(const std::string& group, const std::string& model, const Score& score,
           std::vector<GroupScoreRow>& out) const {
    const OriginSums own = sums(group, model, score.loss);
    const std::vector<double> mean = own.means();
    const std::vector<Spread> spread = spreads(own, score.root);
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
    OriginSums gap(b_.origins.size(), horizons_);
    for (const GroupForecast& f : b_.forecasts) {
      if (f.scored.model != rows[0].model || !counts(f, rows[0].group)) continue;
      gap.add(origin_.at(f.scored.origin), f.scored.horizon,
              f.scored.final_level.crps_pp - pool.at({f.group, f.scored.origin, f.scored.horizon}));
    }
    const std::vector<double> mean = gap.means();
    const std::vector<Spread> spread = spreads(gap, false);
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
