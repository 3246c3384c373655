/// \file
/// Results of a sweep's points on disk: one file a shard, which appears whole with length, checksum and the plan's
/// hash. What is on disk is what is done.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sim/estimates.hpp"
#include "sim/sweep_plan.hpp"

namespace plimsoll {

/// What came of a point.
struct PointOutcome {
  std::string error;                        ///< of a point that failed; else empty
  std::int64_t unsolved = 0;                ///< paths on which armington_ces found no prices
  std::vector<Estimate::Figure> figures{};  ///< as the plan's outputs
  bool failed() const { return !error.empty(); }
};
using Outcomes = std::map<std::int64_t, PointOutcome>;  ///< by point, from 0

/// DIR/results/shard-3-of-8.txt
std::filesystem::path results_folder(const std::filesystem::path& folder);
std::filesystem::path results_file(const std::filesystem::path& folder, const PointShard& shard);

/// The file's bytes; the same outcomes give the same ones.
std::string results_text(const SweepPlan& plan, const Outcomes& outcomes);

/// One file, read whole.
struct StoredResults {
  enum class State { whole, damaged, missing } state = State::missing;
  std::string plan_hash;
  SweepPlan told;  ///< what the file says of its plan; without points, whose number is told_points
  std::int64_t told_points = 0;
  std::string text;         ///< lines of points, when whole
  std::size_t text_at = 0;  ///< of its first byte in the file
  std::filesystem::path file;
};
StoredResults read_results(const std::filesystem::path& file);

/// Where a point stands in the text of a file.
struct PointLine {
  std::int64_t point = 0;
  bool failed = false;
  std::size_t at = 0, length = 0;
};
/// Lines in their order; a line that cannot be read is left out.
std::vector<PointLine> lines_of(const std::string& text);
PointOutcome outcome_of(const std::string& line);

/// Files of a folder in the order of shards.
std::vector<std::filesystem::path> results_files(const std::filesystem::path& folder);
/// Whether a file's points count; not when it is damaged, or of a plan that this one replaces.
/// \throws InputError (incompatible) for one of another plan, with what differs
bool belongs(const SweepPlan& plan, const StoredResults& stored);

}  // namespace plimsoll
