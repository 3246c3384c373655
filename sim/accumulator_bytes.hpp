/// \file
/// An accumulator as bytes of a state file, and back: what is empty takes no room.
#pragma once

#include "sim/byte_stream.hpp"
#include "sim/for_each_task.hpp"

namespace plimsoll {

void write(const Accumulator& accumulator, int threads, Scheduler scheduler, ByteWriter& out);

/// \throws DamagedBytes
Accumulator read_accumulator(ByteReader& in);

}  // namespace plimsoll
