/// \file
/// Solved partial equilibria as CSV with every figure, or as tables for a terminal.
#pragma once

#include <string>
#include <vector>

#include "models/ces_equilibrium_reader.hpp"

namespace plimsoll {

struct SolvedCase {
  CesIndustry industry;
  CesChanges exact;
  CesChanges linear;  ///< of the first order, at the base
};

/// One row a figure, shortest round-trip digits. Columns of `regions`: case,model,variable,exporter,importer,value, the
/// model gsim_linear or ces_exact. Columns of `single_market`: case,variable,supplier,value, exact figures only. Pairs
/// without trade have no row for their quantity, value and price.
std::string equilibrium_csv(EquilibriumLayout layout, const std::vector<SolvedCase>& cases);

/// The exact figures, and linear world prices beside them; prices and quantities in % of the base. Ends with a newline.
std::string equilibrium_table(EquilibriumLayout layout, const std::vector<SolvedCase>& cases);

}  // namespace plimsoll
