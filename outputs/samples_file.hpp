/// \file
/// samples.nc: values path by path, NetCDF-4. The only file that knows the NetCDF library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "outputs/run_folder.hpp"
#include "sim/samples.hpp"

namespace plimsoll {

/// Writes under a temporary name beside `file`, which appears when finish() is called, or never.
class SamplesFile {
 public:
  /// \throws std::runtime_error (here and below) naming the file and what the library says.
  SamplesFile(const std::filesystem::path& file, const SampleGrid& grid, std::int64_t paths, const RunContext& context);
  ~SamplesFile();
  SamplesFile(const SamplesFile&) = delete;
  SamplesFile& operator=(const SamplesFile&) = delete;

  /// Paths in order, as sample_paths hands them over.
  void write(const Samples& samples);
  void finish();

 private:
  class Handle;
  std::unique_ptr<Handle> handle_;
};

/// Bytes of the file's values before compression, which leaves some nine tenths of them.
std::int64_t samples_bytes(const SampleGrid& grid, std::int64_t paths);

}  // namespace plimsoll
