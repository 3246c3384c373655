/// \file
/// Runs the real program in a folder of its own.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace plimsoll {

struct Outcome {
  int code = -1;
  std::string out, err;
};

/// A temporary folder that is the program's working folder.
class ProgramFolder {
 public:
  ProgramFolder() : path_(std::filesystem::temp_directory_path() / ("plimsoll-cli-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~ProgramFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

  /// `environment` like `PLIMSOLL_THREADS=2`; arguments as a shell reads them.
  Outcome run(const std::string& arguments, const std::string& environment = "") const {
    const std::string errors = path_ / ".stderr";
    const std::string command = "cd '" + path_.string() + "' && env " + environment + " " PLIMSOLL_PROGRAM " " +
                                arguments + " 2>'" + errors + "'";
    Outcome outcome;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
      outcome.out.append(buffer.data(), n);
    const int status = pclose(pipe);
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    std::ifstream in(errors, std::ios::binary);
    outcome.err = std::string(std::istreambuf_iterator<char>(in), {});
    std::filesystem::remove(errors);
    return outcome;
  }
  std::string read(const std::string& file) const {
    std::ifstream in(path_ / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  bool empty() const { return std::filesystem::is_empty(path_); }

 private:
  std::filesystem::path path_;
};

}  // namespace plimsoll
