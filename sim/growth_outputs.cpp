#include "sim/growth_outputs.hpp"

#include <algorithm>
#include <cmath>

namespace plimsoll {

namespace {

using Kind = OutputPlan::Kind;

/// January and February are one release, the other months one each.
Period release_of(Month month) {
  if (month.month() > 2) return {Frequency::month, month, month};
  const Month january = Month::of(month.year(), 1);
  return {Frequency::month, january, january + 1};
}

double seasonal(const Calibration& c, const ReportedSeries& total, std::size_t product, Month month) {
  const int p = static_cast<int>(product);
  return total.flow == Flow::imports ? c.imports.seasonal(p, month) : c.seasonal(p, month);
}

/// Observed value of one product of the total.
double product_value(const Calibration& c, const ReportedSeries& total, std::size_t product, Month month) {
  ReportedSeries one = total;
  std::fill(one.product_weight.begin(), one.product_weight.end(), 0.0);
  one.product_weight[product] = 1;
  return observed(c, one, month);
}

double known(const Calibration& c, const ReportedSeries& series, Month first, Month last) {
  return period_sum_of(c, series, first, last).known;
}

/// Value of the months after as_of to `last` if every product stays at its seasonally adjusted level of the last
/// release.
double carried(const Calibration& c, const ReportedSeries& total, Month last) {
  const Period release = release_of(c.as_of);
  double sum = 0;
  for (std::size_t p = 0; p < total.product_weight.size(); ++p) {
    double value = 0, factor = 0;
    for (Month m = release.first; m <= release.last; m = m + 1) {
      value += product_value(c, total, p, m);
      factor += std::exp(seasonal(c, total, p, m));
    }
    for (Month m = c.as_of + 1; m <= last; m = m + 1) sum += value / factor * std::exp(seasonal(c, total, p, m));
  }
  return sum;
}

/// The year under way: its first month, and the observed and the coming part of it and of the year before.
struct YearUnderWay {
  Month first;
  double known, before, rest_before;

  YearUnderWay(const Calibration& c, const ReportedSeries& total)
      : first(Month::of((c.as_of + 1).year(), 1)),
        known(plimsoll::known(c, total, first, std::min(c.as_of, first + 11))),
        before(plimsoll::known(c, total, first - 12, first - 1)),
        rest_before(plimsoll::known(c, total, c.as_of - 11, first - 1)) {}
};

OutputPlan growth(const PeriodSum& now, double before) {
  OutputPlan plan;
  plan.kind = Kind::growth_pct;
  plan.now = now;
  plan.before.known = before;
  plan.before.to = 0;
  return plan;
}

PeriodSum constant(double value) { return {value, 1, 0}; }

void add_year_under_way(const Scenario& scenario, const Calibration& c, const ReportedSeries& total,
                        const std::function<bool(const std::string&)>& selected, OutputSelection& out) {
  const Month first = Month::of((c.as_of + 1).year(), 1), last = first + 11;
  if (first - 12 < c.detail_from) return;
  const YearUnderWay year(c, total);
  const Period period{Frequency::year, first, last};
  const auto add = [&](const char* measure, OutputPlan plan) {
    if (!selected(total.name + measure)) return;
    plan.series = total.row;
    out.plans.push_back(plan);
    out.labels.push_back({OutputLabel::Table::summary, total.name + measure, "", "", period, "pct"});
  };
  add(".carry_over", growth(constant(year.known + carried(c, total, last)), year.before));
  add(".locked_in", growth(constant(year.known + year.rest_before), year.before));
  if (last <= scenario.horizon)
    add(".rest_of_year", growth(period_sum_of(c, total, c.as_of + 1, last), year.rest_before));
  if (!selected(total.name + ".rest_of_year")) return;
  for (const double threshold : scenario.report.thresholds_pct) {
    OutputPlan plan = growth(constant((1 + threshold / 100) * year.before - year.known), year.rest_before);
    plan.series = total.row;
    out.plans.push_back(plan);
    out.labels.push_back(
        {OutputLabel::Table::probabilities, total.name + ".rest_of_year", "required", "", period, "pct", threshold});
  }
}

/// Log seasonal factor of a total: its products' factors weighted by their values of the last twelve observed months,
/// January and February at the season's common factor.
double total_season_log(const Calibration& c, const ReportedSeries& total, int calendar_month) {
  const auto& factors = total.flow == Flow::imports ? c.imports.seasonal_log : c.seasonal_log;
  double sum = 0, weights = 0;
  for (std::size_t p = 0; p < total.product_weight.size(); ++p) {
    double weight = 0;
    for (Month m = c.as_of - 11; m <= c.as_of; m = m + 1) weight += product_value(c, total, p, m);
    sum += weight * std::exp(factors[p][static_cast<std::size_t>(calendar_month - 1)]);
    weights += weight;
  }
  return std::log(sum / weights);
}

}  // namespace

PeriodSum period_sum_of(const Calibration& c, const ReportedSeries& series, Month first, Month last) {
  PeriodSum sum;
  for (Month m = first; m <= std::min(last, c.as_of); m = m + 1) sum.known += observed(c, series, m);
  if (last > c.as_of) {
    sum.from = std::max(1, first - c.as_of);
    sum.to = last - c.as_of;
  }
  return sum;
}

OutputPlan growth_change(Kind kind, const Calibration& c, const ReportedSeries& total, const Period& now) {
  const Period before = release_of(now.first - 1);
  const auto factor = [&](const Period& release) {
    return std::exp(total_season_log(c, total, release.last.month())) * (release.last - release.first + 1);
  };
  OutputPlan plan;
  plan.kind = kind;
  plan.series = total.row;
  plan.now = period_sum_of(c, total, now.first, now.last);
  plan.before = period_sum_of(c, total, now.first - 12, now.last - 12);
  plan.total = period_sum_of(c, total, before.first, before.last);
  plan.earlier = period_sum_of(c, total, before.first - 12, before.last - 12);
  plan.season_log = std::log(factor(now) / factor(before));
  return plan;
}

void add_growth_outputs(const Scenario& scenario, const Calibration& c, const ReportedSeries& total,
                        const std::function<bool(const std::string&)>& selected, OutputSelection& out) {
  if (reports(scenario.report, Frequency::year)) add_year_under_way(scenario, c, total, selected, out);
  if (!reports(scenario.report, Frequency::month)) return;
  for (const auto& [measure, kind] :
       {std::pair(".yoy_change", Kind::change_pp), std::pair(".momentum", Kind::momentum_pp),
        std::pair(".base_effect", Kind::base_effect_pp)}) {
    if (!selected(total.name + measure)) continue;
    for (Month m = c.as_of + 1; m <= scenario.horizon; m = m + 1) {
      const Period now = release_of(m);
      if (m != now.last || release_of(now.first - 1).first - 12 < c.detail_from) continue;
      out.plans.push_back(growth_change(kind, c, total, now));
      out.labels.push_back({OutputLabel::Table::summary, total.name + measure, "", "", now, "pp"});
    }
  }
}

}  // namespace plimsoll
