/// \file
/// Text of a file as UTF-8, whatever the spreadsheet program that saved it wrote.
#pragma once

#include <string>

namespace plimsoll {

/// `bytes` as UTF-8 without a byte-order mark. UTF-8 stays; UTF-16 with a byte-order mark and GB18030 (with GBK and
/// GB2312, what Chinese editions of spreadsheet programs save as CSV) are converted.
/// \throws InputError (data) for bytes that are none of these.
std::string utf8_text(const std::string& bytes, const std::string& file);

}  // namespace plimsoll
