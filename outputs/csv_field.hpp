/// \file
/// One text field of a CSV row, quoted where RFC 4180 asks for it.
#pragma once

#include <string>
#include <string_view>

namespace plimsoll {

/// `text` as it is, or in double quotes when it holds a comma, a quote or a line break.
std::string csv_field(const std::string& text);
/// The same, appended to `to`.
void add_csv_field(std::string_view text, std::string& to);

}  // namespace plimsoll
