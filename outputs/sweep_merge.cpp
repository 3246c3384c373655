#include "outputs/sweep_merge.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "outputs/atomic_file.hpp"
#include "outputs/sweep_netcdf.hpp"
#include "outputs/sweep_tables.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

namespace fs = std::filesystem;

/// A text file that grows row by row under a temporary name.
class GrowingFile {
 public:
  explicit GrowingFile(fs::path file)
      : file_(std::move(file)), temporary_(temporary_beside(file_)), out_(temporary_, std::ios::binary) {
    check();
  }
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;
  ~GrowingFile() {
    std::error_code ignored;
    if (!finished_) fs::remove(temporary_, ignored);
  }
  void write(const std::string& text) {
    out_ << text;
    sha256_.add(text);
    check();
  }
  /// SHA-256 of what was written.
  std::string finish() {
    out_.close();
    check();
    rename_file_atomically(temporary_, file_);
    finished_ = true;
    return sha256_.hex();
  }

 private:
  void check() const {
    if (!out_) throw std::system_error(errno, std::generic_category(), "cannot write '" + file_.string() + "'");
  }
  fs::path file_, temporary_;
  std::ofstream out_;
  Sha256 sha256_;
  bool finished_ = false;
};

void widen(MergedSweep::Range& range, std::int64_t point, const Estimate::Figure& figure) {
  if (range.lowest < 0 || figure.value < range.low.value) {
    range.lowest = point;
    range.low = figure;
  }
  if (range.highest < 0 || figure.value > range.high.value) {
    range.highest = point;
    range.high = figure;
  }
}

}  // namespace

MergedSweep merge_sweep(const SweepPlan& plan, const SweepIndex& index, const fs::path& folder) {
  MergedSweep merged;
  merged.ranges.resize(plan.outputs.size());
  GrowingFile table(folder / "merged.csv"), failures(folder / "failures.csv");
  SweepNetcdf netcdf(folder / "merged.nc", plan);
  table.write(merged_header(plan));
  failures.write(failures_header(plan));
  for (std::int64_t point = 0; point < plan.point_count(); ++point) {
    if (index.status(point) == SweepIndex::Status::missing) {
      ++merged.missing;
      table.write(merged_row(plan, point, nullptr));
      continue;
    }
    const PointOutcome outcome = index.read(point);
    table.write(merged_row(plan, point, &outcome));
    netcdf.put(point, outcome);
    if (outcome.failed()) {
      ++merged.failed;
      failures.write(failures_row(plan, point, outcome));
      if (merged.failures.size() < kFailuresShown) merged.failures.push_back({point, outcome.error});
      continue;
    }
    ++merged.done;
    merged.unsolved_paths += outcome.unsolved;
    for (std::size_t o = 0; o < plan.outputs.size() && o < outcome.figures.size(); ++o)
      widen(merged.ranges[o], point, outcome.figures[o]);
  }
  netcdf.finish();
  std::error_code ignored;
  if (merged.failed > 0)
    failures.finish();
  else
    fs::remove(folder / "failures.csv", ignored);
  merged.digest = table.finish();
  return merged;
}

}  // namespace plimsoll
