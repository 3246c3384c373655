/// \file
/// memo.en.md, memo.zh.md: a run on one page, as a risk desk would send it.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"
#include "outputs/run_folder.hpp"

namespace plimsoll {

/// What stands beside the results: the digest of the tables, and charts in files beside the memo.
struct MemoInput {
  const RunResults& results;
  const RunContext& context;
  const std::string& digest;
  std::vector<std::string> charts{};  ///< names of files
};

/// The whole memo. It depends on nothing but its input: the same stored run gives the same bytes.
std::string memo(const MemoInput& input, Language language);

/// Name of a file in a language: memo.en.md.
std::string language_file(const std::string& stem, Language language, const std::string& ending);

}  // namespace plimsoll
