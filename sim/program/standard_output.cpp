#include "sim/program/standard_output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace plimsoll {

void print(std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(STDOUT_FILENO, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      throw OutputError("cannot write to standard output: " + std::generic_category().message(errno), errno == EPIPE);
    }
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

TerminalStyle terminal_style() {
  TerminalStyle style{.width = 100};
  if (::isatty(STDOUT_FILENO) == 0) return style;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.width = std::min<int>(size.ws_col, 140);
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour == nullptr || *no_colour == '\0') style.colour = TerminalStyle::Colour::on;
  return style;
}

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) != 0; }

}  // namespace plimsoll
