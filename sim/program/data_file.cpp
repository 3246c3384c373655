#include "sim/program/data_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenarios/input_error.hpp"

namespace plimsoll {

std::string read_data_file(const std::string& file, const std::string& hint) {
  std::error_code error;
  std::ifstream in(file, std::ios::binary);
  const bool folder = std::filesystem::is_directory(file, error);
  if (!in || folder)
    throw InputError(
        InputKind::data,
        {{{file, 0, 0}, "", "the file cannot be read", folder ? "it is a folder" : std::strerror(errno), hint}});
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace plimsoll
