/// \file
/// Is one forecaster better than another, and how sure is that: Diebold-Mariano, and a bootstrap of blocks in time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plimsoll {

/// Test of equal accuracy (Diebold, Mariano 1995) with the correction of Harvey, Leybourne and Newbold (1997).
struct DieboldMariano {
  double mean_difference = 0;  ///< of losses
  double se = 0;               ///< from autocovariances up to horizon - 1, corrected for the sample's length
  double p_value = 1;          ///< two-sided, Student t with n - 1 degrees of freedom
  bool truncated = false;      ///< the estimated variance was not positive; it is the one without autocovariances
};

/// `differences`: losses of one less those of the other, in order of time, of forecasts `horizon` steps ahead; at least
/// two more than `horizon`.
DieboldMariano diebold_mariano(const std::vector<double>& differences, int horizon);

/// Positions drawn in blocks of neighbours (Kuensch 1989; circular, so that all have the same chance), `replicates`
/// times; each as long as the sample. The same arguments give the same positions.
std::vector<std::vector<std::size_t>> block_resamples(std::size_t length, std::size_t block, std::size_t replicates,
                                                      std::uint64_t seed);

}  // namespace plimsoll
