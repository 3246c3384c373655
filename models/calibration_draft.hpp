/// \file
/// A calibration while it is read: its files, what has been understood so far and every problem found.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "models/calibration_table.hpp"

namespace plimsoll {

struct CalibrationDraft {
  std::string name;
  std::map<std::string, std::string> files;  ///< bytes by file name
  Calibration c;
  std::vector<std::vector<double>> product_totals, market_totals;  ///< [group][month of detail], USD bn
  std::vector<double> seed;                                        ///< [product * markets + market], one year, USD bn
  std::vector<Problem> problems;
  TableChecks checks{problems, {}, {}};

  std::string path(const std::string& file) const { return name + "/" + file; }
  /// \throws InputError when the file is missing.
  const std::string& text(const std::string& file) const;
  /// \throws InputError when the table is missing, no CSV or has other columns.
  CalibrationTable table(const std::string& file, const std::vector<std::string>& columns);
  std::vector<std::string> product_ids() const;
  std::vector<std::string> market_ids() const;
};

/// `ids` and one more.
std::vector<std::string> with(std::vector<std::string> ids, const std::string& extra);

// Each reads one or two tables into the draft and appends what is wrong to its problems.
void read_sources(CalibrationDraft& draft);
void read_groups(CalibrationDraft& draft);
void read_sets(CalibrationDraft& draft);
void read_history(CalibrationDraft& draft);
void read_matrix(CalibrationDraft& draft);
void read_seasons(CalibrationDraft& draft);
void read_drivers(CalibrationDraft& draft);
void read_tariffs(CalibrationDraft& draft);
void read_loadings(CalibrationDraft& draft);
void read_correlations(CalibrationDraft& draft);
void read_parameters(CalibrationDraft& draft);
/// Tables that only document the others, and files that nothing reads.
void read_other_files(CalibrationDraft& draft);

/// Fits the product x market matrix of every month of detail.
void fit_cells(CalibrationDraft& draft);

}  // namespace plimsoll
