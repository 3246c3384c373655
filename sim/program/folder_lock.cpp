#include "sim/program/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

std::string lock_file(const std::string& folder) { return (fs::path(folder) / ".lock").string(); }

std::string content(int descriptor) {
  std::array<char, 300> text{};
  const ssize_t n = ::pread(descriptor, text.data(), text.size(), 0);
  return n > 0 ? std::string(text.data(), static_cast<std::size_t>(n)) : "another process";
}

std::string this_process() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host = {'?'};
  return "process " + std::to_string(::getpid()) + " on " + host.data();
}

/// The name still leads to the file that is open: its last owner may have removed it meanwhile.
bool is_named(int descriptor, const std::string& file) {
  struct stat open {};
  struct stat named {};
  return ::fstat(descriptor, &open) == 0 && ::stat(file.c_str(), &named) == 0 && open.st_ino == named.st_ino &&
         open.st_dev == named.st_dev;
}

/// Temporary files of atomic writing, whose writer is gone.
void clear_leftovers(const std::string& folder) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    std::error_code ignored;
    if (name.front() == '.' && name.find(".tmp-") != std::string::npos) fs::remove(entry.path(), ignored);
  }
}

}  // namespace

FolderLock::FolderLock(const std::string& folder) : file_(lock_file(folder)) {
  for (;;) {
    descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "cannot create '" + file_ + "'");
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      const int error = errno;
      const std::string owner = content(descriptor_);
      ::close(descriptor_);
      if (error == ENOSYS || error == ENOTSUP || error == ENOLCK) {  // some file systems of clusters have no locks
        descriptor_ = -1;
        ::unlink(file_.c_str());
        return;
      }
      if (error != EWOULDBLOCK) throw std::system_error(error, std::generic_category(), "cannot lock '" + file_ + "'");
      throw std::runtime_error("folder '" + folder + "' is in use by " + owner +
                               "\n  why: two processes at once would write over each other's results"
                               "\n  hint: wait until it has ended; 'plimsoll status' shows how far it is");
    }
    if (is_named(descriptor_, file_)) break;
    ::close(descriptor_);
  }
  const std::string who = this_process();
  // Only for people; the lock is what counts.
  [[maybe_unused]] const bool written =
      ::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, who.data(), who.size(), 0) > 0;
  clear_leftovers(folder);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::move(other.file_)), descriptor_(other.descriptor_) {
  other.descriptor_ = -1;
}

FolderLock::~FolderLock() {
  if (descriptor_ < 0) return;
  ::unlink(file_.c_str());  // while the lock is held, so that nobody's is removed
  ::close(descriptor_);
}

std::optional<std::string> folder_owner(const std::string& folder) {
  const int descriptor = ::open(lock_file(folder).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  const bool held = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  std::optional<std::string> owner = held ? std::optional(content(descriptor)) : std::nullopt;
  ::close(descriptor);
  return owner;
}

}  // namespace plimsoll
