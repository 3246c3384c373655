/// \file
/// The words of the tables in both languages: what the program itself names. Groups are named by the calibration, sets
/// by the scenario.
#pragma once

#include <string>

#include "scenarios/scenario.hpp"

namespace plimsoll::words {

/// The words of an id; null when the program names no such thing.
const Text* measure(const std::string& id);    ///< value, yoy, yoy_rmb, ..
const Text* unit(const std::string& id);       ///< pct, pp, usd_bn, ..
const Text* split(const std::string& id);      ///< product, market, driver, ..: what contributions are split by
const Text* driver(const std::string& id);     ///< of contributions: capex, inherited, residual, ..
const Text* level(const std::string& id);      ///< of driver.ID.level
const Text* set(const std::string& id);        ///< sets of the shipped calibrations; `ai` for ai_chain
const Text* part(const std::string& id);       ///< price, volume, ai, without_ai
const Text* statistic(const std::string& id);  ///< mean, sd, p05, se_mean, ..
const Text* frequency(const std::string& id);  ///< M, Q, A, YTD

}  // namespace plimsoll::words
