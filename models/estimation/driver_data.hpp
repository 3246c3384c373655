/// \file
/// A user's own driver history: `driver,period,value,unit`, checked as trade data are.
#pragma once

#include <string>
#include <vector>

#include "models/estimation/table_text.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {

struct DriverFigure {
  std::string driver, period, unit;
  double value = 0;
  Place place;
};

/// Whether the header of `text` is that of driver history.
bool is_driver_table(const std::string& text);

/// Reads one file. Problems are added: unknown drivers, no numbers, values not above 0, months that stand twice, gaps,
/// slips of powers of ten, units that change within a driver.
std::vector<DriverFigure> read_driver_data(const std::string& text, const std::string& file,
                                           std::vector<Problem>& problems);

/// drivers.csv of `files` with these figures in the place of its own for the same periods, and those after them.
/// \param source id of sources.csv. \throws InputError (data) where a driver goes on at another level or unit than the
/// base.
void merge_driver_data(TableFiles& files, const std::string& folder, const std::vector<DriverFigure>& figures,
                       const std::string& source, const std::string& known_on);

}  // namespace plimsoll
