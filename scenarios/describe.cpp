#include <cmath>

#include "scenarios/fields.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/scenario_reader.hpp"
#include "scenarios/stress_fields.hpp"
#include "scenarios/sweep_fields.hpp"

namespace plimsoll {

namespace {

using Type = Field::Type;

std::string type_name(const Field& f) {
  switch (f.type) {
    case Type::text: return "text";
    case Type::integer: return "integer";
    case Type::number: return "number";
    case Type::random: return "number or distribution";
    case Type::month: return "month (YYYY-MM)";
    case Type::day: return "day (YYYY-MM-DD) or month";
    case Type::flag: return "true or false";
    case Type::choice: {
      std::string all;
      for (const std::string& c : f.choices) all += (all.empty() ? "" : " | ") + c;
      for (const Field& map : f.items) all += " | {" + map.name + ": ..}";
      return all;
    }
    case Type::names: return "name or list of names";
    case Type::weights: return "list of names, or map of names to numbers";
    case Type::map: return "map";
    case Type::list: return "list";
    case Type::table: return "map by " + f.key_help;
    case Type::any: return "any value";
  }
  return "";
}

std::string range_of(const Field& f) {
  if (std::isinf(f.low) && std::isinf(f.high)) return "";
  if (std::isinf(f.high)) return "at least " + shortest(f.low);
  if (std::isinf(f.low)) return "at most " + shortest(f.high);
  return shortest(f.low) + " to " + shortest(f.high);
}

std::string facts_of(const Field& f) {
  std::string text = type_name(f);
  if (!f.unit.empty()) text += ", " + f.unit;
  if (const std::string range = range_of(f); !range.empty()) text += ", " + range;
  if (f.required) text += ", required";
  if (!f.standard.empty()) text += ", default " + f.standard;
  return text;
}

void rows(const Field& field, const std::string& path, std::string& out) {
  for (const Field& child : field.items) {
    const std::string here = path.empty() ? child.name : path + "." + child.name;
    out += "| `" + here + "` | " + facts_of(child) + " | " + child.help + " |\n";
    if (child.type == Type::map || child.type == Type::choice) rows(child, here, out);
    if (child.type == Type::table && child.items.front().type == Type::map)
      rows(child.items.front(), here + ".NAME", out);
    if (child.type == Type::list && child.items.front().type == Type::map) rows(child.items.front(), here + "[]", out);
  }
}

/// `holder` as what its items or values are.
const Field& described(const Field& holder) {
  return holder.type == Type::list || holder.type == Type::table ? holder.items.front() : holder;
}

void collect_paths(const Field& field, const std::string& path, std::vector<std::string>& paths) {
  for (const Field& child : described(field).items) {
    const std::string here = path.empty() ? child.name : path + "." + child.name;
    paths.push_back(here);
    // A table's keys are the user's own.
    if (child.type != Type::table) collect_paths(child, here, paths);
  }
}

}  // namespace

std::vector<std::string> field_paths() {
  std::vector<std::string> paths;
  collect_paths(scenario_fields(), "", paths);
  return paths;
}

std::string describe_field(const std::string& path) {
  const Field* field = &scenario_fields();
  std::string seen, step;
  const auto go = [&] {
    if (step.empty()) return;
    if (field->type == Type::list) {
      field = &field->items.front();
      if (step.find_first_not_of("0123456789") == std::string::npos) {
        step.clear();
        return;
      }
    }
    const Field* child = field->type == Type::table ? &field->items.front() : field->find(step);
    if (child == nullptr) {
      const std::string near = nearest_name(step, field->child_names());
      throw InputError(InputKind::usage,
                       {{{"command line", 0, 0},
                         "",
                         "there is no field '" + (seen.empty() ? "" : seen + ".") + step + "'",
                         "",
                         near.empty() ? "plimsoll describe lists the fields"
                                      : "did you mean '" + (seen.empty() ? "" : seen + ".") + near + "'?"}});
    }
    field = child;
    seen += (seen.empty() ? "" : ".") + step;
    step.clear();
  };
  for (const char c : path) {
    if (c == '.' || c == '[')
      go();
    else if (c != ']')
      step += c;
  }
  go();
  std::string out =
      (seen.empty() ? std::string("scenario") : seen) + ": " + field->help + "\n  " + facts_of(*field) + "\n";
  for (const Field& child : described(*field).items)
    out += "  " + child.name + ": " + child.help + " (" + facts_of(child) + ")\n";
  return out;
}

std::string reference_markdown() {
  std::string out =
      "# Scenario format 1\n\n"
      "Made from the field table by `plimsoll describe`; do not edit. Unknown or doubled keys, wrong types, units, "
      "dates and ranges are errors.\n"
      "A *distribution* is one of `{normal: {mean, sd}}`, `{lognormal: {median, sd_log}}`, `{uniform: [low, high]}`,\n"
      "`{triangular: [low, mode, high]}`, `{beta: {mean, sd}}` or `{beta: {alpha, beta, low, high}}`, `{student_t: "
      "{mean, scale, dof}}`,\n"
      "`{discrete: {values: [..], probabilities_pct: [..]}}`, `{quantiles: {5: .., 50: .., 95: ..}}`.\n\n"
      "| field | type, unit, range, default | meaning |\n|---|---|---|\n";
  rows(scenario_fields(), "", out);
  return out;
}

std::string stress_reference_markdown() {
  std::string out =
      "# Stress suites, format 1\n\n"
      "Made from the field table by the tests; do not edit. Unknown or doubled keys, wrong types, units and ranges are "
      "errors.\n"
      "How suites are used: [stress suites](../guide/stress.md).\n\n"
      "| field | type, unit, range, default | meaning |\n|---|---|---|\n";
  rows(stress_fields(), "", out);
  return out;
}

std::string sweep_reference_markdown() {
  std::string out =
      "# Sweeps, format 1\n\n"
      "Made from the field table by the tests; do not edit. Unknown or doubled keys, wrong types, units and ranges are "
      "errors.\n"
      "How sweeps are used: [sweeps](../guide/sweep.md). Distributions are written as in "
      "[scenarios](scenario-format.md).\n\n"
      "| field | type, unit, range, default | meaning |\n|---|---|---|\n";
  rows(sweep_fields(), "", out);
  return out;
}

}  // namespace plimsoll
