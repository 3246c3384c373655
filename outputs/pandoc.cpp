#include "outputs/pandoc.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "outputs/atomic_file.hpp"
#include "outputs/calendar_days.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace plimsoll {

namespace {

namespace fs = std::filesystem;

/// A file that goes when the work is done, or has failed.
class Scratch {
 public:
  explicit Scratch(fs::path file) : file_(std::move(file)) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    fs::remove(file_, ignored);
  }
  const fs::path& path() const { return file_; }
  std::string bytes() const {
    std::ifstream in(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  fs::path file_;
};

/// Runs pandoc; its messages go to `errors`. \returns its exit code, 128 and above when a signal ended it
int run_pandoc(std::vector<std::string> arguments, const fs::path& errors, const std::string& epoch) {
  std::vector<char*> argument_list, environment;
  for (std::string& argument : arguments) argument_list.push_back(argument.data());
  argument_list.push_back(nullptr);
  std::string stamp = "SOURCE_DATE_EPOCH=" + epoch;
  for (char** at = environ; *at != nullptr; ++at) environment.push_back(*at);
  environment.insert(environment.begin(), stamp.data());
  environment.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, "pandoc", &actions, nullptr, argument_list.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::system_error(error, std::generic_category(), "cannot start pandoc");
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "cannot wait for pandoc");
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

bool has_pandoc() {
  const char* path = std::getenv("PATH");
  std::string rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::string folder = rest.substr(0, colon);
    if (!folder.empty() && ::access((folder + "/pandoc").c_str(), X_OK) == 0) return true;
    rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
  }
  return false;
}

std::string docx_of(const std::string& markdown, const fs::path& scratch, const std::string& date) {
  const std::string process = std::to_string(::getpid());
  const Scratch in(scratch / (".memo.md.tmp-" + process)), out(scratch / (".memo.docx.tmp-" + process)),
      errors(scratch / (".pandoc.tmp-" + process));
  write_file_atomically(in.path(), markdown);
  constexpr long long kSecondsPerDay = 86400;
  const std::string epoch = std::to_string(days_between("1970-01-01", date).value_or(0) * kSecondsPerDay);
  const int code =
      run_pandoc({"pandoc", "--from=gfm", "--to=docx", "--output=" + out.path().string(), in.path().string()},
                 errors.path(), epoch);
  if (code != 0)
    throw std::runtime_error("pandoc made no document (its exit code is " + std::to_string(code) +
                             "): " + errors.bytes());
  return out.bytes();
}

}  // namespace plimsoll
