/// \file
/// An accumulator as bytes of a state file, and back: what is empty takes no room.
#pragma once

#include "sim/byte_stream.hpp"

namespace plimsoll {

void write(const Accumulator& accumulator, ByteWriter& out);

/// \throws DamagedBytes
Accumulator read_accumulator(ByteReader& in);

}  // namespace plimsoll
