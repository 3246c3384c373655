/// \file
/// Outputs as kernels evaluate them: sums over months of series, growth and contributions, and the bins that count
/// them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/model_plan.hpp"

namespace plimsoll {

/// Sum of a series over a period: a known part (history) and simulated months [from, to], t from 1; empty if to < from.
struct PeriodSum {
  double known = 0;
  int from = 1, to = 0;
};

/// One output: what is computed for every path.
struct OutputPlan {
  enum class Kind {
    value,            ///< USD bn
    balance,          ///< USD bn, exports less imports
    growth_pct,       ///< on the same period a year before
    growth_rmb_pct,   ///< the same in RMB
    growth_2y_pct,    ///< compound growth a year over two years; `before` is the period two years before
    share_pct,        ///< of the total
    price_pct,        ///< growth of the unit value
    volume_pct,       ///< growth of the volume: (1 + growth)/(1 + price) - 1
    contribution_pp,  ///< to the growth of the total
    term_pp,          ///< one term's contribution to it
    price_pp,         ///< the price's contribution to a series' own growth
    volume_pp,        ///< and the volume's
    residual_pp,      ///< what the terms leave
    change_pp,        ///< of growth since the release before: `total` is that release, `earlier` a year before it
    momentum_pp,      ///< the part of it that the seasonally adjusted change since that release brings
    base_effect_pp,   ///< and the part of the same change a year before
    driver_level,     ///< scale times the sum over `now` of e^(row of the driver)
    driver_passed     ///< 1 if scale times the row of the driver was at or below threshold_log in a month of `now`
  } kind = Kind::value;
  int series = 0;                       ///< row group of Workspace::value
  int piece = 0;                        ///< row group of Workspace::piece
  int minus = 0;                        ///< balance: row group of the imports
  PeriodSum now, before;                ///< balance: `before` holds the imports now
  int total_series = 0;                 ///< share: row group of the total
  PeriodSum total;                      ///< share: the total now; contributions and terms: the total a year before
  int shock_piece = 0, shocks = 0;      ///< residual: rows of the shocks' pieces
  PeriodSum earlier;                    ///< change of growth
  double season_log = 0;                ///< change of growth: log of the season from the release before to this one
  double scale = 1, threshold_log = 0;  ///< drivers; `series` is then the row group of Workspace::driver
  int piece_from = 1, piece_to = 0;     ///< attributed months of the period, t from AttributionPlan::first
};

/// Paths whose sums are rounded together; never configurable, part of the digits.
inline constexpr std::int64_t kStatisticsBlock = 256;

/// Bins of one output: 1,024 linear ones over +-8 pilot standard deviations about the pilot mean, then 64 logarithmic
/// ones outward on each side to 2^20 standard deviations.
inline constexpr int kLinearBins = 1024;
inline constexpr int kTailBins = 64;
inline constexpr int kBins = kLinearBins + 2 * kTailBins;
inline constexpr double kLinearReachSd = 8.0;

struct BinPlan {
  double centre = 0;  ///< pilot mean
  double scale = 0;   ///< pilot sd (1 where it is 0)
};

/// Replicates count in 64 coarse bins of 8 linear ones over +-4 pilot standard deviations; the outermost two hold all
/// beyond.
inline constexpr int kCoarseBins = 64;
inline constexpr int kLinearPerCoarse = 8;
inline constexpr int kFirstCoarse = kTailBins + (kLinearBins - kCoarseBins * kLinearPerCoarse) / 2;
/// Resolution of a replicate's sum: 2^-20 pilot standard deviations a statistics block.
inline constexpr int kShiftBits = 20;

/// Where the paths of one output are counted. Without replicates the last three are null; with weights the counts are
/// those of weights.
struct CounterRow {
  std::uint32_t* counts = nullptr;              ///< [kBins]
  std::uint64_t* weighted = nullptr;            ///< the same of weights
  std::uint32_t* replicate_counts = nullptr;    ///< [kCoarseBins * kReplicates]
  std::uint64_t* replicate_weighted = nullptr;  ///< the same of weights
  std::int64_t* replicate_shift = nullptr;      ///< [kReplicates]: sum of deviations, see kShiftBits
};

/// The row `outputs` further on.
[[gnu::always_inline]] inline CounterRow further(const CounterRow& row, std::ptrdiff_t outputs) {
  const auto move = [outputs](auto* at, std::ptrdiff_t width) __attribute__((always_inline)) {
    return at == nullptr ? at : at + outputs * width;
  };
  return {move(row.counts, kBins), move(row.weighted, kBins), move(row.replicate_counts, kReplicates * kCoarseBins),
          move(row.replicate_weighted, kReplicates * kCoarseBins), move(row.replicate_shift, kReplicates)};
}

/// Inner edges of the upper tail bins in pilot standard deviations: 8 * 2^(17 k / 64), k = 0..64.
const double* tail_edges();

}  // namespace plimsoll
