/// \file
/// One path alone: what it drew, its drivers by month, the values of all outputs, as the run saw them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "sim/simulation.hpp"

namespace plimsoll {

/// One figure of a path.
struct TraceRow {
  enum class Kind { parameter, event, driver, summary, probability, contribution } kind = Kind::parameter;
  std::string name;     ///< of the parameter, event, driver or series
  std::string by, key;  ///< contributions; probabilities: event and threshold
  std::string frequency, period;
  std::string unit;  ///< empty where the name says it
  double value = 0;
};
std::string to_string(TraceRow::Kind kind);

/// The trace of a path, counted from 0: parameters that are drawn, events (layers, the elasticity model: 0, 1, 2 in
/// their order), levels of drivers and log deviations of demand and generic shocks by month, then all outputs of the
/// plan in its order. `calibration` is the plan's.
std::vector<TraceRow> trace_path(const Simulation::Plan& plan, const Calibration& calibration, std::int64_t path,
                                 const std::string& instruction_set = "");

}  // namespace plimsoll
