/// \file
/// Sheets into an Excel file. The .cpp is the only file that knows libxlsxwriter.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "outputs/xlsx/workbook.hpp"

namespace plimsoll {

class WorkbookWriter {
 public:
  /// Writes to `file`, beside which temporary files stand meanwhile; messages call it `shown`. `created`:
  /// 2026-06-10T08:00:00Z, so that the same sheets give the same bytes. \throws std::runtime_error (here and below)
  /// naming the file and what went wrong
  WorkbookWriter(std::filesystem::path file, const std::string& shown, const std::string& title,
                 const std::string& created);
  ~WorkbookWriter();
  WorkbookWriter(const WorkbookWriter&) = delete;
  WorkbookWriter& operator=(const WorkbookWriter&) = delete;

  void add(const Sheet& sheet);
  /// Closes the file and looks whether all of it is there.
  void finish();

 private:
  class Handle;
  std::unique_ptr<Handle> handle_;
};

/// The bytes of a workbook that `fill` adds the sheets of. `scratch`: a folder for the file meanwhile, which goes
/// again; messages call it `name`. \throws std::runtime_error when there is no room
std::string workbook_bytes(const std::string& name, const std::string& scratch, const std::string& title,
                           const std::string& created, const std::function<void(WorkbookWriter&)>& fill);

/// \throws std::runtime_error when the bytes are not a workbook whose every part is whole: libxlsxwriter does not
/// notice when its temporary files find no room.
void check_workbook(const std::string& bytes, const std::string& file);

}  // namespace plimsoll
