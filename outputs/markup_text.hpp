/// \file
/// Text of users inside HTML and SVG, where it must stay text.
#pragma once

#include <string>

namespace plimsoll {

/// Inside an element or a quoted attribute.
std::string html_escaped(const std::string& text);
/// The same for XML, which forbids control characters: they are blanks.
std::string svg_escaped(const std::string& text);

}  // namespace plimsoll
