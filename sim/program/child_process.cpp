#include "sim/program/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>

extern char** environ;

namespace plimsoll {
namespace {

using Clock = std::chrono::steady_clock;

/// A pipe whose ends close with it.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "no pipe");
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int end(int which) const { return ends_.at(static_cast<std::size_t>(which)); }
  void close_end(int which) {
    int& one = ends_.at(static_cast<std::size_t>(which));
    if (one >= 0) ::close(one);
    one = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

/// How a child is set up: its files, and the signals that this program ignores or handles as they are for any other.
class Setup {
 public:
  Setup(const Pipe& out, const Pipe& error) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, out.end(1), 1);
    posix_spawn_file_actions_adddup2(&files_, error.end(1), 2);
    posix_spawnattr_init(&attributes_);
    sigset_t all;
    sigemptyset(&all);
    for (const int signal : {SIGPIPE, SIGXFSZ}) sigaddset(&all, signal);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  ~Setup() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  Setup(const Setup&) = delete;
  Setup& operator=(const Setup&) = delete;
  const posix_spawn_file_actions_t* files() const { return &files_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

/// False at the end of the pipe.
bool take(int descriptor, std::string& text) {
  std::array<char, 4096> bytes{};
  const ssize_t n = ::read(descriptor, bytes.data(), bytes.size());
  if (n > 0) text.append(bytes.data(), static_cast<std::size_t>(n));
  return n > 0 || (n < 0 && errno == EINTR);
}

/// Until both pipes have ended; false when the time is over first.
bool collect(Pipe& out, Pipe& error, ChildOutcome& outcome, Clock::time_point end) {
  std::array<pollfd, 2> ends{pollfd{out.end(0), POLLIN, 0}, pollfd{error.end(0), POLLIN, 0}};
  const std::array<std::string*, 2> texts{&outcome.out, &outcome.error};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    if (::poll(ends.data(), ends.size(), static_cast<int>(std::min<long long>(left, 1000))) < 0 && errno != EINTR)
      return false;
    for (std::size_t k = 0; k < ends.size(); ++k) {
      if (ends.at(k).fd >= 0 && ends.at(k).revents != 0 && !take(ends.at(k).fd, *texts.at(k))) ends.at(k).fd = -1;
      ends.at(k).revents = 0;
    }
  }
  return true;
}

}  // namespace

ChildOutcome run_child(const std::vector<std::string>& command, double seconds_at_most) {
  Pipe out, error;
  const Setup setup(out, error);
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  ChildOutcome outcome;
  pid_t child = 0;
  const int failed =
      ::posix_spawnp(&child, arguments.front(), setup.files(), setup.attributes(), arguments.data(), environ);
  if (failed == ENOENT || failed == EACCES) {
    outcome.found = false;
    return outcome;
  }
  if (failed != 0) throw std::system_error(failed, std::generic_category(), "cannot start '" + command.front() + "'");
  out.close_end(1);
  error.close_end(1);
  const auto allowed = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds_at_most));
  outcome.in_time = collect(out, error, outcome, Clock::now() + allowed);
  if (!outcome.in_time) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

}  // namespace plimsoll
