/// \file
/// Little-endian bytes of state files, written and read back: integers, doubles by their bits, counts as LEB128.
#pragma once

#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "sim/accumulator.hpp"

namespace plimsoll {

class ByteWriter {
 public:
  void integer(std::uint64_t x) {
    char bytes[8];
    for (int k = 0; k < 8; ++k) bytes[k] = static_cast<char>(x >> (8 * k) & 0xFF);
    bytes_.append(bytes, sizeof bytes);
  }
  void real(double x) { integer(std::bit_cast<std::uint64_t>(x)); }
  void wide(Int128 x) {
    integer(static_cast<std::uint64_t>(x));
    integer(static_cast<std::uint64_t>(x >> 64));
  }
  void count(std::uint64_t x) {
    while (x >= 0x80) {
      bytes_ += static_cast<char>(x | 0x80);
      x >>= 7;
    }
    bytes_ += static_cast<char>(x);
  }
  /// As counts, near 0 short: 0, -1, 1, -2, ..
  void difference(std::int64_t x) { count(static_cast<std::uint64_t>(x) << 1 ^ static_cast<std::uint64_t>(x >> 63)); }
  void raw(std::string_view bytes) { bytes_ += bytes; }
  void text(std::string_view bytes) {
    count(bytes.size());
    raw(bytes);
  }
  const std::string& bytes() const { return bytes_; }
  void reserve(std::size_t more) { bytes_.reserve(bytes_.size() + more + kHashRoom); }
  /// All bytes; the writer is empty then.
  std::string take() { return std::move(bytes_); }

 private:
  static constexpr std::size_t kHashRoom = 64;  ///< of a SHA-256 that comes last
  std::string bytes_;
};

/// What stands in the bytes is not what a writer leaves.
class DamagedBytes : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Reads what a ByteWriter wrote. Every function throws DamagedBytes at the end of the bytes.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  std::string_view raw(std::uint64_t n) {
    if (n > bytes_.size()) throw DamagedBytes("it is cut short");
    const std::string_view part = bytes_.substr(0, n);
    bytes_.remove_prefix(n);
    return part;
  }
  std::uint64_t integer() {
    std::uint64_t x = 0;
    int shift = 0;
    for (const char byte : raw(8)) {
      x |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
      shift += 8;
    }
    return x;
  }
  double real() { return std::bit_cast<double>(integer()); }
  Int128 wide() {
    const std::uint64_t low = integer();
    return static_cast<Int128>(static_cast<std::int64_t>(integer())) * (static_cast<Int128>(1) << 64) +
           static_cast<Int128>(low);
  }
  std::uint64_t count() {
    std::uint64_t x = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(raw(1)[0]);
      x |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return x;
    }
    throw DamagedBytes("a count in it has no end");
  }
  std::int64_t difference() {
    const std::uint64_t x = count();
    return static_cast<std::int64_t>(x >> 1 ^ (0 - (x & 1)));
  }
  /// A count of things that come next, each of at least one byte.
  std::uint64_t items() {
    const std::uint64_t n = count();
    if (n > bytes_.size()) throw DamagedBytes("it says more than it holds");
    return n;
  }
  std::string text() { return std::string(raw(items())); }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

}  // namespace plimsoll
