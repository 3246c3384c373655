#include "sim/output_selection.hpp"

#include <algorithm>

#include "models/attribution_setup.hpp"
#include "models/import_setup.hpp"
#include "sim/driver_outputs.hpp"
#include "sim/growth_outputs.hpp"

namespace plimsoll {

std::string to_string(Frequency frequency) { return frequency_name(frequency); }

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
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
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

std::vector<ReportedSeries> reported_series(const Calibration& c, int shocks) {
  std::vector<ReportedSeries> all;
  const int products = static_cast<int>(c.products.size()), markets = static_cast<int>(c.markets.size());
  const std::vector<double> every_product(c.products.size(), 1.0), every_market(c.markets.size(), 1.0);
  const auto only = [](int count, int member) {
    std::vector<double> weight(static_cast<std::size_t>(count), 0.0);
    weight[static_cast<std::size_t>(member)] = 1;
    return weight;
  };
  const auto add = [&](Flow flow, const std::string& name, std::vector<double> product, std::vector<double> market,
                       int price) {
    const std::string prefix = flow == Flow::exports ? "exports." : "imports.";
    all.push_back({flow, prefix + name, static_cast<int>(all.size()), price, std::move(product), std::move(market)});
  };
  add(Flow::exports, "total", every_product, every_market, kTerms);
  for (int p = 0; p < products; ++p) {
    add(Flow::exports, "product." + c.products[static_cast<std::size_t>(p)].id, only(products, p), every_market,
        kTerms + 1 + p);
  }
  for (int m = 0; m < markets; ++m) {
    add(Flow::exports, "market." + c.markets[static_cast<std::size_t>(m)].id, every_product, only(markets, m), -1);
  }
  int piece = kTerms + 1 + products;
  for (const Aggregate& aggregate : aggregates(c)) {
    if (aggregate.of_markets)
      add(Flow::exports, aggregate.series, every_product, aggregate.weight, -1);
    else
      add(Flow::exports, aggregate.series, aggregate.weight, every_market, piece);
    ++piece;
  }
  if (c.imports.products.empty()) return all;
  piece += shocks + static_cast<int>(c.declared_drivers.size());
  const int inputs = static_cast<int>(c.imports.products.size());
  add(Flow::imports, "total", std::vector<double>(c.imports.products.size(), 1.0), {}, piece);
  for (int p = 0; p < inputs; ++p) {
    add(Flow::imports, "product." + c.imports.products[static_cast<std::size_t>(p)].id, only(inputs, p), {},
        piece + 1 + p);
  }
  piece += 1 + inputs;
  for (const Aggregate& aggregate : import_aggregates(c))
    add(Flow::imports, aggregate.series, aggregate.weight, {}, piece++);
  return all;
}

double observed(const Calibration& c, const ReportedSeries& series, Month month) {
  double sum = 0;
  if (series.flow == Flow::imports) {
    const std::size_t products = c.imports.products.size();
    const double* values = c.imports.values.data() + static_cast<std::size_t>(month - c.detail_from) * products;
    for (std::size_t p = 0; p < products; ++p) sum += series.product_weight[p] * values[p];
    return sum;
  }
  const std::size_t products = c.products.size(), markets = c.markets.size();
  const double* cells = c.cells.data() + static_cast<std::size_t>(month - c.detail_from) * products * markets;
  for (std::size_t p = 0; p < products; ++p) {
    if (series.product_weight[p] == 0) continue;
    for (std::size_t m = 0; m < markets; ++m) {
      if (series.market_weight[m] == 0) continue;
      sum += series.product_weight[p] * series.market_weight[m] * cells[p * markets + m];
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

bool reports(const ReportSpec& spec, Frequency frequency) {
  return std::find(spec.frequencies.begin(), spec.frequencies.end(), frequency) != spec.frequencies.end();
}

namespace {

using Kind = OutputPlan::Kind;

/// What follows a series' name.
struct Measure {
  const char* suffix;
  Kind kind;
  const char* unit;
  int years;          ///< of history it looks back to
  bool year_to_date;  ///< also given for the year to date
};
constexpr Measure kMeasures[] = {
    {".value", Kind::value, "usd_bn", 0, true},         {".yoy", Kind::growth_pct, "pct", 1, true},
    {".yoy_rmb", Kind::growth_rmb_pct, "pct", 1, true}, {".yoy_2y", Kind::growth_2y_pct, "pct", 2, false},
    {".volume", Kind::volume_pct, "pct", 1, false},     {".price", Kind::price_pct, "pct", 1, false},
    {".share", Kind::share_pct, "pct", 0, false},
};
constexpr const char* kTermKeys[kTerms] = {"capex",          "memory_price",    "oil_price",     "exchange_rate",
                                           "foreign_demand", "tariff",          "front_loading", "diversion",
                                           "supply_limits",  "export_controls", "inherited",     "trend"};

/// Builds outputs and their labels.
class Selector {
 public:
  Selector(const Scenario& scenario, const Calibration& calibration)
      : scenario_(scenario),
        c_(calibration),
        patterns_(patterns_of(scenario.report.series)),
        contributions_(patterns_of(scenario.report.contributions)),
        shocks_(scenario.shocks),
        limits_(!scenario.supply_limits.empty()),
        controls_(!scenario.export_controls.empty()),
        series_(reported_series(calibration, static_cast<int>(scenario.shocks.size()))),
        periods_(reported_periods(calibration.as_of, scenario.horizon, scenario.report.single_lunar_months)),
        first_attributed_(first_attributed(static_cast<int>(calibration.detail_months()), calibration.as_of)) {
    std::erase_if(periods_, [&](const Period& period) { return !reports(scenario_.report, period.frequency); });
    shock_piece_ = kTerms + 1 + static_cast<int>(c_.products.size() + aggregates(c_).size());
  }

  OutputSelection select() {
    for (const ReportedSeries& s : series_) {
      for (const Measure& measure : kMeasures) add_measure(s, measure);
    }
    add_balances();
    for (const Flow flow : {Flow::exports, Flow::imports}) {
      if (flow == Flow::imports && c_.imports.products.empty()) continue;
      add_growth_outputs(
          scenario_, c_, total_of(flow), [&](const std::string& series) { return selected(series); }, out_);
    }
    add_driver_outputs(
        scenario_, c_, [&](const std::string& series) { return selected(series); }, out_);
    const ReportedSeries& total = series_.front();
    const std::string growth = total.name + ".yoy";
    if (selected(growth)) {
      for (const ReportedSeries& s : series_) add_share_of_growth(s);
      if (attributed()) {
        for (int k = 0; k < kTerms; ++k) {
          if (acts(static_cast<Term>(k))) add_contribution(total, growth, "driver", kTermKeys[k], Kind::term_pp, k);
        }
        for (std::size_t j = 0; j < shocks_.size(); ++j) {
          add_contribution(total, growth, "driver", "shocks." + shocks_[j].name, Kind::term_pp,
                           shock_piece() + static_cast<int>(j));
        }
        for (std::size_t d = 0; d < c_.declared_drivers.size(); ++d) {
          add_contribution(total, growth, "driver", c_.declared_drivers[d].id, Kind::term_pp,
                           shock_piece() + static_cast<int>(shocks_.size() + d));
        }
        add_contribution(total, growth, "driver", "residual", Kind::residual_pp, 0);
      }
    }
    if (attributed()) {
      for (const ReportedSeries& s : series_) {
        if (s.price_piece < 0 || !selected(s.name + ".yoy")) continue;
        add_contribution(s, s.name + ".yoy", "price_volume", "price", Kind::price_pp, s.price_piece);
        add_contribution(s, s.name + ".yoy", "price_volume", "volume", Kind::volume_pp, s.price_piece);
      }
    }
    keep_periods();
    return std::move(out_);
  }

 private:
  /// NAME or NAME@PERIOD, taken apart once.
  struct Pattern {
    std::string name, period;
    bool every_period = true;
  };
  static std::vector<Pattern> patterns_of(const std::vector<std::string>& texts) {
    std::vector<Pattern> patterns;
    for (const std::string& text : texts) {
      const std::size_t at = text.find('@');
      const bool every = at == std::string::npos;
      patterns.push_back({text.substr(0, at), every ? "" : text.substr(at + 1), every});
    }
    return patterns;
  }
  bool selected(const std::string& series) const {
    return patterns_.empty() || std::any_of(patterns_.begin(), patterns_.end(),
                                            [&](const Pattern& p) { return matches_pattern(p.name, series); });
  }
  /// Whether patterns keep a name in a period; none of them keep all.
  static bool kept(const std::vector<Pattern>& patterns, const std::string& name, const Period& period) {
    return patterns.empty() || std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& p) {
             if (!matches_pattern(p.name, name)) return false;
             return p.every_period || p.period == to_string(period.frequency) ||
                    matches_pattern(p.period, to_string(period));
           });
  }
  /// Takes out what the patterns' periods leave out.
  void keep_periods() {
    if (patterns_.empty() && contributions_.empty()) return;
    OutputSelection kept_ones;
    for (std::size_t k = 0; k < out_.plans.size(); ++k) {
      const OutputLabel& label = out_.labels[k];
      const bool contributes = label.table == OutputLabel::Table::contributions;
      if (!kept(patterns_, label.series, label.period)) continue;
      if (contributes && !kept(contributions_, label.by, label.period)) continue;
      kept_ones.plans.push_back(out_.plans[k]);
      kept_ones.labels.push_back(label);
    }
    out_ = std::move(kept_ones);
  }
  /// Terms of sections that the scenario leaves empty are 0 and not told.
  bool acts(Term term) const {
    return (term != Term::supply_limit || limits_) && (term != Term::export_control || controls_);
  }
  /// Row of the first shock's pieces: after the prices of products and aggregates.
  int shock_piece() const { return shock_piece_; }
  bool attributed() const { return static_cast<int>(c_.detail_months()) > 12 - first_attributed_; }
  /// The attribution reaches the whole period.
  bool attributed(const Period& period) const { return attributed() && period.first - c_.as_of >= first_attributed_; }

  /// The total of a flow: the first of its series.
  const ReportedSeries& total_of(Flow flow) const {
    return *std::find_if(series_.begin(), series_.end(), [&](const ReportedSeries& s) { return s.flow == flow; });
  }

  /// Exports less imports, for the total and for every chain that both flows have.
  void add_balances() {
    for (const ReportedSeries& exports : series_) {
      if (exports.flow != Flow::exports) continue;
      const std::string name = exports.name.substr(std::string("exports.").size());
      const auto imports = std::find_if(series_.begin(), series_.end(),
                                        [&](const ReportedSeries& s) { return s.name == "imports." + name; });
      const std::string series = "balance." + name + ".value";
      const bool comparable = name == "total" || name.starts_with("chain.");
      if (imports == series_.end() || !comparable || !selected(series)) continue;
      for (const Period& period : periods_) {
        OutputPlan plan;
        plan.kind = Kind::balance;
        plan.series = exports.row;
        plan.minus = imports->row;
        plan.now = period_sum(exports, period.first, period.last);
        plan.before = period_sum(*imports, period.first, period.last);
        out_.plans.push_back(plan);
        out_.labels.push_back({OutputLabel::Table::summary, series, "", "", period, "usd_bn"});
      }
    }
  }

  /// Sum of a series over months, split into what is observed and what is simulated.
  PeriodSum period_sum(const ReportedSeries& s, Month first, Month last, bool rmb = false) const {
    PeriodSum sum = period_sum_of(c_, s, first, last);
    if (!rmb) return sum;
    sum.known = 0;
    for (Month m = first; m <= std::min(last, c_.as_of); m = m + 1) {
      sum.known += observed(c_, s, m) * c_.drivers.at("exchange_rate").at(m);
    }
    return sum;
  }
  /// Months whose pieces an output sums.
  void set_pieces(const Period& period, OutputPlan& plan) const {
    plan.piece_from = period.first - c_.as_of;
    plan.piece_to = period.last - c_.as_of;
  }

  void add_measure(const ReportedSeries& s, const Measure& measure) {
    const bool price_volume = measure.kind == Kind::price_pct || measure.kind == Kind::volume_pct;
    if (price_volume && s.price_piece < 0) return;
    if (measure.kind == Kind::share_pct && &s == &total_of(s.flow)) return;
    const std::string name = s.name + measure.suffix;
    if (!selected(name)) return;
    for (const Period& period : periods_) {
      if (!kept(patterns_, name, period)) continue;
      if (price_volume && !attributed(period)) continue;
      if (period.frequency == Frequency::year_to_date && !measure.year_to_date) continue;
      if (period.first - 12 * measure.years < c_.detail_from) continue;
      OutputPlan plan;
      plan.kind = measure.kind;
      plan.series = s.row;
      plan.piece = s.price_piece;
      const bool rmb = measure.kind == Kind::growth_rmb_pct;
      plan.now = period_sum(s, period.first, period.last, rmb);
      if (measure.years > 0) {
        plan.before = period_sum(s, period.first - 12 * measure.years, period.last - 12 * measure.years, rmb);
      }
      if (measure.kind == Kind::share_pct) {
        plan.total_series = total_of(s.flow).row;
        plan.total = period_sum(total_of(s.flow), period.first, period.last);
      }
      if (price_volume) set_pieces(period, plan);
      out_.plans.push_back(plan);
      out_.labels.push_back({OutputLabel::Table::summary, name, "", "", period, measure.unit});
    }
  }

  /// A part's contribution to the growth of the total.
  void add_share_of_growth(const ReportedSeries& s) {
    if (s.flow != Flow::exports) return;
    const std::size_t dot = s.name.find('.', std::string("exports.").size());
    if (dot == std::string::npos) return;  // the total itself
    std::string by = s.name.substr(8, dot - 8), key = s.name.substr(dot + 1);
    const bool is_set = s.row > static_cast<int>(c_.products.size() + c_.markets.size());
    if (is_set && by == "market") by = "market_set";
    if (by == "chain") add_contribution(s, "exports.total.yoy", by, key, Kind::contribution_pp, 0);
    if (is_set && by != "market_set") {
      if (key != "ai") return;  // the two parts of the whole: AI chain and the rest
      key = by == "without" ? "without_ai" : "ai";
      by = "stage";
    }
    add_contribution(s, "exports.total.yoy", by, key, Kind::contribution_pp, 0);
  }

  void add_contribution(const ReportedSeries& s, const std::string& of, const std::string& by, const std::string& key,
                        Kind kind, int piece) {
    for (const Period& period : periods_) {
      if (!kept(contributions_, by, period) || !kept(patterns_, of, period)) continue;
      if (kind != Kind::contribution_pp && !attributed(period)) continue;
      const bool own = kind == Kind::price_pp || kind == Kind::volume_pp;
      if (own && &s != &series_.front() && period.frequency == Frequency::year_to_date) continue;
      OutputPlan plan;
      const Month first = period.first - 12, last = period.last - 12;
      plan.kind = kind;
      plan.series = s.row;
      plan.piece = piece;
      plan.now = period_sum(s, period.first, period.last);
      plan.before = period_sum(s, first, last);
      plan.total = period_sum(series_.front(), first, last);
      if (kind == Kind::residual_pp) {
        plan.shock_piece = shock_piece();
        plan.shocks = static_cast<int>(shocks_.size() + c_.declared_drivers.size());
      }
      if (kind != Kind::contribution_pp) set_pieces(period, plan);
      out_.plans.push_back(plan);
      out_.labels.push_back({OutputLabel::Table::contributions, of, by, key, period, "pp"});
    }
  }

  const Scenario& scenario_;
  const Calibration& c_;
  std::vector<Pattern> patterns_, contributions_;
  const std::vector<GenericShock>& shocks_;
  bool limits_, controls_;
  std::vector<ReportedSeries> series_;
  std::vector<Period> periods_;
  int first_attributed_, shock_piece_ = 0;
  OutputSelection out_;
};

}  // namespace

OutputSelection select_outputs(const Scenario& scenario, const Calibration& calibration) {
  return Selector(scenario, calibration).select();
}

}  // namespace plimsoll
