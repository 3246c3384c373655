/// \file
/// Random words outside the kernels: a list by seed and name, any word of which can be had alone.
#pragma once

#include <cstdint>
#include <string>

#include "scenarios/sha256.hpp"
#include "sim/kernels.hpp"

namespace plimsoll {

class CountedWords {
 public:
  CountedWords(std::uint64_t seed, const std::string& name)
      : kernel_(kernels("")), seed_(seed), stream_(sha256_prefix64(name)) {}

  std::uint32_t operator()(std::uint64_t k) const {
    const std::uint64_t block = k / 4;
    const std::uint32_t counter[4] = {static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32U),
                                      static_cast<std::uint32_t>(stream_), static_cast<std::uint32_t>(stream_ >> 32U)};
    const std::uint32_t key[2] = {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32U)};
    std::uint32_t words[4];
    kernel_.philox(counter, key, words);
    return words[k % 4];
  }
  /// A whole number in [0, n), by multiplication: no value's chance is off by more than n / 2^32. \pre 0 < n <= 2^32
  std::uint32_t below(std::uint64_t k, std::uint64_t n) const {
    return static_cast<std::uint32_t>((*this)(k)*n >> 32U);
  }
  /// In (0, 1): middles of 2^32 intervals.
  double fraction(std::uint64_t k) const { return ((*this)(k) + 0.5) * 0x1p-32; }

 private:
  const Kernels& kernel_;
  std::uint64_t seed_, stream_;
};

}  // namespace plimsoll
