/// \file
/// The tables of a calibration as they can stand at the end of an earlier month: figures up to then, splits of lines
/// made without later figures, beliefs of the calibration that is nearest in time. What a backtest of groups rests on.
#pragma once

#include "models/estimation/table_text.hpp"
#include "models/totals_data.hpp"
#include "scenarios/month.hpp"

namespace plimsoll {

/// A month's tables are all out by the 28th of the next, those of lines too; nothing of that next month is.
Date known_after(Month origin);

struct AsOfInputs {
  const TableFiles& beliefs;  ///< priors, responses, seeds of the matrix: of a day before later figures
  const TableFiles& figures;  ///< what customs and others printed, to date
  std::string beliefs_name, figures_name;
  TradeFlow flow = TradeFlow::exports;  ///< imports: their tables beside those of exports, which they follow
};

/// Tables named `name`, whose own estimates are still those of the beliefs: `estimate_again` makes them of the origin.
/// Only rows of months up to the origin, or known by its day, are read from either. `known_from` of rows that were
/// written later becomes that day. \throws InputError (data)
TableFiles as_of_tables(const AsOfInputs& inputs, Month origin, const std::string& name);

}  // namespace plimsoll
