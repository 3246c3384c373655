#include "scenarios/assumptions.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace plimsoll {

namespace {

/// The field of the top level that a path begins with.
std::string top_of(const std::string& path) { return path.substr(0, path.find_first_of(".[")); }

bool is_circumstance(const std::string& path) {
  constexpr std::array kCircumstances{"plimsoll", "name",  "title", "about",   "check",
                                      "report",   "paths", "seed",  "sampling"};
  const std::string top = top_of(path);
  return std::find(kCircumstances.begin(), kCircumstances.end(), top) != kCircumstances.end();
}

}  // namespace

std::vector<Assumption> differences(const std::vector<ResolvedValue>& scenario,
                                    const std::vector<ResolvedValue>& base) {
  std::map<std::string, const ResolvedValue*> in_base, in_scenario;
  for (const ResolvedValue& value : base) in_base[value.path] = &value;
  for (const ResolvedValue& value : scenario) in_scenario[value.path] = &value;
  std::vector<Assumption> all;
  for (const ResolvedValue& value : scenario) {
    const auto other = in_base.find(value.path);
    if (other == in_base.end())
      all.push_back({value.path, value.value, "", value.origin});
    else if (other->second->canonical != value.canonical)
      all.push_back({value.path, value.value, other->second->value, value.origin});
  }
  for (const ResolvedValue& value : base) {
    if (!in_scenario.contains(value.path)) all.push_back({value.path, "", value.value, value.origin});
  }
  return all;
}

std::vector<Assumption> assumptions_beside(const std::vector<ResolvedValue>& scenario,
                                           const std::vector<ResolvedValue>& base) {
  std::vector<Assumption> all = differences(scenario, base);
  std::erase_if(all, [](const Assumption& a) { return is_circumstance(a.path); });
  return all;
}

bool is_by_hand(const Assumption& a) {
  if (a.value.empty()) return false;
  const std::string top = top_of(a.path);
  return a.origin == "command line" || a.origin == "environment" || top == "pin" || top == "observations";
}

}  // namespace plimsoll
