#include "sim/sweep_plan.hpp"

#include <algorithm>

#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

/// A text with its length before it, so that neighbours cannot be confused.
void put(std::string& to, const std::string& text) { to += std::to_string(text.size()) + ":" + text; }

std::string calibrations_text(const SweepPlan& plan) {
  std::string text;
  for (const SweepPlan::Input& c : plan.calibrations) text += (text.empty() ? "" : ", ") + c.name;
  return text;
}

std::string in_place(const std::string& what, const std::string& other, const std::string& own) {
  return what + " " + other + " in place of " + own;
}

}  // namespace

std::string hash_of(const SweepPlan& plan) {
  std::string all;
  for (const std::string& text : {std::string("plimsoll sweep 1"), std::to_string(plan.engine_number),
                                  plan.scenario_json, std::to_string(plan.paths), to_string(plan.design)})
    put(all, text);
  for (const SweepPlan::Input& c : plan.calibrations) put(all, c.sha256);
  for (const std::string& field : plan.fields) put(all, field);
  for (const SweepPlan::Output& output : plan.outputs) put(all, output.text);
  for (const std::vector<std::string>& point : plan.points) {
    for (const std::string& value : point) put(all, value);
  }
  return sha256_hex(all);
}

std::string difference(const SweepPlan& plan, const SweepPlan& other) {
  if (plan.hash == other.hash) return "";
  const auto number = [](std::int64_t n) { return std::to_string(n); };
  if (plan.engine_number != other.engine_number)
    return in_place("engine", number(other.engine_number), number(plan.engine_number));
  if (calibrations_text(plan) != calibrations_text(other))
    return in_place("calibration", calibrations_text(other), calibrations_text(plan));
  for (std::size_t k = 0; k < plan.calibrations.size(); ++k) {
    if (plan.calibrations[k].sha256 != other.calibrations[k].sha256)
      return "other files in calibration " + plan.calibrations[k].name;
  }
  if (plan.paths != other.paths) return number(other.paths) + " paths in place of " + number(plan.paths);
  if (plan.seed != other.seed) return in_place("seed", number(other.seed), number(plan.seed));
  if (plan.design != other.design) return in_place("design", to_string(other.design), to_string(plan.design));
  if (plan.fields != other.fields) return "other fields vary";
  if (plan.points.size() != other.points.size())
    return number(other.point_count()) + " points in place of " + number(plan.point_count());
  for (std::size_t k = 0; k < plan.points.size(); ++k) {
    for (std::size_t f = 0; f < plan.fields.size(); ++f) {
      if (plan.points[k][f] != other.points[k][f])
        return in_place("point " + number(static_cast<std::int64_t>(k) + 1) + ": " + plan.fields[f] + " is",
                        other.points[k][f], plan.points[k][f]);
    }
  }
  const auto text = [](const SweepPlan::Output& output) { return output.text; };
  if (!std::equal(plan.outputs.begin(), plan.outputs.end(), other.outputs.begin(), other.outputs.end(),
                  [&](const auto& a, const auto& b) { return text(a) == text(b); }))
    return "other outputs";
  return plan.points.empty() ? "its points or its scenario say something else" : "the scenario says something else";
}

std::vector<ReadOptions::Override> assignments(const SweepPlan& plan, std::int64_t point) {
  std::vector<ReadOptions::Override> all;
  const std::vector<std::string>& values = plan.points[static_cast<std::size_t>(point)];
  for (std::size_t f = 0; f < plan.fields.size(); ++f) {
    for (const std::string& path : expanded_paths(plan.fields[f]))
      all.push_back({path + "=" + values[f], "point " + std::to_string(point + 1)});
  }
  return all;
}

}  // namespace plimsoll
