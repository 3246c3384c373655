/// \file
/// Reverse stress: the likeliest combination of shocks that reaches a target, how likely the target is, and in which
/// ranges of the drivers it is mostly reached.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/statistic_text.hpp"
#include "sim/prim_box.hpp"
#include "sim/results.hpp"

namespace plimsoll {

struct ReverseOptions {
  int threads = 1;
  std::string instruction_set{};
  std::function<void(std::int64_t done, std::int64_t all)> progress{};
  const std::atomic<bool>* stop = nullptr;
};

/// A series at the design point beside the centre, where all draws are at their median and no event with a chance below
/// one half happens.
struct PointRow {
  std::string series;  ///< driver.capex.level, or exports.total.yoy/driver/capex for a contribution (unit pp)
  Period period;
  std::string unit;
  double central = 0, at_point = 0;
};

/// What a stream of normals is to the distance of the design point.
struct ImportanceRow {
  std::string stream;   ///< driver/capex, parameter/hardware_share_frac
  double share = 0;     ///< sum of alpha^2; all add up to 1
  double distance = 0;  ///< length of its part of the design point, standard deviations; signed for one normal
};

struct ReversePoint {
  double beta = 0;                        ///< negative where the centre reaches the target
  double first_order = 0;                 ///< P = Phi(-beta): exact for a flat limit state
  int steps = 0;                          ///< of the search, all rounds
  std::vector<ImportanceRow> importance;  ///< largest first
  std::vector<PointRow> rows;
};

struct ReverseResult {
  Condition target;
  Period period;  ///< of the target
  std::string unit;
  double central = 0;           ///< of the target's cell
  bool centre_reaches = false;  ///< the target
  int starts = 0;
  std::vector<ReversePoint> points;  ///< nearest first; none: no combination within 12 standard deviations was found
  std::int64_t paths = 0;
  std::int64_t hits = 0;           ///< of the paths
  double probability = 0, se = 0;  ///< by importance sampling
  struct GivenRow {
    std::string series;
    Period period;
    std::string unit;
    double mean = 0, se_mean = 0;  ///< over all paths
    double given = 0, se = 0;      ///< over those that reach the target
  };
  std::vector<GivenRow> given;  ///< without hits: empty
  PrimBox box;                  ///< its variables are rows of `given`
  std::string instruction_set;
  double seconds = 0;
};

/// \throws InputError (usage) when the target names no simulated output.
ReverseResult reverse_stress(const Scenario& scenario, const Calibration& calibration, const Condition& target,
                             const ReverseOptions& options);

}  // namespace plimsoll
