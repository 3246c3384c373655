/// \file
/// Import tables as they can stand at the end of an earlier month.
#pragma once

#include "models/estimation/as_of_tables.hpp"
#include "models/estimation/driver_data.hpp"

namespace plimsoll {

/// Puts the tables of imports of `inputs.figures` into `files`: printed spans and figures up to the origin, the line of
/// integrated circuits divided by what its memory share is believed to be in `kSplitAnchor` and by the price index,
/// responses and lags as they were believed before the figures' own data. Prices that follow the exports take the
/// exports' priors. Beliefs of imports are those of the figures' day: no older ones exist. \param memory index up to
/// the origin. \throws InputError (data)
void add_import_tables(TableFiles& files, const AsOfInputs& inputs, const MonthlySeries& memory, Month origin,
                       const Date& known_on);

}  // namespace plimsoll
