/// What the program prints when a terminal, not a file, reads it.
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>

#include "program.hpp"

namespace plimsoll {
namespace {

/// All that `plimsoll run base` prints on a terminal of 90 columns.
std::string printed_on_a_terminal(const std::string& folder, const char* no_color) {
  winsize size{};
  size.ws_row = 40;
  size.ws_col = 90;
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    if (no_color == nullptr)
      ::unsetenv("NO_COLOR");
    else
      ::setenv("NO_COLOR", no_color, 1);
    ::execl(PLIMSOLL_PROGRAM, PLIMSOLL_PROGRAM, "run", "base", "--paths", "64", "--quiet", "--force", "--set",
            "report.series=[exports.total.*]", "--out", folder.c_str(), nullptr);
    ::_exit(127);
  }
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t n = 0; (n = ::read(terminal, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(n));
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << text;
  return text;
}

TEST(Terminal, HasBoldHeadlinesUnlessNoColorSaysOtherwise) {
  const ProgramFolder folder;
  const std::string out = folder.path() / "run";
  const std::string coloured = printed_on_a_terminal(out, nullptr);
  EXPECT_EQ(coloured.rfind("\x1b[1mChina's exports in 2026: ", 0), 0U) << coloured.substr(0, 200);
  EXPECT_EQ(printed_on_a_terminal(out, "1").find('\x1b'), std::string::npos);
  EXPECT_NE(printed_on_a_terminal(out, "").find('\x1b'), std::string::npos);  // an empty one does not count
}

}  // namespace
}  // namespace plimsoll
