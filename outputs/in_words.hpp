/// \file
/// A text that the program itself holds in both languages.
#pragma once

#include <string>

#include "outputs/language.hpp"

namespace plimsoll {

inline std::string in_words(const char* en, const char* zh, Language language) {
  return language == Language::zh ? zh : en;
}

}  // namespace plimsoll
