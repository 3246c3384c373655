/// \file
/// `estimation/priors.csv`: what was believed of loadings, lags and correlations before a calibration's own data. With
/// it estimates start from the priors, not from a posterior that holds the same data already.
#pragma once

#include <string>

#include "models/estimation/table_text.hpp"

namespace plimsoll {

inline constexpr const char* kPriorTable = "estimation/priors.csv";

/// Whether the calibration keeps its priors beside what it believes.
bool keeps_priors(const TableFiles& files);

/// Puts the priors back into loadings.csv, parameters.csv, correlations.csv and their import tables: value, source,
/// kind, known_from, note. \throws InputError (data) when a prior has no row.
void restore_priors(TableFiles& files, const std::string& folder);

/// Takes what a base's own data moved back to what was believed before them: data of the same months would count twice.
/// A base without priors.csv says in estimation/regressions.csv what it measured.
void forget_own_data(TableFiles& files, const std::string& folder);

/// Writes estimation/priors.csv from the tables as they stand, before anything is estimated.
void note_priors(TableFiles& files, const std::string& folder);

}  // namespace plimsoll
