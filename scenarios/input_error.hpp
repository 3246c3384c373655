/// \file
/// The one way to tell a user that an input is wrong: place, problem, why, hint; all problems of an input at once.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace plimsoll {

/// A place in an input. Lines and columns count from 1; 0 means unknown. `file` may also be `command line` or
/// `environment`.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

/// `file:line:column`, without the parts that are unknown.
std::string to_string(const Place& place);

/// One thing wrong with an input.
struct Problem {
  Place place;
  std::string path;  ///< path of the field, e.g. `tariff_shocks[0].market`; may be empty
  std::string what;  ///< what is wrong, e.g. "unknown key 'amazn'"
  std::string why;   ///< the rule behind it; may be empty
  std::string hint;  ///< what to do, e.g. the nearest valid name; may be empty
};

/// What kind of input failed; decides the exit code (2 usage, 3 scenario, 4 data, 8 incompatible: a state or shard of
/// another run).
enum class InputKind { usage, scenario, data, incompatible };

/// An input that the user can mend. Carries every problem found, in order of place.
class InputError : public std::runtime_error {
 public:
  InputError(InputKind kind, std::vector<Problem> problems);
  InputKind kind() const { return kind_; }
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  InputKind kind_;
  std::vector<Problem> problems_;
};

/// Several lines a person can read: `place: error: what (path)`, then why and hint, for each problem.
std::string to_string(const InputError& error);

/// The candidate nearest to `name` by edit distance, or an empty string when none is near enough to be meant.
std::string nearest_name(const std::string& name, const std::vector<std::string>& candidates);

}  // namespace plimsoll
