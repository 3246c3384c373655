/// \file
/// The languages that documents are written in.
#pragma once

#include <optional>
#include <string>

#include "scenarios/scenario.hpp"

namespace plimsoll {

enum class Language { en, zh };

inline const char* code_of(Language language) { return language == Language::en ? "en" : "zh"; }

/// The text in that language; where it is missing, the other one.
inline const std::string& in(const Text& text, Language language) {
  const std::string& wanted = language == Language::en ? text.en : text.zh;
  return !wanted.empty() ? wanted : language == Language::en ? text.zh : text.en;
}

}  // namespace plimsoll
