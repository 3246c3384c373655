#include "outputs/sweep_plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "outputs/markup_text.hpp"
#include "outputs/number_format.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {

namespace {

constexpr double kErrors = 2;  // standard errors that a band or a bar reaches
constexpr std::array<const char*, 6> kColours{"#0b5cab", "#b34700", "#2e7d32", "#7b3fa0", "#00838f", "#5d4037"};

std::string at(double x) { return fixed(x, 1); }
std::string text_at(double x, double y, const std::string& text, const std::string& more) {
  return "<text x=\"" + at(x) + "\" y=\"" + at(y) + "\" " + more + ">" + svg_escaped(text) + "</text>\n";
}
std::string open_svg(double width, double height, const std::string& title) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + at(width) + " " + at(height) + "\" width=\"" +
         at(width) + "\" role=\"img\" font-size=\"12\" fill=\"#1a1a1a\"><title>" + svg_escaped(title) + "</title>\n";
}

/// Light to dark along one hue, and the ink that stands out on it.
struct Shade {
  std::string fill, ink;
};
Shade shade(double share) {
  constexpr std::array<double, 3> kLight{240, 246, 252}, kDark{8, 69, 148};
  std::string fill = "rgb(";
  for (std::size_t k = 0; k < 3; ++k)
    fill += (k == 0 ? "" : ",") + std::to_string(std::lround(kLight[k] + share * (kDark[k] - kLight[k])));
  return {fill + ")", share > 0.5 ? "#ffffff" : "#1a1a1a"};
}

/// Round steps over a span.
double tick_step(double span) {
  const double power = std::pow(10.0, std::floor(std::log10(span / 5)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= span / 5) return step * power;
  }
  return 10 * power;
}

struct Span {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  void take(double x) {
    if (!std::isfinite(x)) return;
    low = std::min(low, x);
    high = std::max(high, x);
  }
  bool empty() const { return !(low <= high); }
  void widen() {
    if (low == high) {
      const double half = low == 0 ? 1 : std::abs(low) / 10;
      low -= half;
      high += half;
    }
  }
};

/// The plot's frame, from data to picture.
struct Frame {
  static constexpr double kWidth = 720, kLeft = 70, kRight = 20, kTop = 30, kBottom = 44, kHeight = 340;
  Span x, y;
  double px(double v) const { return kLeft + (kWidth - kLeft - kRight) * (v - x.low) / (x.high - x.low); }
  double py(double v) const { return kTop + (kHeight - kTop - kBottom) * (y.high - v) / (y.high - y.low); }
};

std::string axes(const Frame& frame, const ResponsePlot& plot) {
  std::string svg;
  const double step = tick_step(frame.y.high - frame.y.low);
  for (double v = std::ceil(frame.y.low / step) * step; v <= frame.y.high; v += step) {
    svg += "<line x1=\"" + at(Frame::kLeft) + "\" x2=\"" + at(Frame::kWidth - Frame::kRight) + "\" y1=\"" +
           at(frame.py(v)) + "\" y2=\"" + at(frame.py(v)) + "\" stroke=\"#d9dee5\"/>\n";
    svg += text_at(Frame::kLeft - 6, frame.py(v) + 4, shortest(std::round(v / step) * step), "text-anchor=\"end\"");
  }
  const double foot = Frame::kHeight - Frame::kBottom;
  if (plot.x_labels.empty()) {
    const double x_step = tick_step(frame.x.high - frame.x.low);
    for (double v = std::ceil(frame.x.low / x_step) * x_step; v <= frame.x.high; v += x_step)
      svg += text_at(frame.px(v), foot + 16, shortest(std::round(v / x_step) * x_step), "text-anchor=\"middle\"");
  }
  for (std::size_t k = 0; k < plot.x_labels.size(); ++k)
    svg += text_at(frame.px(static_cast<double>(k)), foot + 16, plot.x_labels[k], "text-anchor=\"middle\"");
  svg +=
      text_at((Frame::kLeft + Frame::kWidth) / 2, foot + 34, plot.x_title, "text-anchor=\"middle\" fill=\"#55606e\"");
  return svg + text_at(Frame::kLeft, Frame::kTop - 12, plot.y_title, "fill=\"#55606e\"");
}

std::string curve_of(const Frame& frame, const ResponseCurve& curve, const std::string& colour,
                     ResponsePlot::Mark mark) {
  std::string line, upper, lower, marks;
  for (std::size_t k = 0; k < curve.x.size(); ++k) {
    const Estimate::Figure& f = curve.y[k];
    if (!std::isfinite(f.value)) continue;
    const double se = std::isfinite(f.se) ? kErrors * f.se : 0;
    const std::string x = at(frame.px(curve.x[k]));
    line += x + "," + at(frame.py(f.value)) + " ";
    upper += x + "," + at(frame.py(f.value + se)) + " ";
    lower = x + "," + at(frame.py(f.value - se)) + " " + lower;
    if (mark == ResponsePlot::Mark::points)
      marks += "<line x1=\"" + x + "\" x2=\"" + x + "\" y1=\"" + at(frame.py(f.value - se)) + "\" y2=\"" +
               at(frame.py(f.value + se)) + "\" stroke=\"" + colour + "\" stroke-opacity=\"0.35\"/>\n";
    marks += "<circle cx=\"" + x + "\" cy=\"" + at(frame.py(f.value)) + "\" r=\"2.5\" fill=\"" + colour + "\"/>\n";
  }
  if (mark == ResponsePlot::Mark::points) return marks;
  return "<polygon points=\"" + upper + lower + "\" fill=\"" + colour +
         "\" fill-opacity=\"0.15\"/>\n<polyline points=\"" + line + "\" fill=\"none\" stroke=\"" + colour +
         "\" stroke-width=\"2\"/>\n" + marks;
}

}  // namespace

std::string heat_map(const HeatMap& map) {
  constexpr double kLabel = 120, kHead = 64, kFoot = 8, kNarrowest = 560, kWidest = 720;
  constexpr std::size_t kMostWritten = 12, kLabels = 12;  // more columns show colours alone, and some of the levels
  const bool written = map.x.size() <= kMostWritten;
  const double cell = written ? 92 : kWidest / static_cast<double>(map.x.size());
  const double line = written ? 34 : std::max(6.0, 400 / static_cast<double>(map.y.size()));
  const auto is_labelled = [&](std::size_t k, std::size_t of) { return written || k % (of / kLabels + 1) == 0; };
  const double width = std::max(kNarrowest, kLabel + cell * static_cast<double>(map.x.size()) + kFoot);
  const double height = kHead + line * static_cast<double>(map.y.size()) + kFoot;
  std::string svg = open_svg(width, height, map.x_title + " / " + map.y_title);
  svg += text_at(0, 14, "\u2193 " + map.y_title, "fill=\"#55606e\"") +
         text_at(0, 32, "\u2192 " + map.x_title, "fill=\"#55606e\"");
  for (std::size_t i = 0; i < map.x.size(); ++i) {
    if (is_labelled(i, map.x.size()))
      svg += text_at(kLabel + cell * (static_cast<double>(i) + 0.5), 56, map.x[i], "text-anchor=\"middle\"");
  }
  const double gap = written ? 2 : 0;
  for (std::size_t j = 0; j < map.y.size(); ++j) {
    const double y = kHead + line * static_cast<double>(j);
    if (is_labelled(j, map.y.size())) svg += text_at(kLabel - 8, y + line / 2 + 4, map.y[j], "text-anchor=\"end\"");
    for (std::size_t i = 0; i < map.x.size(); ++i) {
      const double value = map.z[j][i].value;
      const bool known = std::isfinite(value);
      const Shade colour = shade(!known ? 0 : map.high > map.low ? (value - map.low) / (map.high - map.low) : 0.5);
      const double x = kLabel + cell * static_cast<double>(i);
      svg += "<rect x=\"" + at(x) + "\" y=\"" + at(y) + "\" width=\"" + at(cell - gap) + "\" height=\"" +
             at(line - gap) + "\" fill=\"" + (known ? colour.fill : "#ffffff") + "\"" +
             (written ? " stroke=\"#c6d4e4\"/>\n" : "><title>" + svg_escaped(map.text[j][i]) + "</title></rect>\n");
      if (written)
        svg += text_at(x + cell / 2 - 1, y + 20, map.text[j][i],
                       "text-anchor=\"middle\" fill=\"" + (known ? colour.ink : std::string("#55606e")) + "\"");
    }
  }
  return svg + "</svg>\n";
}

std::string response_plot(const ResponsePlot& plot) {
  Frame frame;
  for (const ResponseCurve& curve : plot.curves) {
    for (std::size_t k = 0; k < curve.x.size(); ++k) {
      const Estimate::Figure& f = curve.y[k];
      if (!std::isfinite(f.value)) continue;
      frame.x.take(curve.x[k]);
      frame.y.take(f.value - kErrors * (std::isfinite(f.se) ? f.se : 0));
      frame.y.take(f.value + kErrors * (std::isfinite(f.se) ? f.se : 0));
    }
  }
  if (frame.x.empty() || frame.y.empty()) return "";
  frame.x.widen();
  frame.y.widen();
  const bool named = plot.curves.size() > 1;
  const double legend = named ? 18.0 * static_cast<double>(plot.curves.size()) + 18 : 0;
  std::string svg = open_svg(Frame::kWidth, Frame::kHeight + legend, plot.y_title) + axes(frame, plot);
  for (std::size_t c = 0; c < plot.curves.size(); ++c) {
    const std::string colour = kColours[c % kColours.size()];
    svg += curve_of(frame, plot.curves[c], colour, plot.mark);
    if (!named) continue;
    const double y = Frame::kHeight + 18.0 * static_cast<double>(c) + 16;
    svg += "<rect x=\"" + at(Frame::kLeft) + "\" y=\"" + at(y - 9) + "\" width=\"12\" height=\"10\" fill=\"" + colour +
           "\"/>\n" + text_at(Frame::kLeft + 18, y, plot.curves[c].name, "");
  }
  return svg + "</svg>\n";
}

}  // namespace plimsoll
