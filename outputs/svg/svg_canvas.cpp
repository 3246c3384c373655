#include "outputs/svg/svg_canvas.hpp"

#include <algorithm>
#include <cmath>

#include "outputs/number_format.hpp"

namespace plimsoll {

namespace {

constexpr double kWidth = 760, kLeft = 56, kRight = 16, kTop = 44, kPlotHeight = 280, kLegendRow = 20;
constexpr double kPlotWidth = kWidth - kLeft - kRight;
constexpr std::size_t kLegendColumns = 3;

std::string at(double value) { return fixed(value, 1); }

std::string text_element(double x, double y, const std::string& text, const std::string& style) {
  return "<text x=\"" + at(x) + "\" y=\"" + at(y) + "\" " + style + ">" + svg_escaped(text) + "</text>\n";
}

/// 1, 2 or 5 times a power of ten: some six ticks over the span.
double tick_step(double span) {
  const double rough = span / 6, power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= rough) return step * power;
  }
  return 10 * power;
}

}  // namespace

std::string svg_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

SvgCanvas::SvgCanvas(const std::string& title, const std::string& value_title, std::size_t slots, double low,
                     double high)
    : title_(title), slots_(std::max<std::size_t>(1, slots)), low_(std::min(0.0, low)), high_(std::max(0.0, high)) {
  if (!(high_ > low_)) high_ = low_ + 1;
  const double step = tick_step(high_ - low_);
  low_ = std::floor(low_ / step) * step;
  high_ = std::ceil(high_ / step) * step;
  const int ticks = static_cast<int>(std::lround((high_ - low_) / step));
  for (int k = 0; k <= ticks; ++k) {
    const double value = low_ + k * step;
    const bool zero = std::abs(value) < step / 2;
    body_ += "<line x1=\"" + at(kLeft) + "\" x2=\"" + at(kWidth - kRight) + "\" y1=\"" + at(y(value)) + "\" y2=\"" +
             at(y(value)) + "\" stroke=\"" + (zero ? "#444" : "#ddd") + "\"/>\n";
    body_ += text_element(kLeft - 6, y(value) + 4, fixed(value, step < 1 ? 1 : 0), "text-anchor=\"end\"");
  }
  body_ += text_element(kLeft, kTop - 8, value_title, "fill=\"#555\"");
}

double SvgCanvas::x(std::size_t slot) const {
  return kLeft + kPlotWidth * (static_cast<double>(slot) + 0.5) / static_cast<double>(slots_);
}

double SvgCanvas::y(double value) const { return kTop + kPlotHeight * (high_ - value) / (high_ - low_); }

void SvgCanvas::band(std::size_t first, const std::vector<double>& lower, const std::vector<double>& upper,
                     const std::string& colour) {
  std::string points;
  for (std::size_t k = 0; k < upper.size(); ++k) points += at(x(first + k)) + "," + at(y(upper[k])) + " ";
  for (std::size_t k = lower.size(); k > 0; --k) points += at(x(first + k - 1)) + "," + at(y(lower[k - 1])) + " ";
  if (!points.empty()) points.pop_back();
  body_ += "<polygon points=\"" + points + "\" fill=\"" + colour + "\"/>\n";
}

void SvgCanvas::line(std::size_t first, const std::vector<double>& values, const std::string& colour, double width) {
  std::string points;
  for (std::size_t k = 0; k < values.size(); ++k) points += at(x(first + k)) + "," + at(y(values[k])) + " ";
  if (!points.empty()) points.pop_back();
  body_ += "<polyline points=\"" + points + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" + at(width) +
           "\"/>\n";
}

void SvgCanvas::bar(std::size_t slot, double from, double to, const std::string& colour) {
  const double width = 0.7 * kPlotWidth / static_cast<double>(slots_), top = std::min(y(from), y(to));
  body_ += "<rect x=\"" + at(x(slot) - width / 2) + "\" y=\"" + at(top) + "\" width=\"" + at(width) + "\" height=\"" +
           at(std::abs(y(from) - y(to))) + "\" fill=\"" + colour + "\"/>\n";
}

void SvgCanvas::dot(std::size_t slot, double value) {
  body_ += "<circle cx=\"" + at(x(slot)) + "\" cy=\"" + at(y(value)) +
           "\" r=\"4.0\" fill=\"#fff\" stroke=\"#222\" stroke-width=\"2\"/>\n";
}

void SvgCanvas::slot_label(std::size_t slot, const std::string& text) {
  body_ += text_element(x(slot), kTop + kPlotHeight + 18, text, "text-anchor=\"middle\"");
}

void SvgCanvas::legend(const std::string& text, const std::string& colour) { legend_.emplace_back(text, colour); }

void SvgCanvas::note(const std::string& text) { note_ = text; }

std::string SvgCanvas::svg() const {
  const double under = kTop + kPlotHeight + 40;
  std::string foot;
  for (std::size_t k = 0; k < legend_.size(); ++k) {
    const std::size_t column = k % kLegendColumns, row = k / kLegendColumns;
    const double left = kLeft + kPlotWidth / kLegendColumns * static_cast<double>(column);
    const double top = under + kLegendRow * static_cast<double>(row);
    foot += "<rect x=\"" + at(left) + "\" y=\"" + at(top - 10) + "\" width=\"12\" height=\"12\" fill=\"" +
            legend_[k].second + "\"/>\n" + text_element(left + 18, top, legend_[k].first, "");
  }
  const std::size_t rows = (legend_.size() + kLegendColumns - 1) / kLegendColumns;
  const double end = under + kLegendRow * static_cast<double>(rows);
  foot += text_element(kLeft, end + 4, note_, "fill=\"#555\"");
  const std::string height = at(end + 16);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + at(kWidth) + " " + height + "\" width=\"" +
         at(kWidth) + "\" height=\"" + height +
         "\" role=\"img\" font-family=\"system-ui, 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif\" "
         "font-size=\"12\" fill=\"#222\">\n<title>" +
         svg_escaped(title_) + "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" +
         text_element(kLeft, 20, title_, "font-size=\"15\" font-weight=\"bold\"") + body_ + foot + "</svg>\n";
}

}  // namespace plimsoll
