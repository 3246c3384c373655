/// \file
/// Joins the results of a sweep's points into merged.csv, failures.csv and merged.nc, one point at a time.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "outputs/sweep_index.hpp"

namespace plimsoll {

struct MergedSweep {
  std::int64_t done = 0, failed = 0, missing = 0, unsolved_paths = 0;
  std::string digest;  ///< SHA-256 of merged.csv
  struct Failure {
    std::int64_t point = 0;
    std::string error;
  };
  std::vector<Failure> failures;  ///< the first ones
  /// The points at which an output is lowest and highest.
  struct Range {
    std::int64_t lowest = -1, highest = -1;
    Estimate::Figure low, high;
  };
  std::vector<Range> ranges;  ///< by output
};
inline constexpr std::size_t kFailuresShown = 20;

/// Writes the files into `folder`, each whole or not at all; failures.csv goes when nothing has failed.
MergedSweep merge_sweep(const SweepPlan& plan, const SweepIndex& index, const std::filesystem::path& folder);

}  // namespace plimsoll
