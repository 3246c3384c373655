/// \file
/// Why growth is what it is: the splits of one figure, for a terminal or as data.
#pragma once

#include <string>

#include "outputs/language.hpp"
#include "outputs/run_folder.hpp"
#include "outputs/terminal_table.hpp"

namespace plimsoll {

/// What is explained.
struct ExplainedFigure {
  std::string of;  ///< exports.total.yoy
  Period period;
};

/// Of `of` the period named as in the tables; unnamed: the last year, without one the last period there is.
/// \throws InputError (usage) when the results have no such figure, with the nearest that they have
ExplainedFigure find_figure(const RunResults& results, const std::string& of, const std::optional<std::string>& period);

/// Growth and that of the year before; waterfalls from zero by driver, product, market, price and volume, each part
/// with its error and 5-95% range; the tail; what the scenario assumes that base does not.
std::string explanation_table(const RunResults& results, const RunContext& context, const ExplainedFigure& figure,
                              Language language, const TerminalStyle& style);

/// of,by,key,name,frequency,period,mean_pp,p05_pp,p50_pp,p95_pp,se_mean_pp,se_p05_pp,se_p50_pp,se_p95_pp; the first row
/// is growth itself.
std::string explanation_csv(const RunResults& results, const ExplainedFigure& figure, Language language);

/// The same with the year before, tail and assumptions, as one JSON object.
std::string explanation_json(const RunResults& results, const RunContext& context, const ExplainedFigure& figure,
                             Language language);

/// The same months a year before.
Period year_before(const Period& period);

}  // namespace plimsoll
