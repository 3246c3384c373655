/// \file
/// Which figures a stress suite computes on every path, by name and place, and which outputs it needs for them.
#pragma once

#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/stress_suite.hpp"
#include "sim/cell_index.hpp"
#include "sim/output_selection.hpp"
#include "sim/path_measures.hpp"

namespace plimsoll {

/// A condition whose cell is a number.
struct EventPlan {
  struct Part {
    int cell = 0;
    Side side = Side::below;
    double threshold = 0;
  };
  std::vector<Part> parts;
  std::string text;
};

/// The growth of what somebody sells: a weighted mean of cells.
struct ExposurePlan {
  std::string name;
  std::string period;
  std::vector<int> cell;
  std::vector<double> weight_frac;
};

/// A figure of a path that is no cell.
struct FigureName {
  std::string measure, series, period, unit;
};

struct StressPlan {
  std::vector<CellName> cells;
  std::vector<std::string> units;  ///< of the cells
  std::vector<Period> periods;     ///< of the cells
  std::vector<EventPlan> events;   ///< thresholds, then those of gates
  std::vector<ExposurePlan> exposures;
  std::vector<int> differences;    ///< cells whose difference from the baseline is told
  std::vector<int> drivers;        ///< cells of drivers by year: how severe a scenario is
  std::vector<int> joint_drivers;  ///< those of them whose distance counts together
  std::vector<int> quarters;       ///< cells of the table by quarter
  std::vector<int> outputs;        ///< cells that the suite asks for
  int headline = 0;                ///< cell
  std::vector<Gate> gates;
  MonthlyExports history;  ///< of total exports up to as_of, with room up to the horizon
  double recovery_tolerance_pct = 1;
  StressSuite::Order order = StressSuite::Order::p05;

  int cell(const CellName& name) const;  ///< -1 when it is not among them
  /// Patterns for report.series and report.contributions that compute all cells.
  std::vector<std::string> series_patterns() const, contribution_patterns() const;
};

/// \param all every output that the baseline could report
/// \param gates of the command line, after the suite's
/// \throws InputError with every cell that is not computed, at its place
StressPlan plan_stress(const StressSuite& suite, const std::vector<SuiteGate>& gates, const Scenario& baseline,
                       const Calibration& calibration, const OutputSelection& all);

/// The scenario's own outputs for the cells of the plan. \throws InputError (scenario) when it has one of them not.
std::vector<OutputPlan> outputs_of_cells(const StressPlan& plan, const OutputSelection& outputs,
                                         const std::string& scenario);

/// Selects every output that a suite may name: all series, periods and contributions by driver.
ReportSpec everything_reported();

}  // namespace plimsoll
