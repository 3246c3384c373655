/// \file
/// What a decomposition of actual trade tells: CSV files, JSON, and tables for people in English or Chinese. Actual
/// data carry no Monte Carlo error; what customs round is said in their place.
#pragma once

#include <string>

#include "models/trade_decomposition.hpp"
#include "outputs/labels.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {

/// of,by,key,part_of,frequency,period,currency,value_bn,value_before_bn,growth_pct,two_year_pct,contribution_pp,
/// share_pct,volume_pp,price_pp,unsplit_pp: a row for the total and for each product and market in each period.
std::string decomposition_csv(const Decomposition& all);

/// flow,by,printed,key,known,part_of,quantity_unit,file,line: what each line of the data counts as.
std::string trade_lines_csv(const Decomposition& all);

std::string decomposition_json(const Decomposition& all);

/// For people: each period's growth, products, markets; then which lines are not known or overlap.
std::string decomposition_table(const Decomposition& all, const Labels& labels, const TerminalStyle& style);

/// As tables of forecasts name periods.
inline Period shown_period(const DataPeriod& period) { return {period.frequency, period.first, period.last}; }

}  // namespace plimsoll
