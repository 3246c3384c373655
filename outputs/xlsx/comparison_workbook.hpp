/// \file
/// differences.xlsx: two scenarios on the same random numbers, one sheet for each table of differences.
#pragma once

#include <string>

#include "outputs/comparison_tables.hpp"
#include "outputs/language.hpp"

namespace plimsoll {

/// The file's bytes, a pure function of the arguments but for `scratch`: a folder for temporary files, which go again.
/// `created`: 2026-06-10T08:00:00Z. \throws std::runtime_error when there is no room
std::string comparison_workbook(const ComparisonResults& results, const ComparedNames& names, const Titles& titles,
                                Language language, const std::string& created, const std::string& scratch);

}  // namespace plimsoll
