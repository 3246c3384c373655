/// \file
/// SHA-256: hashes of inputs and results, and the numbers of named random streams.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll {

/// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);
/// The first 8 bytes of the hash, big-endian: the stream number of a draw's name.
std::uint64_t sha256_prefix64(std::string_view bytes);

}  // namespace plimsoll
