#include "scenarios/text_encoding.hpp"

#include <iconv.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "scenarios/csv.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

struct CloseConversion {
  void operator()(iconv_t conversion) const { iconv_close(conversion); }
};

/// nullopt when the bytes are not of that encoding.
std::optional<std::string> converted(const char* encoding, std::string bytes) {
  const iconv_t opened = iconv_open("UTF-8", encoding);
  if (reinterpret_cast<std::intptr_t>(opened) == -1) return std::nullopt;
  const std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseConversion> conversion(opened);
  constexpr std::size_t kMostBytesEach = 4;
  std::string text(bytes.size() * kMostBytesEach + kMostBytesEach, '\0');
  char *in = bytes.data(), *out = text.data();
  std::size_t in_left = bytes.size(), out_left = text.size();
  if (iconv(conversion.get(), &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1) || in_left > 0)
    return std::nullopt;
  text.resize(text.size() - out_left);
  return text;
}

}  // namespace

std::string utf8_text(const std::string& bytes, const std::string& file) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const std::string_view all = bytes;
  if (all.starts_with("\xFF\xFE") || all.starts_with("\xFE\xFF")) {
    if (std::optional<std::string> text = converted("UTF-16", bytes)) return *text;
  } else if (invalid_utf8(all) == std::string_view::npos) {
    return all.starts_with(kMark) ? bytes.substr(kMark.size()) : bytes;
  } else if (std::optional<std::string> text = converted("GB18030", bytes)) {
    return *text;
  }
  throw InputError(InputKind::data, {{{file, 0, 0},
                                      "",
                                      "the text is neither UTF-8 nor GB18030 nor UTF-16",
                                      "names of products and markets could not be read",
                                      "save the table as CSV UTF-8"}});
}

}  // namespace plimsoll
