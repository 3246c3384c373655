#include <algorithm>
#include <cmath>

#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"
#include "outputs/stress_tables.hpp"
#include "outputs/stress_words.hpp"
#include "scenarios/number_text.hpp"

namespace plimsoll {
namespace {

constexpr int kNameWidth = 26, kCellWidth = 15;

/// Five steps of blue, light to dark: legible by people who cannot tell red from green.
std::string shaded(const std::string& text, double probability, const TerminalStyle& style) {
  if (style.colour == TerminalStyle::Colour::off || !std::isfinite(probability)) return text;
  constexpr int kBackground[] = {0, 195, 153, 111, 68, 25};
  const int step = probability <= 0 ? 0 : std::min(5, 1 + static_cast<int>(probability * 5));
  if (step == 0) return text;
  const int ink = step >= 4 ? 231 : 16;
  return "\033[48;5;" + std::to_string(kBackground[step]) + ";38;5;" + std::to_string(ink) + "m" + text + "\033[0m";
}

std::string cell(const StressFigure& figure, std::int64_t paths, const TerminalStyle& style) {
  const std::string text = probability_with_error(figure.value, figure.se, paths);
  return " " + shaded(right_aligned(text, kCellWidth - 1), figure.value, style);
}

std::string gate_lines(const StressResults& results, const TerminalStyle& style) {
  std::string text;
  for (const StressScenario& s : results.scenarios) {
    for (const GateOutcome& g : s.gates) {
      if (!g.holds && !g.close) continue;
      text += "  " + emphasised(g.holds ? "holds" : "close", style) + "  " + left_aligned(s.name, kNameWidth - 2) +
              to_string(g.gate) + ": " + shortest(std::round(g.figure.value * 1e4) / 1e4) + " " +
              error_text(g.figure.se) + (g.close ? ", within two errors of the limit" : "") + "\n";
    }
  }
  return text;
}

}  // namespace

std::string stress_terminal(const StressResults& results, const TerminalStyle& style) {
  std::string text;
  const bool gated = !results.scenarios.empty() && !results.scenarios.front().gates.empty();
  if (gated) {
    const std::string lines = gate_lines(results, style);
    text += emphasised("Gates", style) + "\n" + (lines.empty() ? "  none holds in any scenario\n" : lines) + "\n";
  }
  text += emphasised("Probability of each threshold", style) + ", with its Monte Carlo error; worst first by the " +
          (results.order == "mean" ? "mean" : "5% quantile") + " of " + to_string(results.headline) + "\n";
  for (std::size_t t = 0; t < results.thresholds.size(); ++t)
    text += "  " + threshold_letter(t) + "  " + to_string(results.thresholds[t]) + "\n";
  text +=
      dimmed("  " + left_aligned("", kNameWidth) + right_aligned(results.order == "mean" ? "mean" : "p05", 14), style);
  for (std::size_t t = 0; t < results.thresholds.size(); ++t)
    text += dimmed(right_aligned(threshold_letter(t), kCellWidth), style);
  text += "\n";
  for (const StressScenario& s : results.scenarios) {
    text += "  " + left_aligned(s.name, kNameWidth);
    if (!s.failure.empty()) {
      text += " failed: " + s.failure + "\n";
      continue;
    }
    const bool mean = results.order == "mean";
    text += right_aligned(signed_fixed(mean ? s.headline.mean : s.headline.quantile[kP05], 1) + " " +
                              error_text(mean ? s.headline.se_mean : s.headline.se_quantile[kP05]),
                          14);
    for (const StressFigure& figure : s.thresholds) text += cell(figure, s.headline.paths, style);
    text += "\n";
  }
  return text;
}

}  // namespace plimsoll
