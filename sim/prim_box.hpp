/// \file
/// A box of readable ranges in which a target is mostly reached: the patient rule induction method.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace plimsoll {

/// Weighted points: [variable][point].
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
  double se_density = 0, se_coverage = 0;         ///< from 16 groups of points
};

/// Peels (Friedman and Fisher 1999) a twentieth of the box's weight at a time where that leaves the densest box; of the
/// boxes on the way takes the one with the largest harmonic mean of density and coverage, and drops the sides that add
/// nothing to it. \throws nothing; no sides when no point is hit.
PrimBox find_box(const BoxSample& sample);

}  // namespace plimsoll
