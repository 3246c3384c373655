/// \file
/// What a thread needs to count outputs beside the paths: rows that a group's outputs share, and its counters by bin
/// and replicate.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/joint_bins.hpp"
#include "sim/kernels.hpp"

namespace plimsoll {

class CountingMemory {
 public:
  /// `most_kept`: EvaluationView::most_kept of the outputs that it counts; 0: it counts none.
  explicit CountingMemory(int most_kept)
      : rows_(static_cast<std::size_t>(kMostKeptBlocks) * static_cast<std::size_t>(most_kept)),
        joint_(most_kept > 0 ? kMostGroupOutputs : 0) {
    for (int k = 0; k < kMostKeptBlocks; ++k) kept_.push_back(rows_.data() + k * most_kept);
  }

  /// Nobody else counts with it meanwhile.
  void lend_to(BlocksOfPaths& blocks) {
    blocks.kept = kept_.data();
    blocks.joint = joint_.empty() ? nullptr : joint_.front().at;
  }

 private:
  struct alignas(64) Joint {
    std::uint8_t at[kJointBytes] = {};
  };
  static_assert(sizeof(Joint) == kJointBytes, "counters of outputs stand side by side");
  std::vector<WideRow> rows_;
  std::vector<WideRow*> kept_;
  std::vector<Joint> joint_;
};

}  // namespace plimsoll
