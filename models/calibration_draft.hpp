/// \file
/// A calibration while it is read: its files, what has been understood so far and every problem found.
#pragma once

#include <array>
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
  std::vector<std::string> import_product_ids() const;
  bool has_suppliers() const { return files.count("supplier_shares.csv") > 0; }
  bool has_imports() const { return files.count("import_products.csv") > 0; }
};

/// One figure of a history and its row.
struct HistoryEntry {
  double value_usd_bn = 0;
  double quantity = 0;  ///< 0: none printed
  std::size_t row = 0;
};
using HistorySeries = std::map<Month, HistoryEntry>;

/// How far groups may miss the customs total, relative: the rounding of the tables.
inline constexpr double kSumTolerance = 1e-6;

/// Values of every month from `from` to as_of; a gap is a problem and gives an empty series.
std::vector<double> complete(const HistorySeries& series, const std::string& name, Month from, Month as_of,
                             const CalibrationTable& t);
/// Reports an id that is empty, `all` or stands twice.
void check_id(const CalibrationTable& t, std::size_t row, bool known);
/// The table of seasonal factors `file`: [id][calendar month].
std::vector<std::array<double, 12>> read_season_table(CalibrationDraft& draft, const std::string& file,
                                                      const std::vector<std::string>& ids);
/// January's shares in `file`, by year.
std::map<int, double> read_january_shares(CalibrationDraft& draft, const std::string& file);

/// `ids` and one more.
std::vector<std::string> with(std::vector<std::string> ids, const std::string& extra);

// Each reads one or two tables into the draft and appends what is wrong to its problems.
void read_sources(CalibrationDraft& draft);
void read_groups(CalibrationDraft& draft);
void read_sets(CalibrationDraft& draft);
void read_hs_codes(CalibrationDraft& draft);
void read_history(CalibrationDraft& draft);
void read_matrix(CalibrationDraft& draft);
void read_seasons(CalibrationDraft& draft);
void read_drivers(CalibrationDraft& draft);
void read_tariffs(CalibrationDraft& draft);
/// Drivers of the calibration's own; loadings may name them.
void read_declared_drivers(CalibrationDraft& draft);
void read_loadings(CalibrationDraft& draft);
/// Common factors of the cells' residuals, and how cells load on them.
void read_residual_factors(CalibrationDraft& draft);
void read_correlations(CalibrationDraft& draft);
void read_parameters(CalibrationDraft& draft);
/// What cells need to have residuals of their own; after the parameters and the residual factors.
void check_cell_residuals(CalibrationDraft& draft);
/// What armington_ces needs, which a calibration has or has not; its parameters join the others.
void read_suppliers(CalibrationDraft& draft);
// Imports: one group of tables, which a calibration has or has not.
void read_import_products(CalibrationDraft& draft);
void read_import_history(CalibrationDraft& draft);
void read_import_seasons(CalibrationDraft& draft);
void read_import_loadings(CalibrationDraft& draft);
void read_import_parameters(CalibrationDraft& draft);
/// Tables that only document the others, and files that nothing reads.
void read_other_files(CalibrationDraft& draft);

/// Fits the product x market matrix of every month of detail.
void fit_cells(CalibrationDraft& draft);

}  // namespace plimsoll
