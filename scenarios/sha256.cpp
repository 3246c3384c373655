#include "scenarios/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace plimsoll {

namespace {

std::array<unsigned char, 32> digest(std::string_view bytes) {
  std::array<unsigned char, 32> out{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, EVP_sha256(), nullptr) != 1 || size != out.size()) {
    throw std::runtime_error("SHA-256 failed");
  }
  return out;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : digest(bytes)) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

std::uint64_t sha256_prefix64(std::string_view bytes) {
  const std::array<unsigned char, 32> hash = digest(bytes);
  std::uint64_t number = 0;
  for (std::size_t k = 0; k < 8; ++k) number = number << 8U | hash[k];
  return number;
}

}  // namespace plimsoll
