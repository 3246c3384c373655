#include "models/calibration_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "models/calibration_table.hpp"

namespace plimsoll {

void read_calibration_yaml(const std::string& file, const std::string& text, Calibration& c, int least_window_months) {
  std::vector<Problem> problems;
  const auto place = [&](const YAML::Mark& mark) { return Place{file, mark.line + 1, mark.column + 1}; };
  const auto place_of = [&](const YAML::Node& node) {
    Place at{file, 1, 1};
    if (node) at = place(node.Mark());
    return at;
  };
  YAML::Node root;
  try {
    root = YAML::Load(text);
  } catch (const YAML::ParserException& error) {
    throw data_error(problem_at(place(error.mark), "", "not valid YAML: " + error.msg, "", ""));
  }
  if (!root.IsMap())
    throw data_error(problem_at({file, 1, 1}, "", "not a map", "", "start with plimsoll_calibration: 1"));
  static const std::vector<std::string> kKeys{
      "plimsoll_calibration", "name",         "title", "reporter",   "as_of", "known_on",
      "trend_window_from",    "memory_index", "note",  "sobol_order"};
  std::set<std::string> seen;
  for (const auto& item : root) {
    const std::string key = item.first.IsScalar() ? item.first.Scalar() : "?";
    if (!seen.insert(key).second)
      problems.push_back(problem_at(place(item.first.Mark()), key, "key '" + key + "' stands twice", "", "keep one"));
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
      const std::string near = nearest_name(key, kKeys);
      problems.push_back(problem_at(place(item.first.Mark()), key, "unknown key '" + key + "'", "",
                                    near.empty() ? "remove it" : "did you mean '" + near + "'?"));
    }
  }
  const auto get = [&](const std::string& key) -> std::string {
    const YAML::Node node = root[key];
    if (node && node.IsScalar()) return node.Scalar();
    problems.push_back(
        problem_at(place_of(node), key, "'" + key + "' is missing or no plain value", "", "add " + key + ": ..."));
    return {};
  };
  const auto both = [&](const std::string& key, Text& out) {
    const YAML::Node node = root[key];
    for (const auto& [language, into] : {std::pair{"en", &out.en}, std::pair{"zh", &out.zh}}) {
      const YAML::Node text_node = node && node.IsMap() ? node[language] : YAML::Node(YAML::NodeType::Undefined);
      if (text_node && text_node.IsScalar()) {
        *into = text_node.Scalar();
      } else {
        problems.push_back(problem_at(place_of(node), key, "'" + key + "' needs a text '" + language + "'", "",
                                      "write {en: ..., zh: ...}"));
      }
    }
  };
  const auto month = [&](const std::string& key, Month& out) {
    const std::string value = get(key);
    if (value.empty()) return;
    if (const std::optional<Month> parsed = parse_month(value))
      out = *parsed;
    else
      problems.push_back(
          problem_at(place(root[key].Mark()), key, "'" + value + "' is not a month", "", "write e.g. 2026-05"));
  };
  if (const std::string version = get("plimsoll_calibration"); !version.empty() && version != "1") {
    problems.push_back(problem_at(place(root["plimsoll_calibration"].Mark()), "plimsoll_calibration",
                                  "format " + version + " is not known", "this program reads format 1", ""));
  }
  c.name = get("name");
  get("reporter");
  c.memory_index = get("memory_index");
  both("title", c.title);
  both("note", c.note);
  month("as_of", c.as_of);
  month("trend_window_from", c.detail_from);
  if (const std::string value = get("known_on"); !value.empty()) {
    if (const std::optional<Date> parsed = parse_date(value))
      c.known_on = *parsed;
    else
      problems.push_back(problem_at(place(root["known_on"].Mark()), "known_on", "'" + value + "' is not a day", "",
                                    "write e.g. 2026-06-09"));
  }
  if (const YAML::Node order = root["sobol_order"]) {
    if (!order.IsSequence()) {
      problems.push_back(problem_at(place_of(order), "sobol_order", "'sobol_order' is not a list", "",
                                    "list streams by name, e.g. [driver/memory_price, residual/world]"));
    } else {
      for (const YAML::Node& stream : order) {
        const std::string name_of_stream = stream.IsScalar() ? stream.Scalar() : "";
        if (name_of_stream.empty() ||
            std::find(c.sobol_order.begin(), c.sobol_order.end(), name_of_stream) != c.sobol_order.end()) {
          problems.push_back(problem_at(place_of(stream), "sobol_order",
                                        "'" + name_of_stream + "' is no name, or stands twice", "", "keep it once"));
        }
        c.sobol_order.push_back(name_of_stream);
      }
    }
  }
  if (problems.empty() && c.as_of.month() == 1) {
    problems.push_back(problem_at(place(root["as_of"].Mark()), "as_of", "as_of is a January",
                                  "January and February are one season", "use a later month"));
  }
  if (problems.empty() && c.as_of - c.detail_from + 1 < least_window_months) {
    problems.push_back(problem_at(place(root["trend_window_from"].Mark()), "trend_window_from",
                                  "the trend window is shorter than " + std::to_string(least_window_months) + " months",
                                  "", "start earlier"));
  }
  if (!problems.empty()) throw InputError(InputKind::data, problems);
}

}  // namespace plimsoll
