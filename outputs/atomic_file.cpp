#include "outputs/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <system_error>

namespace plimsoll {
namespace {

[[noreturn]] void fail(const std::string& doing, const std::filesystem::path& file, int error) {
  throw std::system_error(error, std::generic_category(), doing + " '" + file.string() + "'");
}

/// A temporary file that removes itself unless it was renamed.
class TemporaryFile {
 public:
  /// For `file`, whose name is what errors tell.
  explicit TemporaryFile(const std::filesystem::path& file) : path_(temporary_beside(file)), file_(file) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail("cannot create", file_, errno);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!renamed_) ::unlink(path_.c_str());
  }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(descriptor_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail("cannot write", file_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    if (::fsync(descriptor_) != 0) fail("cannot write", file_, errno);
    const int closing = descriptor_;
    descriptor_ = -1;
    if (::close(closing) != 0) fail("cannot write", file_, errno);
  }

  void take_its_place() {
    if (::rename(path_.c_str(), file_.c_str()) != 0) fail("cannot write", file_, errno);
    renamed_ = true;
  }

 private:
  std::filesystem::path path_, file_;
  int descriptor_ = -1;
  bool renamed_ = false;
};

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail("cannot open", folder, errno);
  const int result = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  // Some network file systems cannot sync a folder; the file itself is safe by then.
  if (result != 0 && error != EINVAL && error != ENOTSUP) fail("cannot sync", folder, error);
}

/// Of this host, as far as it can be part of a file's name.
std::string host_name() {
  std::array<char, 65> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "host";
  std::string text = name.data();
  std::erase_if(text, [](unsigned char c) { return std::isalnum(c) == 0 && c != '-' && c != '_'; });
  return text.empty() ? "host" : text;
}
constexpr const char* kTemporary = ".tmp-";

}  // namespace

std::filesystem::path temporary_beside(const std::filesystem::path& file) {
  static std::atomic<unsigned> next{0};
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  return folder / ("." + file.filename().string() + kTemporary + host_name() + "." + std::to_string(::getpid()) + "." +
                   std::to_string(next++));
}

void clear_temporaries(const std::filesystem::path& folder) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const std::size_t at = name.find(kTemporary + host_name() + ".");
    if (name.front() != '.' || at == std::string::npos) continue;
    const std::size_t number = at + std::string(kTemporary).size() + host_name().size() + 1;
    const int process = std::atoi(name.c_str() + number);
    const bool is_gone = process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
    std::error_code ignored;
    if (is_gone) std::filesystem::remove(entry.path(), ignored);
  }
}

void rename_file_atomically(const std::filesystem::path& temporary, const std::filesystem::path& file) {
  const int descriptor = ::open(temporary.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail("cannot open", temporary, errno);
  const int result = ::fsync(descriptor), error = errno;
  ::close(descriptor);
  if (result != 0) fail("cannot write", file, error);
  if (::rename(temporary.c_str(), file.c_str()) != 0) fail("cannot write", file, errno);
  sync_folder(file.has_parent_path() ? file.parent_path() : std::filesystem::path("."));
}

void write_file_atomically(const std::filesystem::path& file, std::string_view bytes) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  TemporaryFile temporary(file);
  temporary.write(bytes);
  temporary.take_its_place();
  sync_folder(folder);
}

}  // namespace plimsoll
