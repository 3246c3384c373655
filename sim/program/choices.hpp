/// \file
/// Options that take one of a few words.
#pragma once

#include <string>
#include <vector>

#include "scenarios/near_names.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {

/// \throws InputError (usage) with all words and the nearest when `value` is none of them.
inline void require_choice(const std::string& option, const std::string& value, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == value) return;
  }
  refuse_usage("--" + option + " '" + value + "' is not known", "it takes " + either_of(words),
               did_you_mean(value, words, "for example: --" + option + " " + words.front()));
}

}  // namespace plimsoll
