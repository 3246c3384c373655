/// \file
/// One process at a time works in a run's folder.
#pragma once

#include <optional>
#include <string>

namespace plimsoll {

/// Holds `.lock` in a folder until it goes; the system lets go of it when the process dies, however it dies.
class FolderLock {
 public:
  /// Clears away what a process that was killed in the middle of writing left behind. \throws std::runtime_error naming
  /// the process that has the folder.
  explicit FolderLock(const std::string& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  FolderLock& operator=(FolderLock&&) = delete;

 private:
  std::string file_;
  int descriptor_ = -1;
};

/// Who works in the folder (`process 4711 on host`); nullopt when nobody does.
std::optional<std::string> folder_owner(const std::string& folder);

}  // namespace plimsoll
