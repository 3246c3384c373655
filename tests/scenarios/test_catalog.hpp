/// \file
/// The names and dates of the shipped calibration, by hand, so that reader tests need no tables.
#pragma once

#include "scenarios/scenario_reader.hpp"

namespace plimsoll {

/// Throws InputError (data) for any name but china-2026-05.
IdCatalog test_catalog(const std::string& calibration);

/// Loads with that catalog.
LoadedScenario load(const std::string& what, const ReadOptions& options = {});

}  // namespace plimsoll
