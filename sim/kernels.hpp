/// \file
/// The functions that are compiled once per instruction set, and their choice at run time.
#pragma once

#include <cstdint>
#include <string>

#include "models/workspace.hpp"
#include "sim/evaluation_plan.hpp"
#include "sim/output_plan.hpp"

namespace plimsoll {

/// Blocks of paths of a statistics block, and those of which a group's sums are kept at a time: as many as leave them
/// in the cache of a core.
inline constexpr int kBlocksPerSum = static_cast<int>(kStatisticsBlock / static_cast<std::int64_t>(kBlockPaths));
inline constexpr int kMostKeptBlocks = 4 * kBlocksPerSum;
/// Simulated blocks of paths. Each statistics block of them has sums of its own: sum[statistics block][output].
struct BlocksOfPaths {
  const Workspace* const* workspaces;
  int count, paths;      ///< blocks; paths in all
  WideRow* const* kept;  ///< kMostKeptBlocks times EvaluationView::most_kept rows, for what outputs share
  std::uint8_t* joint;   ///< with replicates: kMostGroupOutputs times kJointBytes, all zero
  double *const *sum, *const *square;
};

struct Kernels {
  /// Simulates the 64 paths from path0 on into workspace.value; history_only: regressions only.
  void (*simulate)(const ModelPlan&, std::uint64_t path0, Drawing, int history_only, const Workspace&);
  /// out[o * 64 + lane] for every output.
  void (*evaluate)(const OutputPlan*, int outputs, const ModelPlan&, const Workspace&, double* out);
  /// Adds up to a statistics block of one output's values to its counters and to its sums (about the pilot mean).
  void (*count)(const double* x, int paths, const BinPlan&, const CounterRow&, double* sum, double* square);
  /// Evaluates all outputs on the blocks and counts their paths in the rows from the first output's on.
  void (*accumulate)(const EvaluationView&, const ModelPlan&, const BlocksOfPaths&, const BinPlan*, const CounterRow&);
  /// The same with a weight for each path; `unit` is what a weight of 1 counts in the sums.
  void (*accumulate_weighted)(const EvaluationView&, const ModelPlan&, const BlocksOfPaths&, const BinPlan*,
                              const std::uint64_t* weight, double unit, const CounterRow&);
  /// Four normals per path: out[j * 64 + lane].
  void (*normals)(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0, float* out);
  /// The same as a plan's sampling draws them; `sobol`: room for its Sobol dimensions.
  void (*planned_normals)(const DrawPlan&, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0, Row* sobol,
                          float* out);
  /// Market equilibria of armington_ces, in floats or doubles: 64 alike. `in` holds lower, demand, the three supply
  /// weights, then own, rivals, upper, china, imports, china_sales, rival_sales by market. `out`: prices of China and
  /// rivals, 1 if not solved, then domestic price and volume by market.
  void (*ces)(const double* in, int markets, int wide, double* out);
  /// One Philox4x32-10 block: counter and key in, four words out (the published known answers).
  void (*philox)(const std::uint32_t counter[4], const std::uint32_t key[2], std::uint32_t out[4]);
};

extern const Kernels kKernelsV3;  ///< x86-64-v3: AVX2 and FMA
extern const Kernels kKernelsV4;  ///< x86-64-v4: AVX-512

/// Kernels of a named instruction set, or of the best usable one for an empty name. \throws std::runtime_error when the
/// host lacks it.
const Kernels& kernels(const std::string& instruction_set, std::string* chosen = nullptr);

}  // namespace plimsoll
