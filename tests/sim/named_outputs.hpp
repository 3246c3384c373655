/// \file
/// One block of paths, by the names that a user would ask for.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "scenarios/scenario.hpp"

namespace plimsoll {

/// Values on the 64 paths from path0 on by `series@period`, `of/by/key@period` or `series/event@period`.
std::map<std::string, std::vector<double>> named_outputs(const Scenario& scenario, const Calibration& calibration,
                                                         std::int64_t path0 = 0,
                                                         const std::string& instruction_set = "");

}  // namespace plimsoll
