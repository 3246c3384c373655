#include "outputs/waterfall.hpp"

#include <algorithm>
#include <cmath>

#include "outputs/terminal_table.hpp"

namespace plimsoll {
namespace {

/// Of the whole axis, what the parts after the first have to fill; below it the axis is cut.
constexpr double kLeastFilled = 0.1;
/// Of a cut axis, what stays between its edge and the parts after the first.
constexpr double kStub = 0.2;

struct Axis {
  double low = 0, high = 0;
  enum class Cut { none, left, right } cut = Cut::none;  ///< on which side zero is left out
  int width = 0;

  bool drawable() const { return std::isfinite(low) && std::isfinite(high) && high > low && width > 1; }
  int column(double value) const {
    return std::clamp(static_cast<int>(std::lround((value - low) / (high - low) * (width - 1))), 0, width - 1);
  }
};

Axis axis_of(const std::vector<double>& steps, double total, int width) {
  Axis axis{.low = 0, .high = 0, .cut = Axis::Cut::none, .width = width};
  double sum = steps.empty() ? 0 : steps.front();
  double low = std::min(sum, total), high = std::max(sum, total);  // without the way from zero to the first part's end
  for (std::size_t k = 1; k < steps.size(); ++k) {
    sum += steps[k];
    low = std::min(low, sum);
    high = std::max(high, sum);
  }
  axis.low = std::min(0.0, low);
  axis.high = std::max(0.0, high);
  const bool filled = high - low >= kLeastFilled * (axis.high - axis.low);
  if (!(high > low) || filled) return axis;
  const double stub = kStub * (high - low);
  if (low > 0) {
    axis.low = low - stub;
    axis.cut = Axis::Cut::left;
  } else if (high < 0) {
    axis.high = high + stub;
    axis.cut = Axis::Cut::right;
  }
  return axis;
}

std::string bar_of(const Axis& axis, double from_value, double to_value) {
  const double low = std::min(from_value, to_value), high = std::max(from_value, to_value);
  const int from = axis.column(low), to = axis.column(high);
  const int zero = axis.cut == Axis::Cut::none ? axis.column(0) : -1;
  const int gap = axis.cut == Axis::Cut::left && low < axis.low      ? 0
                  : axis.cut == Axis::Cut::right && high > axis.high ? axis.width - 1
                                                                     : -1;
  std::string bar;
  for (int k = 0; k < axis.width; ++k) {
    const bool inside = k >= from && (k < to || from == to ? k <= to : false);
    bar += k == gap ? "≈" : inside ? (to_value < from_value ? "░" : "█") : k == zero ? "│" : " ";
  }
  while (bar.ends_with(' ')) bar.pop_back();
  return bar;
}

}  // namespace

Waterfall draw_waterfall(const std::vector<double>& steps, double sum, int width) {
  Waterfall drawn;
  const Axis axis = axis_of(steps, sum, width);
  if (!axis.drawable()) {
    drawn.bars.resize(steps.size());
    return drawn;
  }
  double at = 0;
  for (const double step : steps) {
    drawn.bars.push_back(bar_of(axis, at, at + step));
    at += step;
  }
  drawn.total = bar_of(axis, 0, sum);
  drawn.axis = strip_axis(axis.low, axis.high, width);
  return drawn;
}

}  // namespace plimsoll
