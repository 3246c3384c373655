/// \file
/// Compiled once per instruction set (PLIMSOLL_ISA = v3 or v4). Everything but the table is inlined into it, so that no
/// code built for one instruction set can be linked into another.
#include "sim/kernels.hpp"

#include "sim/accumulate.kernel.hpp"
#include "sim/evaluate.kernel.hpp"
#include "sim/joint_counts.kernel.hpp"
#include "sim/path_block.kernel.hpp"

namespace plimsoll {
namespace PLIMSOLL_ISA {
namespace {

void simulate(const ModelPlan& m, std::uint64_t path0, Drawing drawing, int history_only, const Workspace& w) {
  simulate_block(m, path0, drawing, history_only != 0, w);
}

void evaluate(const OutputPlan* plan, int outputs, const ModelPlan& m, const Workspace& w, double* out) {
  for (int o = 0; o < outputs; ++o) {
    evaluate_alone(plan[o], m, w, out + static_cast<std::ptrdiff_t>(o) * static_cast<std::ptrdiff_t>(kBlockPaths));
  }
}

void count(const double* x, int paths, const BinPlan& bins, const CounterRow& row, double* sum, double* square) {
  accumulate_output(x, paths, bins, row, *sum, *square);
}

/// Asks for the months that come next while others are counted: rows that a group reads of some blocks, some at a time.
struct MonthFetch {
  const EvaluationView& view;
  const BlocksOfPaths& blocks;
  const OutputGroup* group;
  int block, end;  ///< of the blocks still to be asked for
  int range = 0, row = 0;

  /// Part `part` of `parts` alike, in order.
  HWY_INLINE void fetch(int part, int parts, int rows) {
    for (int k = rows * part / parts; k < rows * (part + 1) / parts; ++k) fetch_row();
  }
  HWY_INLINE void fetch_row() {
    const MonthRows& months = view.months[group->first_months + range];
    const Workspace& w = *blocks.workspaces[block];
    const double* const at = (months.is_piece ? w.piece : w.value)[months.first + row].at;
    constexpr std::size_t kPerLine = 64 / sizeof(double);
    for (std::size_t k = 0; k < kBlockPaths; k += kPerLine) __builtin_prefetch(at + k, 0, 2);  // not into the nearest
    if (++row < months.rows) return;
    row = 0;
    if (++range < group->months) return;
    range = 0;
    ++block;
  }
  HWY_INLINE int rows() const {
    int sum = 0;
    for (int k = 0; k < group->months; ++k) sum += view.months[group->first_months + k].rows;
    return sum * (end - block);
  }
};

/// use(output, statistics block, first path, paths, values) for every output and statistics block, begin(output) before
/// some of an output's blocks and end(output) after them. Of some statistics
/// blocks at a time the sums of a group are kept, then its outputs go through all of these one by one: an output's
/// counters stay in the nearest cache, the sums in the next.
template <class Begin, class Use, class End>
HWY_INLINE void for_values(const EvaluationView& view, const ModelPlan& m, const BlocksOfPaths& blocks,
                           Begin begin_output, Use use, End end_output) {
  constexpr int kPaths = static_cast<int>(kBlockPaths);
  alignas(64) double values[kBlocksPerSum * kPaths];
  const auto kept_to = [&](int begin) {
    return begin + kMostKeptBlocks < blocks.count ? begin + kMostKeptBlocks : blocks.count;
  };
  for (int g = 0; g < view.groups.size; ++g) {
    const OutputGroup& group = view.groups[g];
    for (int begin = 0; begin < blocks.count; begin += kMostKeptBlocks) {
      const int end = kept_to(begin);
      // Next are further blocks of this group, or the first ones of the next.
      const bool goes_on = end < blocks.count, is_last = !goes_on && g + 1 == view.groups.size;
      MonthFetch next{view, blocks, goes_on || is_last ? &group : &group + 1, goes_on ? end : 0,
                      is_last ? 0 : kept_to(goes_on ? end : 0)};
      const int rows = next.rows();
      for (int b = begin; b < end; ++b) keep_sums(view, group, m, *blocks.workspaces[b], blocks.kept[b - begin]);
      for (int k = group.first_output; k < group.first_output + group.outputs; ++k) {
        const EvaluatedOutput& output = view.outputs[k];
        begin_output(output.output);
        next.fetch(k - group.first_output, group.outputs, rows);
        for (int first = begin; first < end; first += kBlocksPerSum) {
          const int last = first + kBlocksPerSum < end ? first + kBlocksPerSum : end;
          for (int b = first; b < last; ++b) {
            const Workspace& w = *blocks.workspaces[b];
            evaluate_output(view.plans[output.output], find_sums(output.sums, w, blocks.kept[b - begin]),
                            m.attribution.first, m.months, w, values + (b - first) * kPaths);
          }
          const int left = blocks.paths - first * kPaths, most = (last - first) * kPaths;
          use(output.output, first / kBlocksPerSum, first * kPaths, left < most ? left : most, values);
        }
        end_output(output.output);
      }
    }
  }
}

void accumulate(const EvaluationView& view, const ModelPlan& m, const BlocksOfPaths& blocks, const BinPlan* bins,
                const CounterRow& row) {
  if (row.replicate_counts == nullptr) {
    for_values(
        view, m, blocks, [](int) {},
        [&](int o, int part, int, int paths, const double* values) HWY_ATTR {
          accumulate_output(values, paths, bins[o], further(row, o), blocks.sum[part][o], blocks.square[part][o]);
        },
        [](int) {});
    return;
  }
  static_assert(kMostKeptBlocks * static_cast<int>(kBlockPaths) <= kMostJointPaths);
  JointCounts joint;
  for_values(
      view, m, blocks, [&](int o) HWY_ATTR { fetch_counters(further(row, o)); },
      [&](int o, int part, int, int paths, const double* values) HWY_ATTR {
        accumulate_jointly(values, paths, bins[o], further(row, o), joint, blocks.sum[part][o], blocks.square[part][o]);
      },
      [&](int o) HWY_ATTR { add_joint_counts(joint, further(row, o)); });
}

void accumulate_weighted(const EvaluationView& view, const ModelPlan& m, const BlocksOfPaths& blocks,
                         const BinPlan* bins, const std::uint64_t* weight, double unit, const CounterRow& row) {
  for_values(
      view, m, blocks, [](int) {},
      [&](int o, int part, int first, int paths, const double* values) HWY_ATTR {
        accumulate_weighted_output(values, weight + first, unit, paths, bins[o], further(row, o), blocks.sum[part][o],
                                   blocks.square[part][o]);
      },
      [](int) {});
}

void planned_normals(const DrawPlan& plan, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0, Row* sobol,
                     float* out) {
  Row z[4] = {};
  if (plan.sampling == Sampling::sobol) draw_sobol(plan, path0, sobol);
  Draws{plan, path0, Drawing::planned, sobol}.normals(stream, draw, z);
  for (int j = 0; j < 4; ++j) {
    for (std::size_t i = 0; i < kBlockPaths; ++i) out[static_cast<std::size_t>(j) * kBlockPaths + i] = z[j].at[i];
  }
}

void normals(std::uint64_t seed, std::uint64_t stream, std::uint32_t draw, std::uint64_t path0, float* out) {
  DrawPlan plan;
  plan.seed = seed;
  planned_normals(plan, stream, draw, path0, nullptr, out);
}

template <class L>
void solve_one(const double* in, int markets, L tolerance, double (*first)(L), L (*all)(double), double* out) {
  CesMarket<L> market[kMostMarkets];
  CesSolution<L> s;
  for (int v = 0; v < markets; ++v) {
    const double* x = in + 5 + 7 * v;
    market[v] = {all(x[0]), all(x[1]), all(x[2]), all(x[3]), all(x[4]), all(x[5]), all(x[6])};
    s.domestic[v] = all(0);
  }
  s.china = s.rivals = all(0);
  const CesCase<L> c{markets, market, all(in[0]), all(in[1]), all(in[2]), all(in[3]), all(in[4])};
  const L failed = solve_ces(c, tolerance, all(1), s);
  out[0] = first(s.china);
  out[1] = first(s.rivals);
  out[2] = first(failed);
  for (int v = 0; v < markets; ++v) {
    out[3 + 2 * v] = first(s.domestic[v]);
    out[4 + 2 * v] = first(s.volume[v]);
  }
}

void ces(const double* in, int markets, int wide, double* out) {
  if (wide != 0) {
    solve_one<WideLanes>(
        in, markets, WideLanes::all(1e-7), [](WideLanes x) { return hn::GetLane(x.v); },
        [](double x) { return WideLanes::all(x); }, out);
  } else {
    solve_one<Lanes>(
        in, markets, Lanes::all(kCesTolerance), [](Lanes x) { return static_cast<double>(hn::GetLane(x.v)); },
        [](double x) { return Lanes::all(static_cast<float>(x)); }, out);
  }
}

void philox_once(const std::uint32_t counter[4], const std::uint32_t key[2], std::uint32_t out[4]) {
  const UintTag u;
  const FourWords w = philox(hn::Set(u, counter[0]), counter[1], counter[2], counter[3], key[0], key[1]);
  out[0] = hn::GetLane(w.w0);
  out[1] = hn::GetLane(w.w1);
  out[2] = hn::GetLane(w.w2);
  out[3] = hn::GetLane(w.w3);
}

}  // namespace
}  // namespace PLIMSOLL_ISA

extern const Kernels PLIMSOLL_KERNELS;
const Kernels PLIMSOLL_KERNELS = {PLIMSOLL_ISA::simulate,
                                  PLIMSOLL_ISA::evaluate,
                                  PLIMSOLL_ISA::count,
                                  PLIMSOLL_ISA::accumulate,
                                  PLIMSOLL_ISA::accumulate_weighted,
                                  PLIMSOLL_ISA::normals,
                                  PLIMSOLL_ISA::planned_normals,
                                  PLIMSOLL_ISA::ces,
                                  PLIMSOLL_ISA::philox_once};

}  // namespace plimsoll
