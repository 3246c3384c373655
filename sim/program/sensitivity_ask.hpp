/// \file
/// The question that `sensitivity` is asked, from the command line.
#pragma once

#include "sim/program/command_line.hpp"
#include "sim/program/load.hpp"
#include "sim/sensitivity.hpp"

namespace plimsoll {

/// The scenario with the fields of --over as distributions, and what is asked about it. \throws InputError
struct SensitivityQuestion {
  Loaded one;
  SensitivityAsk ask;
};
SensitivityQuestion read_question(const CommandLine& line, const Environment& environment);

}  // namespace plimsoll
