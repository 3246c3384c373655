#include "models/estimation/loading_regression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "models/estimation/memory_cycle.hpp"
#include "scenarios/random_number_text.hpp"

namespace plimsoll {
namespace {

constexpr int kFewestPeriods = 12;
/// The data have moved a prior when its mean goes this far, or its sd shrinks to this part.
constexpr double kMovedSd = 0.1, kShrunkFrac = 0.95;
constexpr int kLagPoints = 9;

int lag_length(double mean_months) { return static_cast<int>(std::ceil(4 * mean_months)) + 6; }

const MonthlySeries& series_of(const std::string& driver, const DriverLogs& drivers) {
  return driver == "capex" ? drivers.capex : driver == "memory_price" ? drivers.memory : drivers.oil;
}
double lag_of(const std::string& driver, const DriverLags& lags) {
  return driver == "capex" ? lags.capex : driver == "memory_price" ? lags.memory : lags.oil;
}

/// A regressor by month of the grid: January and February as one; the series' ends are carried on.
std::vector<double> regressor(const MonthlySeries& series, double lag, const MonthlySeries& grid) {
  const std::vector<double> weights = gamma_lag_weights(std::max(lag, 0.05), lag_length(lag));
  const auto at = [&](Month m) {
    double sum = 0;
    for (std::size_t k = 0; k < weights.size(); ++k)
      sum += weights[k] * std::log(series.at(std::clamp(m - static_cast<int>(k), series.from, series.last())));
    return sum;
  };
  std::vector<double> x;
  for (Month m = grid.from; m <= grid.last(); m = m + 1) x.push_back(m.month() == 2 ? (at(m - 1) + at(m)) / 2 : at(m));
  return x;
}

RandomNumber parsed(const std::string& text) {
  std::vector<Problem> problems;
  return parse_random_number_text(text, {}, problems);
}

std::string normal_text(const NormalBelief& b) {
  return "{normal: {mean: " + four_digits(b.mean) + ", sd: " + four_digits(b.sd) + "}}";
}

/// Unit values or volumes of one product and what is known of their loadings.
struct Task {
  std::string product, response;  ///< volume, price
  MonthlySeries logs;
  std::vector<LoadingPrior> priors;
  std::vector<std::size_t> rows;  ///< of loadings.csv
};

double evidence_of(const std::vector<Task>& tasks, const DriverLogs& drivers, const DriverLags& lags) {
  double sum = 0;
  for (const Task& one : tasks) sum += regress_loadings(one.logs, one.priors, drivers, lags).log_evidence;
  return sum;
}

/// Posterior of one lag: points of its prior, weighed by the evidence of all regressions.
NormalBelief lag_posterior(const RandomNumber& prior, double DriverLags::*lag, const std::vector<Task>& tasks,
                           const DriverLogs& drivers, DriverLags lags) {
  std::vector<double> points, weights;
  double most = -std::numeric_limits<double>::infinity();
  for (int k = 0; k < kLagPoints; ++k) {
    const double z = -2 + 4.0 * k / (kLagPoints - 1);
    points.push_back(quantile_at_normal(prior, z));
    lags.*lag = points.back();
    weights.push_back(evidence_of(tasks, drivers, lags) - z * z / 2);
    most = std::max(most, weights.back());
  }
  double sum = 0, mean = 0, square = 0;
  for (std::size_t k = 0; k < points.size(); ++k) {
    const double w = std::exp(weights[k] - most);
    sum += w;
    mean += w * points[k];
    square += w * points[k] * points[k];
  }
  mean /= sum;
  return {mean, std::sqrt(std::max(square / sum - mean * mean, 0.0))};
}

}  // namespace

NormalBelief belief_of(const RandomNumber& prior) {
  if (prior.is_fixed()) return {mean(prior), 0};
  constexpr int kPoints = 400;
  // Midpoints of equal probabilities; their normal quantiles by bisection of erfc.
  double mean_value = 0, square = 0;
  for (int k = 0; k < kPoints; ++k) {
    const double p = (k + 0.5) / kPoints;
    double low = -8, high = 8;
    for (int step = 0; step < 60; ++step) {
      const double middle = (low + high) / 2;
      (0.5 * std::erfc(-middle / std::sqrt(2.0)) < p ? low : high) = middle;
    }
    const double x = quantile_at_normal(prior, low);
    mean_value += x / kPoints;
    square += x * x / kPoints;
  }
  return {mean(prior), std::sqrt(std::max(square - mean_value * mean_value, 0.0))};
}

LoadingPosterior regress_loadings(const MonthlySeries& logs, const std::vector<LoadingPrior>& priors,
                                  const DriverLogs& drivers, const DriverLags& lags) {
  // Seasons are taken out with the drivers' central response in place, so that they do not eat it.
  std::vector<std::vector<double>> columns;
  MonthlySeries net = logs;
  for (const LoadingPrior& one : priors) {
    columns.push_back(regressor(series_of(one.driver, drivers), lag_of(one.driver, lags), logs));
    for (std::size_t i = 0; i < net.values.size(); ++i) net.values[i] -= one.belief.mean * columns.back()[i];
  }
  const Seasons seasons = shrunk_seasons(net).effects;
  std::vector<std::size_t> seen;
  std::vector<double> y;
  std::vector<int> gap;
  for (std::size_t i = 0; i < logs.values.size(); ++i) {
    if (std::isnan(logs.values[i])) continue;
    gap.push_back(seen.empty() ? 1 : static_cast<int>(i - seen.back()));
    seen.push_back(i);
    y.push_back(logs.values[i] - seasons[season_of(logs.from + static_cast<int>(i))]);
  }
  if (y.size() < kFewestPeriods) throw std::domain_error("fewer than 12 periods with quantities");
  const std::size_t k = priors.size();
  Dense x(y.size(), k + 2), plain(y.size(), 2);
  for (std::size_t r = 0; r < y.size(); ++r) {
    plain(r, 0) = x(r, k) = 1;
    plain(r, 1) = x(r, k + 1) = static_cast<double>(seen[r]) / 12 - 1;
    for (std::size_t c = 0; c < k; ++c) x(r, c) = columns[c][seen[r]] - columns[c][seen.front()];
  }
  // The scale of the noise before the data are seen with drivers: what level, trend and central responses leave.
  std::vector<double> left = y;
  for (std::size_t r = 0; r < y.size(); ++r) {
    for (std::size_t c = 0; c < k; ++c) left[r] -= priors[c].belief.mean * x(r, c);
  }
  const double variance = std::max(least_squares(plain, left).residual_sum / (static_cast<double>(y.size()) - 2), 1e-8);
  constexpr double kShape = 2;  // weak: as if from four figures
  constexpr double kWide = 10;  // sd of level (log) and trend (log a year), which nothing is known of
  RegressionPrior prior{std::vector<double>(k + 2, 0.0), Dense(k + 2, k + 2), kShape, variance * (kShape - 1)};
  for (std::size_t c = 0; c < k + 2; ++c) {
    const double sd = c < k ? priors[c].belief.sd : kWide;
    prior.mean[c] = c < k ? priors[c].belief.mean : c == k ? y.front() : 0;
    prior.precision(c, c) = variance / (sd * sd);
  }
  const AutoregressivePosterior fit = posterior_ar1(prior, x, y, gap);
  LoadingPosterior result;
  for (std::size_t c = 0; c < k; ++c) result.after.push_back({fit.regression.mean[c], fit.regression.sd[c]});
  result.log_evidence = fit.regression.log_evidence;
  result.noise_sd = fit.regression.noise_sd();
  result.ar1 = fit.ar1;
  result.periods = static_cast<int>(y.size());
  return result;
}

std::vector<EstimateRow> estimate_loadings(TableFiles& files, const std::string& folder, const TradeHistory& history,
                                           const DriverLogs& drivers) {
  TableText loadings = table_of(files, folder, "loadings.csv"), parameters = table_of(files, folder, "parameters.csv");
  std::vector<EstimateRow> rows;
  std::vector<Task> tasks;
  std::map<std::string, bool> measured;
  for (const std::string& id : history.products) {
    const auto printed = history.quantities.find(id);
    for (const std::string response : {"volume", "price"}) {
      Task task{id, response, {}, {}, {}};
      for (std::size_t r = 0; r < loadings.rows(); ++r) {
        const std::string& driver = loadings.at(r, "driver");
        if (loadings.at(r, "product") != id || loadings.at(r, "market") != "all") continue;
        if (driver != "capex" && driver != "memory_price" && driver != "oil_price") continue;
        const NormalBelief belief = belief_of(parsed(loadings.at(r, response)));
        if (!(belief.sd > 0)) continue;  // a plain number is not up for estimation
        task.priors.push_back({driver, belief});
        task.rows.push_back(r);
      }
      if (task.priors.empty()) continue;
      int periods = 0;
      if (printed != history.quantities.end()) {
        task.logs = released_logs(printed->second);
        const MonthlySeries value = released_logs(history.product_values.at(id));
        for (std::size_t i = 0; i < task.logs.values.size(); ++i) {
          double& v = task.logs.values[i];
          if (response == "price") v = value.values[i] - v;
          if (!std::isfinite(v)) v = std::numeric_limits<double>::quiet_NaN();
          periods += !std::isnan(v);
        }
      }
      if (periods >= kFewestPeriods) {
        tasks.push_back(task);
        continue;
      }
      for (const LoadingPrior& one : task.priors)
        rows.push_back({"loading." + response + "." + one.driver, id, "", one.belief, one.belief, 0, "prior",
                        "no quantity printed, so volume and unit value are not told apart"});
    }
  }

  // Lags: one at a time, the others at their medians.
  const auto find = [&](const std::string& name) {
    for (std::size_t r = 0; r < parameters.rows(); ++r) {
      if (parameters.at(r, "parameter") == name && parameters.at(r, "product").empty()) return r;
    }
    throw std::logic_error("parameters.csv has no row " + name);
  };
  struct Lag {
    const char *name, *driver;
    double DriverLags::*value;
  };
  static constexpr std::array<Lag, 3> kLags{Lag{"capex_lag_months", "capex", &DriverLags::capex},
                                            Lag{"memory_lag_months", "memory_price", &DriverLags::memory},
                                            Lag{"oil_lag_months", "oil_price", &DriverLags::oil}};
  DriverLags lags;
  for (const Lag& one : kLags) lags.*one.value = median(parsed(parameters.at(find(one.name), "value")));
  const DriverLags before = lags;
  for (const Lag& one : kLags) {
    const std::size_t r = find(one.name);
    const RandomNumber prior = parsed(parameters.at(r, "value"));
    const NormalBelief belief = belief_of(prior);
    std::vector<Task> named;
    for (const Task& task : tasks) {
      if (std::any_of(task.priors.begin(), task.priors.end(), [&](const auto& p) { return p.driver == one.driver; }))
        named.push_back(task);
    }
    EstimateRow row{one.name, "",
                    "",       belief,
                    belief,   static_cast<int>(named.size()),
                    "prior",  "no product with quantities loads on it"};
    if (!named.empty() && belief.sd > 0) {
      const NormalBelief after = lag_posterior(prior, one.value, named, drivers, before);
      row.after = after;
      row.how = "evidence of " + std::to_string(named.size()) + " regressions over points of the prior";
      const bool moved =
          std::abs(after.mean - belief.mean) > kMovedSd * belief.sd || after.sd < kShrunkFrac * belief.sd;
      row.status = moved ? "moved" : "prior";
      if (moved) {
        const double cv2 = std::pow(std::max(after.sd, 0.02) / after.mean, 2), sd_log = std::sqrt(std::log1p(cv2));
        parameters.set(r, "value",
                       "{lognormal: {median: " + four_digits(after.mean * std::exp(-sd_log * sd_log / 2)) +
                           ", sd_log: " + four_digits(sd_log) + "}}");
        parameters.set(r, "source", "estimate");
        parameters.set(r, "kind", "data");
        parameters.set(r, "note", row.how);
        lags.*one.value = after.mean;
      } else {
        row.after = belief;
      }
    }
    rows.push_back(row);
  }

  for (const Task& task : tasks) {
    const LoadingPosterior fit = regress_loadings(task.logs, task.priors, drivers, lags);
    for (std::size_t k = 0; k < task.priors.size(); ++k) {
      const LoadingPrior& prior = task.priors[k];
      const NormalBelief& after = fit.after[k];
      const bool moved = std::abs(after.mean - prior.belief.mean) > kMovedSd * prior.belief.sd ||
                         after.sd < kShrunkFrac * prior.belief.sd;
      rows.push_back({"loading." + task.response + "." + prior.driver, task.product, "", prior.belief,
                      moved ? after : prior.belief, fit.periods, moved ? "moved" : "prior",
                      "regression on released periods, AR(1) " + fixed_decimals(fit.ar1, 2) + ", noise " +
                          fixed_decimals(fit.noise_sd, 3)});
      if (!moved) continue;
      loadings.set(task.rows[k], task.response, normal_text(after));
      loadings.set(task.rows[k], "source", "estimate");
      loadings.set(task.rows[k], "kind", "data");
      loadings.set(task.rows[k], "note",
                   "posterior; prior mean and sd " + task.response + " " + four_digits(prior.belief.mean) + ", " +
                       four_digits(prior.belief.sd) + "; " + std::to_string(fit.periods) + " released periods");
    }
  }
  files["loadings.csv"] = loadings.text();
  files["parameters.csv"] = parameters.text();
  return rows;
}

}  // namespace plimsoll
