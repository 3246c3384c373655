/// \file
/// Word documents from memos, by pandoc where it is installed. No shell comes between.
#pragma once

#include <filesystem>
#include <string>

namespace plimsoll {

/// True when there is a program `pandoc` on the search path.
bool has_pandoc();

/// The bytes of a .docx of this Markdown. `scratch`: a folder for temporary files, which go again. `date`: the day that
/// the document carries (2026-06-10..), so that the same memo gives the same bytes.
/// \throws std::runtime_error with what pandoc says.
std::string docx_of(const std::string& markdown, const std::filesystem::path& scratch, const std::string& date);

}  // namespace plimsoll
