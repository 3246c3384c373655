#include "models/estimation/export_estimates.hpp"

#include <cmath>
#include <stdexcept>

#include "models/calibration_table.hpp"
#include "models/estimation/memory_cycle.hpp"
#include "models/estimation/start_estimates.hpp"

namespace plimsoll {
namespace {

constexpr int kFitYear = 2013;  // trends of totals are fitted from here on
const std::string kMemory = "memory_price.boj_usd";

std::string damping_text(double phi) { return phi == 1 ? "1.0" : decimals(phi, 2); }

std::string damping_errors(const TotalTrend& total) {
  std::string text;
  for (const auto& [phi, error] : total.damping_error_pp)
    text += (text.empty() ? "" : ", ") + damping_text(phi) + ": " + fixed_decimals(error, 2);
  return text;
}

/// Products whose unit value is observed.
std::vector<std::string> quantity_products(const TableFiles& files, const std::string& folder) {
  const TableText t = table_of(files, folder, "products.csv");
  std::vector<std::string> ids;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    if (t.at(r, "price_split") == "quantity") ids.push_back(t.at(r, "id"));
  }
  return ids;
}

class ExportEstimator {
 public:
  ExportEstimator(TableFiles& files, std::string folder, const CalibrationDays& days, const EstimationPlan& plan)
      : files_(files),
        folder_(std::move(folder)),
        days_(days),
        plan_(plan),
        history_(read_trade_history(files, folder_, days.window_from, days.as_of)),
        memory_(plan.driver(files, folder_, kMemory, days.as_of)),
        total_(fit_total(history_.total, plan.errors)),
        shares_(estimate_shares(history_, plan, memory_, quantity_products(files, folder_))),
        parameters_(table_of(files, folder_, "parameters.csv")) {}

  ExportEstimates write() {
    write_seasons();
    files_["lunar_new_year.csv"] =
        january_table(table_of(files_, folder_, "lunar_new_year.csv"), history_.total, to_string(days_.known_on), true);
    ParameterWriter writer(parameters_, rows_);
    write_trend(writer);
    for (const Component& one : shares_.products) write_product(writer, one);
    for (const Component& one : shares_.markets) write_market(writer, one);
    write_memory(writer);
    write_trend_start(parameters_, parameters_, "", history_.total, total_, days_.as_of - days_.window_from + 1, rows_);
    files_["parameters.csv"] = parameters_.text();
    write_loadings();
    return {std::move(rows_), shares_.product_pool.slope_shock_sd, total_, world_, history_, shares_};
  }

 private:
  TableFiles& files_;
  std::string folder_;
  CalibrationDays days_;
  const EstimationPlan& plan_;
  TradeHistory history_;
  MonthlySeries memory_;
  TotalTrend total_;
  ShareEstimates shares_;
  TableText parameters_;
  CommonShocks world_;
  std::vector<EstimateRow> rows_;

  int fit_from() const { return std::max(kFitYear, history_.total.from.year()); }
  std::string years() const { return std::to_string(fit_from()) + "-" + std::to_string(days_.as_of.year()); }

  void write_seasons() {
    TableText t({"product", "season", "factor_log", "source", "kind", "known_from", "note"});
    for (const std::string& id : history_.products) {
      const ShareSeason& own = shares_.seasons.at(id);
      Seasons all = total_.seasons;
      for (std::size_t s = 0; s < kSeasons; ++s) all[s] += own.own[s];
      add_season_rows(
          t, id, all,
          {"estimate", "data", to_string(days_.known_on),
           "season of the total " + years() + " plus own deviation shrunk by " + fixed_decimals(own.kept_frac, 2)});
    }
    files_["seasonal.csv"] = t.text();
  }

  void write_trend(ParameterWriter& w) {
    const int months = days_.as_of - std::max(Month::of(kFitYear, 1), history_.total.from) + 1;
    const std::string ml = "maximum likelihood of a local linear trend + AR(1)";
    const std::string old = w.note("trend_damping_monthly");
    w.note_only(
        "trend_damping_monthly",
        new_head(old, "forecast errors " + total_.damping_period + " (pp) by phi: " + damping_errors(total_), ';'));
    const double kept = shares_.product_pool.slope_kept_frac, value = std::min(0.75 * kept, 0.5);
    w.put("trend_shrinkage_frac", "", "", "{beta: {mean: " + four_digits(value) + ", sd: 0.15}}",
          new_head(w.note("trend_shrinkage_frac"),
                   "empirical Bayes for products " + fixed_decimals(kept, 2) + ", markets " +
                       fixed_decimals(shares_.market_pool.slope_kept_frac, 2),
                   ';'),
          {value, 0.15}, shares_.released, "empirical Bayes on slopes of log shares, cut by a quarter, at most 0.5");
    // Errors behind explicit drivers, pp of the total after a year.
    double drivers = 0;
    for (const auto& [driver, sd] : plan_.explicit_driver_sd_pp) drivers += sd * sd;
    PartVariances parts = shares_.parts(history_);
    parts.level_start = start_level_variance(parameters_, "", total_);
    world_ = common_shocks(total_, parts, std::sqrt(drivers), days_.as_of);
    const std::string scaled = "scaled by " + fixed_decimals(world_.scale, 2);
    w.put_number("level_sd_log", "", "", world_.level_sd > 1e-5 ? world_.level_sd : 0,
                 "common factor: maximum likelihood " + years() + ", less product and market parts", months, ml);
    w.put_number("trend_sd_log_per_year", "", "", world_.slope_sd,
                 scaled + " to the " + errors_name(plan_.errors, total_), months, ml);
    w.put_number("trend_start_sd_log_per_year", "", "", world_.slope_start_sd, "Kalman filter at as_of, " + scaled,
                 months, ml);
    w.put_number("residual_world_sd_log", "", "", world_.residual_sd, "", months, ml);
    w.put("residual_world_ar1", "", "", four_digits(total_.model.residual_ar1), "with a weak prior 0.4 (sd 0.25)",
          {total_.model.residual_ar1, 0}, months, ml, NormalBelief{0.4, 0.25});
  }

  std::string noise_note(const std::string& dimension, const std::string& id) const {
    const ComponentPlan own = plan_.component(dimension, id);
    if (own.noise != ComponentPlan::Noise::own && !own.note.empty()) return own.note;
    return "local level plus noise on " + std::to_string(shares_.released) +
           " released periods of the log share, shrunk to the pooled median";
  }

  void write_level(ParameterWriter& w, const Component& one, const std::string& product, const std::string& market,
                   double slope_shock, const std::string& note) {
    const std::string how = "level and noise of the log share, shrunk to the pooled median";
    w.put_number("level_sd_log", product, market, one.level_sd, note, shares_.released, how);
    w.put_number("trend_sd_log_per_year", product, market, slope_shock, "pooled over groups", shares_.released,
                 "turns of log shares, pooled");
    w.put_number("trend_start_sd_log_per_year", product, market, one.slope_sd,
                 "posterior of the slope of the log share", shares_.released, how);
  }

  void write_product(ParameterWriter& w, const Component& one) {
    const std::string note = noise_note("product", one.id), how = "noise of the log share";
    write_level(w, one, one.id, "", shares_.product_pool.slope_shock_sd, note);
    double volume = one.noise_sd, price = 0, correlation = 0;
    std::string split = "value noise; no quantity printed";
    const auto printed = shares_.price_volume.find(one.id);
    if (printed != shares_.price_volume.end()) {
      const auto [v, p, r] = printed->second;
      const double scale = one.noise_sd / std::max(std::sqrt(v * v + p * p + 2 * r * v * p), 1e-9);
      volume = v * scale;
      price = p * scale;
      correlation = r;
      split = "sizes and correlation from changes of quantity and unit value, scaled to the value noise";
    }
    w.put_number("residual_volume_sd_log", one.id, "", volume, split, shares_.released, how);
    w.put_number("residual_price_sd_log", one.id, "", price, split, shares_.released, how);
    w.put("residual_price_volume_corr", one.id, "", decimals(correlation, 2),
          correlation != 0 ? "changes, cut by a fifth: rounding of quantities makes it too negative" : "",
          {correlation, 0}, shares_.released, "changes of quantity and unit value");
  }

  void write_market(ParameterWriter& w, const Component& one) {
    const std::string note = noise_note("market", one.id);
    write_level(w, one, "", one.id, shares_.market_pool.slope_shock_sd, note);
    w.put_number("residual_market_sd_log", "", one.id, one.noise_sd, note, shares_.released, "noise of the log share");
  }

  void write_memory(ParameterWriter& w) {
    const MemoryCycle cycle = memory_cycle(memory_, plan_.memory_trend_until, plan_.upswings);
    const int months = plan_.memory_trend_until - memory_.from + 1;
    const std::string how = "log-linear trend of the index and what is left around it";
    w.put("memory_trend_log_per_month", "", "",
          "{normal: {mean: " + four_digits(cycle.trend_log_per_month) + ", sd: 0.0015}}",
          "log-linear trend of the USD index " + to_string(memory_.from) + ".." + to_string(plan_.memory_trend_until),
          {cycle.trend_log_per_month, 0.0015}, months, how);
    const double height = rounded(cycle.height_log, 3);
    w.put("memory_height_log", "", "", decimals(height, 6), w.note("memory_height_log"), {height, 0}, months, how);
    w.put("memory_cycle_amplitude_log", "", "",
          "{lognormal: {median: " + four_digits(cycle.amplitude_log) +
              ", sd_log: " + four_digits(cycle.amplitude_sd_log) + "}}",
          w.note("memory_cycle_amplitude_log"), {cycle.amplitude_log, cycle.amplitude_log * cycle.amplitude_sd_log},
          cycle.upswings, "half of trough to peak of each upswing, detrended");
    w.put_number("memory_noise_sd_log", "", "", cycle.noise_sd_log, w.note("memory_noise_sd_log"), months,
                 "about a mean of nine months");
    w.put_number("memory_noise_half_life_months", "", "", rounded(cycle.noise_half_life_months, 1),
                 w.note("memory_noise_half_life_months"), months, "about a mean of nine months");
  }

  void write_loadings() {
    TableText t = table_of(files_, folder_, "loadings.csv");
    const std::map<Month, double> capex = read_capex(files_, folder_);
    for (const MeasuredLoading& one : plan_.measured) {
      UnitValueSlope slope = unit_value_slope(history_, one, memory_, plan_.memory_lag_months, capex);
      slope.se = std::max(slope.se * one.se_factor, one.least_se);
      const NormalBelief prior{one.prior_mean, one.prior_sd}, after = combined(prior, {slope.slope, slope.se});
      for (std::size_t r = 0; r < t.rows(); ++r) {
        if (t.at(r, "product") != one.product || t.at(r, "market") != "all" || t.at(r, "driver") != one.driver)
          continue;
        t.set(r, "price", "{normal: {mean: " + four_digits(after.mean) + ", sd: " + four_digits(after.sd) + "}}");
        t.set(r, "note",
              one.prior_from + "; unit value " + to_string(one.from) + ".." + to_string(days_.as_of) +
                  " net of capex gives " + fixed_decimals(slope.slope, 2) + " (se " + fixed_decimals(slope.se, 2) +
                  ", n " + std::to_string(slope.months) + "); precision-weighted");
      }
      rows_.push_back({"loading.price." + one.driver, one.product, "", prior, after, slope.months, "moved",
                       "unit value on the lagged driver, net of capex; standard error widened"});
    }
    files_["loadings.csv"] = t.text();
  }
};

}  // namespace

void add_season_rows(TableText& table, const std::string& product, const Seasons& seasons,
                     const std::vector<std::string>& provenance) {
  double mean = 0;
  for (std::size_t s = 0; s < kSeasons; ++s) mean += season_months(s) * seasons[s];
  mean /= 12;
  Seasons tidy{};
  double sum = 0;
  for (std::size_t s = 0; s + 1 < kSeasons; ++s) {
    tidy[s] = rounded(seasons[s] - mean, 6);
    sum += season_months(s) * tidy[s];
  }
  tidy[kSeasons - 1] = rounded(-sum, 6);
  for (std::size_t s = 0; s < kSeasons; ++s) {
    std::vector<std::string> row{product, season_name(s), decimals(tidy[s], 6)};
    row.insert(row.end(), provenance.begin(), provenance.end());
    table.add(row);
  }
}

std::string january_table(const TableText& before, const MonthlySeries& total, const std::string& known_on,
                          bool tells_pandemic) {
  constexpr int kPandemic = 2020;
  std::map<int, Date> days;
  for (std::size_t r = 0; r < before.rows(); ++r)
    days[static_cast<int>(before.number(r, "year"))] = parse_date(before.at(r, "new_year_date")).value_or(Date{});
  const NewYearFit fit = fit_january_shares(total, days, {kPandemic});
  TableText t(before.header());
  const int first = fit.actual.begin()->first, last = fit.actual.rbegin()->first;
  for (const auto& [year, day] : days) {
    const std::string name = std::to_string(year);
    if (fit.actual.contains(year)) {
      t.add({name, to_string(day), decimals(rounded(fit.actual.at(year), 4), 4), "gacc_total", "data", name + "-03-15",
             year == kPandemic && tells_pandemic ? "actual; February was shut down" : "actual"});
    } else {
      t.add({name, to_string(day), decimals(rounded(fit.fitted.at(year), 4), 4), "estimate", "data", known_on,
             "quadratic in the date, " + std::to_string(first) + "-" + std::to_string(last) +
                 " without 2020; residual sd " + fixed_decimals(fit.residual_sd, 3)});
    }
  }
  return t.text();
}

UnitValueSlope unit_value_slope(const TradeHistory& history, const MeasuredLoading& plan, const MonthlySeries& memory,
                                double lag_months, const std::map<Month, double>& capex) {
  constexpr int kCapexDelay = 2;  // months
  const MonthlySeries& value = history.product_values.at(plan.product);
  const auto printed = history.quantities.find(plan.product);
  std::vector<double> y, x;
  const std::vector<double> weights = gamma_lag_weights(lag_months, kMemoryLagLength);
  for (Month m = plan.from; printed != history.quantities.end() && m <= history.as_of; m = m + 1) {
    const double q = printed->second.at(m);
    if (std::isnan(q)) continue;
    const Month before = m - kCapexDelay;
    const Month quarter = std::min(before - (before.month() - 1) % 3, capex.rbegin()->first);  // the last is carried on
    y.push_back(std::log(value.at(m) / q) - plan.net_of_capex_log * std::log(capex.at(quarter)));
    x.push_back(lagged_log(memory, m, weights));
  }
  if (y.size() < 4)
    throw std::domain_error(plan.product + " has quantities in fewer than four months: its unit value says nothing");
  Dense columns(y.size(), 2);
  for (std::size_t r = 0; r < y.size(); ++r) {
    columns(r, 0) = 1;
    columns(r, 1) = x[r];
  }
  const LeastSquares fit = least_squares(columns, y);
  const double variance = fit.residual_sum / (static_cast<double>(y.size()) - 2);
  return {fit.coefficients[1], std::sqrt(variance * fit.inverse(1, 1)), static_cast<int>(y.size())};
}

ExportEstimates estimate_exports(TableFiles& files, const std::string& folder, const CalibrationDays& days,
                                 const EstimationPlan& plan) {
  try {
    return ExportEstimator(files, folder, days, plan).write();
  } catch (const std::domain_error& error) {
    throw data_error(problem_at({folder, 0, 0}, "", error.what(), "estimates need enough months that differ",
                                "add months before, also of the total alone: product and market empty"));
  }
}

}  // namespace plimsoll
