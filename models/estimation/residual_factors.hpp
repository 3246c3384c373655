/// \file
/// Common factors of products' residuals, from a shrunk correlation matrix, as tables that the model draws from.
#pragma once

#include "models/estimation/estimate_rows.hpp"
#include "models/estimation/share_estimates.hpp"

namespace plimsoll {

/// Writes residual_factors.csv and residual_loadings.csv, and takes what the factors explain out of
/// residual_volume_sd_log, so that each product's noise keeps its size. Without a factor above what independent series
/// of that length would show (Marchenko and Pastur 1967), nothing is written.
std::vector<EstimateRow> estimate_residual_factors(TableFiles& files, const std::string& folder,
                                                   const TradeHistory& history, const ShareEstimates& shares,
                                                   const std::string& known_on);

/// Takes the tables of an earlier estimate away, so that the next one starts without them.
void forget_residual_factors(TableFiles& files, const std::string& folder);

/// Largest eigenvalue that a correlation matrix of `series` independent series of `periods` figures has, about.
double largest_by_chance(std::size_t series, std::size_t periods);

}  // namespace plimsoll
