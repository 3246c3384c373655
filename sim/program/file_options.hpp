/// \file
/// What the command line says on files and languages of documents.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"
#include "outputs/run_folder.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {

/// A file that there is one of for each language: PREFIX, en or zh, SUFFIX.
struct NameOfLanguage {
  std::string prefix, suffix;
  std::string of(Language language) const { return prefix + code_of(language) + suffix; }
};

/// The kinds of --write, else `otherwise`. \throws InputError (usage) for unknown kinds, and for those that this
/// program or host cannot write
FileChoice chosen_files(const CommandLine& line, const FileChoice& otherwise);

/// The languages of --language, else `otherwise`. \throws InputError (usage)
std::vector<std::string> chosen_languages(const CommandLine& line, const std::vector<std::string>& otherwise);

/// Languages of memos and pictures where a verb writes one of each: of --language, else of the scenario's report.
std::vector<Language> memo_languages(const CommandLine& line, const std::vector<std::string>& of_report);
/// What is printed is in the first language that --language names, else in English.
Language printed_language(const CommandLine& line);
/// With --force: files such as memo.zh.md ({"memo.", ".md"}) of a language that is not written must not stay beside
/// newer ones.
void remove_other_languages(const std::string& folder, const std::vector<Language>& written,
                            const NameOfLanguage& name);

/// The context with both as asked for.
void choose_documents(const CommandLine& line, RunContext& context);

}  // namespace plimsoll
