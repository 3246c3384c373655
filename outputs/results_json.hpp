/// \file
/// The results as one JSON object, for `run --format json`.
#pragma once

#include <string>

#include "outputs/run_folder.hpp"

namespace plimsoll {

/// Summary, probabilities and contributions with the names of the CSV columns; null where there is no estimate.
/// `folder`: where the files are. Ends with a newline.
std::string results_json(const RunResults& results, const RunContext& context, const std::string& digest,
                         const std::string& folder);

}  // namespace plimsoll
