#include "sim/consensus_scores.hpp"

#include <cmath>
#include <optional>

namespace plimsoll {
namespace {

/// One release ahead, on the releases that economists were asked about.
class ConsensusRows {
 public:
  ConsensusRows(const FirstPrints& prints, TradeFlow flow, std::vector<ScoreRow>& out)
      : prints_(prints), flow_(flow), out_(out) {}

  /// What economists expected, as a point: its distance from the first print.
  void add_consensus(const std::vector<Month>& targets) {
    std::vector<double> misses;
    for (const Month target : targets) {
      if (const auto miss = consensus_miss(target)) misses.push_back(*miss);
    }
    add("consensus", "mae_median", misses);
  }

  /// How much further a model's median was from the first print than the economists'.
  void add_model(const ForecastTable& table) {
    std::vector<double> differences;
    for (std::size_t k = 0; k < table.at.size(); k += table.horizons) {
      const ScoredForecast* f = table.at[k];
      if (f == nullptr || std::isnan(f->first_print.actual_pct)) continue;
      if (const auto miss = consensus_miss(f->target))
        differences.push_back(std::abs(f->quantile_pct[ScoredForecast::kMedian] - f->first_print.actual_pct) - *miss);
    }
    add(table.model, "mae_less_consensus", differences);
  }

 private:
  const FirstPrints& prints_;
  TradeFlow flow_;
  std::vector<ScoreRow>& out_;

  std::optional<double> consensus_miss(Month target) const {
    const FirstPrint* print = prints_.find(flow_, target);
    if (print == nullptr || !print->consensus_pct) return std::nullopt;
    return std::abs(*print->consensus_pct - print->growth_pct);
  }

  void add(const std::string& model, const std::string& score, const std::vector<double>& values) {
    if (values.empty()) return;
    const Losses losses{1, values};
    const OriginSample sample = origin_sample(losses);
    const Spread spread = loss_spreads(losses, sample, as_it_is)[1];
    ScoreRow row{flow_, model, GrowthSpan::month, "first_print", kConsensusWindow, 1, score};
    row.value = loss_means(losses, sample.origins)[1];
    row.se = spread.se;
    row.low = spread.low;
    row.high = spread.high;
    row.forecasts = values.size();
    out_.push_back(row);
  }
};

}  // namespace

void add_consensus_scores(const FirstPrints& prints, const std::vector<ForecastTable>& tables,
                          const BacktestOptions& options, std::vector<ScoreRow>& out) {
  for (const TradeFlow flow : options.flows) {
    ConsensusRows rows(prints, flow, out);
    for (const ForecastTable& table : tables) {
      if (table.flow != flow || table.span != GrowthSpan::month) continue;
      if (table.model == kOwnModel) rows.add_consensus(table.targets_one_ahead());
      rows.add_model(table);
    }
  }
}

}  // namespace plimsoll
