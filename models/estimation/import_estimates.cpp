#include "models/estimation/import_estimates.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "models/calibration_table.hpp"
#include "models/estimation/memory_cycle.hpp"
#include "models/estimation/start_estimates.hpp"

namespace plimsoll {
namespace {

constexpr int kFitYear = 2013;
constexpr int kOilLagLength = 12;    // months
constexpr double kPoolFreedom = 12;  // degrees of freedom of each sd: 14 to 18 periods
constexpr int kSeasonFreedom = 4;

struct ImportProduct {
  std::string id;
  bool quantity = false;
  MonthlySeries values, quantities;  ///< over the window
};

class ImportEstimator {
 public:
  ImportEstimator(TableFiles& files, std::string folder, const CalibrationDays& days, const EstimationPlan& plan,
                  double slope_shock_sd)
      : files_(files), folder_(std::move(folder)), days_(days), plan_(plan), slope_shock_sd_(slope_shock_sd) {
    read_history();
    memory_ = plan.driver(files, folder_, "memory_price.boj_usd", days.as_of);
    oil_ = plan.driver(files, folder_, "oil_price", days.as_of);
    trend_ = fit_total(total_, plan.errors);
  }

  ImportEstimates write() {
    measure_shares();
    TableText seasons({"product", "season", "factor_log", "source", "kind", "known_from", "note"});
    for (std::size_t p = 0; p < products_.size(); ++p) {
      Seasons all = trend_.seasons;
      for (std::size_t s = 0; s < kSeasons; ++s) all[s] += seasons_[p].effects[s];
      add_season_rows(
          seasons, products_[p].id, all,
          {"estimate", "data", to_string(days_.known_on),
           "season of total imports " + years() + " plus own deviation on " + std::to_string(shares_[p].periods) +
               " printed periods, shrunk by " + fixed_decimals(seasons_[p].kept_frac, 2)});
    }
    files_["import_seasonal.csv"] = seasons.text();
    files_["import_lunar_new_year.csv"] =
        january_table(table_of(files_, folder_, "import_lunar_new_year.csv"), total_, to_string(days_.known_on), false);
    TableText parameters = table_of(files_, folder_, "import_parameters.csv");
    ParameterWriter writer(parameters, rows_);
    write_common(writer);
    for (std::size_t p = 0; p < products_.size(); ++p) write_product(writer, p);
    write_trend_start(parameters, table_of(files_, folder_, "parameters.csv"), "import_", total_, trend_,
                      days_.as_of - days_.window_from + 1, rows_);
    files_["import_parameters.csv"] = parameters.text();
    return {std::move(rows_), figures()};
  }

 private:
  TableFiles& files_;
  std::string folder_;
  CalibrationDays days_;
  const EstimationPlan& plan_;
  double slope_shock_sd_;
  MonthlySeries total_, memory_, oil_;
  std::vector<ImportProduct> products_;
  std::vector<Component> shares_;
  std::vector<ShrunkSeasons> seasons_;
  ComponentPool pool_;
  TotalTrend trend_;
  std::vector<EstimateRow> rows_;

  int fit_from() const { return std::max(kFitYear, total_.from.year()); }
  std::string years() const { return std::to_string(fit_from()) + "-" + std::to_string(days_.as_of.year()); }
  std::size_t at(Month m) const { return static_cast<std::size_t>(m - days_.window_from); }
  std::size_t window() const { return at(days_.as_of) + 1; }

  void read_history() {
    const TableText names = table_of(files_, folder_, "import_products.csv");
    const MonthlySeries empty{days_.window_from,
                              std::vector<double>(window(), std::numeric_limits<double>::quiet_NaN())};
    for (std::size_t r = 0; r < names.rows(); ++r)
      products_.push_back({names.at(r, "id"), names.at(r, "price_split") == "quantity", empty, empty});
    const TableText t = table_of(files_, folder_, "import_history.csv");
    for (std::size_t r = 0; r < t.rows(); ++r) {
      const Month month = t.month(r, "month");
      if (t.at(r, "product") == "all") {
        if (total_.values.empty()) total_.from = month;
        total_.values.push_back(t.number(r, "value_usd_bn"));
        continue;
      }
      for (ImportProduct& one : products_) {
        if (one.id != t.at(r, "product") || !one.values.holds(month)) continue;
        one.values.values[at(month)] = t.number(r, "value_usd_bn");
        if (!t.at(r, "quantity").empty()) one.quantities.values[at(month)] = t.number(r, "quantity");
      }
    }
  }

  const ImportComponentPlan& plan_of(const std::string& id) const {
    for (const ImportComponentPlan& one : plan_.import_components) {
      if (one.id == id) return one;
    }
    throw data_error(problem_at({folder_ + "/estimation/import_components.csv", 0, 0}, "", "there is no row of " + id,
                                "every import product has one", "add it"));
  }

  const std::vector<MonthSpan>& periods_of(const std::string& series) const {
    const auto place = plan_.import_periods.find(series);
    if (place != plan_.import_periods.end()) return place->second;
    throw data_error(problem_at({folder_ + "/estimation/import_periods.csv", 0, 0}, "",
                                "there are no printed periods of " + series, "seasons rest on them", "add them"));
  }

  static double sum_over(const std::vector<double>& values, std::size_t first, std::size_t last) {
    double sum = 0;
    for (std::size_t i = first; i <= last; ++i) sum += values[i];
    return sum;
  }

  /// Response of the share, or of the unit value, to memory and oil prices: mean over a period's months.
  double driver_response(const ImportComponentPlan& one, const MonthSpan& period) const {
    double sum = 0;
    for (Month m = period.first; m <= period.last; m = m + 1) {
      if (one.memory_log != 0)
        sum += one.memory_log * lagged_log(memory_, m, gamma_lag_weights(plan_.memory_lag_months, kMemoryLagLength));
      if (one.oil_log != 0)
        sum += one.oil_log * lagged_log(oil_, m, gamma_lag_weights(one.oil_lag_months, kOilLagLength));
    }
    return sum / (period.last - period.first + 1);
  }

  /// The month of the grid that a period stands for: February, where it ends with it, else its middle.
  std::size_t grid_point(const MonthSpan& one) const {
    if (one.last.month() == 2) return at(one.last);
    return at(one.first) + static_cast<std::size_t>(one.last - one.first + 1) / 2;
  }

  void measure_shares() {
    const int released = plan_.released_periods.value_or(released_periods(days_.window_from, days_.as_of));
    const double freedom = std::sqrt(static_cast<double>(released) / (released - kSeasonFreedom));
    const MonthlySeries total = total_.since(days_.window_from);
    for (const ImportProduct& product : products_) {
      const ImportComponentPlan& own = plan_of(product.id);
      const std::vector<MonthSpan>& periods = periods_of(own.series);
      std::vector<double> observed(window(), 0.0), logs;
      for (const ImportProduct& other : products_) {
        if (plan_of(other.id).series != own.series) continue;
        for (std::size_t i = 0; i < observed.size(); ++i) observed[i] += other.values.values[i];
      }
      const auto line = plan_.import_line_digits.find(own.series);
      for (std::size_t i = 0; line != plan_.import_line_digits.end() && i < observed.size(); ++i) {
        const Month month = days_.window_from + static_cast<int>(i);
        if (line->second.holds(month)) observed[i] = line->second.at(month);
      }
      for (const MonthSpan& one : periods) {
        const double share =
            sum_over(observed, at(one.first), at(one.last)) / sum_over(total.values, at(one.first), at(one.last));
        logs.push_back(std::log(share) - driver_response(own, one));
      }
      const ShrunkSeasons season = shrunk_seasons(periods, logs, days_.window_from);
      std::vector<double> grid(window(), std::numeric_limits<double>::quiet_NaN());
      for (std::size_t k = 0; k < periods.size(); ++k) {
        double effect = 0;
        for (Month m = periods[k].first; m <= periods[k].last; m = m + 1)
          effect += season.effects[season_of(m)] / (periods[k].last - periods[k].first + 1);
        grid[grid_point(periods[k])] = logs[k] - effect;
      }
      const LevelAndNoise split = split_level_noise(grid);
      Component one;
      one.id = product.id;
      one.own_level_sd = split.level_sd * freedom;
      one.own_noise_sd = split.noise_sd * freedom;
      one.slope = slope_per_year(grid, 0, grid.size());
      one.periods = static_cast<int>(periods.size());
      one.in_pool = own.noise == ComponentPlan::Noise::own;
      one.takes_median = own.noise == ComponentPlan::Noise::median;
      one.in_slopes = !one.takes_median;
      one.most_level_frac = own.most_level_frac;
      shares_.push_back(one);
      seasons_.push_back(season);
    }
    pool_ = pool_components(shares_, {kPoolFreedom, days_.as_of - days_.window_from});
  }

  void write_common(ParameterWriter& w) {
    PartVariances parts;
    parts.level_start = start_level_variance(table_of(files_, folder_, "import_parameters.csv"), "import_", trend_);
    const int year = days_.as_of.month() == 12 ? days_.as_of.year() : days_.as_of.year() - 1;
    for (std::size_t p = 0; p < products_.size(); ++p) {
      const double share = products_[p].values.year(year) / total_.year(year);
      parts.noise += share * share * shares_[p].noise_sd * shares_[p].noise_sd;
      parts.level += share * share * shares_[p].level_sd * shares_[p].level_sd;
      parts.slope_start += share * share * shares_[p].slope_sd * shares_[p].slope_sd;
      parts.slope_shock += share * share * slope_shock_sd_ * slope_shock_sd_;
    }
    double drivers = 0;
    for (const auto& [driver, sd] : plan_.explicit_import_driver_sd_pp) drivers += sd * sd;
    const CommonShocks world = common_shocks(trend_, parts, std::sqrt(drivers), days_.as_of);
    const int months = days_.as_of - std::max(Month::of(kFitYear, 1), total_.from) + 1;
    const std::string ml = "maximum likelihood of a local linear trend + AR(1)";
    const std::string scaled = "scaled by " + fixed_decimals(world.scale, 2);
    const double value = std::min(0.75 * pool_.slope_kept_frac, 0.5);
    w.put("import_trend_shrinkage_frac", "", "", "{beta: {mean: " + four_digits(value) + ", sd: 0.15}}",
          new_head(w.note("import_trend_shrinkage_frac"), "empirical Bayes " + fixed_decimals(pool_.slope_kept_frac, 2),
                   ','),
          {value, 0.15}, 0, "empirical Bayes on slopes of log shares, cut by a quarter, at most 0.5");
    const bool level = world.level_sd > 1e-5;
    w.put_number("import_level_sd_log", "", "", level ? world.level_sd : 0,
                 "common factor: maximum likelihood " + years() +
                     (level ? " less products, scaled to out-of-sample errors"
                            : " goes to 0, all permanent change is in the slope"),
                 months, ml);
    w.put_number("import_trend_sd_log_per_year", "", "", world.slope_sd,
                 scaled + " to the " + errors_name(plan_.errors, trend_), months, ml);
    w.put_number("import_trend_start_sd_log_per_year", "", "", world.slope_start_sd,
                 "Kalman filter at as_of, " + scaled, months, ml);
    w.put_number("import_residual_sd_log", "", "", world.residual_sd, "common factor", months, ml);
    w.put("import_residual_ar1", "", "", four_digits(trend_.model.residual_ar1),
          "common factor, with a weak prior 0.4 (sd 0.25)", {trend_.model.residual_ar1, 0}, months, ml,
          NormalBelief{0.4, 0.25});
  }

  void write_product(ParameterWriter& w, std::size_t p) {
    const Component& one = shares_[p];
    const ImportComponentPlan& own = plan_of(one.id);
    std::string note = "local level plus noise on " + std::to_string(one.periods) +
                       " printed periods of the log share, net of memory and oil prices, shrunk to the pooled median";
    if (own.noise == ComponentPlan::Noise::median)
      note = own.note;
    else if (!own.note.empty())
      note += "; " + own.note;
    const std::string how = "level and noise of the log share, shrunk to the pooled median";
    w.put_number("import_level_sd_log", one.id, "", one.level_sd, note, one.periods, how);
    w.put_number("import_trend_sd_log_per_year", one.id, "", slope_shock_sd_,
                 "as for export products: the sample is too short to tell", 0, "as for export products");
    w.put_number("import_trend_start_sd_log_per_year", one.id, "", one.slope_sd,
                 "posterior of the slope of the log share", one.periods, how);
    double volume = one.noise_sd, price = 0, correlation = 0;
    std::string split = "value noise; no quantity printed";
    if (products_[p].quantity) {
      const PriceVolumeNoise printed = price_volume(p);
      const double v = printed.volume_sd, s = printed.price_sd, r = printed.correlation;
      const double scale = one.noise_sd / std::max(std::sqrt(v * v + s * s + 2 * r * v * s), 1e-9);
      volume = v * scale;
      price = s * scale;
      correlation = r;
      split = "sizes and correlation from changes of quantity and unit value, scaled to the value noise";
    }
    w.put_number("import_residual_sd_log", one.id, "", volume, split, one.periods, "noise of the log share");
    w.put_number("import_residual_price_sd_log", one.id, "", price, split, one.periods, "noise of the log share");
    w.put("import_residual_price_volume_corr", one.id, "", decimals(correlation, 2),
          correlation != 0 ? "changes, cut by a fifth" : "", {correlation, 0}, one.periods,
          "changes of quantity and unit value");
  }

  PriceVolumeNoise price_volume(std::size_t p) const {
    const ImportProduct& product = products_[p];
    const ImportComponentPlan& own = plan_of(product.id);
    const std::vector<MonthSpan>& periods = periods_of(own.series);
    std::vector<double> volume, price;
    for (const MonthSpan& one : periods) {
      const double months = one.last - one.first + 1;
      volume.push_back(std::log(sum_over(product.quantities.values, at(one.first), at(one.last)) / months));
      price.push_back(std::log(sum_over(product.values.values, at(one.first), at(one.last)) / months) - volume.back() -
                      driver_response(own, one));
    }
    return price_volume_noise(shrunk_seasons(periods, volume, days_.window_from).residuals,
                              shrunk_seasons(periods, price, days_.window_from).residuals);
  }

  /// Volumes and unit values by printed period, of products with quantities.
  std::vector<ProductFigures> figures() const {
    std::vector<ProductFigures> all;
    for (const ImportProduct& product : products_) {
      ProductFigures one{product.id, {}, {}};
      if (product.quantity) {
        for (const MonthSpan& span : periods_of(plan_of(product.id).series)) {
          const double months = span.last - span.first + 1;
          const double volume = std::log(sum_over(product.quantities.values, at(span.first), at(span.last)) / months);
          const double value = std::log(sum_over(product.values.values, at(span.first), at(span.last)) / months);
          if (!std::isfinite(volume) || !std::isfinite(value)) continue;
          one.volume.periods.push_back(span);
          one.volume.logs.push_back(volume);
          one.price.logs.push_back(value - volume);
        }
        one.price.periods = one.volume.periods;
      }
      all.push_back(std::move(one));
    }
    return all;
  }
};

}  // namespace

ImportEstimates estimate_imports(TableFiles& files, const std::string& folder, const CalibrationDays& days,
                                 const EstimationPlan& plan, double slope_shock_sd) {
  try {
    return ImportEstimator(files, folder, days, plan, slope_shock_sd).write();
  } catch (const std::domain_error& error) {
    throw data_error(problem_at({folder + "/import_history.csv", 0, 0}, "", std::string("imports: ") + error.what(),
                                "estimates need enough months that differ",
                                "add months before, also of the total alone: flow imports, product and market empty"));
  }
}

}  // namespace plimsoll
