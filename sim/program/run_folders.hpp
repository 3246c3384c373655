/// \file
/// Folders that a verb makes before it simulates.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace plimsoll {

/// Folders made before the simulation; those still empty at the end (an error, a signal) go again, parents too.
class RunFolders {
 public:
  RunFolders() = default;
  RunFolders(const RunFolders&) = delete;
  RunFolders& operator=(const RunFolders&) = delete;
  ~RunFolders();

  /// \throws InputError (usage) as prepare_run_folder
  void prepare(const std::string& folder, bool force);
  /// Makes a folder below `parent` that is this process's alone, named by the time; one more of the same second ends in
  /// -2, -3, .. \returns its path \throws std::system_error
  std::string make_own(const std::string& parent);

 private:
  std::vector<std::filesystem::path> made_;
};

/// Takes away what makes a folder that of a run: manifest, state, resolved scenario, progress. The folder is this
/// process's own.
void remove_run_files(const std::string& folder);

/// The time in UTC, as strftime formats it.
std::string utc(const char* format);

}  // namespace plimsoll
