/// \file
/// The values that are counted: every output of all blocks of paths, in the order in which caches like it best.
#pragma once

#include "sim/ask_for.kernel.hpp"
#include "sim/evaluate.kernel.hpp"
#include "sim/kernels.hpp"

namespace plimsoll::PLIMSOLL_ISA {

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
    for (std::size_t k = 0; k < kBlockPaths; k += kPerLine) ask_for_later(at + k);
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

/// One output's values of a statistics block.
struct CountedValues {
  int in_group, output;  ///< number in its group, and of all
  int part, first;       ///< statistics block, and its first path
  int paths;
  const double* values;
};

/// use(values) for every output and statistics block; done(group, paths, next) when some paths of a whole group were
/// used, and `next` further ones will be. Of some statistics blocks at a time the sums of a group are kept, then its
/// outputs go through all of these one by one: an output's counters stay in the nearest cache, the sums in the next.
template <class Use, class Done>
HWY_INLINE void for_values(const EvaluationView& view, const ModelPlan& m, const BlocksOfPaths& blocks, Use use,
                           Done done) {
  constexpr int kPaths = static_cast<int>(kBlockPaths);
  alignas(64) double values[kBlocksPerSum * kPaths];
  const auto kept_to = [&](int begin) {
    return begin + kMostKeptBlocks < blocks.count ? begin + kMostKeptBlocks : blocks.count;
  };
  const auto paths_of = [&](int begin, int end) {
    const int left = blocks.paths - begin * kPaths, most = (end - begin) * kPaths;
    return left < most ? left : most;
  };
  for (int g = 0; g < view.groups.size; ++g) {
    const OutputGroup& group = view.groups[g];
    for (int begin = 0; begin < blocks.count; begin += kMostKeptBlocks) {
      const int end = kept_to(begin);
      // Next are further blocks of this group, or the first ones of the next.
      const bool goes_on = end < blocks.count, is_last = !goes_on && g + 1 == view.groups.size;
      const int next = goes_on ? end : 0;
      MonthFetch fetch{view, blocks, goes_on || is_last ? &group : &group + 1, next, is_last ? next : kept_to(next)};
      const int rows = fetch.rows();
      for (int b = begin; b < end; ++b) keep_sums(view, group, m, *blocks.workspaces[b], blocks.kept[b - begin]);
      for (int k = 0; k < group.outputs; ++k) {
        const EvaluatedOutput& output = view.outputs[group.first_output + k];
        fetch.fetch(k, group.outputs, rows);
        for (int first = begin; first < end; first += kBlocksPerSum) {
          const int last = first + kBlocksPerSum < end ? first + kBlocksPerSum : end;
          for (int b = first; b < last; ++b) {
            const Workspace& w = *blocks.workspaces[b];
            evaluate_output(view.plans[output.output], find_sums(output.sums, w, blocks.kept[b - begin]),
                            m.attribution.first, m.months, w, values + (b - first) * kPaths);
          }
          use(CountedValues{k, output.output, first / kBlocksPerSum, first * kPaths, paths_of(first, last), values});
        }
      }
      done(group, paths_of(begin, end), goes_on ? paths_of(end, kept_to(end)) : 0);
    }
  }
}

}  // namespace plimsoll::PLIMSOLL_ISA
