#include "outputs/terminal_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "outputs/number_format.hpp"
#include "outputs/results_view.hpp"

namespace plimsoll {
namespace {

constexpr const char* kGrowth = "exports.total.yoy";
constexpr const char* kValue = "exports.total.value";
constexpr int kLabelColumns = 13;

std::string pct(double value) { return signed_fixed(value, 1) + "%"; }

std::string period_name(const Period& period) {
  if (period.frequency != Frequency::year_to_date) return to_string(period);
  return to_string(period.first) + " to " + to_string(period.last);
}

std::string growth_row(const SummaryRow& row) {
  const Distribution& d = row.distribution;
  const auto range = [&](std::size_t low, std::size_t high) {
    return right_aligned(signed_fixed(d.quantile[low], 1) + " to " + signed_fixed(d.quantile[high], 1), 17);
  };
  return "  " + left_aligned(to_string(row.period), kLabelColumns) +
         right_aligned(signed_fixed(d.quantile[kP50], 1), 7) + "  " + left_aligned(error_text(d.se_quantile[kP50]), 7) +
         range(kP25, kP75) + range(kP05, kP95) + "\n";
}

/// Months of the first simulated year, quarters of the later ones and months beyond the last quarter, then the years.
std::string growth_table(const RunResults& results, const TerminalStyle& style) {
  std::string text = emphasised("Growth on a year earlier", style) + ", %, in US dollars\n" +
                     dimmed("  " + left_aligned("", kLabelColumns) + right_aligned("median", 7) + "  " +
                                left_aligned("error", 7) + right_aligned("25-75%", 17) + right_aligned("5-95%", 17),
                            style) +
                     "\n";
  const HistoryRow* last_known = nullptr;
  for (const HistoryRow& row : results.history) {
    const bool later = last_known == nullptr || row.period.last > last_known->period.last;
    if (row.series == kGrowth && row.period.frequency == Frequency::month && later) last_known = &row;
  }
  if (last_known != nullptr) {
    text += dimmed("  " + left_aligned(to_string(last_known->period), kLabelColumns) +
                       right_aligned(signed_fixed(last_known->value, 1), 7) + "  actual",
                   style) +
            "\n";
  }
  const auto months = rows_of(results, kGrowth, Frequency::month);
  const auto quarters = rows_of(results, kGrowth, Frequency::quarter);
  const auto years = rows_of(results, kGrowth, Frequency::year);
  const int first_year = months.empty() ? std::numeric_limits<int>::min() : months.front()->period.last.year();
  for (const SummaryRow* row : months) {
    if (row->period.last.year() == first_year) text += growth_row(*row);
  }
  for (const SummaryRow* row : quarters) {
    if (row->period.last.year() > first_year) text += growth_row(*row);
  }
  for (const SummaryRow* row : months) {
    // Of later years only what no quarter holds, such as the last months of a horizon; the others are in summary.csv.
    const bool later = row->period.last.year() > first_year;
    if (later && (quarters.empty() || row->period.last > quarters.back()->period.last)) text += growth_row(*row);
  }
  if (years.empty() && headline_rows(results).size() == 1 && !months.empty() &&
      headline_rows(results).front()->period.frequency == Frequency::year_to_date) {
    text += growth_row(*headline_rows(results).front());
  }
  for (const SummaryRow* row : years) text += growth_row(*row);
  return text;
}

/// Values of whole years, under the table of growth.
std::string value_lines(const RunResults& results) {
  std::string text;
  for (const SummaryRow* row : rows_of(results, kValue, Frequency::year)) {
    const Distribution& d = row->distribution;
    text += "  " + to_string(row->period) + " in USD bn: " + usd_bn_text(d.quantile[kP50]) + " " +
            error_text(d.se_quantile[kP50]) + " (5-95%: " + usd_bn_text(d.quantile[kP05]) + " to " +
            usd_bn_text(d.quantile[kP95]) + ")\n";
  }
  return text;
}

std::string strips(const std::vector<const SummaryRow*>& rows, const TerminalStyle& style) {
  if (rows.empty()) return "";  // no growth was asked for
  double low = 0, high = 0;
  for (const SummaryRow* row : rows) {
    for (const double q : {row->distribution.quantile[kP01], row->distribution.quantile[kP99]}) {
      if (!std::isfinite(q)) return "";
      low = std::min(low, q);
      high = std::max(high, q);
    }
  }
  const double margin = std::max(0.5, 0.04 * (high - low));
  low -= margin;
  high += margin;
  const int columns = style.width - kLabelColumns - 4;
  std::string text = emphasised("Distribution", style) + ", growth in %: ┃ median, ▓ 25-75%, ░ 5-95%, ─ 1-99%\n";
  for (const SummaryRow* row : rows) {
    text += "  " + left_aligned(to_string(row->period), kLabelColumns) +
            growth_strip(row->distribution, low, high, columns, style) + "\n";
  }
  return text + "  " + left_aligned("", kLabelColumns) + strip_axis(low, high, columns) + "\n\n";
}

/// The run's spread by horizon beside what trend forecasts missed by in the past.
std::string spread(const RunResults& results, const TerminalStyle& style) {
  if (results.spread.empty()) return "";
  std::string text = emphasised("Spread of monthly growth", style) +
                     ", sd in pp: this run, and errors of trend forecasts since 2013\n";
  for (const SpreadRow& row : results.spread) {
    text += "  " + left_aligned(to_string(row.period), kLabelColumns) + right_aligned(fixed(row.sd_pp, 1), 7) +
            right_aligned(fixed(row.historical_sd_pp, 1), 8) + "  (" + std::to_string(row.historical_forecasts) +
            " forecasts, " + std::to_string(row.horizon) + (row.horizon == 1 ? " release" : " releases") + " ahead)\n";
  }
  return text + "\n";
}

std::string tail(const RunResults& results, const std::vector<const SummaryRow*>& rows, const TerminalStyle& style) {
  std::string text;
  for (const SummaryRow* row : rows) {
    std::string line;
    for (const ProbabilityRow& event : results.probabilities) {
      if (event.series != kGrowth || event.period != row->period) continue;
      const std::string level = fixed(event.threshold, event.threshold == std::floor(event.threshold) ? 0 : 1);
      if (event.event == "es_low") {
        line +=
            "    mean of the worst " + level + "%: " + pct(event.probability) + " " + error_text(event.se) + " pp\n";
      } else {
        const std::string name =
            event.event == "below" && event.threshold == 0 ? "a fall" : "growth " + event.event + " " + level + "%";
        line += "    probability of " + name + ": " +
                probability_with_error(event.probability, event.se, row->distribution.paths) + "\n";
      }
    }
    if (!line.empty()) text += "  " + to_string(row->period) + "\n" + line;
  }
  return text.empty() ? "" : emphasised("Tail", style) + "\n" + text + "\n";
}

std::string accuracy(const RunResults& results, const std::vector<const SummaryRow*>& rows) {
  const RunStatistics& ran = results.statistics;
  std::string text = "Monte Carlo error (one standard error, " + grouped(ran.paths_done) + " paths)";
  std::string separator = ": ";
  for (const SummaryRow* row : rows) {
    const Distribution& d = row->distribution;
    text += separator + to_string(row->period) + " mean " + error_text(d.se_mean) + ", 5% " +
            error_text(d.se_quantile[kP05]) + ", 95% " + error_text(d.se_quantile[kP95]);
    separator = "; ";
  }
  text += rows.empty() ? " of every figure: summary.csv.\n" : " pp.\n";
  if (results.sampling) {
    const SamplingResult& s = *results.sampling;
    text += "Sobol points explain " + fixed(100 * s.explained_frac, 0) + "%" + " of the variance of " + s.period + ":";
    separator = " ";
    for (const SamplingResult::Gain& gain : s.gains) {
      if (gain.probability != 0 && gain.probability != 0.05) continue;
      text += separator + (gain.probability == 0 ? "the mean" : "the 5% quantile") + " is worth " +
              fixed(gain.ratio, 1) + " times as many independent paths";
      separator = ", ";
    }
    text += ".\n";
  }
  if (ran.paths_done < ran.paths_requested) {
    text += "Stopped early: these figures rest on " + grouped(ran.paths_done) + " of " + grouped(ran.paths_requested) +
            " paths.\n";
  }
  return text;
}

}  // namespace

std::string emphasised(const std::string& text, const TerminalStyle& style) {
  return style.colour == TerminalStyle::Colour::on ? "\x1b[1m" + text + "\x1b[0m" : text;
}

std::string dimmed(const std::string& text, const TerminalStyle& style) {
  return style.colour == TerminalStyle::Colour::on ? "\x1b[2m" + text + "\x1b[0m" : text;
}

std::vector<std::string> headline(const RunResults& results) {
  std::vector<std::string> sentences;
  for (const SummaryRow* row : headline_rows(results)) {
    const Distribution& d = row->distribution;
    std::string sentence = "China's exports in " + period_name(row->period) + ": " + pct(d.quantile[kP50]) +
                           " (90% interval " + pct(d.quantile[kP05]) + " to " + pct(d.quantile[kP95]) + ")";
    if (const ProbabilityRow* fall = find_event(results, kGrowth, row->period, "below", 0)) {
      sentence += ", probability of a fall " + probability_text(fall->probability, d.paths);
    }
    sentences.push_back(sentence + ".");
  }
  return sentences;
}

std::string terminal_table(const RunResults& results, const RunContext& context, const TerminalStyle& asked) {
  TerminalStyle style = asked;
  style.width = std::max(60, asked.width);
  const auto rows = headline_rows(results);
  std::vector<Period> periods;
  for (const SummaryRow* row : rows) periods.push_back(row->period);

  std::string text;
  for (const std::string& sentence : headline(results)) text += emphasised(sentence, style) + "\n";
  text += dimmed("Scenario " + context.scenario_name + (context.title_en.empty() ? "" : ": " + context.title_en) +
                     ". Data to " + context.as_of + ", known on " + context.known_on + "; seed " +
                     std::to_string(context.seed) + ".",
                 style) +
          "\n\n";
  if (!rows.empty()) text += growth_table(results, style);
  text += value_lines(results) + "\n";
  text += year_under_way(results, style);
  text += strips(rows, style);
  text += contribution_tables(results, periods, style);
  text += own_sets(results, periods, style);
  text += spread(results, style);
  text += tail(results, rows, style);
  text += driver_levels(results, style);
  text += accuracy(results, rows);
  return text;
}

}  // namespace plimsoll
