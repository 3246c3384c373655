/// \file
/// state.bin: the exact sums of the statistics blocks that are done. Checkpoint, resume, extend and merge are this
/// file.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/accumulator.hpp"
#include "sim/block_ranges.hpp"
#include "sim/for_each_task.hpp"
#include "sim/output_selection.hpp"
#include "sim/tail_sums.hpp"

namespace plimsoll {

inline constexpr int kStateFormat = 5;

/// What blocks have come to, in any order of adding.
struct Tally {
  Accumulator sums{0};
  TailSums tail;
  BlockRanges done;           ///< whole statistics blocks
  std::int64_t unsolved = 0;  ///< paths of them with an equilibrium that was not found

  /// The blocks of the two must be different ones.
  void merge(const Tally& other);
};

struct State {
  std::string run_hash;
  std::string outputs_hash;  ///< of the outputs that have bins
  std::vector<BinPlan> bins;
  Tally tally;
};

/// SHA-256 over the outputs in their order, each with all that names it.
std::string hash_of_outputs(const OutputSelection& outputs);

/// Magic and format number, hashes, block ranges, bins, sums, tail sums; SHA-256 of all that at the end.
std::string state_bytes(const std::string& run_hash, const std::string& outputs_hash, const std::vector<BinPlan>& bins,
                        const Tally& tally, int threads = 1, Scheduler scheduler = Scheduler::tbb);

/// `file` is named in errors. \throws InputError: data when the bytes are not a whole state, incompatible when they are
/// of another format.
State parse_state(const std::string& bytes, const std::string& file);
/// \throws InputError
State read_state(const std::string& file);

}  // namespace plimsoll
