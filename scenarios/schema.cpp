#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/fields.hpp"
#include "scenarios/scenario_reader.hpp"
#include "scenarios/stress_fields.hpp"
#include "scenarios/sweep_fields.hpp"

namespace plimsoll {

namespace {

using Json = nlohmann::ordered_json;

Json numbers(std::size_t n) {
  return {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", n}, {"maxItems", n}};
}

Json named(const std::vector<std::string>& names) {
  Json object{{"type", "object"}, {"additionalProperties", false}, {"required", names}};
  for (const std::string& name : names) object["properties"][name] = {{"type", "number"}};
  return object;
}

Json distribution_schema() {
  Json forms = Json::array();
  const auto form = [&](const std::string& name, const Json& body) {
    forms.push_back(
        {{"type", "object"}, {"additionalProperties", false}, {"required", {name}}, {"properties", {{name, body}}}});
  };
  form("normal", named({"mean", "sd"}));
  form("lognormal", named({"median", "sd_log"}));
  form("uniform", numbers(2));
  form("triangular", numbers(3));
  form("beta", {{"oneOf", {named({"mean", "sd"}), named({"alpha", "beta", "low", "high"})}}});
  form("student_t", named({"mean", "scale", "dof"}));
  const Json list{{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 1}};
  form("discrete", {{"type", "object"},
                    {"additionalProperties", false},
                    {"required", {"values", "probabilities_pct"}},
                    {"properties", {{"values", list}, {"probabilities_pct", list}}}});
  form("quantiles", {{"type", "object"}, {"additionalProperties", {{"type", "number"}}}, {"minProperties", 2}});
  return {{"oneOf", forms}};
}

/// Scenarios are laid over others, so that what is required may stand in the file below and lists may be appended to.
enum class Layers { several, one };

Json schema_of(const Field& field, Layers layers) {
  Json s;
  using Type = Field::Type;
  const auto limits = [&](Json& number) {
    if (!std::isinf(field.low)) number["minimum"] = field.low;
    if (!std::isinf(field.high)) number["maximum"] = field.high;
  };
  switch (field.type) {
    case Type::text: s["type"] = "string"; break;
    case Type::integer:
      s["type"] = "integer";
      if (field.high < 9e18) limits(s);
      break;
    case Type::number:
      s["type"] = "number";
      limits(s);
      break;
    case Type::random: {
      Json number{{"type", "number"}};
      limits(number);
      s["anyOf"] = {number, {{"$ref", "#/$defs/distribution"}}};
      break;
    }
    case Type::month: s = {{"type", "string"}, {"pattern", "^[0-9]{4}-(0[1-9]|1[0-2])$"}}; break;
    case Type::day: s = {{"type", "string"}, {"pattern", "^[0-9]{4}-(0[1-9]|1[0-2])(-[0-3][0-9])?$"}}; break;
    case Type::flag: s["type"] = "boolean"; break;
    case Type::choice:
      s["enum"] = field.choices;
      if (!field.items.empty()) {  // a choice, or a map
        Field map = field;
        map.type = Type::map;
        s = {{"anyOf", {{{"enum", field.choices}}, schema_of(map, layers)}}};
      }
      break;
    case Type::names:
      s["anyOf"] = {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 1}}};
      break;
    case Type::weights: {
      Json number{{"type", "number"}};
      limits(number);
      s["anyOf"] = {{{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 1}},
                    {{"type", "object"}, {"additionalProperties", number}, {"minProperties", 1}}};
      break;
    }
    case Type::list: {
      const Json items{{"type", "array"}, {"items", schema_of(field.items.front(), layers)}};
      if (layers == Layers::one) {
        s = items;
        break;
      }
      s["anyOf"] = {items,
                    {{"type", "object"},
                     {"additionalProperties", false},
                     {"required", {"append"}},
                     {"properties", {{"append", items}}}}};
      break;
    }
    case Type::any: break;
    case Type::table: {
      Json value = schema_of(field.items.front(), layers);
      if (field.key_help.find("quarter") != std::string::npos) {
        value["anyOf"].push_back(
            {{"type", "object"},
             {"additionalProperties", false},
             {"required", {"growth_pct"}},
             {"properties",
              {{"growth_pct", {{"anyOf", {{{"type", "number"}}, {{"$ref", "#/$defs/distribution"}}}}}}}}});
      }
      s = {{"type", "object"}, {"additionalProperties", value}};
      break;
    }
    case Type::map: {
      s = {{"type", "object"}, {"additionalProperties", false}};
      s["properties"] = Json::object();
      for (const Field& child : field.items) {
        s["properties"][child.name] = schema_of(child, layers);
        if (layers == Layers::one && child.required) s["required"].push_back(child.name);
      }
      if (!field.short_for.empty()) s = {{"anyOf", {schema_of(*field.find(field.short_for), layers), s}}};
      break;
    }
  }
  s["description"] = field.help + (field.unit.empty() ? "" : " [" + field.unit + "]") +
                     (field.standard.empty() ? "" : " (default " + field.standard + ")");
  return s;
}

}  // namespace

std::string json_schema() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "plimsoll scenario, format 1"}};
  schema.update(schema_of(scenario_fields(), Layers::several));
  schema["required"] = {"plimsoll"};
  schema["$defs"]["distribution"] = distribution_schema();
  return schema.dump(2) + "\n";
}

std::string stress_json_schema() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "plimsoll stress suite, format 1"}};
  schema.update(schema_of(stress_fields(), Layers::one));
  return schema.dump(2) + "\n";
}

std::string sweep_json_schema() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "plimsoll sweep, format 1"}};
  schema.update(schema_of(sweep_fields(), Layers::one));
  return schema.dump(2) + "\n";
}

}  // namespace plimsoll
