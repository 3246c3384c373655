/// \file
/// The field table of sweeps, format 1: parsing, JSON Schema and reference are made from it.
#pragma once

#include "scenarios/fields.hpp"

namespace plimsoll {

const Field& sweep_fields();

/// JSON Schema (2020-12) of sweeps. Ends with a newline.
std::string sweep_json_schema();
/// The field table as Markdown: docs/reference/sweep-format.md is this text.
std::string sweep_reference_markdown();

}  // namespace plimsoll
