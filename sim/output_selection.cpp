#include "sim/output_selection.hpp"

#include <algorithm>

namespace plimsoll {

std::string to_string(Frequency frequency) {
  switch (frequency) {
    case Frequency::month: return "M";
    case Frequency::quarter: return "Q";
    case Frequency::year: return "A";
    case Frequency::year_to_date: return "YTD";
  }
  return "";
}

std::string to_string(const Period& p) {
  switch (p.frequency) {
    case Frequency::month:
      return p.first == p.last ? to_string(p.first) : to_string(p.first) + ".." + to_string(p.last).substr(5);
    case Frequency::quarter: return std::to_string(p.first.year()) + "Q" + std::to_string(p.first.quarter());
    case Frequency::year: return std::to_string(p.first.year());
    case Frequency::year_to_date: return to_string(p.last) + "ytd";
  }
  return "";
}

bool matches_pattern(const std::string& pattern, const std::string& text) {
  std::size_t p = 0, t = 0, star = std::string::npos, back = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      back = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string::npos) {
      p = star + 1;
      t = ++back;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

double observed(const Calibration& c, int series, Month month) {
  const int products = static_cast<int>(c.products.size()), markets = static_cast<int>(c.markets.size());
  const double* cells = c.cells.data() + static_cast<std::ptrdiff_t>(month - c.detail_from) * products * markets;
  double sum = 0;
  for (int p = 0; p < products; ++p) {
    for (int m = 0; m < markets; ++m) {
      if (series == 0 || series == 1 + p || series == 1 + products + m) sum += cells[p * markets + m];
    }
  }
  return sum;
}

std::vector<Period> reported_periods(Month as_of, Month horizon, bool single_lunar_months) {
  std::vector<Period> periods;
  for (Month m = as_of + 1; m <= horizon; m = m + 1) {
    const bool lunar = m.month() <= 2;
    if (!lunar || single_lunar_months) periods.push_back({Frequency::month, m, m});
    if (m.month() == 2) periods.push_back({Frequency::month, m - 1, m});
  }
  for (Month m = as_of + 1; m <= horizon; m = m + 1) {
    if (m.month() % 3 == 0) periods.push_back({Frequency::quarter, m - 2, m});
  }
  for (Month m = as_of + 1; m <= horizon; m = m + 1) {
    if (m.month() == 12) periods.push_back({Frequency::year, m - 11, m});
  }
  for (Month m = as_of + 1; m <= horizon; m = m + 1) {
    if (m.month() != 1 || single_lunar_months) periods.push_back({Frequency::year_to_date, Month::of(m.year(), 1), m});
  }
  return periods;
}

namespace {

/// Sum of a series over months, split into what is observed and what is simulated.
PeriodSum period_sum(const Calibration& c, int series, Month first, Month last) {
  PeriodSum sum;
  for (Month m = first; m <= std::min(last, c.as_of); m = m + 1) sum.known += observed(c, series, m);
  if (last > c.as_of) {
    sum.from = std::max(1, first - c.as_of);
    sum.to = last - c.as_of;
  }
  return sum;
}

}  // namespace

OutputSelection select_outputs(const Scenario& scenario, const Calibration& c) {
  OutputSelection out;
  const int products = static_cast<int>(c.products.size()), markets = static_cast<int>(c.markets.size());
  const int calm = 1 + products + markets;
  const auto selected = [&](const std::string& series) {
    const std::vector<std::string>& patterns = scenario.report.series;
    return patterns.empty() || std::any_of(patterns.begin(), patterns.end(),
                                           [&](const std::string& p) { return matches_pattern(p, series); });
  };
  const auto name = [&](int series) {
    if (series == 0) return std::string("exports.total");
    if (series <= products) return "exports.product." + c.products[static_cast<std::size_t>(series - 1)].id;
    return "exports.market." + c.markets[static_cast<std::size_t>(series - 1 - products)].id;
  };
  const std::vector<Period> periods = reported_periods(c.as_of, scenario.horizon, scenario.report.single_lunar_months);
  for (int series = 0; series < calm; ++series) {
    for (const auto& [suffix, kind, unit] : {std::tuple{".value", OutputPlan::Kind::value, "usd_bn"},
                                             std::tuple{".yoy", OutputPlan::Kind::growth_pct, "pct"}}) {
      if (!selected(name(series) + suffix)) continue;
      for (const Period& period : periods) {
        OutputPlan plan;
        plan.kind = kind;
        plan.series = series;
        plan.now = period_sum(c, series, period.first, period.last);
        if (kind == OutputPlan::Kind::growth_pct)
          plan.before = period_sum(c, series, period.first - 12, period.last - 12);
        out.plans.push_back(plan);
        out.labels.push_back({OutputLabel::Table::summary, name(series) + suffix, "", "", period, unit});
      }
    }
  }
  if (!selected("exports.total.yoy")) return out;
  for (int series = 1; series <= calm; ++series) {
    for (const Period& period : periods) {
      OutputPlan plan;
      const Month first = period.first - 12, last = period.last - 12;
      plan.kind = series == calm ? OutputPlan::Kind::inherited_pp : OutputPlan::Kind::contribution_pp;
      plan.series = series == calm ? 0 : series;
      plan.calm_series = calm;
      plan.now = period_sum(c, plan.series, period.first, period.last);
      plan.before = period_sum(c, plan.series, first, last);
      plan.total_before = period_sum(c, 0, first, last);
      plan.calm_now = period_sum(c, 0, period.first, period.last);
      plan.calm_before = plan.total_before;
      out.plans.push_back(plan);
      OutputLabel label{OutputLabel::Table::contributions, "exports.total.yoy", "driver", "inherited", period, "pp"};
      if (series <= products) {
        label.by = "product";
        label.key = c.products[static_cast<std::size_t>(series - 1)].id;
      } else if (series < calm) {
        label.by = "market";
        label.key = c.markets[static_cast<std::size_t>(series - 1 - products)].id;
      }
      out.labels.push_back(label);
    }
  }
  return out;
}

}  // namespace plimsoll
