/// \file
/// The field table of stress suites, format 1: parsing, JSON Schema and reference are made from it.
#pragma once

#include "scenarios/fields.hpp"

namespace plimsoll {

const Field& stress_fields();

/// JSON Schema (2020-12) of stress suites. Ends with a newline.
std::string stress_json_schema();
/// The field table as Markdown: docs/reference/stress-format.md is this text.
std::string stress_reference_markdown();

}  // namespace plimsoll
