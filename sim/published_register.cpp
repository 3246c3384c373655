#include "sim/published_register.hpp"

#include <algorithm>
#include <cmath>

#include "models/scores.hpp"
#include "sim/backtest.hpp"

namespace plimsoll {
namespace {

std::string year_to_date(Month last) { return to_string(last) + "ytd"; }

/// Growth of the year's periods up to `last`, percent.
double growth_to(const TotalsData& data, TradeFlow flow, Month last) {
  double now = 0, before = 0;
  for (std::size_t t = kPeriodsAYear; t < data.period.size(); ++t) {
    if (data.period[t].year() != last.year() || data.period[t] > last) continue;
    now += data.of(flow)[t];
    before += data.of(flow)[t - kPeriodsAYear];
  }
  return now > 0 ? 100 * (now / before - 1) : kNotScored;
}

void set_outcome(RegisterRow& row, TradeFlow flow, const PeriodSpan& span, const TotalsData& data,
                 const FirstPrints& prints) {
  if (!span.whole_year && !span.to_date) {
    const FirstPrint* print = prints.find(flow, span.last);
    if (print == nullptr) return;
    row.came = print->growth_pct;
    row.over = true;
  } else {
    const Month last = std::min(span.last, data.period.back());
    row.came = growth_to(data, flow, last);
    if (std::isnan(row.came)) return;
    row.over = last == span.last;
    if (!row.over) row.came_period = year_to_date(last);
  }
  if (row.over) row.came_period = row.said.period;
}

void set_scores(RegisterRow& row) {
  const auto &low = row.said.low, &high = row.said.high;
  if (std::isnan(row.came) || (!low && !high)) return;
  row.miss = std::max({low ? *low - row.came : 0, high ? row.came - *high : 0, 0.0});
  if (row.over && low && high) row.crps = crps_uniform(*low, *high, row.came);
}

void set_own(RegisterRow& row, TradeFlow flow, const PeriodSpan& span, const FirstPrints& prints,
             const std::vector<ScoredForecast>& forecasts) {
  const GrowthSpan kind = span.whole_year ? GrowthSpan::year
                          : span.to_date  ? GrowthSpan::year_to_date
                                          : GrowthSpan::month;
  std::optional<Month> origin = prints.last_released(row.said.made_on);
  if (!origin) return;
  // Oil of the month that is forecast is known when the month is over.
  const bool on_the_eve =
      kind == GrowthSpan::month && next_period(*origin) >= span.last && row.said.made_on.in_month() > span.last;
  if (on_the_eve) origin = previous_period(span.last);
  for (const char* model : {kDayBefore, kOwnModel}) {
    if (!on_the_eve && std::string(model) == kDayBefore) continue;
    for (const ScoredForecast& f : forecasts) {
      if (f.flow != flow || f.model != model || f.span != kind || f.origin != *origin || f.target != span.last)
        continue;
      row.own_median = f.quantile_pct[ScoredForecast::kMedian];
      row.own_low = f.quantile_pct[1];
      row.own_high = f.quantile_pct[7];
      if (row.over) row.own_crps = (kind == GrowthSpan::month ? f.first_print : f.final_level).crps_pp;
      return;
    }
  }
}

}  // namespace

std::vector<RegisterRow> score_register(const std::vector<PublishedForecast>& published, const TotalsData& data,
                                        const FirstPrints& prints, const std::vector<ScoredForecast>& forecasts) {
  std::vector<RegisterRow> out;
  for (const PublishedForecast& said : published) {
    RegisterRow& row = out.emplace_back();
    row.said = said;
    if (const auto flow = said.flow()) {
      const PeriodSpan span = parse_period_span(said.period).value();
      set_outcome(row, *flow, span, data, prints);
      set_own(row, *flow, span, prints, forecasts);
    } else if (said.outcome) {
      row.came = *said.outcome;
      row.came_period = said.outcome_period;
      row.over = said.outcome_period == said.period;
    }
    set_scores(row);
  }
  return out;
}

}  // namespace plimsoll
