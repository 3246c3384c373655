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

std::string nearest_name(const std::string& name, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
  // A whole word left out at the end (probability for probability_pct) is near.
  for (const std::string& candidate : candidates) {
    if (name.size() >= 4 && candidate.size() > name.size() && candidate.compare(0, name.size(), name) == 0 &&
        candidate[name.size()] == '_')
      return candidate;
  }
  for (const std::string& candidate : candidates) {
    // Levenshtein distance with transpositions of neighbours (optimal string alignment), three rows at a time.
    const std::size_t n = candidate.size();
    std::vector<std::size_t> two_before(n + 1), before(n + 1), now(n + 1);
    for (std::size_t j = 0; j <= n; ++j) now[j] = j;
    for (std::size_t i = 1; i <= name.size(); ++i) {
      two_before = before;
      before = now;
      now[0] = i;
      for (std::size_t j = 1; j <= n; ++j) {
        now[j] = std::min({before[j] + 1, now[j - 1] + 1, before[j - 1] + (name[i - 1] == candidate[j - 1] ? 0U : 1U)});
        if (i > 1 && j > 1 && name[i - 1] == candidate[j - 2] && name[i - 2] == candidate[j - 1]) {
          now[j] = std::min(now[j], two_before[j - 2] + 1);
        }
      }
    }
    if (now[n] < best_distance) {
      best_distance = now[n];
      best = candidate;
    }
  }
  return best;
}

}  // namespace plimsoll
