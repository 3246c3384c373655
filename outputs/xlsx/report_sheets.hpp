/// \file
/// The sheets of report.xlsx. With several runs every sheet begins with a column that names the scenario.
#pragma once

#include <vector>

#include "outputs/labels.hpp"
#include "outputs/xlsx/report_workbook.hpp"
#include "outputs/xlsx/workbook.hpp"

namespace plimsoll::report_sheets {

using Runs = std::vector<WorkbookRun>;

Sheet overview(const Runs& runs, Language language);
/// Growth and value of the years, scenario by scenario.
Sheet comparison(const Runs& runs, Language language);
/// History and forecast of growth by month, with a chart for each run.
Sheet fan(const Runs& runs, Language language);
/// summary.csv at one frequency; levels of drivers have a sheet of their own. Of several runs products and markets show
/// growth and value only.
Sheet summary(const Runs& runs, Frequency frequency, Language language);
Sheet drivers(const Runs& runs, Language language);
/// Of growth and of drivers; probabilities.csv has those of the other measures.
Sheet probabilities(const Runs& runs, Language language);
/// Splits of contributions.csv, such as {product}.
Sheet contributions(const Runs& runs, const std::vector<std::string>& splits, const std::string& name,
                    Language language);
/// Contributions by driver side by side, with a stacked chart for each run.
Sheet driver_chart(const Runs& runs, Language language);
Sheet tail(const Runs& runs, Language language);
Sheet assumptions(const Runs& runs, Language language);
Sheet provenance(const Runs& runs, Language language);

/// An empty sheet with the columns that all begin with.
Sheet begun(const Runs& runs, std::string name, Language language);
/// A row of that sheet with what all begin with.
std::vector<Cell> begun_row(const Runs& runs, const WorkbookRun& run);

}  // namespace plimsoll::report_sheets
