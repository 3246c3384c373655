/// \file
/// The real program as a child that can be killed.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

namespace plimsoll {

using Arguments = std::vector<std::string>;

/// A signal reaches it and nothing else. Errors go to `folder`/stderr, behind those of earlier children.
class Child {
 public:
  Child(const std::filesystem::path& folder, const Arguments& arguments) : pid_(::fork()) {
    if (pid_ != 0) return;
    std::vector<char*> words{const_cast<char*>(PLIMSOLL_PROGRAM)};
    for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    const int errors = ::open((folder / "stderr").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (::chdir(folder.c_str()) != 0 || ::dup2(nowhere, 1) < 0 || ::dup2(errors, 2) < 0) ::_exit(99);
    ::execv(PLIMSOLL_PROGRAM, words.data());
    ::_exit(98);
  }
  void signal(int which) const { ::kill(pid_, which); }
  /// Exit code; 128 + signal when one killed it.
  int wait() const {
    int status = 0;
    ::wait4(pid_, &status, 0, &usage_);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  /// After wait().
  double peak_mib() const { return static_cast<double>(usage_.ru_maxrss) / 1024; }

 private:
  pid_t pid_;
  mutable rusage usage_{};
};

}  // namespace plimsoll
