/// \file
/// Compiled once per instruction set (PLIMSOLL_ISA = v3 or v4). Everything but the table is inlined into it, so that no
/// code built for one instruction set can be linked into another.
#include "sim/kernels.hpp"

#include "sim/accumulate.kernel.hpp"
#include "sim/counted_values.kernel.hpp"
#include "sim/evaluate.kernel.hpp"
#include "sim/joint_counts.kernel.hpp"
#include "sim/path_block.kernel.hpp"
#include "sim/plane_counts.kernel.hpp"

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

void accumulate(const EvaluationView& view, const ModelPlan& m, const BlocksOfPaths& blocks, const BinPlan* bins,
                const CounterRow& row) {
  if (row.replicate_counts == nullptr) {
    static_assert(kMostKeptBlocks * static_cast<int>(kBlockPaths) <= kMostPlanePaths);
    PlaneCounts planes;
    int counted = -1;  // output that they hold
    const auto add_all = [&]() HWY_ATTR {
      if (counted >= 0) add_planes(planes, further(row, counted).counts);
      counted = -1;
    };
    for_values(
        view, m, blocks,
        [&](const CountedValues& v) HWY_ATTR {
          if (v.output != counted) {
            add_all();
            counted = v.output;
            fetch_plane_counters(further(row, v.output).counts);
          }
          accumulate_in_planes(v.values, v.paths, bins[v.output], further(row, v.output).counts, planes,
                               blocks.sum[v.part][v.output], blocks.square[v.part][v.output]);
        },
        [&](const OutputGroup&, int, int) HWY_ATTR { add_all(); });
    return;
  }
  static_assert(kMostKeptBlocks * static_cast<int>(kBlockPaths) <= kMostJointPaths);
  JointCounts joint[kMostGroupOutputs];
  for (int k = 0; k < kMostGroupOutputs; ++k) joint[k].at = blocks.joint + static_cast<std::size_t>(k) * kJointBytes;
  int held = 0;  // paths in them
  const auto add_all = [&](const OutputGroup& group) HWY_ATTR {
    for (int k = 0; k < group.outputs; ++k) {
      const auto row_of = [&](int j) HWY_ATTR { return further(row, view.outputs[group.first_output + j].output); };
      if (k == 0) fetch_counters(row_of(0));
      if (k + 1 < group.outputs) fetch_counters(row_of(k + 1));
      add_joint_counts(joint[k], row_of(k));
    }
    held = 0;
  };
  for_values(
      view, m, blocks,
      [&](const CountedValues& v) HWY_ATTR {
        accumulate_jointly(v.values, v.paths, bins[v.output], further(row, v.output), joint[v.in_group],
                           blocks.sum[v.part][v.output], blocks.square[v.part][v.output]);
      },
      [&](const OutputGroup& group, int paths, int next) HWY_ATTR {
        held += paths;
        if (next == 0 || held + next > kMostJointPaths) add_all(group);
      });
}

void accumulate_weighted(const EvaluationView& view, const ModelPlan& m, const BlocksOfPaths& blocks,
                         const BinPlan* bins, const std::uint64_t* weight, double unit, const CounterRow& row) {
  for_values(
      view, m, blocks,
      [&](const CountedValues& v) HWY_ATTR {
        accumulate_weighted_output(v.values, weight + v.first, unit, v.paths, bins[v.output], further(row, v.output),
                                   blocks.sum[v.part][v.output], blocks.square[v.part][v.output]);
      },
      [](const OutputGroup&, int, int) {});
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
  const CommonWords common{counter[1], counter[2], counter[3]};
  FourWords w;
  philox<1>(path_words(hn::Set(u, counter[0])), &common, round_keys(key[0], key[1]), &w);
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
