/// \file
/// Designs: which points of a space of inputs a sweep or a sensitivity analysis visits. Theory:
/// docs/theory/sensitivity.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace plimsoll {

/// A list of points in a fixed order, each of which can be had alone. Grid and zip give levels of their dimensions, all
/// others probabilities in (0, 1), which a distribution's quantile function turns into values. A random design is a
/// function of the seed and of the dimensions' names: one more dimension leaves the numbers of the others alone.
class SamplingDesign {
 public:
  /// How the points of a design come about.
  class Rule;

  /// Every combination of levels; the last dimension changes fastest. \pre levels >= 1, fewer than 2^62 points
  static SamplingDesign grid(const std::vector<std::int64_t>& levels);
  /// Level k of every dimension at point k.
  static SamplingDesign zip(int dimensions, std::int64_t points);
  /// Each dimension has one point in each of n strata of equal chance, at random places in them (McKay, Beckman,
  /// Conover 1979). \pre points <= 2^20
  static SamplingDesign latin_hypercube(const std::vector<std::string>& names, std::int64_t points, std::uint64_t seed);
  /// Sobol points, scrambled as Owen (1995); more points continue the list. Best at powers of two. \pre points <= 2^32
  static SamplingDesign sobol(const std::vector<std::string>& names, std::int64_t points, std::uint64_t seed);
  /// n rows of d + 2 points: A, B, then A with column i from B, i = 1..d (Saltelli et al. 2010); A and B are halves of
  /// one Sobol point of 2 d dimensions. More rows continue the list.
  static SamplingDesign saltelli(const std::vector<std::string>& names, std::int64_t rows, std::uint64_t seed);
  /// r trajectories of d + 1 points, each of which moves one dimension by a probability of 1/2 (Morris 1991), on the
  /// middles of `levels` strata, for a quantile at 0 or 1 may be infinite. \pre levels even
  static SamplingDesign morris(const std::vector<std::string>& names, std::int64_t trajectories, int levels,
                               std::uint64_t seed);

  std::int64_t points() const;
  int dimensions() const;
  /// Points are levels, not probabilities.
  bool is_by_level() const;
  /// Level of every dimension, from 0. \pre is_by_level()
  std::vector<std::int64_t> levels_at(std::int64_t point) const;
  /// Probability of every dimension, in (0, 1). \pre not is_by_level()
  std::vector<double> at(std::int64_t point) const;

 private:
  explicit SamplingDesign(std::shared_ptr<const Rule> rule);
  std::shared_ptr<const Rule> rule_;
};

/// Dimensions that scrambled Sobol points can have.
int most_sobol_dimensions();

/// Levels of a Morris design where none are asked for, as Morris (1991) used them.
inline constexpr int kMorrisLevels = 4;
/// Change of probability in a step of a Morris trajectory.
inline constexpr double kMorrisStep = 0.5;

}  // namespace plimsoll
