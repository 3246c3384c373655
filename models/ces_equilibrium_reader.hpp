/// \file
/// Reads the inputs of partial equilibria from one CSV file: cases of trade between many regions, or of one market.
#pragma once

#include <string>
#include <vector>

#include "models/ces_equilibrium.hpp"

namespace plimsoll {

/// How a file is laid out, told by its header. `regions`: case,parameter,exporter,importer,value. `single_market`:
/// case,parameter,supplier,value. Columns may stand in any order.
enum class EquilibriumLayout { regions, single_market };

struct EquilibriumInputs {
  EquilibriumLayout layout = EquilibriumLayout::regions;
  std::vector<CesIndustry> cases;  ///< in order of first appearance; one importer of empty name in a single market
};

/// Reads `text`; `file` is its name in messages. Parameters and units: docs/theory/equilibrium.md.
/// \throws InputError (data) with every problem: unknown or missing columns, parameters or regions, a figure given
/// twice or not at all, one that is no number or out of range, a region without trade.
EquilibriumInputs parse_equilibrium_inputs(const std::string& text, const std::string& file);

/// Likewise from a file. \throws InputError (data), also when the file cannot be read.
EquilibriumInputs read_equilibrium_inputs(const std::string& file);

}  // namespace plimsoll
