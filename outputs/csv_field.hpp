/// \file
/// One text field of a CSV row, quoted where RFC 4180 asks for it.
#pragma once

#include <string>

namespace plimsoll {

/// `text` as it is, or in double quotes when it holds a comma, a quote or a line break.
std::string csv_field(const std::string& text);

}  // namespace plimsoll
