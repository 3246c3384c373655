#include "models/estimation/residual_factors.hpp"

#include <algorithm>
#include <cmath>

#include "models/estimation/covariance_shrinkage.hpp"

namespace plimsoll {
namespace {

constexpr std::size_t kFewestProducts = 4, kMostFactors = 3, kFewestPeriods = 18;
const std::string kFactorName = "share_factor_";

}  // namespace

double largest_by_chance(std::size_t series, std::size_t periods) {
  return std::pow(1 + std::sqrt(static_cast<double>(series) / static_cast<double>(periods)), 2);
}

void forget_residual_factors(TableFiles& files, const std::string& folder) {
  if (!files.contains("residual_factors.csv")) return;
  const TableText names = table_of(files, folder, "residual_factors.csv");
  for (std::size_t r = 0; r < names.rows(); ++r) {
    if (!names.at(r, "factor").starts_with(kFactorName)) return;  // somebody's own
  }
  files.erase("residual_factors.csv");
  files.erase("residual_loadings.csv");
  TableText t = table_of(files, folder, "parameters.csv");
  t.keep([&](std::size_t r) { return t.at(r, "parameter") != "cell_volume_ar1" || t.at(r, "source") != "estimate"; });
  files["parameters.csv"] = t.text();
}

std::vector<EstimateRow> estimate_residual_factors(TableFiles& files, const std::string& folder,
                                                   const TradeHistory& history, const ShareEstimates& shares,
                                                   const std::string& known_on) {
  std::vector<EstimateRow> rows;
  // Residuals of log shares about trend and season, of products with figures of their own.
  std::vector<std::string> ids;
  std::vector<std::vector<double>> series;
  for (const std::string& id : history.products) {
    const auto place = shares.residuals.find(id);
    if (place == shares.residuals.end()) continue;
    std::vector<double> seen;
    for (const double e : place->second) {
      if (!std::isnan(e)) seen.push_back(e);
    }
    ids.push_back(id);
    series.push_back(std::move(seen));
  }
  if (ids.size() < kFewestProducts || series.front().size() < kFewestPeriods) return rows;
  Dense data(series.front().size(), ids.size());
  for (std::size_t c = 0; c < ids.size(); ++c) {
    for (std::size_t r = 0; r < data.rows; ++r) data(r, c) = series[c][r];
  }
  const ShrunkCovariance shrunk = shrink_to_constant_correlation(data);
  const Dense correlation = correlations_of(shrunk.matrix);
  const FactorStructure factors = factors_of(correlation, kMostFactors);
  std::size_t kept = 0;
  const double chance = largest_by_chance(ids.size(), data.rows);
  while (kept < factors.common_frac.size() && factors.common_frac[kept] * static_cast<double>(ids.size()) > chance)
    ++kept;
  rows.push_back(
      {"residual_factors",
       "",
       "",
       std::nullopt,
       {static_cast<double>(kept), 0},
       static_cast<int>(data.rows),
       "estimated",
       "largest eigenvalue " +
           fixed_decimals(factors.common_frac.empty() ? 0 : factors.common_frac[0] * static_cast<double>(ids.size()),
                          2) +
           " against " + fixed_decimals(chance, 2) + " by chance; shrinkage " +
           fixed_decimals(shrunk.shrinkage_frac, 2)});
  if (kept == 0) return rows;
  TableText names({"factor", "source", "kind", "known_from", "note"});
  TableText loadings({"product", "market", "factor", "volume", "price", "source", "kind", "known_from", "note"});
  TableText parameters = table_of(files, folder, "parameters.csv");
  std::vector<double> common(ids.size(), 0.0);
  std::map<std::string, std::size_t> sd_row;
  for (std::size_t r = 0; r < parameters.rows(); ++r) {
    if (parameters.at(r, "parameter") == "residual_volume_sd_log") sd_row[parameters.at(r, "product")] = r;
  }
  for (std::size_t f = 0; f < kept; ++f) {
    const std::string name = kFactorName + std::to_string(f + 1);
    names.add({name, "estimate", "data", known_on,
               fixed_decimals(100 * factors.common_frac[f], 0) + "% of the variance of standardised residuals"});
    for (std::size_t c = 0; c < ids.size(); ++c) {
      const double sd = parameters.number(sd_row.at(ids[c]), "value");
      loadings.add(
          {ids[c], "all", name, four_digits(factors.loadings(c, f) * sd), "0", "estimate", "data", known_on, ""});
      common[c] += factors.loadings(c, f) * factors.loadings(c, f);
    }
  }
  for (std::size_t c = 0; c < ids.size(); ++c) {
    const std::size_t r = sd_row.at(ids[c]);
    const double left = std::sqrt(std::max(1 - common[c], 0.0)) * parameters.number(r, "value");
    parameters.set(r, "value", four_digits(left));
    parameters.set(r, "note", parameters.at(r, "note") + "; less what common factors explain");
  }
  parameters.add({"cell_volume_ar1", "", "", "0", "coefficient", "0", "estimate", "judgement", known_on,
                  "residual factors enter through it; white noise, as noise was told apart from the level"});
  files["residual_factors.csv"] = names.text();
  files["residual_loadings.csv"] = loadings.text();
  files["parameters.csv"] = parameters.text();
  return rows;
}

}  // namespace plimsoll
