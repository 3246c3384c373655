/// \file
/// plimsoll VERB ...: finds the verb, runs it, and turns every failure into a message and an exit code.
#include <cerrno>
#include <iostream>
#include <system_error>

#include "outputs/build_facts.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/near_names.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/load.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

const Verb& required_verb(const std::string& name) {
  if (const Verb* verb = find_verb(name)) return *verb;
  std::vector<std::string> names{"help"};
  for (const Verb& verb : verbs()) names.push_back(verb.name);
  if (name.rfind('-', 0) == 0)
    refuse_usage("option '" + name + "' before the verb", "a verb comes first", "see: plimsoll help");
  refuse_usage("unknown verb '" + name + "'", "", did_you_mean(name, names, "see: plimsoll help"));
}

int dispatch(const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    std::cerr << general_help();
    return kUsage;
  }
  const std::string& name = arguments.front();
  if (name == "--version") {
    print("plimsoll " + version() + "\n");
    return kSuccess;
  }
  if (name == "help" || name == "--help" || name == "-h") {
    print(arguments.size() > 1 && name == "help" ? verb_help(required_verb(arguments[1])) : general_help());
    return kSuccess;
  }
  const Verb& verb = required_verb(name);
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  const bool asks_help = !rest.empty() && (rest.front() == "--help" || rest.front() == "-h");
  if (asks_help) {
    print(verb_help(verb));
    return kSuccess;
  }
  const CommandLine line = parse_command_line(name, rest);
  if (line.help) {
    print(verb_help(verb));
    return kSuccess;
  }
  return verb.work(line);
}

/// What to do about a disk that does not take a file.
std::string hint_of(const std::error_code& code) {
  const bool full = code == std::errc::no_space_on_device || code == std::errc::file_too_large ||
                    code == std::error_code(EDQUOT, std::generic_category());
  if (full) return "  hint: make room, then give the command again, with --force if its folder is not empty now\n";
  const bool forbidden = code == std::errc::permission_denied || code == std::errc::read_only_file_system ||
                         code == std::errc::operation_not_permitted;
  return forbidden ? "  hint: give --out a folder that can be written\n" : "";
}

int guarded(const std::vector<std::string>& arguments) {
  try {
    return dispatch(arguments);
  } catch (const InputError& error) {
    std::cerr << to_string(error) << std::endl;
    return exit_code_of(error);
  } catch (const OutputError& error) {
    if (!error.reader_left) std::cerr << "plimsoll: " << error.what() << std::endl;
  } catch (const std::system_error& error) {
    std::cerr << "plimsoll: " << error.what() << "\n" << hint_of(error.code()) << std::flush;
  } catch (const std::bad_alloc&) {
    std::cerr << "plimsoll: out of memory" << std::endl;
  } catch (const std::exception& error) {
    std::cerr << "plimsoll: " << error.what() << std::endl;
  }
  return kFailure;
}

}  // namespace
}  // namespace plimsoll

int main(int count, char** arguments) {
  plimsoll::ignore_write_signals();
  return plimsoll::guarded({arguments + 1, arguments + (count > 0 ? count : 1)});
}
