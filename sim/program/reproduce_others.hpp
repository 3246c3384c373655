/// \file
/// `reproduce` of what is no run: a sweep by its plan, an answer (stress suite, reverse stress test, sensitivity,
/// comparison) by the command that its manifest keeps.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/program/command_line.hpp"

namespace plimsoll {

/// Simulates every point of the plan beside the manifest again. \returns the exit code: 9 when the digest differs
/// \throws InputError (data) when the sweep is not whole
int reproduce_sweep(const std::filesystem::path& manifest_file, const nlohmann::json& manifest,
                    const CommandLine& line);

/// Gives the manifest's command again, with its seed, into a folder that goes away. \returns as above
/// \throws InputError as the command does, and (data) when there is none
int reproduce_answer(const std::filesystem::path& manifest_file, const nlohmann::json& manifest,
                     const CommandLine& line);

/// The words of a command line as manifests keep it: blanks between them, single quotes around what holds others.
std::vector<std::string> words_of_command(const std::string& text);

}  // namespace plimsoll
