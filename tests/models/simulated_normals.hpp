/// \file
/// Standard normals for tests that recover parameters: the same on every standard library.
#pragma once

#include <cmath>
#include <numbers>
#include <random>

namespace plimsoll {

class SimulatedNormals {
 public:
  explicit SimulatedNormals(unsigned seed) : bits_(seed) {}
  double operator()() {
    const double u = (static_cast<double>(bits_() >> 11U) + 0.5) * 0x1p-53;
    const double v = static_cast<double>(bits_() >> 11U) * 0x1p-53;
    return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * v);  // Box and Muller
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace plimsoll
