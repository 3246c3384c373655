/// \file
/// manifest.json: what ran, from what, with what, and what came out of it, so that it can be shown a year later.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "outputs/run_folder.hpp"

namespace plimsoll {

/// A file of the run's folder and its SHA-256.
using WrittenFile = std::pair<std::string, std::string>;

/// The manifest's text. A run under way has no tables yet and an empty digest.
std::string manifest_json(const RunResults& results, const RunContext& context, const std::string& digest,
                          const std::vector<WrittenFile>& files);

}  // namespace plimsoll
