#include "sim/program/result_folders.hpp"

#include <algorithm>
#include <fstream>

#include "outputs/sweep_plan_file.hpp"
#include "scenarios/input_error.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct ManifestKind {
  const char* key;
  const char* words;
  ResultKind kind;
};

constexpr ManifestKind kManifests[] = {{"plimsoll_manifest", "a run", ResultKind::run},
                                       {"plimsoll_sweep_run", "a sweep", ResultKind::sweep},
                                       {"plimsoll_stress_run", "a stress suite", ResultKind::answer},
                                       {"plimsoll_reverse", "a reverse stress test", ResultKind::answer},
                                       {"plimsoll_sensitivity", "a sensitivity analysis", ResultKind::answer},
                                       {"plimsoll_comparison", "a comparison", ResultKind::answer}};

Json manifest_in(const fs::path& folder) {
  std::ifstream in(folder / "manifest.json", std::ios::binary);
  Json json = Json::parse(in, nullptr, false);
  return json.is_object() ? json : Json::object();
}

const ManifestKind* kind_of(const Json& manifest) {
  if (!manifest.is_object()) return nullptr;
  const auto* const found = std::find_if(std::begin(kManifests), std::end(kManifests),
                                         [&](const ManifestKind& kind) { return manifest.contains(kind.key); });
  return found == std::end(kManifests) ? nullptr : found;
}

std::string subject_of(const Json& m) {
  if (m.contains("plimsoll_stress_run"))
    return "stress suite " + m.at("suite").at("name").get<std::string>() + ", " +
           std::to_string(m.at("scenarios").size()) + " scenarios";
  if (m.contains("plimsoll_reverse"))
    return "reverse stress of " + m.at("scenario").get<std::string>() + ", " + m.at("target").get<std::string>();
  if (m.contains("plimsoll_sensitivity"))
    return "sensitivity of " + m.at("scenario").get<std::string>() + ", " + m.at("method").get<std::string>();
  return "comparison of " + m.at("scenarios").at(0).at("name").get<std::string>() + " with " +
         m.at("scenarios").at(1).at("name").get<std::string>();
}

}  // namespace

ResultKind result_kind(const fs::path& folder) {
  if (is_sweep_folder(folder.string())) return ResultKind::sweep;  // its manifest comes last
  const ManifestKind* kind = kind_of(manifest_in(folder));
  return kind == nullptr || kind->kind == ResultKind::sweep ? ResultKind::none : kind->kind;
}

std::vector<std::string> folders_in(const std::string& folder, const std::function<bool(const fs::path&)>& wanted) {
  if (wanted(folder)) return {folder};
  constexpr int kLevels = 3;
  std::vector<std::string> found;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!at->is_directory(error)) continue;
    const bool is_wanted = wanted(at->path());
    if (is_wanted) found.push_back(at->path().string());
    if (is_wanted || at.depth() + 1 >= kLevels) at.disable_recursion_pending();
  }
  // shard-2-of-10 stands before shard-10-of-10: numbers by their length first.
  std::sort(found.begin(), found.end(), [](const std::string& a, const std::string& b) {
    const fs::path x(a), y(b);
    if (x.parent_path() != y.parent_path()) return x.parent_path() < y.parent_path();
    const bool shards = x.filename().string().starts_with("shard-") && y.filename().string().starts_with("shard-");
    return shards && a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return found;
}

std::string other_than_run(const Json& manifest) {
  const ManifestKind* kind = kind_of(manifest);
  return kind == nullptr || kind->kind == ResultKind::run ? "" : kind->words;
}

AnswerStatus answer_status(const std::string& folder) {
  try {
    const Json manifest = manifest_in(folder);
    // Verbs that write nothing when stopped say no status: what is there is whole.
    const std::string status = manifest.value("status", "complete"), subject = subject_of(manifest);
    return {folder + ": " + subject + ", " + status + "\n",
            {{"folder", folder},
             {"answer", subject},
             {"status", status},
             {"digest", manifest.at("digest").get<std::string>()}}};
  } catch (const Json::exception& error) {
    throw InputError(InputKind::data,
                     {Problem{Place{(fs::path(folder) / "manifest.json").string()}, "",
                              "the manifest lacks what such a folder has", error.what(), "make the results again"}});
  }
}

}  // namespace plimsoll
