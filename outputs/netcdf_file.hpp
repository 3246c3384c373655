/// \file
/// An open NetCDF-4 file that appears whole or not at all. Included by the writers of such files alone.
#pragma once

#include <netcdf.h>

#include <filesystem>
#include <string>
#include <vector>

namespace plimsoll {

class NetcdfFile {
 public:
  /// Creates it under a temporary name beside `file`.
  /// \throws std::runtime_error (here and below) naming the file and what the library says.
  explicit NetcdfFile(std::filesystem::path file);
  ~NetcdfFile();
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;

  int id() const { return id_; }
  void check(int status) const;
  int dimension(const std::string& name, std::size_t size);
  int variable(const std::string& name, nc_type type, const std::vector<int>& dimensions, const std::string& long_name);
  /// `variable` may be NC_GLOBAL.
  void attribute(int variable, const char* name, const std::string& text);
  void put_texts(int variable, const std::vector<std::string>& texts);
  /// Closes the file and gives it its name.
  void finish();

 private:
  std::filesystem::path file_, temporary_;
  int id_ = 0;
  bool open_ = false, finished_ = false;
};

}  // namespace plimsoll
