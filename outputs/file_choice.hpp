/// \file
/// Which files are written of a run beside its manifest and state.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace plimsoll {

enum class FileKind { csv, memo, html, xlsx, docx, svg };

struct FileChoice {
  std::vector<FileKind> kinds{FileKind::csv};

  bool has(FileKind kind) const { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); }
};

/// csv, memo, html, ..: the names on the command line, in the order of the enum.
const std::vector<std::string>& file_kind_names();
std::optional<FileKind> file_kind(const std::string& name);
std::string name_of(FileKind kind);

/// Why this program, or this host, cannot write files of a kind; empty when it can.
std::string why_not(FileKind kind);

/// What a run writes unasked: tables, memo and, where it is built in, the HTML report.
FileChoice default_choice();

}  // namespace plimsoll
