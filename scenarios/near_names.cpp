#include "scenarios/near_names.hpp"

#include <algorithm>
#include <utility>

#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

constexpr std::size_t kMost = 3, kShort = 3;

/// Levenshtein distance with transpositions of neighbours (optimal string alignment), three rows at a time.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> two_before(b.size() + 1), before(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) now[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_before = before;
    before = now;
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({before[j] + 1, now[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = std::min(now[j], two_before[j - 2] + 1);
    }
  }
  return now[b.size()];
}

/// Whole words left out: probability for probability_pct, oil for oil_price, memory for exports.product.memory.yoy.
bool lacks_words(const std::string& name, const std::string& candidate) {
  if (name.size() < 2 || candidate.size() <= name.size()) return false;
  const std::string words = "." + candidate + ".";
  return (candidate.compare(0, name.size(), name) == 0 && candidate[name.size()] == '_') ||
         words.find("." + name + ".") != std::string::npos;
}

/// Any other word of two or three letters is two edits away: of short names only one is a slip.
std::size_t most_edits(const std::string& name) {
  return name.size() <= kShort ? 1 : std::max<std::size_t>(2, name.size() / 3);
}

}  // namespace

std::vector<std::string> nearest_names(const std::string& name, const std::vector<std::string>& candidates) {
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : candidates) {
    const std::size_t edits = lacks_words(name, candidate) ? 0 : edit_distance(name, candidate);
    if (edits <= most_edits(name)) near.emplace_back(edits, candidate);
  }
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (const auto& [edits, candidate] : near) {
    // What is as near as the nearest may be meant too; what is further may not.
    const bool is_new = std::find(names.begin(), names.end(), candidate) == names.end();
    if (edits == near.front().first && is_new && names.size() < kMost) names.push_back(candidate);
  }
  return names;
}

std::string either_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t k = 0; k < names.size(); ++k)
    text += (k == 0 ? "" : k + 1 == names.size() ? " or " : ", ") + names[k];
  return text;
}

std::string did_you_mean(const std::string& name, const std::vector<std::string>& candidates,
                         const std::string& otherwise) {
  const std::vector<std::string> near = nearest_names(name, candidates);
  return near.empty() ? otherwise : "did you mean " + either_of(near) + "?";
}

std::string nearest_name(const std::string& name, const std::vector<std::string>& candidates) {
  const std::vector<std::string> near = nearest_names(name, candidates);
  return near.empty() ? "" : near.front();
}

}  // namespace plimsoll
