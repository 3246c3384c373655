/// \file
/// Indices and effects from a function's values at a design's points, whoever computed them.
#pragma once

#include "sim/sampling_design.hpp"
#include "sim/sensitivity.hpp"

namespace plimsoll {

/// Values of one figure at every point of a design; not a number where there is none.
struct DesignFigure {
  std::string of, unit;
  std::vector<double> values;
};

/// Rows of Saltelli's design, or Morris trajectories, that have all their points.
std::int64_t whole_groups(const DesignFigure& figure, std::size_t width);

/// Appends the rows of one figure; a group of points that lacks one is left out. \pre two whole groups
void tell_saltelli(const DesignFigure& figure, const std::vector<std::string>& inputs, SensitivityResult& result);
void tell_morris(const DesignFigure& figure, const std::vector<std::string>& inputs, const SamplingDesign& design,
                 SensitivityResult& result);

}  // namespace plimsoll
