#include "scenarios/input_error.hpp"

#include <algorithm>
#include <tuple>

namespace plimsoll {

std::string to_string(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) text.append(":").append(std::to_string(place.line));
  if (place.line > 0 && place.column > 0) text.append(":").append(std::to_string(place.column));
  return text;
}

InputError::InputError(InputKind kind, std::vector<Problem> problems)
    : std::runtime_error(problems.empty() ? "invalid input" : problems.front().what),
      kind_(kind),
      problems_(std::move(problems)) {
  std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
}

std::string to_string(const InputError& error) {
  std::string text;
  for (const Problem& problem : error.problems()) {
    const std::string place = to_string(problem.place);
    text += (place.empty() ? "" : place + ": ") + "error: " + problem.what;
    if (!problem.path.empty()) text += " (" + problem.path + ")";
    text += "\n";
    if (!problem.why.empty()) text += "  why: " + problem.why + "\n";
    if (!problem.hint.empty()) text += "  hint: " + problem.hint + "\n";
  }
  return text;
}

}  // namespace plimsoll
