#include "outputs/sweep_results.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "scenarios/input_error.hpp"
#include "scenarios/number_text.hpp"
#include "scenarios/sha256.hpp"

namespace plimsoll {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
constexpr const char* kMagic = "plimsoll-sweep-results 1 ";

/// What tells a plan from others, without its points.
Json identity_json(const SweepPlan& plan) {
  Json json{{"name", plan.name},     {"engine", plan.engine_number},     {"paths", plan.paths},
            {"seed", plan.seed},     {"design", to_string(plan.design)}, {"points", plan.point_count()},
            {"fields", plan.fields}, {"calibrations", Json::object()},   {"outputs", Json::array()}};
  for (const SweepPlan::Input& c : plan.calibrations) json["calibrations"][c.name] = c.sha256;
  for (const SweepPlan::Output& output : plan.outputs) json["outputs"].push_back(output.text);
  return json;
}

void read_identity(const std::string& line, StoredResults& stored) {
  const Json json = Json::parse(line);
  SweepPlan& plan = stored.told;
  plan.hash = stored.plan_hash;
  plan.name = json.at("name");
  plan.engine_number = json.at("engine");
  plan.paths = json.at("paths");
  plan.seed = json.at("seed");
  plan.fields = json.at("fields");
  stored.told_points = json.at("points");
  const std::string design = json.at("design");
  for (const DesignKind kind : {DesignKind::grid, DesignKind::zip, DesignKind::latin_hypercube, DesignKind::sobol,
                                DesignKind::saltelli, DesignKind::morris}) {
    if (to_string(kind) == design) plan.design = kind;
  }
  for (const auto& [name, sha256] : json.at("calibrations").items()) plan.calibrations.push_back({name, sha256});
  for (const Json& output : json.at("outputs")) plan.outputs.push_back({output, ""});
}

std::string number(double x) { return std::isfinite(x) ? shortest(x) : "nan"; }
double number_of(const std::string& text) {
  return parse_double(text).value_or(std::numeric_limits<double>::quiet_NaN());
}

/// 3 and 8 of shard-3-of-8.txt; zeros of another name.
PointShard shard_of(const fs::path& file) {
  PointShard shard{0, 0};
  const std::string name = file.filename().string();
  if (std::sscanf(name.c_str(), "shard-%d-of-%d.txt", &shard.number, &shard.of) != 2) return {0, 0};
  return name == results_file("", shard).filename().string() ? shard : PointShard{0, 0};
}

}  // namespace

fs::path results_folder(const fs::path& folder) { return folder / "results"; }
fs::path results_file(const fs::path& folder, const PointShard& shard) {
  return results_folder(folder) /
         ("shard-" + std::to_string(shard.number) + "-of-" + std::to_string(shard.of) + ".txt");
}

std::string results_text(const SweepPlan& plan, const Outcomes& outcomes) {
  std::string body = identity_json(plan).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  for (const auto& [point, outcome] : outcomes) {
    body += std::to_string(point + 1);
    if (outcome.failed()) {
      body += " failed " + Json(outcome.error).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
      continue;
    }
    body += " ok " + std::to_string(outcome.unsolved);
    for (const Estimate::Figure& f : outcome.figures) {
      body += " " + number(f.value);
      body += " " + number(f.se);
    }
    body += "\n";
  }
  return kMagic + plan.hash + " " + std::to_string(body.size()) + " " + sha256_hex(body) + "\n" + body;
}

StoredResults read_results(const fs::path& file) {
  StoredResults stored;
  stored.file = file;
  std::ifstream in(file, std::ios::binary);
  if (!in) return stored;
  stored.state = StoredResults::State::damaged;
  std::string head;
  std::getline(in, head);
  if (head.rfind(kMagic, 0) != 0) return stored;
  std::istringstream words(head.substr(std::string(kMagic).size()));
  std::size_t bytes = 0;
  std::string sha256;
  words >> stored.plan_hash >> bytes >> sha256;
  std::string body(std::istreambuf_iterator<char>(in), {});
  if (body.size() != bytes || sha256_hex(body) != sha256) return stored;
  const std::size_t first = body.find('\n');
  try {
    read_identity(body.substr(0, first), stored);
  } catch (const std::exception&) {
    return stored;
  }
  stored.text = body.substr(first + 1);
  stored.text_at = head.size() + 1 + first + 1;
  stored.state = StoredResults::State::whole;
  return stored;
}

std::vector<PointLine> lines_of(const std::string& text) {
  std::vector<PointLine> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    PointLine line;
    line.at = at;
    line.length = end - at;
    const auto [stop, error] = std::from_chars(text.data() + at, text.data() + end, line.point);
    if (error == std::errc()) {
      line.point -= 1;
      line.failed = std::string_view(stop, std::min<std::size_t>(7, static_cast<std::size_t>(text.data() + end - stop)))
                        .rfind(" failed", 0) == 0;
      lines.push_back(line);
    }
    at = end + 1;
  }
  return lines;
}

PointOutcome outcome_of(const std::string& line) {
  PointOutcome outcome;
  std::istringstream words(line);
  std::string point, status;
  words >> point >> status;
  if (status == "failed") {
    std::string rest;
    std::getline(words, rest);
    outcome.error = Json::parse(rest).get<std::string>();
    return outcome;
  }
  words >> outcome.unsolved;
  std::string value, se;
  while (words >> value >> se) outcome.figures.push_back({number_of(value), number_of(se)});
  return outcome;
}

std::vector<fs::path> results_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(results_folder(folder), error)) {
    if (shard_of(entry.path()).of > 0) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    const PointShard x = shard_of(a), y = shard_of(b);
    return std::pair(x.of, x.number) < std::pair(y.of, y.number);
  });
  return files;
}

bool belongs(const SweepPlan& plan, const StoredResults& stored) {
  if (stored.state != StoredResults::State::whole) return false;
  if (stored.plan_hash == plan.hash) return true;
  if (std::find(plan.replaces.begin(), plan.replaces.end(), stored.plan_hash) != plan.replaces.end()) return false;
  SweepPlan own = plan;  // compared without points, which the file does not tell
  own.points.clear();
  std::string why = difference(own, stored.told);
  if (stored.told_points != plan.point_count())
    why = std::to_string(stored.told_points) + " points in place of " + std::to_string(plan.point_count());
  throw InputError(InputKind::incompatible,
                   {{Place{stored.file.string()}, "", "these are results of another plan than the folder's", why,
                     "leave them out, or put them into a folder with their plan.json"}});
}

}  // namespace plimsoll
