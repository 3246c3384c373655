#include "models/estimation/loading_estimates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "models/calibration_table.hpp"
#include "scenarios/random_number_text.hpp"

namespace plimsoll {
namespace {

/// The data have moved a prior when its mean goes this far, or its sd shrinks to this part.
constexpr double kMovedSd = 0.1, kShrunkFrac = 0.95;
constexpr const char* kImportsAsExports = "estimation/import_as_exports.csv";

RandomNumber parsed(const std::string& text) {
  std::vector<Problem> problems;
  return parse_random_number_text(text, {}, problems);
}

bool has_moved(const NormalBelief& prior, const NormalBelief& after) {
  return std::abs(after.mean - prior.mean) > kMovedSd * prior.sd || after.sd < kShrunkFrac * prior.sd;
}

/// Unit values or volumes of one product and what is known of their loadings.
struct Task {
  std::string product, response;  ///< volume, price
  LoadingSeries series;
  std::vector<LoadingPrior> priors;
  std::vector<std::size_t> rows;  ///< of the loadings' table

  bool names(const std::string& driver) const {
    return std::any_of(priors.begin(), priors.end(), [&](const auto& p) { return p.driver == driver; });
  }
};

/// A row of lags: for all products, or for one.
struct LagRow {
  std::size_t row = 0;
  std::string parameter, product, driver;
  double DriverLags::*value = nullptr;
  double now = 0;  ///< median of the prior, then the posterior's mean
};

class LoadingEstimator {
 public:
  LoadingEstimator(TableFiles& files, const std::string& folder, LoadingSide& side, const DriverLogs& drivers,
                   const std::string& known_on)
      : files_(files),
        side_(side),
        drivers_(drivers),
        known_on_(known_on),
        prefix_(side.imports ? "import_loading." : "loading."),
        loadings_file_(side.imports ? "import_loadings.csv" : "loadings.csv"),
        parameters_file_(side.imports ? "import_parameters.csv" : "parameters.csv"),
        loadings_(table_of(files, folder, loadings_file_)),
        parameters_(table_of(files, folder, parameters_file_)) {}

  std::vector<EstimateRow> estimate() {
    find_tasks();
    find_lags();
    estimate_lags();
    for (const Task& task : tasks_) estimate_task(task);
    files_[loadings_file_] = loadings_.text();
    files_[parameters_file_] = parameters_.text();
    for (const LagRow& lag : lags_) {
      if (lag.product.empty()) side_.lags.*lag.value = lag.now;
    }
    return std::move(rows_);
  }

 private:
  TableFiles& files_;
  LoadingSide& side_;
  const DriverLogs& drivers_;
  std::string known_on_, prefix_, loadings_file_, parameters_file_;
  TableText loadings_, parameters_;
  std::vector<Task> tasks_;
  std::vector<LagRow> lags_;
  std::vector<EstimateRow> rows_;

  bool is_for(std::size_t r, const std::string& product) const {
    const std::string& driver = loadings_.at(r, "driver");
    return loadings_.at(r, "product") == product && (!loadings_.has("market") || loadings_.at(r, "market") == "all") &&
           (driver == "capex" || driver == "memory_price" || driver == "oil_price");
  }

  void find_tasks() {
    for (const ProductFigures& product : side_.products) {
      for (const std::string response : {"volume", "price"}) {
        Task task{product.id, response, response == "volume" ? product.volume : product.price, {}, {}};
        for (std::size_t r = 0; r < loadings_.rows(); ++r) {
          if (!is_for(r, product.id)) continue;
          const NormalBelief belief = belief_of(parsed(loadings_.at(r, response)));
          if (!(belief.sd > 0)) continue;  // a plain number is not up for estimation
          if (response == "price" && side_.copied.contains({product.id, loadings_.at(r, "driver")})) continue;
          task.priors.push_back({loadings_.at(r, "driver"), belief});
          task.rows.push_back(r);
        }
        if (task.priors.empty()) continue;
        if (task.series.logs.size() >= kFewestLoadingPeriods) {
          tasks_.push_back(task);
          continue;
        }
        for (const LoadingPrior& one : task.priors)
          rows_.push_back({prefix_ + response + "." + one.driver, product.id, "", one.belief, one.belief, 0, "prior",
                           "no quantity printed, so volume and unit value are not told apart"});
      }
    }
  }

  void find_lags() {
    struct Name {
      const char *parameter, *driver;
      double DriverLags::*value;
    };
    static constexpr std::array<Name, 3> kExportLags{Name{"capex_lag_months", "capex", &DriverLags::capex},
                                                     Name{"memory_lag_months", "memory_price", &DriverLags::memory},
                                                     Name{"oil_lag_months", "oil_price", &DriverLags::oil}};
    static constexpr std::array<Name, 1> kImportLags{Name{"import_oil_lag_months", "oil_price", &DriverLags::oil}};
    const auto add = [&](const Name& name) {
      bool for_all = false;
      for (std::size_t r = 0; r < parameters_.rows(); ++r) {
        if (parameters_.at(r, "parameter") != name.parameter) continue;
        const std::string& product = parameters_.at(r, "product");
        lags_.push_back(
            {r, name.parameter, product, name.driver, name.value, median(parsed(parameters_.at(r, "value")))});
        for_all = for_all || product.empty();
      }
      if (!for_all) throw std::logic_error(parameters_file_ + " has no row " + name.parameter);
    };
    if (side_.imports)
      std::for_each(kImportLags.begin(), kImportLags.end(), add);
    else
      std::for_each(kExportLags.begin(), kExportLags.end(), add);
  }

  /// The row of lags that holds for a product's driver; none where the lag is estimated elsewhere.
  const LagRow* lag_for(const std::string& product, const std::string& driver) const {
    const LagRow* found = nullptr;
    for (const LagRow& one : lags_) {
      if (one.driver != driver) continue;
      if (one.product == product) return &one;
      if (one.product.empty()) found = &one;
    }
    return found;
  }

  DriverLags lags_for(const std::string& product) const {
    DriverLags lags = side_.lags;
    for (const char* driver : {"capex", "memory_price", "oil_price"}) {
      if (const LagRow* one = lag_for(product, driver)) lags.*one->value = one->now;
    }
    return lags;
  }

  /// One lag at a time, the others at the medians of their priors.
  void estimate_lags() {
    std::vector<double> after(lags_.size());
    for (std::size_t k = 0; k < lags_.size(); ++k) {
      const LagRow& lag = lags_[k];
      after[k] = lag.now;
      std::vector<const Task*> named;
      for (const Task& task : tasks_) {
        if (task.names(lag.driver) && lag_for(task.product, lag.driver) == &lag) named.push_back(&task);
      }
      const RandomNumber prior = parsed(parameters_.at(lag.row, "value"));
      const NormalBelief belief = belief_of(prior);
      EstimateRow row{lag.parameter,
                      lag.product,
                      "",
                      belief,
                      belief,
                      static_cast<int>(named.size()),
                      "prior",
                      "no product with quantities loads on it"};
      if (!named.empty() && belief.sd > 0) {
        const NormalBelief found = posterior_on_grid(prior, [&](double months) {
          double evidence = 0;
          for (const Task* task : named) {
            DriverLags lags = lags_for(task->product);
            lags.*lag.value = months;
            evidence += regress_loadings(task->series, task->priors, drivers_, lags).log_evidence;
          }
          return evidence;
        });
        row.how = "evidence of " + std::to_string(named.size()) + " regressions over the prior";
        if (has_moved(belief, found)) {
          row.after = found;
          row.status = "moved";
          parameters_.set(lag.row, "value", posterior_text(prior, found));
          set_provenance(parameters_, lag.row, row.how);
          after[k] = found.mean;
        }
      }
      rows_.push_back(row);
    }
    for (std::size_t k = 0; k < lags_.size(); ++k) lags_[k].now = after[k];
  }

  void set_provenance(TableText& t, std::size_t r, const std::string& note) const {
    t.set(r, "source", "estimate");
    t.set(r, "kind", "data");
    t.set(r, "known_from", known_on_);
    t.set(r, "note", note);
  }

  void estimate_task(const Task& task) {
    const LoadingPosterior fit = regress_loadings(task.series, task.priors, drivers_, lags_for(task.product));
    for (std::size_t k = 0; k < task.priors.size(); ++k) {
      const LoadingPrior& prior = task.priors[k];
      const RandomNumber shape = parsed(loadings_.at(task.rows[k], task.response));
      const NormalBelief after = on_prior(shape, prior.belief, fit.after[k]);
      const bool moved = has_moved(prior.belief, after);
      rows_.push_back({prefix_ + task.response + "." + prior.driver, task.product, "", prior.belief,
                       moved ? after : prior.belief, fit.periods, moved ? "moved" : "prior",
                       "regression on printed periods, AR(1) " + fixed_decimals(fit.ar1, 2) + ", noise " +
                           fixed_decimals(fit.noise_sd, 3)});
      if (!moved) continue;
      loadings_.set(task.rows[k], task.response, posterior_text(shape, after));
      const std::string& old = loadings_.at(task.rows[k], "note");
      const std::string note = task.response + ": posterior of " + std::to_string(fit.periods) +
                               " printed periods, before them " + four_digits(prior.belief.mean) + " (sd " +
                               four_digits(prior.belief.sd) + ")";
      set_provenance(loadings_, task.rows[k], old.empty() ? note : note + "; " + old);
    }
  }
};

}  // namespace

std::vector<ProductFigures> export_figures(const TradeHistory& history) {
  std::vector<ProductFigures> products;
  for (const std::string& id : history.products) {
    ProductFigures one{id, {}, {}};
    const auto printed = history.quantities.find(id);
    if (printed != history.quantities.end()) {
      MonthlySeries price = released_logs(history.product_values.at(id));
      const MonthlySeries volume = released_logs(printed->second);
      for (std::size_t i = 0; i < price.values.size(); ++i) price.values[i] -= volume.values[i];
      one.volume = released_series(volume);
      one.price = released_series(price);
    }
    products.push_back(std::move(one));
  }
  return products;
}

std::vector<EstimateRow> estimate_loadings(TableFiles& files, const std::string& folder, LoadingSide& side,
                                           const DriverLogs& drivers, const std::string& known_on) {
  return LoadingEstimator(files, folder, side, drivers, known_on).estimate();
}

std::set<std::pair<std::string, std::string>> prices_as_exports(const TableFiles& files, const std::string& folder) {
  std::set<std::pair<std::string, std::string>> copies;
  if (!files.contains(kImportsAsExports)) return copies;
  const TableText t = table_of(files, folder, kImportsAsExports);
  for (std::size_t k = 0; k < t.rows(); ++k) copies.insert({t.at(k, "product"), t.at(k, "driver")});
  return copies;
}

std::vector<EstimateRow> copy_export_prices(TableFiles& files, const std::string& folder,
                                            const std::vector<EstimateRow>& exports) {
  std::vector<EstimateRow> rows;
  const TableText loadings = table_of(files, folder, "loadings.csv");
  TableText imports = table_of(files, folder, "import_loadings.csv");
  for (const auto& [product, driver] : prices_as_exports(files, folder)) {
    std::size_t from = 0, to = 0;
    while (from < loadings.rows() && (loadings.at(from, "product") != product ||
                                      loadings.at(from, "driver") != driver || loadings.at(from, "market") != "all"))
      ++from;
    while (to < imports.rows() && (imports.at(to, "product") != product || imports.at(to, "driver") != driver)) ++to;
    if (from == loadings.rows() || to == imports.rows())
      throw data_error(problem_at({folder + "/" + kImportsAsExports, 0, 0}, "product",
                                  "'" + product + "' has no loading on " + driver + " on both sides",
                                  "an import price follows that of the same exports", "remove the row"));
    for (const char* column : {"price", "source", "kind", "known_from"})
      imports.set(to, column, loadings.at(from, column));
    for (const EstimateRow& row : exports) {
      if (row.parameter != "loading.price." + driver || row.product != product || !row.market.empty()) continue;
      rows.push_back(row);
      rows.back().parameter = "import_" + row.parameter;
      rows.back().how = "as for exports: one world price; " + row.how;
    }
  }
  files["import_loadings.csv"] = imports.text();
  return rows;
}

}  // namespace plimsoll
