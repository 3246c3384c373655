/// \file
/// What manifests of verbs that answer a question (reverse, sensitivity, compare, stress) say alike.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sim/program/command_line.hpp"
#include "sim/program/load.hpp"

namespace plimsoll {

/// Which scenario was asked: name, hash, calibration, and with them the digest of the tables and the seed.
void put_scenario(nlohmann::ordered_json& manifest, const Loaded& one, const std::string& digest);

/// With what it was answered.
struct AnswerCircumstances {
  int threads = 1;
  std::string instruction_set;
  double seconds = 0;
};
/// Puts circumstances, program and command line last. \returns the file's text
std::string finished_manifest(nlohmann::ordered_json manifest, const AnswerCircumstances& with,
                              const CommandLine& line);

}  // namespace plimsoll
