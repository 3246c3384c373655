/// \file
/// Direction numbers of Sobol points (Joe and Kuo 2008).
#pragma once

#include <cstdint>
#include <vector>

namespace plimsoll {

std::uint32_t reversed_bits(std::uint32_t x);

/// [dimension * 32 + bit]: point 2^bit of every dimension, in binary instead of Gray order, bits reversed.
/// \pre dimensions <= most_sobol_dimensions()
std::vector<std::uint32_t> direction_numbers(int dimensions);

}  // namespace plimsoll
