#include "outputs/sweep_plan_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "scenarios/input_error.hpp"
#include "scenarios/scenario_template.hpp"

namespace plimsoll {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
constexpr DesignKind kKinds[] = {DesignKind::grid,  DesignKind::zip,      DesignKind::latin_hypercube,
                                 DesignKind::sobol, DesignKind::saltelli, DesignKind::morris};

fs::path plan_file(const fs::path& folder) { return folder / "plan.json"; }

[[noreturn]] void refuse(const fs::path& file, const std::string& what, const std::string& why,
                         const std::string& hint) {
  throw InputError(InputKind::data, {{Place{file.string()}, "", what, why, hint}});
}

Json inputs_json(const std::vector<SweepPlan::Input>& inputs) {
  Json list = Json::array();
  for (const SweepPlan::Input& input : inputs) list.push_back({{"name", input.name}, {"sha256", input.sha256}});
  return list;
}
std::vector<SweepPlan::Input> inputs_of(const Json& list) {
  std::vector<SweepPlan::Input> inputs;
  for (const Json& one : list) inputs.push_back({one.at("name"), one.at("sha256")});
  return inputs;
}

DesignKind kind_of(const std::string& name) {
  const auto found =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](DesignKind kind) { return to_string(kind) == name; });
  if (found == std::end(kKinds)) throw std::invalid_argument("no design '" + name + "'");
  return *found;
}

SweepPlan plan_of(const Json& json) {
  SweepPlan plan;
  plan.name = json.at("name");
  plan.title = {json.at("title").at("en"), json.at("title").at("zh")};
  const Json& about = json.at("about");
  plan.about = {about.at("question"), about.at("author"), about.at("date"), about.at("sources")};
  plan.scenario = json.at("scenario").at("name");
  plan.scenario_yaml = json.at("scenario").at("yaml");
  plan.design = kind_of(json.at("design"));
  plan.fields = json.at("fields");
  plan.levels = json.at("levels");
  for (const Json& output : json.at("outputs")) plan.outputs.push_back({output.at("text"), output.at("unit")});
  plan.paths = json.at("paths");
  plan.seed = json.at("seed");
  plan.sampling = json.at("sampling");
  plan.calibrations = inputs_of(json.at("calibrations"));
  plan.calibrations_folder = json.at("calibrations_folder");
  plan.engine_number = json.at("engine");
  plan.version = json.at("version");
  plan.inputs = inputs_of(json.at("inputs"));
  plan.replaces = json.at("replaces");
  plan.hash = json.at("hash");
  plan.points = json.at("points");
  for (const std::vector<std::string>& point : plan.points) {
    if (point.size() != plan.fields.size()) throw std::invalid_argument("a point has too few values");
  }
  plan.scenario_json = ScenarioTemplate::parse(plan.scenario_yaml, plan.scenario).canonical_json();
  return plan;
}

}  // namespace

bool is_sweep_folder(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(plan_file(folder), error);
}

std::string plan_json(const SweepPlan& plan) {
  Json json;
  json["plimsoll_sweep_plan"] = 1;
  json["hash"] = plan.hash;
  json["name"] = plan.name;
  json["title"] = {{"en", plan.title.en}, {"zh", plan.title.zh}};
  json["about"] = {{"question", plan.about.question},
                   {"author", plan.about.author},
                   {"date", plan.about.date},
                   {"sources", plan.about.sources}};
  json["design"] = to_string(plan.design);
  json["fields"] = plan.fields;
  json["levels"] = plan.levels;
  json["outputs"] = Json::array();
  for (const SweepPlan::Output& output : plan.outputs)
    json["outputs"].push_back({{"text", output.text}, {"unit", output.unit}});
  json["paths"] = plan.paths;
  json["seed"] = plan.seed;
  json["sampling"] = plan.sampling;
  json["engine"] = plan.engine_number;
  json["version"] = plan.version;
  json["calibrations"] = inputs_json(plan.calibrations);
  json["calibrations_folder"] = plan.calibrations_folder;
  json["inputs"] = inputs_json(plan.inputs);
  json["replaces"] = plan.replaces;
  json["scenario"] = {{"name", plan.scenario}, {"yaml", plan.scenario_yaml}};
  std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace);
  text.erase(text.rfind("\n}"));
  text += ",\n  \"points\": [";
  for (std::size_t k = 0; k < plan.points.size(); ++k)
    text += (k == 0 ? "\n    " : ",\n    ") + Json(plan.points[k]).dump(-1, ' ', false, Json::error_handler_t::replace);
  return text + "\n  ]\n}\n";
}

SweepPlan read_plan(const fs::path& folder) {
  const fs::path file = plan_file(folder);
  std::error_code error;
  if (!fs::exists(folder, error)) refuse(folder, "there is no such folder", "", "'plimsoll sweep' makes one");
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, "cannot read the plan", "it says what the sweep's points are", "'plimsoll sweep' writes one");
  SweepPlan plan;
  try {
    const Json json = Json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    if (json.value("plimsoll_sweep_plan", 0) != 1) refuse(file, "this is no plan of format 1", "", "");
    plan = plan_of(json);
  } catch (const InputError&) {
    throw;
  } catch (const std::exception& why) {
    refuse(file, "the plan of the sweep is damaged", why.what(), "plan it again in another folder");
  }
  if (hash_of(plan) != plan.hash)
    refuse(file, "the plan of the sweep is damaged", "its hash is not that of what it says",
           "a plan is never edited: change the sweep and plan it in another folder");
  return plan;
}

}  // namespace plimsoll
