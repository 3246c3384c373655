/// \file
/// One block of paths, by the names that a user would ask for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// Values on the 64 paths from 0 on by `series@period` or `of/by/key@period`.
std::map<std::string, std::vector<double>> named_outputs(const Scenario& scenario, const Calibration& calibration);

}  // namespace plimsoll
