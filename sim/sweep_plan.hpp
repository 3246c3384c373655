/// \file
/// A sweep that is planned: its points in fixed order, and all that their figures depend on. Shards read it, none makes
/// it again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/sweep_spec.hpp"

namespace plimsoll {

struct SweepPlan {
  std::string name;
  Text title;
  About about;
  std::string scenario;       ///< as the sweep names it
  std::string scenario_yaml;  ///< composed, before the swept fields; can be run
  DesignKind design = DesignKind::grid;
  std::vector<std::string> fields;               ///< that vary, as `--set` takes them
  std::vector<std::vector<std::string>> levels;  ///< of a grid, by field; else empty
  std::vector<std::vector<std::string>> points;  ///< [point][field]: YAML on one line
  struct Output {
    std::string text, unit;
  };
  std::vector<Output> outputs;
  std::int64_t paths = 0, seed = 0;
  std::string sampling;
  std::string scenario_json;  ///< canonical, of scenario_yaml
  struct Input {
    std::string name, sha256;
  };
  std::vector<Input> calibrations;    ///< by name
  std::string calibrations_folder;    ///< absolute, of calibrations that do not ship; else empty
  int engine_number = 0;              ///< digits are those of one engine
  std::string version;                ///< of the program that planned
  std::vector<Input> inputs;          ///< files that it was made from
  std::vector<std::string> replaces;  ///< hashes of plans that this one extends; their results no longer count
  std::string hash;                   ///< hash_of this plan

  std::int64_t point_count() const { return static_cast<std::int64_t>(points.size()); }
};

/// SHA-256 of all that shapes the figures: points, outputs, paths, scenario, calibrations, engine.
std::string hash_of(const SweepPlan& plan);

/// In what another plan differs, for people; empty when it is the same.
std::string difference(const SweepPlan& plan, const SweepPlan& other);

/// The points of a design: [point][field]. \throws InputError (scenario) when there are too many, at the field's place
std::vector<std::vector<std::string>> design_points(const SweepSpec& sweep, std::int64_t seed);

inline constexpr std::int64_t kMostPoints = 100'000;

/// The fields of a point as assignments.
std::vector<ReadOptions::Override> assignments(const SweepPlan& plan, std::int64_t point);

/// A part of the points: part, part + of, part + 2 of, .. (both counted from 1).
struct PointShard {
  int number = 1, of = 1;
  bool contains(std::int64_t point) const { return point % of == number - 1; }
};

}  // namespace plimsoll
