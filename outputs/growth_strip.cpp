#include <algorithm>
#include <cmath>

#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {
namespace {

int column_of(double value, double low, double high, int width) {
  const double place = (value - low) / (high - low) * (width - 1);
  return static_cast<int>(std::lround(std::clamp(place, 0.0, static_cast<double>(width - 1))));
}

/// The smallest of 1, 2, 5, 10, 20, ... that gives at most `most` ticks.
double tick_step(double span, int most) {
  for (double decade = 0.1;; decade *= 10) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (span / (decade * factor) <= most || decade > 1e6) return decade * factor;
    }
  }
}

}  // namespace

std::string growth_strip(const Distribution& d, double low, double high, int width, const TerminalStyle& style) {
  const bool drawable = std::all_of(d.quantile.begin(), d.quantile.end(), [](double q) { return std::isfinite(q); });
  if (!drawable || !(high > low) || width < 2) return "";
  const auto at = [&](int q) { return column_of(d.quantile[static_cast<std::size_t>(q)], low, high, width); };
  const int zero = low <= 0 && high >= 0 ? column_of(0, low, high, width) : -1;
  const bool colour = style.colour == TerminalStyle::Colour::on;
  std::string strip;
  for (int x = 0; x < width; ++x) {
    if (x == at(kP50)) {
      strip += colour ? "\x1b[1m┃\x1b[0m" : "┃";
    } else if (x >= at(kP25) && x <= at(kP75)) {
      strip += colour ? "\x1b[36m▓\x1b[0m" : "▓";
    } else if (x >= at(kP05) && x <= at(kP95)) {
      strip += colour ? "\x1b[36m░\x1b[0m" : "░";
    } else if (x == zero) {
      strip += "┊";
    } else if (x >= at(kP01) && x <= at(kP99)) {
      strip += "─";
    } else {
      strip += ' ';
    }
  }
  return strip;
}

std::string strip_axis(double low, double high, int width) {
  if (!(high > low) || width < 2) return "";
  const double step = tick_step(high - low, std::max(2, width / 9));
  const int decimals = step < 1 ? 1 : 0;
  std::string axis(static_cast<std::size_t>(width), ' ');
  int free_from = 0;
  const double first = std::ceil(low / step);
  // Counted by a whole number: far out a double plus one is the same double.
  for (int tick = 0; tick <= width; ++tick) {
    const double k = first + tick;
    if (k * step > high) break;
    const std::string label = k == 0 ? "0" : signed_fixed(k * step, decimals);
    const int length = static_cast<int>(label.size());
    if (length > width) return "";
    const int start = std::clamp(column_of(k * step, low, high, width) - length / 2, 0, width - length);
    if (start < free_from) continue;
    axis.replace(static_cast<std::size_t>(start), label.size(), label);
    free_from = start + length + 1;
  }
  return axis;
}

}  // namespace plimsoll
