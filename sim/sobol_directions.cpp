#include "sim/sobol_directions.hpp"

#include <boost/random/sobol.hpp>

#include "sim/sampling_design.hpp"

namespace plimsoll {

namespace {
using DirectionNumbers = boost::random::default_sobol_table;  // Joe and Kuo (2008)
}

int most_sobol_dimensions() { return DirectionNumbers::max_dimension; }

std::uint32_t reversed_bits(std::uint32_t x) {
  std::uint32_t out = 0;
  for (int bit = 0; bit < 32; ++bit) out |= (x >> bit & 1U) << (31 - bit);
  return out;
}

std::vector<std::uint32_t> direction_numbers(int dimensions) {
  boost::random::sobol_engine<std::uint_least32_t, 32U, DirectionNumbers> engine(static_cast<std::size_t>(dimensions));
  std::vector<std::uint32_t> numbers(static_cast<std::size_t>(dimensions) * 32);
  for (std::size_t bit = 0; bit < 32; ++bit) {
    // The engine starts after point 0, and steps by Gray code: point 2^b is the sum of the direction numbers b and b
    // - 1.
    engine.seed((std::uint32_t{1} << bit) - 1);
    for (std::size_t d = 0; d < static_cast<std::size_t>(dimensions); ++d) {
      const std::uint32_t point = reversed_bits(static_cast<std::uint32_t>(engine()));
      numbers[d * 32 + bit] = bit == 0 ? point : point ^ numbers[d * 32 + bit - 1];
    }
  }
  return numbers;
}

}  // namespace plimsoll
