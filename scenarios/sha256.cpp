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

std::string hex_of(const std::array<unsigned char, 32>& bytes) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) { return hex_of(digest(bytes)); }

struct Sha256::Context {
  EVP_MD_CTX* md = EVP_MD_CTX_new();
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(md); }
};
Sha256::Sha256() : context_(std::make_unique<Context>()) {
  if (EVP_DigestInit_ex(context_->md, EVP_sha256(), nullptr) != 1) throw std::runtime_error("SHA-256 failed");
}
Sha256::~Sha256() = default;
void Sha256::add(std::string_view bytes) {
  if (EVP_DigestUpdate(context_->md, bytes.data(), bytes.size()) != 1) throw std::runtime_error("SHA-256 failed");
}
std::string Sha256::hex() {
  std::array<unsigned char, 32> out{};
  unsigned int size = 0;
  if (EVP_DigestFinal_ex(context_->md, out.data(), &size) != 1) throw std::runtime_error("SHA-256 failed");
  return hex_of(out);
}

std::uint64_t sha256_prefix64(std::string_view bytes) {
  const std::array<unsigned char, 32> hash = digest(bytes);
  std::uint64_t number = 0;
  for (std::size_t k = 0; k < 8; ++k) number = number << 8U | hash[k];
  return number;
}

}  // namespace plimsoll
