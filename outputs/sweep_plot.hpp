/// \file
/// Pictures of a sweep's report as SVG: a heat map of two fields, and an output against one field.
#pragma once

#include <string>
#include <vector>

#include "sim/estimates.hpp"

namespace plimsoll {

/// Values by level of two fields; what is not known is left blank.
struct HeatMap {
  std::string x_title, y_title;
  std::vector<std::string> x, y;                 ///< levels
  std::vector<std::vector<Estimate::Figure>> z;  ///< [y][x]; NaN: not known
  std::vector<std::vector<std::string>> text;    ///< [y][x] as it stands in the cell
  double low = 0, high = 0;                      ///< values of the lightest and the darkest colour
};
std::string heat_map(const HeatMap& map);

/// Points with their errors, joined where they are a curve.
struct ResponseCurve {
  std::string name;  ///< for the legend; may be empty
  std::vector<double> x;
  std::vector<Estimate::Figure> y;
};
struct ResponsePlot {
  std::string x_title, y_title;
  std::vector<std::string> x_labels;  ///< of levels that are no numbers, at 0, 1, ..; empty: numbers
  std::vector<ResponseCurve> curves;
  enum class Mark { curve, points } mark = Mark::curve;
};
std::string response_plot(const ResponsePlot& plot);

}  // namespace plimsoll
