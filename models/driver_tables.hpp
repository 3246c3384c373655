/// \file
/// The tables of a calibration that drive: driver history, tariffs, loadings, parameters, correlations.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "models/calibration_table.hpp"

namespace plimsoll {

class DriverTables {
 public:
  /// `table` opens a table by file name and columns.
  using OpenTable = std::function<CalibrationTable(const std::string&, const std::vector<std::string>&)>;
  DriverTables(Calibration& calibration, OpenTable table) : c_(calibration), table_(std::move(table)) {}

  /// Fills the calibration; problems go to the tables' checks.
  void read();

 private:
  CalibrationTable table(const std::string& file, const std::vector<std::string>& columns) const {
    return table_(file, columns);
  }
  void read_drivers();
  void read_tariffs();
  void read_loadings();
  void read_parameters();
  void read_correlations();

  Calibration& c_;
  OpenTable table_;
};

/// Ids of the products or markets, and one more.
std::vector<std::string> product_ids(const Calibration& calibration);
std::vector<std::string> market_ids(const Calibration& calibration);
std::vector<std::string> with(std::vector<std::string> ids, const std::string& extra);

}  // namespace plimsoll
