/// \file
/// merged.nc of a sweep: a grid has its fields as dimensions, other designs the point.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "outputs/sweep_results.hpp"

namespace plimsoll {

/// Writes under a temporary name beside `file`, which appears when finish() is called, or never.
class SweepNetcdf {
 public:
  /// \throws std::runtime_error (here and below) naming the file and what the library says
  SweepNetcdf(const std::filesystem::path& file, const SweepPlan& plan);
  ~SweepNetcdf();
  SweepNetcdf(const SweepNetcdf&) = delete;
  SweepNetcdf& operator=(const SweepNetcdf&) = delete;

  /// Points that are not put are missing.
  void put(std::int64_t point, const PointOutcome& outcome);
  void finish();

 private:
  class Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace plimsoll
