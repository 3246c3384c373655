/// \file
/// Fields of the drivers that move by a shock process.
#pragma once

#include "scenarios/fields.hpp"

namespace plimsoll {

Field memory_field();
Field oil_field();
Field exchange_rate_field();
/// The process of a generic shock: an index that is 100 at as_of.
Field shock_process_field();

/// Fields that a process reads; any other field of the driver has no effect with it. `noise` and `jump` count by name.
std::vector<std::string> fields_of_process(const std::string& process);

}  // namespace plimsoll
