/// \file
/// A box of readable ranges in which a target is mostly reached: the patient rule induction method.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace plimsoll {

/// Weighted points: [variable][point]. Blocks of 64 points are independent of each other; points of one need not be.
struct BoxSample {
  std::vector<std::vector<double>> x;
  std::vector<double> weight;
  std::vector<char> hit;
};

struct PrimBox {
  struct Side {
    std::size_t variable = 0;
    bool is_upper = false;  ///< variable < bound; else variable > bound
    double bound = 0;
  };
  std::vector<Side> sides;
  double density = 0, coverage = 0, support = 0;  ///< P(hit | box), P(box | hit), P(box)
  double se_density = 0, se_coverage = 0;         ///< from up to 16 groups of blocks
};

/// Peels (Friedman and Fisher 1999) a twentieth of the box's weight at a time where that leaves the densest box; of the
/// boxes on the way takes the one with the largest harmonic mean of density and coverage, and drops the sides that add
/// nothing to it. Every other block chooses the box, the rest tell what it is worth. No sides when no point is hit, or
/// when the box is denser than all points by less than two standard errors.
PrimBox find_box(const BoxSample& sample);

}  // namespace plimsoll
