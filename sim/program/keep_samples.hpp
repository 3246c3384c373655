/// \file
/// `--keep-samples`: the values of every path beside the results, in samples.nc.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "outputs/run_folder.hpp"
#include "sim/program/load.hpp"
#include "sim/program/progress.hpp"
#include "sim/samples.hpp"

namespace plimsoll {

/// What is kept of one scenario: its own simulation, narrow, on the same draws.
struct SampleRequest {
  std::unique_ptr<Simulation> simulation;
  SampleGrid grid;
};

/// Its value is optional, so a word after a blank is the next scenario. \throws InputError (usage) for a series there
void refuse_series_as_names(const CommandLine& line);

/// `series`: comma-separated patterns, or kReportedSeries. \throws InputError (usage) for a pattern
/// that matches nothing.
SampleRequest request_samples(const Loaded& loaded, const std::string& series);

/// Writes FOLDER/samples.nc, whole or not at all, with progress and a line about it on stderr. \returns false when
/// stopped before its end, and nothing written
bool keep_samples(const SampleRequest& request, const std::string& folder, std::int64_t paths, int threads,
                  Progress::Kind kind, const RunContext& context);

}  // namespace plimsoll
