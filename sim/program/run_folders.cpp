#include "sim/program/run_folders.hpp"

#include <algorithm>
#include <ctime>

#include "outputs/run_folder.hpp"

namespace plimsoll {

namespace fs = std::filesystem;

RunFolders::~RunFolders() {
  std::error_code ignored;
  std::reverse(made_.begin(), made_.end());
  for (const fs::path& folder : made_) {
    if (fs::is_empty(folder, ignored)) fs::remove(folder, ignored);
  }
}

void RunFolders::prepare(const std::string& folder, bool force) {
  std::vector<fs::path> missing;
  std::error_code ignored;
  for (fs::path at = fs::path(folder).lexically_normal(); !at.empty() && !fs::exists(at, ignored);
       at = at.parent_path()) {
    missing.push_back(at);
  }
  made_.insert(made_.end(), missing.rbegin(), missing.rend());
  prepare_run_folder(folder, force);
}

std::string RunFolders::make_own(const std::string& parent) {
  prepare(parent, true);
  const fs::path stamped = fs::path(parent) / utc("%Y%m%dT%H%M%SZ");
  fs::path folder = stamped;
  for (int k = 2; !fs::create_directory(folder); ++k) folder = stamped.string() + "-" + std::to_string(k);
  made_.push_back(folder);
  return folder.string();
}

void remove_run_files(const std::string& folder) {
  // The manifest first: nothing is to vouch for what goes.
  for (const char* name : {"manifest.json", "state.bin", "scenario.resolved.yaml", "progress.jsonl", "samples.nc"}) {
    std::error_code error;
    const fs::path file = fs::path(folder) / name;
    if (!fs::remove(file, error) && error) throw std::system_error(error, "cannot replace '" + file.string() + "'");
  }
}

std::string utc(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[64];
  return std::string(text, std::strftime(text, sizeof text, format, &parts));
}

}  // namespace plimsoll
