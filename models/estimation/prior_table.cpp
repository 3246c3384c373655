#include "models/estimation/prior_table.hpp"

#include <array>
#include <set>

#include "models/calibration_table.hpp"
#include "models/estimation/loading_estimates.hpp"
#include "models/estimation/residual_factors.hpp"
#include "scenarios/random_number_text.hpp"

namespace plimsoll {
namespace {

const std::array<const char*, 4> kProvenance{"source", "kind", "known_from", "note"};
const std::array<const char*, 3> kMeasuredDrivers{"capex", "memory_price", "oil_price"};
const std::string kCorrelation = "correlation.", kVolume = "volume.";

/// Loadings and lags of one direction of trade.
struct Side {
  std::string loadings, parameters, prefix;
  std::vector<std::string> lags;
};
const std::array<Side, 2> kSides{
    Side{"loadings.csv", "parameters.csv", "loading.", {"capex_lag_months", "memory_lag_months", "oil_lag_months"}},
    Side{"import_loadings.csv", "import_parameters.csv", "import_loading.", {"import_oil_lag_months"}}};

std::string plain(const std::string& id) { return id == "all" ? std::string() : id; }

bool random(const std::string& value) { return value.find('{') != std::string::npos; }

class PriorWriter {
 public:
  PriorWriter(TableFiles& files, const std::string& folder) : files_(files), folder_(folder) {}

  void write() {
    for (const Side& side : kSides) {
      if (!files_.contains(side.loadings)) continue;
      add_lags(side);
      add_loadings(side);
    }
    const TableText t = table_of(files_, folder_, "correlations.csv");
    for (std::size_t r = 0; r < t.rows(); ++r)
      add(t, r, kCorrelation + t.at(r, "a") + "." + t.at(r, "b"), "", "", t.at(r, "value"));
    files_[kPriorTable] = table_.text();
  }

 private:
  TableFiles& files_;
  const std::string& folder_;
  TableText table_{{"parameter", "product", "market", "value", "source", "kind", "known_from", "note"}};

  void add(const TableText& from, std::size_t r, const std::string& parameter, const std::string& product,
           const std::string& market, const std::string& value) {
    std::vector<std::string> row{parameter, product, market, value};
    for (const char* column : kProvenance) row.push_back(from.at(r, column));
    table_.add(row);
  }
  void add_lags(const Side& side) {
    const TableText t = table_of(files_, folder_, side.parameters);
    for (const std::string& lag : side.lags) {
      for (std::size_t r = 0; r < t.rows(); ++r) {
        if (t.at(r, "parameter") == lag) add(t, r, lag, t.at(r, "product"), t.at(r, "market"), t.at(r, "value"));
      }
    }
  }
  void add_loadings(const Side& side) {
    const TableText t = table_of(files_, folder_, side.loadings);
    const auto copied = prices_as_exports(files_, folder_);
    for (std::size_t r = 0; r < t.rows(); ++r) {
      const std::string& driver = t.at(r, "driver");
      bool measured = false;
      for (const char* one : kMeasuredDrivers) measured = measured || driver == one;
      if (!measured) continue;
      const std::string market = t.has("market") ? plain(t.at(r, "market")) : "";
      for (const char* response : {"volume", "price"}) {
        const std::string& value = t.at(r, response);
        if (!random(value)) continue;
        if (side.prefix == "import_loading." && response == std::string("price") &&
            copied.contains({t.at(r, "product"), driver}))
          continue;  // follows the exports
        add(t, r, side.prefix + response + "." + driver, plain(t.at(r, "product")), market, value);
      }
    }
  }
};

class PriorReader {
 public:
  PriorReader(TableFiles& files, const std::string& folder)
      : files_(files), folder_(folder), priors_(table_of(files, folder, kPriorTable)) {}

  void restore() {
    bool correlations = false;
    for (std::size_t p = 0; p < priors_.rows(); ++p) {
      const std::string& parameter = priors_.at(p, "parameter");
      parse_random_number_text(priors_.at(p, "value"), place(p), problems_);
      if (parameter.starts_with(kCorrelation)) {
        correlations = true;
        restore_correlation(p, parameter.substr(kCorrelation.size()));
      } else {
        restore_row(p, parameter);
      }
    }
    if (correlations) drop_found_correlations();
    for (const auto& [file, table] : tables_) files_[file] = table.text();
    if (!problems_.empty()) throw InputError(InputKind::data, problems_);
  }

 private:
  TableFiles& files_;
  const std::string& folder_;
  TableText priors_;
  std::map<std::string, TableText> tables_;
  std::set<std::pair<std::string, std::string>> pairs_;
  std::vector<Problem> problems_;

  TableText& table(const std::string& file) {
    const auto place = tables_.find(file);
    return place != tables_.end() ? place->second
                                  : tables_.emplace(file, table_of(files_, folder_, file)).first->second;
  }
  void put(TableText& t, std::size_t r, const std::string& column, std::size_t p) {
    t.set(r, column, priors_.at(p, "value"));
    for (const char* one : kProvenance) t.set(r, one, priors_.at(p, one));
  }
  Place place(std::size_t p) const { return {folder_ + "/" + kPriorTable, static_cast<int>(p) + 2, 0}; }
  void no_row(std::size_t p, const std::string& file) {
    problems_.push_back(problem_at(place(p), "parameter", file + " has no row for '" + priors_.at(p, "parameter") + "'",
                                   "every prior is that of a row of a table", "add that row, or remove the prior"));
  }

  void restore_row(std::size_t p, const std::string& parameter) {
    const Side& side = kSides[parameter.starts_with("import_") ? 1 : 0];
    const std::string &product = priors_.at(p, "product"), &market = priors_.at(p, "market");
    if (!parameter.starts_with(side.prefix)) {
      TableText& t = table(side.parameters);
      for (std::size_t r = 0; r < t.rows(); ++r) {
        if (t.at(r, "parameter") == parameter && t.at(r, "product") == product && t.at(r, "market") == market)
          return put(t, r, "value", p);
      }
      return no_row(p, side.parameters);
    }
    const std::string rest = parameter.substr(side.prefix.size());
    const std::string response = rest.starts_with(kVolume) ? "volume" : "price";
    const std::string driver = rest.substr(rest.find('.') + 1);
    TableText& t = table(side.loadings);
    for (std::size_t r = 0; r < t.rows(); ++r) {
      if (plain(t.at(r, "product")) == product && t.at(r, "driver") == driver &&
          (!t.has("market") || plain(t.at(r, "market")) == market))
        return put(t, r, response, p);
    }
    no_row(p, side.loadings);
  }

  void restore_correlation(std::size_t p, const std::string& pair) {
    TableText& t = table("correlations.csv");
    for (std::size_t r = 0; r < t.rows(); ++r) {
      if (t.at(r, "a") + "." + t.at(r, "b") != pair) continue;
      pairs_.insert({t.at(r, "a"), t.at(r, "b")});
      return put(t, r, "value", p);
    }
    no_row(p, "correlations.csv");
  }
  /// Pairs that only the data named: they come back if the data still say so.
  void drop_found_correlations() {
    TableText& t = table("correlations.csv");
    t.keep([&](std::size_t r) {
      return t.at(r, "source") != "estimate" || pairs_.contains({t.at(r, "a"), t.at(r, "b")});
    });
  }
};

}  // namespace

bool keeps_priors(const TableFiles& files) { return files.contains(kPriorTable); }

void restore_priors(TableFiles& files, const std::string& folder) { PriorReader(files, folder).restore(); }

void forget_own_data(TableFiles& files, const std::string& folder) {
  forget_residual_factors(files, folder);
  if (keeps_priors(files)) return restore_priors(files, folder);
  if (!files.contains("estimation/regressions.csv")) return;
  const TableText measured = table_of(files, folder, "estimation/regressions.csv");
  TableText t = table_of(files, folder, "loadings.csv");
  for (std::size_t p = 0; p < measured.rows(); ++p) {
    for (std::size_t r = 0; r < t.rows(); ++r) {
      if (t.at(r, "product") != measured.at(p, "product") || t.at(r, "driver") != measured.at(p, "driver")) continue;
      t.set(r, "price",
            "{normal: {mean: " + four_digits(measured.number(p, "prior_mean")) +
                ", sd: " + four_digits(measured.number(p, "prior_sd")) + "}}");
      for (const char* column : {"source", "kind", "known_from"}) t.set(r, column, measured.at(p, column));
      t.set(r, "note", measured.at(p, "prior_from"));
    }
  }
  files["loadings.csv"] = t.text();
}

void note_priors(TableFiles& files, const std::string& folder) { PriorWriter(files, folder).write(); }

}  // namespace plimsoll
