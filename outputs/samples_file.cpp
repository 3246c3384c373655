#include "outputs/samples_file.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "outputs/build_facts.hpp"
#include "outputs/netcdf_file.hpp"

namespace plimsoll {

namespace {

constexpr int kDeflateLevel = 1;                 // more takes twice the time for some hundredths of the size
constexpr std::size_t kChunkBytes = 256 * 1024;  // one series of some years over kSamplePaths paths

}  // namespace

/// The open file, and where its values go.
class SamplesFile::Handle : public NetcdfFile {
 public:
  using NetcdfFile::NetcdfFile;

  void define(const SampleGrid& grid, std::int64_t paths, const RunContext& context);
  void write(const Samples& samples);

 private:
  int value_ = 0, weight_ = -1;
  std::size_t series_ = 0, periods_ = 0;
};

void SamplesFile::Handle::define(const SampleGrid& grid, std::int64_t paths, const RunContext& context) {
  series_ = grid.series.size();
  periods_ = grid.periods.size();
  const auto n = static_cast<std::size_t>(paths);
  const int path = dimension("path", n), series = dimension("series", series_), period = dimension("period", periods_);
  const int path_names = variable("path", NC_INT64, {path}, "path number; draws are a function of seed and path");
  const int series_names = variable("series", NC_STRING, {series}, "series, as in summary.csv");
  const int period_names = variable("period", NC_STRING, {period}, "period, as in summary.csv");
  const int units = variable("unit", NC_STRING, {series}, "unit of the series' values");
  const int frequencies = variable("frequency", NC_STRING, {period}, "M, Q, A or YTD (year to date)");
  const int firsts = variable("first_month", NC_STRING, {period}, "first month of the period");
  const int lasts = variable("last_month", NC_STRING, {period}, "last month of the period");
  if (grid.weighted) weight_ = variable("weight", NC_DOUBLE, {path}, "likelihood of the observations, largest 1");
  value_ = variable("value", NC_FLOAT, {path, series, period}, "values path by path");
  attribute(value_, "comment", "unit by series: variable unit; NaN where a series is not given for a period; float32");
  attribute(value_, "coordinates", "unit frequency first_month last_month");
  const float fill = std::numeric_limits<float>::quiet_NaN();
  check(nc_put_att_float(id(), value_, "_FillValue", NC_FLOAT, 1, &fill));
  const std::size_t chunk_paths = std::min(n, static_cast<std::size_t>(kSamplePaths));
  const std::size_t chunk_series =
      std::clamp<std::size_t>(kChunkBytes / (chunk_paths * periods_ * sizeof(float)), 1, series_);
  const std::size_t chunks[] = {chunk_paths, chunk_series, periods_};
  check(nc_def_var_chunking(id(), value_, NC_CHUNKED, chunks));
  check(nc_def_var_deflate(id(), value_, 1, 1, kDeflateLevel));

  attribute(NC_GLOBAL, "title", context.title_en.empty() ? context.scenario_name : context.title_en);
  attribute(NC_GLOBAL, "source", "plimsoll " + version());
  attribute(NC_GLOBAL, "scenario", context.scenario_name);
  attribute(NC_GLOBAL, "calibration", context.calibration);
  attribute(NC_GLOBAL, "as_of", context.as_of);
  attribute(NC_GLOBAL, "horizon", context.horizon);
  attribute(NC_GLOBAL, "run_hash", context.run_hash);
  attribute(NC_GLOBAL, "sampling", context.sampling);
  attribute(NC_GLOBAL, "seed", std::to_string(context.seed));
  check(nc_enddef(id()));

  std::vector<long long> numbers(n);
  std::iota(numbers.begin(), numbers.end(), 0);
  check(nc_put_var_longlong(id(), path_names, numbers.data()));
  put_texts(series_names, grid.series);
  put_texts(units, grid.units);
  std::vector<std::string> name, frequency, first, last;
  for (const Period& p : grid.periods) {
    name.push_back(to_string(p));
    frequency.push_back(to_string(p.frequency));
    first.push_back(to_string(p.first));
    last.push_back(to_string(p.last));
  }
  put_texts(period_names, name);
  put_texts(frequencies, frequency);
  put_texts(firsts, first);
  put_texts(lasts, last);
}

void SamplesFile::Handle::write(const Samples& samples) {
  const std::size_t start[] = {static_cast<std::size_t>(samples.first), 0, 0};
  const std::size_t count[] = {samples.value.size() / (series_ * periods_), series_, periods_};
  check(nc_put_vara_float(id(), value_, start, count, samples.value.data()));
  if (weight_ >= 0) check(nc_put_vara_double(id(), weight_, start, count, samples.weight.data()));
}

SamplesFile::SamplesFile(const std::filesystem::path& file, const SampleGrid& grid, std::int64_t paths,
                         const RunContext& context)
    : handle_(std::make_unique<Handle>(file)) {
  handle_->define(grid, paths, context);
}
SamplesFile::~SamplesFile() = default;
void SamplesFile::write(const Samples& samples) { handle_->write(samples); }
void SamplesFile::finish() { handle_->finish(); }

std::int64_t samples_bytes(const SampleGrid& grid, std::int64_t paths) {
  return paths * static_cast<std::int64_t>(grid.cells() * sizeof(float));
}

}  // namespace plimsoll
