/// \file
/// Reads a sweep strictly.
#pragma once

#include <string>
#include <vector>

#include "scenarios/sweep_spec.hpp"

namespace plimsoll {

/// `what` is a file (ends in .yaml or .yml, or contains a /) or the name of a shipped sweep. Fields of the scenario,
/// series and periods are checked where scenario and calibration are known.
/// \throws InputError with every problem found.
SweepSpec load_sweep(const std::string& what);

/// Whether a file says that it is a sweep, or only a sweep ships by that name.
bool is_sweep(const std::string& what);

struct ShippedSweep {
  std::string name;
  Text title;
  std::string question;
};
/// The sweeps that ship, by name.
std::vector<ShippedSweep> shipped_sweeps();

}  // namespace plimsoll
