#include "models/calibration_reader.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "models/calibration_table.hpp"
#include "models/calibration_yaml.hpp"
#include "models/driver_tables.hpp"
#include "models/matrix_fit.hpp"
#include "models/needed_parameters.hpp"
#include "scenarios/embedded.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

/// Texts of a calibration's files by name, from a folder or from what ships.
std::map<std::string, std::string> calibration_files(const std::string& name, const std::string& folder) {
  std::map<std::string, std::string> files;
  const auto is_table = [](const std::string& file) {
    return file == "calibration.yaml" || (file.size() > 4 && file.substr(file.size() - 4) == ".csv");
  };
  const std::filesystem::path own = std::filesystem::path(folder) / name;
  std::error_code missing;
  if (!folder.empty() && std::filesystem::is_directory(own, missing)) {
    for (const auto& entry : std::filesystem::directory_iterator(own)) {
      const std::string file = entry.path().filename();
      if (!is_table(file)) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      files[file] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return files;
  }
  const std::string prefix = "models/calibrations/" + name + "/";
  for (const std::string& path : shipped_files(prefix)) {
    const std::string file = path.substr(prefix.size());
    if (is_table(file)) files[file] = shipped_file(path).value_or("");
  }
  return files;
}

/// Reads the tables of one calibration, in the order in which they refer to each other.
class Reader {
 public:
  Reader(const std::string& name, std::map<std::string, std::string> files) : name_(name), files_(std::move(files)) {}

  Calibration read() {
    read_calibration_yaml(path("calibration.yaml"), text("calibration.yaml"), c_);
    if (c_.name != name_)
      fail("calibration.yaml", "the name is '" + c_.name + "', the folder is '" + name_ + "'", "make them equal");
    checks_.known_on = c_.known_on;
    read_sources();
    read_groups();
    read_sets();
    stop_on_problems();
    read_history();
    read_matrix();
    stop_on_problems();
    fit_cells();
    read_seasons();
    DriverTables(c_, [this](const std::string& file, const std::vector<std::string>& columns) {
      return table(file, columns);
    }).read();
    for (const MissingParameter& p : parameter_problems(c_)) fail("parameters.csv", p.what, p.hint);
    stop_on_problems();
    std::string all;
    for (const auto& [file, bytes] : files_) all += file + "\n" + std::to_string(bytes.size()) + "\n" + bytes;
    c_.sha256 = sha256_hex(all);
    return std::move(c_);
  }

 private:
  std::string path(const std::string& file) const { return name_ + "/" + file; }
  const std::string& text(const std::string& file) {
    const auto place = files_.find(file);
    if (place == files_.end())
      throw InputError(InputKind::data,
                       {{{path(file), 0, 0}, "", "the file is missing", "a calibration has this table", "add it"}});
    return place->second;
  }
  CalibrationTable table(const std::string& file, const std::vector<std::string>& columns, bool provenance = true) {
    return {path(file), text(file), columns, provenance, checks_};
  }
  void fail(const std::string& file, const std::string& what, const std::string& hint) {
    problems_.push_back({{path(file), 1, 1}, "", what, "", hint});
  }
  void stop_on_problems() const {
    if (!problems_.empty()) throw InputError(InputKind::data, problems_);
  }
  void read_sources() {
    const CalibrationTable t = table("sources.csv", {"id", "publisher", "title", "vintage", "note"}, false);
    for (std::size_t r = 0; r < t.rows(); ++r) {
      if (!checks_.sources.insert(t.text(r, "id")).second)
        t.problem(r, "id", "source '" + t.text(r, "id") + "' stands twice", "", "keep one row");
    }
  }

  void read_groups() {
    const CalibrationTable products =
        table("products.csv", {"id", "title_en", "title_zh", "customs_lines", "hs_codes", "share_of", "price_split"});
    for (std::size_t r = 0; r < products.rows(); ++r) {
      products.choice(r, "price_split", {"quantity", "imputed"});
      if (c_.product_index(products.text(r, "id")) >= 0)
        products.problem(r, "id", "product '" + products.text(r, "id") + "' stands twice", "", "");
      c_.products.push_back({products.text(r, "id"),
                             {products.text(r, "title_en"), products.text(r, "title_zh")},
                             products.text(r, "price_split") == "quantity"});
    }
    const CalibrationTable markets = table("markets.csv", {"id", "title_en", "title_zh", "members"});
    for (std::size_t r = 0; r < markets.rows(); ++r) {
      if (c_.market_index(markets.text(r, "id")) >= 0)
        markets.problem(r, "id", "market '" + markets.text(r, "id") + "' stands twice", "", "");
      c_.markets.push_back({markets.text(r, "id"), {markets.text(r, "title_en"), markets.text(r, "title_zh")}});
    }
    if (c_.products.empty()) fail("products.csv", "there is no product", "add one");
    if (c_.markets.empty()) fail("markets.csv", "there is no market", "add one");
  }

  void read_sets() {
    const CalibrationTable t = table("sets.csv", {"set", "dimension", "member", "weight_frac"});
    for (std::size_t r = 0; r < t.rows(); ++r) {
      if (!t.choice(r, "dimension", {"product", "market"})) continue;
      const auto dimension =
          t.text(r, "dimension") == "product" ? NamedSet::Dimension::product : NamedSet::Dimension::market;
      if (!t.choice(r, "member", dimension == NamedSet::Dimension::product ? product_ids(c_) : market_ids(c_)))
        continue;
      auto set =
          std::find_if(c_.sets.begin(), c_.sets.end(), [&](const NamedSet& s) { return s.id == t.text(r, "set"); });
      if (set == c_.sets.end()) set = c_.sets.insert(c_.sets.end(), {t.text(r, "set"), dimension, {}});
      if (set->dimension != dimension)
        t.problem(r, "dimension", "set '" + set->id + "' mixes products and markets", "", "use two sets");
      if (!set->weight_frac.emplace(t.text(r, "member"), t.share(r, "weight_frac")).second) {
        t.problem(r, "member", "member '" + t.text(r, "member") + "' stands twice in set '" + set->id + "'", "",
                  "keep one row");
      }
    }
  }

  void read_history() {
    const CalibrationTable t =
        table("history.csv", {"product", "market", "month", "value_usd_bn", "quantity", "quantity_unit", "status"});
    std::map<std::pair<std::string, std::string>, std::map<Month, double>> series;
    for (std::size_t r = 0; r < t.rows(); ++r) {
      t.choice(r, "status", {"observed", "derived", "split"});
      const bool known =
          t.choice(r, "product", with(product_ids(c_), "all")) && t.choice(r, "market", with(market_ids(c_), "all"));
      const std::optional<Month> month = t.month(r, "month");
      const double value = t.positive(r, "value_usd_bn");
      if (!t.text(r, "quantity").empty()) t.positive(r, "quantity");
      if (!known || !month) continue;
      if (*month > c_.as_of)
        t.problem(r, "month", "month " + to_string(*month) + " is after as_of", "as_of is the last month of trade data",
                  "move as_of");
      if (!series[{t.text(r, "product"), t.text(r, "market")}].emplace(*month, value).second)
        t.problem(r, "month", "month " + to_string(*month) + " stands twice", "", "keep one row");
    }
    const auto complete = [&](const std::string& product, const std::string& market, Month from) {
      const auto& months = series[{product, market}];
      std::vector<double> values;
      for (Month m = from; m <= c_.as_of; m = m + 1) {
        const auto place = months.find(m);
        if (place == months.end()) {
          t.problem("month " + to_string(m) + " of " + product + "/" + market + " is missing",
                    "history has no gaps up to as_of", "add the row");
          return std::vector<double>{};
        }
        values.push_back(place->second);
      }
      return values;
    };
    const auto& totals = series[{"all", "all"}];
    c_.total_from = totals.empty() ? c_.detail_from : totals.begin()->first;
    c_.total = complete("all", "all", c_.total_from);
    for (const Product& p : c_.products) product_history_.push_back(complete(p.id, "all", c_.detail_from));
    for (const Market& m : c_.markets) market_history_.push_back(complete("all", m.id, c_.detail_from));
    if (!problems_.empty()) return;
    for (std::size_t k = 0; k < c_.detail_months(); ++k) {
      const Month month = c_.detail_from + static_cast<int>(k);
      const double total = c_.total[static_cast<std::size_t>(month - c_.total_from)];
      double products = 0, markets = 0;
      for (const std::vector<double>& h : product_history_) products += h[k];
      for (const std::vector<double>& h : market_history_) markets += h[k];
      for (const auto& [what, sum] : {std::pair{"products", products}, std::pair{"markets", markets}}) {
        if (std::abs(sum / total - 1) > 1e-6) {
          t.problem(std::string(what) + " do not add up to the total in " + to_string(month),
                    "groups partition the customs total", "let the residual group close the sum");
        }
      }
    }
  }

  void read_matrix() {
    const CalibrationTable t = table("matrix.csv", {"product", "market", "value_usd_bn", "status"});
    const std::size_t markets = c_.markets.size();
    seed_.assign(c_.products.size() * markets, 0);
    c_.cell_status.assign(seed_.size(), CellStatus::imputed);
    for (std::size_t r = 0; r < t.rows(); ++r) {
      t.choice(r, "status", {"observed", "imputed"});
      const double value = t.positive(r, "value_usd_bn");
      if (!t.choice(r, "product", product_ids(c_)) || !t.choice(r, "market", market_ids(c_))) continue;
      const std::size_t cell = static_cast<std::size_t>(c_.product_index(t.text(r, "product"))) * markets +
                               static_cast<std::size_t>(c_.market_index(t.text(r, "market")));
      if (seed_[cell] != 0) t.problem(r, "market", "the cell stands twice", "", "keep one row");
      seed_[cell] = value;
      if (t.text(r, "status") == "observed") c_.cell_status[cell] = CellStatus::observed;
    }
    for (std::size_t cell = 0; cell < seed_.size(); ++cell) {
      if (seed_[cell] == 0)
        t.problem("cell " + c_.products[cell / markets].id + "/" + c_.markets[cell % markets].id + " is missing",
                  "every cell has a seed", "add the row");
    }
  }

  void fit_cells() {
    for (std::size_t k = 0; k < c_.detail_months(); ++k) {
      std::vector<double> rows, columns, matrix = seed_;
      for (const std::vector<double>& h : product_history_) rows.push_back(h[k]);
      for (const std::vector<double>& h : market_history_) columns.push_back(h[k]);
      const FitReport fit = fit_matrix(matrix, rows, columns);
      if (fit.gap > 1e-9)
        fail("matrix.csv",
             "the matrix does not converge to the sums of " + to_string(c_.detail_from + static_cast<int>(k)),
             "check the seed");
      c_.cells.insert(c_.cells.end(), matrix.begin(), matrix.end());
    }
  }

  void read_seasons() {
    const CalibrationTable t = table("seasonal.csv", {"product", "season", "factor_log"});
    std::vector<std::string> seasons{"JF"};
    for (int m = 3; m <= 12; ++m) seasons.push_back(std::to_string(m));
    c_.seasonal_log.assign(c_.products.size(), {});
    std::map<std::pair<int, std::string>, int> seen;
    for (std::size_t r = 0; r < t.rows(); ++r) {
      const double factor = t.number(r, "factor_log");
      if (!t.choice(r, "product", product_ids(c_)) || !t.choice(r, "season", seasons)) continue;
      const int product = c_.product_index(t.text(r, "product"));
      if (seen[{product, t.text(r, "season")}]++ > 0)
        t.problem(r, "season", "the season stands twice", "", "keep one row");
      auto& factors = c_.seasonal_log[static_cast<std::size_t>(product)];
      if (t.text(r, "season") == "JF")
        factors[0] = factors[1] = factor;
      else
        factors[static_cast<std::size_t>(std::stoi(t.text(r, "season")) - 1)] = factor;
    }
    for (const Product& p : c_.products) {
      for (const std::string& season : seasons) {
        if (seen.count({c_.product_index(p.id), season}) == 0)
          t.problem("season " + season + " of " + p.id + " is missing", "", "add the row");
      }
    }
    const CalibrationTable lunar = table("lunar_new_year.csv", {"year", "new_year_date", "january_frac"});
    for (std::size_t r = 0; r < lunar.rows(); ++r) {
      lunar.date(r, "new_year_date");
      const double share = lunar.share(r, "january_frac");
      if (share <= 0 || share >= 1)
        lunar.problem(r, "january_frac", "the share must lie between 0 and 1", "", "");
      else
        c_.january_frac[static_cast<int>(lunar.number(r, "year"))] = share;
    }
    for (int year = c_.detail_from.year(); year <= c_.as_of.year() + 16; ++year) {
      if (c_.january_frac.count(year) == 0)
        lunar.problem("year " + std::to_string(year) + " is missing", "horizons reach 15 years", "add the row");
    }
  }

  std::string name_;
  std::map<std::string, std::string> files_;
  std::vector<Problem> problems_;
  TableChecks checks_{problems_, {}, {}};
  Calibration c_;
  std::vector<std::vector<double>> product_history_, market_history_;
  std::vector<double> seed_;
};

}  // namespace

Calibration load_calibration(const std::string& name, const std::string& folder) {
  std::map<std::string, std::string> files = calibration_files(name, folder);
  if (files.empty()) {
    const std::vector<std::string> shipped = shipped_calibrations();
    const std::string near = nearest_name(name, shipped);
    throw InputError(InputKind::data, {{{},
                                        "calibration",
                                        "there is no calibration '" + name + "'",
                                        "",
                                        near.empty() ? (shipped.empty() ? "" : "what ships: " + shipped.front())
                                                     : "did you mean '" + near + "'?"}});
  }
  return Reader(name, std::move(files)).read();
}

IdCatalog catalog_of(const Calibration& c) {
  IdCatalog catalog;
  catalog.calibration = c.name;
  catalog.as_of = c.as_of;
  catalog.known_on = c.known_on;
  for (const Product& p : c.products) catalog.products.push_back(p.id);
  for (const Market& m : c.markets) catalog.markets.push_back(m.id);
  for (const NamedSet& s : c.sets)
    (s.dimension == NamedSet::Dimension::product ? catalog.product_sets : catalog.market_sets).push_back(s.id);
  catalog.drivers = {"capex", "memory_price", "oil_price", "exchange_rate", "foreign_demand"};
  for (const auto& [firm, history] : c.capex) {
    catalog.capex_firms.push_back(firm);
    catalog.capex_reported_until = history.end() - 1;
    for (std::size_t q = 0; q < history.level.size(); ++q)
      catalog.capex_reported_usd_bn[firm][(history.from + 3 * static_cast<int>(q)).year()] += history.level[q];
  }
  catalog.capex_cash_per_company_frac = median(c.parameter("capex_cash_per_company_frac").value);
  return catalog;
}

std::vector<std::string> shipped_calibrations() {
  const std::string prefix = "models/calibrations/";
  std::vector<std::string> names;
  for (const std::string& path : shipped_files(prefix)) {
    const std::size_t end = path.find('/', prefix.size());
    if (end == std::string::npos) continue;
    const std::string name = path.substr(prefix.size(), end - prefix.size());
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return names;
}

}  // namespace plimsoll
