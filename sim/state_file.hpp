/// \file
/// state.bin: counts and sums of a run, exact and mergeable; what later work extends, merges and reports from.
#pragma once

#include <string>
#include <vector>

#include "sim/accumulator.hpp"

namespace plimsoll {

/// Writes magic, run hash, paths, bins and the non-empty counts and sums of every output: format 1, or format 2 with
/// the sums of weights when the paths have weights. Temporary name in the same folder, fsync, rename. \throws
/// std::runtime_error when it cannot be written.
void write_state(const std::string& file, const std::string& run_hash, std::int64_t paths,
                 const std::vector<BinPlan>& bins, const Accumulator& accumulator);

struct State {
  std::string run_hash;
  std::int64_t paths = 0;
  std::vector<BinPlan> bins;
  Accumulator accumulator{0};
};

/// \throws std::runtime_error when the file is not a whole state of this format.
State read_state(const std::string& file);

}  // namespace plimsoll
