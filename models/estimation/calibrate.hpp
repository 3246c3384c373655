/// \file
/// A calibration from data: a folder of its own tables estimated again, or a user's own figures beside a base.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/estimation/driver_data.hpp"
#include "models/estimation/export_estimates.hpp"
#include "models/trade_figures.hpp"

namespace plimsoll {

/// What a calibration is made of, and what became of each estimate.
struct CalibrationMade {
  std::string name, base_name;
  CalibrationDays days;
  TableFiles files;               ///< by name, with estimation/ and README.md
  std::vector<EstimateRow> rows;  ///< every parameter and loading, those that stayed priors too
  std::vector<std::string> notes;
  std::size_t products = 0, markets = 0, import_products = 0;
  TotalTrend total;
};

/// Tables of calibration `folder` as of their calibration.yaml. \throws InputError (data)
CalibrationDays days_of(const TableFiles& files, const std::string& folder);

/// Whether the tables were made from own data: then their beliefs hold those data already.
bool is_of_own_data(const TableFiles& files, const std::string& folder);

/// Sources of a user's own figures, in sources.csv.
inline constexpr const char *kOwnTrade = "own_trade", *kOwnDrivers = "own_drivers";

/// Estimates `made.files`, whose names and days are set, in place: seasons, trends, shares, loadings, lags,
/// correlations, imports. \throws InputError (data)
void estimate_tables(CalibrationMade& made, const std::string& folder);

/// Estimates the tables again from their own inputs. \throws InputError (data), slips of the history among them.
CalibrationMade estimate_again(TableFiles files, const std::string& folder, const std::string& name);

struct OwnData {
  std::vector<TradeFile> trade;
  std::vector<DriverFigure> drivers;
  std::vector<std::string> driver_files;
  std::optional<Month> as_of, window_from;
  std::optional<Date> known_on;
};
/// From own data; what they do not say is the base's. \throws InputError (data)
CalibrationMade calibrate_own(const OwnData& data, const TableFiles& base, const std::string& base_name,
                              const std::string& name);

/// README.md of a calibration that was made from own data.
std::string calibration_readme(const CalibrationMade& made, const std::vector<std::string>& data_files);

}  // namespace plimsoll
