/// \file
/// Files of data that a command names.
#pragma once

#include <string>

namespace plimsoll {

/// The bytes of a file. \throws InputError (data) when it cannot be read, with the hint.
std::string read_data_file(const std::string& file, const std::string& hint);

}  // namespace plimsoll
