#include "models/published_forecasts.hpp"

#include "models/calibration_table.hpp"

namespace plimsoll {
namespace {

constexpr std::size_t kYear = 4, kMonth = 7;  // letters of YYYY and YYYY-MM

std::optional<double> optional_number(const CalibrationTable& table, std::size_t row, const std::string& column) {
  if (table.text(row, column).empty()) return std::nullopt;
  return table.number(row, column);
}

}  // namespace

std::optional<TradeFlow> PublishedForecast::flow() const {
  if (subject == "exports") return TradeFlow::exports;
  if (subject == "imports") return TradeFlow::imports;
  return std::nullopt;
}

std::optional<PeriodSpan> parse_period_span(const std::string& period) {
  PeriodSpan span;
  span.whole_year = period.size() == kYear;
  span.to_date = period.size() == kMonth + 3 && period.substr(kMonth) == "ytd";
  const auto last = parse_month(span.whole_year ? period + "-12" : span.to_date ? period.substr(0, kMonth) : period);
  if (!last || last->month() == 1) return std::nullopt;  // January is out with February
  span.last = *last;
  return span;
}

std::vector<PublishedForecast> read_published_forecasts(const std::string& text, const std::string& file) {
  std::vector<Problem> problems;
  TableChecks checks{problems, {}, {}};
  const CalibrationTable table(
      file, text, {"made_on", "by", "subject", "period", "unit", "low", "high", "outcome", "outcome_period", "note"},
      checks);
  std::vector<PublishedForecast> out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    PublishedForecast f;
    const std::optional<Date> made_on = table.date(row, "made_on");
    f.by = table.text(row, "by");
    f.subject = table.text(row, "subject");
    f.period = table.text(row, "period");
    f.unit = table.text(row, "unit");
    table.choice(row, "unit", {"pct", "usd_bn"});
    f.low = optional_number(table, row, "low");
    f.high = optional_number(table, row, "high");
    f.outcome = optional_number(table, row, "outcome");
    f.outcome_period = table.text(row, "outcome_period");
    f.note = table.text(row, "note");
    if (f.low && f.high && *f.low > *f.high)
      table.problem(row, "low", "the range runs backwards", "low is at most high", "");
    if (f.outcome.has_value() != !f.outcome_period.empty())
      table.problem(row, "outcome_period", "an outcome and its period go together", "", "give both or none");
    if (f.flow() && !parse_period_span(f.period))
      table.problem(
          row, "period", "no such period",
          "growth of totals is of a year (2026), a month (2026-05; February with January) or the year to date "
          "(2026-05ytd)",
          "");
    if (f.flow() && f.outcome)
      table.problem(row, "outcome", "totals bring their own outcome", "it would stand in two places", "leave it empty");
    if (made_on) f.made_on = *made_on;
    out.push_back(std::move(f));
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
  return out;
}

}  // namespace plimsoll
