/// \file
/// Results on stdout: every byte written or an error; what a terminal there can show.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "outputs/terminal_table.hpp"

namespace plimsoll {

/// stdout took no more. `reader_left`: the other end of the pipe closed (`plimsoll ... | head`): nothing to complain
/// of.
class OutputError : public std::runtime_error {
 public:
  OutputError(const std::string& what, bool left) : std::runtime_error(what), reader_left(left) {}
  bool reader_left;
};

/// \throws OutputError
void print(std::string_view text);

/// Colour only on a terminal without NO_COLOR; its width, else 100 columns.
TerminalStyle terminal_style();

/// True when stderr is a terminal.
bool stderr_is_terminal();

}  // namespace plimsoll
