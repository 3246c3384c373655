/// \file
/// Observations as the engine weighs paths by them: outputs, likelihoods, integer weights, effective sample size.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/scenario.hpp"
#include "sim/accumulator.hpp"

namespace plimsoll {

/// Weights are whole multiples of 2^-32 of the largest among the first paths, so that sums of them are exact in any
/// order.
inline constexpr int kWeightBits = 32;

/// Paths whose largest likelihood sets the scale of the weights. A function of scenario and seed alone: the number of
/// paths of the run has no part in it, so that shards, restarts and longer runs weigh alike.
inline constexpr std::int64_t kScalePaths = 4096;

struct EvidencePlan {
  std::vector<OutputPlan> outputs;  ///< what was observed
  std::vector<Observation> observations;
  int months = 0;           ///< up to the last observed one
  bool attributed = false;  ///< an observed output needs the attribution
};

/// \throws InputError (scenario) for an output that the scenario does not simulate.
EvidencePlan plan_evidence(const Scenario& scenario, const Calibration& calibration);

/// ln of the likelihood of an observation on a path whose output is x; -infinity where it cannot be.
double log_likelihood(const Observation& observation, double x);

/// The largest log likelihoods of the first kScalePaths paths: of all observations together, and of each alone.
struct EvidenceScale {
  double joint;
  std::vector<double> alone;

  explicit EvidenceScale(std::size_t observations);
  /// Takes the larger of each; the order of calls does not matter.
  void raise(const EvidenceScale& other);
};

/// Log likelihoods of a block's paths: [path * observations + observation].
struct EvidenceBlock {
  std::vector<double> log_likelihood;
  std::vector<std::uint64_t> weight;  ///< by path, of all observations together
};
/// Adds a block's paths to the scale.
void raise_scale(const EvidenceBlock& block, EvidenceScale& scale);
/// Weights of a block's paths, added up in `sums` too.
void weigh(const EvidenceScale& scale, EvidenceBlock& block, WeightSums& sums);

/// What the evidence left of the paths.
double effective_paths(Int128 sum, UnsignedInt128 sum_of_squares);

/// Fewer effective paths than this stop a run.
inline constexpr double kFewestEffectivePaths = 100;

/// Enough effective paths, and no weight that could not be held.
bool enough_evidence(const WeightSums& sums);

/// \throws CollapsedEvidence when too few effective paths are left; names the observation that costs most.
void check_evidence(const EvidencePlan& plan, const WeightSums& sums, std::int64_t paths);

}  // namespace plimsoll
