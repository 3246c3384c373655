#include "outputs/run_folder.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>

#include "outputs/atomic_file.hpp"
#include "outputs/documents.hpp"
#include "outputs/manifest.hpp"
#include "outputs/run_folder_steps.hpp"
#include "scenarios/input_error.hpp"
#include "scenarios/sha256.hpp"
#include "sim/for_each_task.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& what, const std::string& why, const std::string& hint) {
  throw InputError(InputKind::usage, {Problem{Place{"command line"}, "", what, why, hint}});
}

/// True when a file can really be created there: permission bits say nothing of a read-only file system.
bool can_create_file(const std::string& folder, std::string& why) {
  std::string name = folder + "/.plimsoll-XXXXXX";
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) {
    why = std::generic_category().message(errno);
    return false;
  }
  ::close(descriptor);
  ::unlink(name.c_str());
  return true;
}

bool holds_unfinished_run(const std::string& folder) {
  std::ifstream in(fs::path(folder) / "manifest.json");
  const nlohmann::json json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object() || json.value("plimsoll_manifest", 0) != 1) return false;
  const std::string status = json.value("status", "");
  return status == kRunning || status == kStopped;
}

}  // namespace

void prepare_run_folder(const std::string& folder, bool force) {
  const std::string named = "'" + folder + "'";
  if (folder.empty()) refuse("the output folder has no name", "", "give --out a folder");
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (fs::exists(status) && !fs::is_directory(status)) {
    refuse(named + " is a file, not a folder", "results go into a folder of their own", "give --out another name");
  }
  if (fs::is_directory(status)) {
    const bool empty = fs::is_empty(folder, error);
    if (error) refuse("cannot read folder " + named, error.message(), "give --out another folder");
    if (!empty && !force) {
      if (holds_unfinished_run(folder))
        refuse("folder " + named + " holds a run that is not finished", "what it has done is not overwritten unasked",
               "'plimsoll resume " + folder + "' goes on with it; or give --out another folder, or add --force");
      refuse("folder " + named + " is not empty", "results of another run are not overwritten unasked",
             "give --out another folder, or add --force");
    }
  } else {
    fs::create_directories(folder, error);
    if (error) refuse("cannot create folder " + named, error.message(), "give --out a folder that can be written");
  }
  std::string why;
  if (!can_create_file(folder, why)) {
    refuse("cannot write into folder " + named, why, "give --out a folder that can be written");
  }
}

std::vector<std::pair<std::string, std::string>> result_files(const RunResults& results) {
  return {{"summary.csv", summary_csv(results)},
          {"probabilities.csv", probabilities_csv(results)},
          {"contributions.csv", contributions_csv(results)},
          {"tail.csv", tail_csv(results)}};
}

std::string digest_of(const std::vector<std::pair<std::string, std::string>>& files) {
  Sha256 digest;
  for (const auto& [name, bytes] : files) {
    digest.add(name);
    digest.add("\n");
    digest.add(bytes);
  }
  return digest.hex();
}

void begin_run_folder(const std::string& folder, const RunContext& context, const RunStatistics& so_far) {
  const fs::path base(folder);
  RunResults none;
  none.statistics = so_far;
  const auto write_scenario = [&] { write_file_atomically(base / "scenario.resolved.yaml", context.resolved_yaml); };
  // A manifest never stands without a scenario, and an older one never vouches for a newer scenario.
  std::error_code error;
  const bool is_new = !fs::exists(base / "manifest.json", error);
  if (is_new) write_scenario();
  write_file_atomically(base / "manifest.json", manifest_json(none, context, "", {}));
  if (!is_new) write_scenario();
}

namespace {

using NamedBytes = std::vector<std::pair<std::string, std::string>>;

/// Tables and documents that are asked for; all are made before the first is written.
NamedBytes chosen_files(const std::string& folder, const RunResults& results, const RunContext& context,
                        const NamedBytes& tables, const std::string& digest) {
  NamedBytes files;
  if (context.files.has(FileKind::csv)) files = tables;
  for (auto& file : documents(results, context, digest, folder)) files.push_back(std::move(file));
  return files;
}

}  // namespace

std::vector<std::string> rewrite_documents(const std::string& folder, const RunResults& results,
                                           const RunContext& context) {
  const fs::path base(folder);
  std::ifstream in(base / "manifest.json", std::ios::binary);
  nlohmann::ordered_json manifest = nlohmann::ordered_json::parse(in, nullptr, false);
  if (manifest.is_object() && manifest.value("run_hash", "") != context.run_hash)
    throw InputError(InputKind::usage, {{{"command line"},
                                         "--out",
                                         "'" + folder + "' holds another run",
                                         "its manifest would vouch for documents of this one",
                                         "give a folder of their own"}});
  const auto tables = result_files(results);
  const NamedBytes files = chosen_files(folder, results, context, tables, digest_of(tables));
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files) {
    write_file_atomically(base / name, bytes);
    names.push_back(name);
  }
  if (!manifest.is_object()) return names;
  for (const auto& [name, bytes] : files) manifest["files"][name] = sha256_hex(bytes);
  write_file_atomically(base / "manifest.json", manifest.dump(2) + "\n");
  return names;
}

std::string write_run_folder(const std::string& folder, const RunResults& results, const RunContext& context) {
  return write_run_folder(folder, results, context, [] {});
}

std::string write_run_folder(const std::string& folder, const RunResults& results, const RunContext& context,
                             const std::function<void()>& before_writing) {
  const fs::path base(folder);
  // An older manifest must not vouch for newer tables.
  write_file_atomically(base / "manifest.json", manifest_json(results, context, "", {}));
  const auto tables = result_files(results);
  std::string digest = digest_of(tables);
  NamedBytes named = {{"scenario.resolved.yaml", context.resolved_yaml}};
  for (auto& file : chosen_files(folder, results, context, tables, digest)) named.push_back(std::move(file));
  before_writing();
  // Each waits for the disk by itself.
  std::vector<WrittenFile> files(named.size());
  for_each_task(std::ssize(named), results.statistics.threads, Scheduler::tbb, [&](std::int64_t k) {
    const auto& [name, bytes] = named[static_cast<std::size_t>(k)];
    write_file_atomically(base / name, bytes);
    files[static_cast<std::size_t>(k)] = {name, sha256_hex(bytes)};
  });
  for (const std::string& name : every_file_name()) {
    const bool is_new =
        std::any_of(files.begin(), files.end(), [&](const WrittenFile& file) { return file.first == name; });
    std::error_code error;
    if (!is_new && !fs::remove(base / name, error) && error)
      throw std::system_error(error, "cannot replace '" + (base / name).string() + "'");
  }
  write_file_atomically(base / "manifest.json", manifest_json(results, context, digest, files));
  return digest;
}

}  // namespace plimsoll
