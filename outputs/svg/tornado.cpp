#include <algorithm>
#include <cmath>

#include "outputs/markup_text.hpp"
#include "outputs/number_format.hpp"
#include "outputs/sensitivity_tables.hpp"

namespace plimsoll {
namespace {

constexpr double kWidth = 760, kNames = 270, kRight = 24, kRow = 24, kHead = 64;
constexpr std::size_t kMostBars = 15;

struct Bar {
  std::string name;
  double low = 0, high = 0;
};
struct Chart {
  std::string of, unit;
  double value = 0, se = 0;
  std::vector<Bar> bars;
};

std::vector<Chart> charts_of(const SensitivityResult& result, const Labels& labels) {
  std::vector<Chart> charts;
  for (const SensitivityRow& row : result.rows) {
    if (row.input.empty()) {
      charts.push_back({row.of, row.unit, row.estimate.value, row.estimate.se, {}});
      continue;
    }
    Chart& chart = *std::find_if(charts.begin(), charts.end(), [&](const Chart& c) { return c.of == row.of; });
    if (row.quantity == "at_p10" || row.quantity == "never")
      chart.bars.push_back({input_name(row.input, labels), row.estimate.value, 0});
    if (row.quantity == "at_p90" || row.quantity == "always") chart.bars.back().high = row.estimate.value;
  }
  for (Chart& chart : charts) chart.bars.resize(std::min(kMostBars, chart.bars.size()));
  return charts;
}

/// A name without its Markdown.
std::string plain(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
  return svg_escaped(text);
}
std::string at(double x) { return fixed(x, 1); }
std::string words(double x, double y, const std::string& text, const std::string& style) {
  return "<text x=\"" + at(x) + "\" y=\"" + at(y) + "\" " + style + ">" + plain(text) + "</text>\n";
}

/// One chart below `top`; the line in the middle is the figure with everything random.
std::string drawn(const Chart& chart, double top, const Labels& labels) {
  double low = chart.value, high = chart.value;
  for (const Bar& bar : chart.bars) {
    low = std::min({low, bar.low, bar.high});
    high = std::max({high, bar.low, bar.high});
  }
  const double span = high > low ? high - low : 1, from = low - 0.12 * span, to = high + 0.12 * span;
  const auto x = [&](double value) { return kNames + (kWidth - kNames - kRight) * (value - from) / (to - from); };
  const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(span))), 0, 4);
  const double foot = top + kHead + kRow * static_cast<double>(chart.bars.size());
  std::string svg = words(16, top + 22, chart.of, "font-size=\"15\" font-weight=\"bold\"") +
                    words(x(chart.value), top + kHead - 10, fixed(chart.value, decimals) + " " + error_text(chart.se),
                          "text-anchor=\"middle\" fill=\"#555\"") +
                    words(kWidth - kRight, top + 22, chart.unit == "probability" ? "" : labels.unit(chart.unit),
                          "text-anchor=\"end\" fill=\"#555\"");
  double y = top + kHead;
  for (const Bar& bar : chart.bars) {
    svg += words(kNames - 10, y + 15, bar.name, "text-anchor=\"end\"");
    const auto part = [&](double end, const char* colour) {
      const double a = std::min(x(chart.value), x(end)), b = std::max(x(chart.value), x(end));
      svg += "<rect x=\"" + at(a) + "\" y=\"" + at(y + 3) + "\" width=\"" + at(b - a) + "\" height=\"" + at(kRow - 7) +
             "\" fill=\"" + colour + "\"/>\n";
    };
    part(bar.low, "#c8762d");
    part(bar.high, "#3b6fb6");
    const double left = std::min(bar.low, bar.high), right = std::max(bar.low, bar.high);
    svg += words(x(left) - 4, y + 15, fixed(left, decimals), "text-anchor=\"end\" font-size=\"10\"");
    svg += words(x(right) + 4, y + 15, fixed(right, decimals), "font-size=\"10\"");
    y += kRow;
  }
  svg += "<line x1=\"" + at(x(chart.value)) + "\" x2=\"" + at(x(chart.value)) + "\" y1=\"" + at(top + kHead - 4) +
         "\" y2=\"" + at(foot) + "\" stroke=\"#222\"/>\n";
  return svg;
}

}  // namespace

std::string tornado_svg(const SensitivityResult& result, const Labels& labels) {
  if (result.method != SensitivityMethod::tornado) return "";
  std::string body;
  double top = 0;
  for (const Chart& chart : charts_of(result, labels)) {
    body += drawn(chart, top, labels);
    top += kHead + kRow * static_cast<double>(chart.bars.size()) + 16;
  }
  const auto key = [&](double left, const char* colour, const std::string& text) {
    body += "<rect x=\"" + at(left) + "\" y=\"" + at(top + 2) + "\" width=\"12\" height=\"12\" fill=\"" + colour +
            "\"/>\n" + words(left + 18, top + 12, text, "");
  };
  key(kNames, "#c8762d", labels("input at its 10% quantile", "输入取10%分位数"));
  key(kNames + 220, "#3b6fb6", labels("input at its 90% quantile", "输入取90%分位数"));
  body += words(16, top + 36,
                labels("Events: never, and always. Errors of the ends and of the swing: sensitivity.csv",
                       "事件：从不发生与必然发生。两端与摆幅的误差见 sensitivity.csv"),
                "fill=\"#555\" font-size=\"10\"");
  const std::string height = at(top + 48);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + at(kWidth) + " " + height + "\" width=\"" +
         at(kWidth) + "\" height=\"" + height +
         "\" role=\"img\" font-family=\"system-ui, 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif\" "
         "font-size=\"12\" fill=\"#222\">\n<title>" +
         std::string(labels("Tornado", "龙卷风图")) +
         "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" + body + "</svg>\n";
}

}  // namespace plimsoll
