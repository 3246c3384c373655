/// \file
/// SHA-256: hashes of inputs and results, and the numbers of named random streams.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace plimsoll {

/// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);
/// The same of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  /// Once, at the end.
  std::string hex();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};
/// The first 8 bytes of the hash, big-endian: the stream number of a draw's name.
std::uint64_t sha256_prefix64(std::string_view bytes);

}  // namespace plimsoll
