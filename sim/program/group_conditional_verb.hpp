/// \file
/// backtest --level groups --conditional: product groups with drivers as expected and as they came.
#pragma once

#include "models/estimation/as_of_tables.hpp"
#include "outputs/language.hpp"
#include "sim/backtest.hpp"
#include "sim/program/backtest_answer.hpp"

namespace plimsoll {

void tell_group_conditional(const AsOfInputs& inputs, const BacktestOptions& options, Language language,
                            const BacktestFolder& folder);

}  // namespace plimsoll
