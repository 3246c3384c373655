/// \file
/// What the command line says on files and languages of documents.
#pragma once

#include <string>
#include <vector>

#include "outputs/run_folder.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {

/// The kinds of --write, else `otherwise`. \throws InputError (usage) for unknown kinds, and for those that this
/// program or host cannot write
FileChoice chosen_files(const CommandLine& line, const FileChoice& otherwise);

/// The languages of --language, else `otherwise`. \throws InputError (usage)
std::vector<std::string> chosen_languages(const CommandLine& line, const std::vector<std::string>& otherwise);

/// The context with both as asked for.
void choose_documents(const CommandLine& line, RunContext& context);

}  // namespace plimsoll
