#include "sim/program/progress_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/program/run_folders.hpp"

namespace plimsoll {
namespace {

constexpr std::chrono::seconds kEvery{10};

std::string file_of(const std::string& folder) { return (std::filesystem::path(folder) / "progress.jsonl").string(); }

}  // namespace

ProgressFile::ProgressFile(const std::string& folder)
    : file_(file_of(folder)), started_(Clock::now()), next_(started_) {}

void ProgressFile::report(std::int64_t done, std::int64_t all) {
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kEvery;
  write(done, all, "running");
}

void ProgressFile::end(std::int64_t done, std::int64_t all, const std::string& status) { write(done, all, status); }

void ProgressFile::write(std::int64_t done, std::int64_t all, const std::string& status) const {
  const double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  const nlohmann::ordered_json line{{"utc", utc("%Y-%m-%dT%H:%M:%SZ")},
                                    {"status", status},
                                    {"paths_done", done},
                                    {"paths", all},
                                    {"seconds", std::round(1000 * seconds) / 1000}};
  const std::string text = line.dump() + "\n";
  // One write a line, so that a reader sees whole ones. No run fails for want of it.
  const int descriptor = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0) return;
  [[maybe_unused]] const ssize_t n = ::write(descriptor, text.data(), text.size());
  ::close(descriptor);
}

std::optional<std::int64_t> last_progress(const std::string& folder) {
  std::ifstream in(file_of(folder));
  std::optional<std::int64_t> done;
  for (std::string line; std::getline(in, line);) {
    const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_object() && json.contains("paths_done") && json["paths_done"].is_number_integer())
      done = json["paths_done"].get<std::int64_t>();
  }
  return done;
}

}  // namespace plimsoll
