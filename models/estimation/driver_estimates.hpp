/// \file
/// Sizes and correlations of monthly driver innovations: shrunk sample, joined with what was judged before.
#pragma once

#include "models/estimation/estimate_rows.hpp"
#include "models/estimation/loading_regression.hpp"

namespace plimsoll {

/// A correlation known as if from `months` of data, joined with one of a sample: Fisher's z, weights by degrees of
/// freedom.
struct CorrelationBelief {
  double value = 0;
  double months = 0;
};
CorrelationBelief combined(const CorrelationBelief& prior, const CorrelationBelief& sample);

/// Writes oil_annual_sd_log and exchange_rate_annual_sd_log, where `own` names the driver, and the pairs of
/// correlations.csv that monthly history can tell; a matrix that contradicts itself keeps the priors and says so.
std::vector<EstimateRow> estimate_drivers(TableFiles& files, const std::string& folder, const DriverLogs& drivers,
                                          const std::vector<std::string>& own, const std::string& known_on);

}  // namespace plimsoll
