/// \file
/// A small calibration made in memory: few cells, every parameter named, all noise switched off unless a test asks.
#pragma once

#include <string>

#include "models/calibration.hpp"

namespace plimsoll {

/// `products` x `markets` cells of equal size with flat history, no driver history, all variances 0, no loadings.
Calibration quiet_calibration(int products, int markets);

/// Two import products of 8 bn each beside quiet exports of two by two cells; nothing moves them.
Calibration quiet_imports();

/// Replaces the general value of a parameter, or adds it.
void set_parameter(Calibration& calibration, const std::string& name, const RandomNumber& value,
                   const std::string& product = "", const std::string& market = "");
void set_parameter(Calibration& calibration, const std::string& name, double value, const std::string& product = "",
                   const std::string& market = "");

/// A scenario of `months` months on it: oil and exchange rate at rest, memory on a flat path.
Scenario quiet_scenario(const Calibration& calibration, int months);

}  // namespace plimsoll
