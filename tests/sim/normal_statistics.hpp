/// \file
/// Statistics of very many standard normals in one pass, each with its exact sampling error: what the long test judges.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll {

/// One figure in standard errors of its own: standard normal if the draws are.
struct Score {
  std::string name;
  double score = 0;
};

/// Counts calls of the normals kernel: four rows of 64 paths each, as Kernels::normals writes them.
class NormalStatistics {
 public:
  NormalStatistics();

  /// Adds a call's 256 draws. Calls must follow each other in paths or draw numbers: neighbours are correlated.
  void add(const float* z);
  void merge(const NormalStatistics& other);

  double draws() const;
  /// Moments 1 to 6, correlations and chi-square as standard normal scores; tails beyond 6 sd as a Poisson one.
  std::vector<Score> scores() const;
  /// sqrt(n) times the largest distance of the distribution functions at the edges of fine bins.
  double kolmogorov_smirnov() const;

 private:
  static constexpr int kRows = 4, kPaths = 64, kMoments = 6;
  static constexpr int kReach = 8;           ///< bins cover -8 .. 8
  static constexpr int kBinsPerUnit = 1024;  ///< exact in float, so no value is put into the wrong bin
  static constexpr int kCount = 2 * kReach * kBinsPerUnit;

  double count_beyond(double edge, bool above) const;

  std::int64_t calls_ = 0;
  std::array<std::array<double, kPaths>, kMoments> power_{};        ///< sums of z^k, by path of the block
  std::array<std::array<double, kPaths>, kRows> neighbour_row_{};   ///< sums of z of a row times the next row's
  std::array<std::array<double, kPaths>, kRows> neighbour_size_{};  ///< the same of z^2 - 1
  double neighbour_path_ = 0;                                       ///< of a path times the next one's
  std::int64_t negative_ = 0, negative_tail_ = 0, tail_ = 0;        ///< sign bits; beyond 3 sd
  std::array<float, kPaths> last_row_{};                            ///< the call before: its last row
  std::vector<std::uint32_t> bins_;
};

}  // namespace plimsoll
