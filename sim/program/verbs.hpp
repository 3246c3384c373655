/// \file
/// The verbs: a table of name, one line of help, and what does it.
#pragma once

#include <string>
#include <vector>

#include "sim/program/command_line.hpp"

namespace plimsoll {

struct Verb {
  std::string name;
  std::string arguments;  ///< for the usage line
  std::string summary;
  int (*work)(const CommandLine&) = nullptr;  ///< returns the exit code
};

const std::vector<Verb>& verbs();
/// The verb; nullptr when there is none of that name.
const Verb* find_verb(const std::string& name);

int run_verb(const CommandLine& line);
int compare_verb(const CommandLine& line);
int stress_verb(const CommandLine& line);
int sweep_verb(const CommandLine& line);
int plan_verb(const CommandLine& line);
int reproduce_verb(const CommandLine& line);
int resume_verb(const CommandLine& line);
int status_verb(const CommandLine& line);
int merge_verb(const CommandLine& line);
int extend_verb(const CommandLine& line);
int reverse_verb(const CommandLine& line);
int sensitivity_verb(const CommandLine& line);
int replay_verb(const CommandLine& line);
int doctor_verb(const CommandLine& line);
int describe_verb(const CommandLine& line);
int decompose_verb(const CommandLine& line);
int calibrate_verb(const CommandLine& line);
int equilibrium_verb(const CommandLine& line);
int backtest_verb(const CommandLine& line);
int report_verb(const CommandLine& line);
int explain_verb(const CommandLine& line);

/// Help for everything, or for one verb.
std::string general_help();
std::string verb_help(const Verb& verb);

}  // namespace plimsoll
