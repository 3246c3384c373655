/// \file
/// Markdown as memos need it: escaped text, tables, one line for long values.
#pragma once

#include <string>
#include <vector>

namespace plimsoll::markdown {

/// Text of users: what Markdown, its tables or HTML would read as more than text is escaped; line breaks are blanks.
std::string escaped(const std::string& text);

/// In a code span, on one line; long values end in an ellipsis after `most` characters.
std::string code(const std::string& text, std::size_t most = 80);

/// A table with a blank line after it; every row has as many cells as the header, the first `left` of them are text
/// and the others numbers. Empty without rows.
std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                  std::size_t left = 1);

/// The first `most` characters (code points) of UTF-8 text, with an ellipsis where some are left out.
std::string shortened(const std::string& text, std::size_t most);

}  // namespace plimsoll::markdown
