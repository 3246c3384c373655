// What a calibration declares beyond the named mechanisms: drivers of its own, residual factors, residuals of cells.
#include <algorithm>
#include <array>
#include <set>

#include "models/calibration_draft.hpp"
#include "scenarios/distribution.hpp"

namespace plimsoll {

namespace {

/// Names that mean something else in tables, series or scenarios.
const std::vector<std::string> kTaken{
    "all",   "capex",    "memory_price",    "oil_price", "exchange_rate", "foreign_demand",
    "trend", "residual", "domestic_demand", "tariff",    "inherited"};

bool is_name(const std::string& id) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !id.empty() && id[0] >= 'a' && id[0] <= 'z' && std::all_of(id.begin(), id.end(), fits);
}

void check_name(const CalibrationTable& t, std::size_t row, const std::string& column, bool twice) {
  const std::string& id = t.text(row, column);
  if (!is_name(id))
    t.problem(row, column, "'" + id + "' is not a name", "names become parts of series",
              "use small letters, digits and _, a letter first");
  if (std::find(kTaken.begin(), kTaken.end(), id) != kTaken.end())
    t.problem(row, column, "the name '" + id + "' is taken", "the model has a meaning for it", "choose another name");
  if (twice) t.problem(row, column, "'" + id + "' stands twice", "", "keep one row");
}

/// A standard deviation is not negative; an AR(1) coefficient lies between -1 and 1, so that the process stays.
bool fits_sd(const RandomNumber& x) { return support(x).low >= 0; }
bool fits_ar1(const RandomNumber& x) { return support(x).low > -1 && support(x).high < 1; }

}  // namespace

void read_declared_drivers(CalibrationDraft& draft) {
  if (draft.files.count("declared_drivers.csv") == 0) return;
  const CalibrationTable t = draft.table("declared_drivers.csv", {"driver", "monthly_sd_log", "ar1"});
  std::set<std::string> seen;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    const std::string& id = t.text(r, "driver");
    check_name(t, r, "driver", !seen.insert(id).second);
    DeclaredDriver driver{id, t.random_number(r, "monthly_sd_log"), t.random_number(r, "ar1"), t.provenance(r)};
    if (!fits_sd(driver.monthly_sd_log))
      t.problem(r, "monthly_sd_log", "a standard deviation below 0", "", "write e.g. 0.01");
    if (!fits_ar1(driver.ar1))
      t.problem(r, "ar1", "the coefficient is not between -1 and 1", "the driver would not return", "write e.g. 0.9");
    draft.c.declared_drivers.push_back(std::move(driver));
  }
  if (t.rows() == 0) t.problem("there is no driver", "a table without rows does nothing", "remove the file");
}

void read_residual_factors(CalibrationDraft& draft) {
  const bool has_factors = draft.files.count("residual_factors.csv") > 0;
  if (!has_factors && draft.files.count("residual_loadings.csv") == 0) return;
  // The two come together: table() says which one is missing.
  const CalibrationTable factors = draft.table("residual_factors.csv", {"factor"});
  const CalibrationTable t = draft.table("residual_loadings.csv", {"product", "market", "factor", "volume", "price"});
  std::vector<std::string>& ids = draft.c.residual_factors;
  for (std::size_t r = 0; r < factors.rows(); ++r) {
    const std::string& id = factors.text(r, "factor");
    check_name(factors, r, "factor", std::find(ids.begin(), ids.end(), id) != ids.end());
    ids.push_back(id);
  }
  const std::vector<std::string> products = with(draft.product_ids(), "all"), markets = with(draft.market_ids(), "all");
  std::set<std::array<std::string, 3>> seen;
  std::set<std::string> used;
  for (std::size_t r = 0; r < t.rows(); ++r) {
    t.choice(r, "product", products);
    t.choice(r, "market", markets);
    if (t.choice(r, "factor", ids)) used.insert(t.text(r, "factor"));
    ResidualLoading loading{t.text(r, "product"),  t.text(r, "market"),  t.text(r, "factor"),
                            t.number(r, "volume"), t.number(r, "price"), t.provenance(r)};
    if (!seen.insert({loading.product, loading.market, loading.factor}).second)
      t.problem(r, "factor", "the loading stands twice", "", "keep one row");
    draft.c.residual_loadings.push_back(std::move(loading));
  }
  for (std::size_t r = 0; r < factors.rows(); ++r) {
    if (used.count(factors.text(r, "factor")) == 0)
      factors.problem(r, "factor", "nothing loads on '" + factors.text(r, "factor") + "'", "it would do nothing",
                      "add rows to residual_loadings.csv or remove it");
  }
}

void check_cell_residuals(CalibrationDraft& draft) {
  const Calibration& c = draft.c;
  std::vector<Problem> problems;
  TableChecks checks{problems, draft.checks.sources, draft.checks.known_on};
  const CalibrationTable t{
      draft.path("parameters.csv"),
      draft.text("parameters.csv"),
      {"parameter", "product", "market", "value", "unit", "family_corr", "source", "kind", "known_from", "note"},
      checks};
  problems.clear();  // read_parameters has told them
  for (const std::string part : {"volume", "price"}) {
    const std::string sd = "cell_" + part + "_sd_log", ar1 = "cell_" + part + "_ar1";
    for (std::size_t r = 0; r < t.rows() && r < c.parameters.size(); ++r) {
      const Parameter& p = c.parameters[r];
      if (p.name == sd && !fits_sd(p.value))
        t.problem(r, "value", "a standard deviation below 0", "", "write e.g. 0.03");
      if (p.name == ar1 && !fits_ar1(p.value))
        t.problem(r, "value", "the coefficient is not between -1 and 1", "the residual would not return",
                  "write e.g. 0.6");
    }
    const bool has_factors =
        std::any_of(c.residual_loadings.begin(), c.residual_loadings.end(),
                    [&](const ResidualLoading& l) { return (part == "volume" ? l.volume : l.price) != 0; });
    for (const Product& product : c.products) {
      for (const Market& market : c.markets) {
        const bool has_sd = c.find_parameter(sd, product.id, market.id) != nullptr;
        const bool has_ar1 = c.find_parameter(ar1, product.id, market.id) != nullptr;
        if (has_ar1 || (!has_sd && !has_factors)) continue;
        t.problem("parameter '" + ar1 + "' is missing for " + product.id + "/" + market.id,
                  has_sd ? "the residual of a cell needs its coefficient" : "residual factors enter through it",
                  "add a row, for all or by product and market");
        draft.problems.insert(draft.problems.end(), problems.begin(), problems.end());
        return;  // one such row mends many cells
      }
    }
  }
  draft.problems.insert(draft.problems.end(), problems.begin(), problems.end());
}

}  // namespace plimsoll
