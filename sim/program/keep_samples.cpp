#include "sim/program/keep_samples.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "outputs/number_format.hpp"
#include "outputs/samples_file.hpp"
#include "sim/output_selection.hpp"
#include "sim/program/command_line.hpp"
#include "sim/program/signals.hpp"

namespace plimsoll {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> all;
  std::istringstream text(list);
  for (std::string one; std::getline(text, one, ',');) {
    if (one.empty())
      refuse_usage("'--keep-samples=" + list + "' names an empty series", "", "separate names by one comma");
    all.push_back(one);
  }
  return all;
}

}  // namespace

void refuse_series_as_names(const CommandLine& line) {
  if (!line.keep_samples) return;
  for (const std::string& name : line.names) {
    for (const char* what : {"exports.", "imports.", "balance.", "driver."}) {
      if (name.starts_with(what))
        refuse_usage("'" + name + "' is a series, not a scenario", "the value of --keep-samples stands after '='",
                     "write --keep-samples=" + name);
    }
  }
}

SampleRequest request_samples(const Loaded& loaded, const std::string& series) {
  Scenario scenario = loaded.scenario.scenario;
  const std::vector<std::string> patterns = series == kReportedSeries ? std::vector<std::string>{} : split(series);
  if (!patterns.empty()) scenario.report.series = patterns;
  SampleRequest request;
  request.simulation = std::make_unique<Simulation>(scenario, loaded.calibration);
  request.grid = sample_grid(*request.simulation);
  for (const std::string& pattern : patterns) {
    const bool some = std::any_of(request.grid.series.begin(), request.grid.series.end(),
                                  [&](const std::string& name) { return matches_pattern(pattern, name); });
    if (!some) {
      const std::string near = nearest_name(pattern, sample_grid(*loaded.simulation).series);
      refuse_usage("--keep-samples: '" + pattern + "' matches no series of " + scenario.name,
                   "series are those of summary.csv, such as exports.total.yoy",
                   near.empty() ? "write e.g. 'exports.total.*'" : "did you mean " + near + "?");
    }
  }
  if (request.grid.cells() == 0)
    refuse_usage("--keep-samples: " + scenario.name + " reports no series", "",
                 "widen report.series or report.frequencies");
  return request;
}

namespace {

/// \returns the bytes of the file; 0 when options.stop was set, and nothing written.
std::int64_t write_samples(const SampleRequest& request, const std::string& folder, std::int64_t paths,
                           const RunOptions& options, const RunContext& context) {
  const fs::path path = fs::path(folder) / "samples.nc";
  SamplesFile file(path, request.grid, paths, context);
  const auto use = [&](const Samples& samples) { file.write(samples); };
  if (!sample_paths(*request.simulation, request.grid, paths, options, use)) return 0;
  file.finish();
  return static_cast<std::int64_t>(fs::file_size(path));
}

}  // namespace

bool keep_samples(const SampleRequest& request, const std::string& folder, std::int64_t paths, int threads,
                  Progress::Kind kind, const RunContext& context) {
  std::int64_t bytes = 0;
  {
    Progress progress(kind, context.scenario_name + ", samples");
    RunOptions options;
    options.threads = threads;
    options.stop = &watch_signals();
    options.progress = [&](std::int64_t done, std::int64_t of) { progress.report(done, of); };
    bytes = write_samples(request, folder, paths, options, context);
  }
  if (kind != Progress::Kind::none || bytes == 0) {
    std::cerr << context.scenario_name << ": "
              << (bytes == 0 ? "stopped; samples.nc is not written\nto go on: plimsoll resume " + folder
                             : "samples.nc holds " + grouped(static_cast<std::int64_t>(request.grid.series.size())) +
                                   " series, " + fixed(static_cast<double>(bytes) / 1048576.0, 1) + " MiB")
              << std::endl;
  }
  return bytes != 0;
}

}  // namespace plimsoll
