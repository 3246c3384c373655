#include "sim/program/reproduce_others.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <system_error>

#include "outputs/build_facts.hpp"
#include "outputs/sweep_merge.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "outputs/sweep_results.hpp"
#include "scenarios/input_error.hpp"
#include "sim/program/environment.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/sweep_folder.hpp"
#include "sim/program/sweep_runner.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

[[noreturn]] void refuse(const fs::path& file, const std::string& what, const std::string& why,
                         const std::string& hint) {
  throw InputError(InputKind::data, {Problem{Place{file.string()}, "", what, why, hint}});
}

/// A folder of this process that goes with it.
class ScratchFolder {
 public:
  ScratchFolder() : path_((fs::temp_directory_path() / "plimsoll-reproduce-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr)
      throw std::system_error(errno, std::generic_category(), "cannot make a folder " + path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Results were told when they were made; nobody asked for them again.
class SilentOutput {
 public:
  SilentOutput() : kept_(::dup(STDOUT_FILENO)) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) {
      ::dup2(nowhere, STDOUT_FILENO);
      ::close(nowhere);
    }
  }
  ~SilentOutput() {
    if (kept_ < 0) return;
    ::dup2(kept_, STDOUT_FILENO);
    ::close(kept_);
  }
  SilentOutput(const SilentOutput&) = delete;
  SilentOutput& operator=(const SilentOutput&) = delete;

 private:
  int kept_;
};

std::string text_at(const Json& manifest, const char* key) {
  const auto found = manifest.find(key);
  return found != manifest.end() && found->is_string() ? found->get<std::string>() : "";
}

/// What is compared: without a digest there is nothing.
std::string recorded_digest(const fs::path& file, const Json& manifest) {
  const std::string digest = text_at(manifest, "digest");
  if (digest.empty()) refuse(file, "the manifest has no digest", "there is nothing to compare with", "");
  if (const std::string status = manifest.value("status", "complete"); status != "complete")
    refuse(file, "the results are not whole: their status is '" + status + "'",
           "their digest is of fewer paths, scenarios or points than were asked for", "finish them first");
  return digest;
}

/// Hashes of scenario, calibration and engine, wherever the manifest keeps them.
void add_run_hashes(const Json& json, std::set<std::string>& hashes) {
  if (!json.is_structured()) return;
  for (const auto& [key, value] : json.items()) {
    if (key == "run_hash" && value.is_string()) hashes.insert(value.get<std::string>());
    add_run_hashes(value, hashes);
  }
}

std::string what_changed(const Json& then, const Json& now) {
  std::string text;
  if (const std::string was = text_at(then, "version"); was != version())
    text += "  version " + was + ", now " + version() + "\n";
  if (const std::string was = text_at(then, "compiler"); was != compiler())
    text += "  compiler " + was + ", now " + compiler() + "\n";
  std::set<std::string> hashes, hashes_now;
  add_run_hashes(then, hashes);
  add_run_hashes(now, hashes_now);
  if (hashes != hashes_now)
    text +=
        "  a scenario, its calibration or the engine is another (files are looked for from the folder you are in)\n";
  return text;
}

int tell(const std::string& recorded, const std::string& digest, const std::string& changed) {
  if (digest == recorded) {
    print("the same digest: " + digest + "\n");
    return kSuccess;
  }
  print("another digest: " + digest + "\n      recorded: " + recorded + "\n" +
        (changed.empty() ? "nothing that the manifest records has changed: this should not happen\n"
                         : "what has changed since:\n" + changed));
  return kDigestDiffers;
}

int stopped() {
  std::cerr << "stopped before the end; nothing is compared" << std::endl;
  return signal_exit_code();
}

Json read_json(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return Json::parse(in, nullptr, false);
}

}  // namespace

std::vector<std::string> words_of_command(const std::string& text) {
  std::vector<std::string> words;
  bool inside = false, begun = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const char c = text[k];
    if (!inside && c == ' ') {
      begun = false;
      continue;
    }
    if (!begun) words.emplace_back();
    begun = true;
    if (c == '\'')
      inside = !inside;
    else if (!inside && c == '\\' && k + 1 < text.size())
      words.back() += text[++k];
    else
      words.back() += c;
  }
  return words;
}

int reproduce_sweep(const fs::path& manifest_file, const Json& manifest, const CommandLine& line) {
  const std::string recorded = recorded_digest(manifest_file, manifest);
  const SweepPlan plan = read_plan(manifest_file.parent_path());
  if (text_at(manifest, "plan_hash") != plan.hash)
    refuse(manifest_file, "the plan beside it is of another sweep", "their hashes differ", "restore plan.json");
  watch_signals();
  const ScratchFolder folder;
  begin_sweep_folder(folder.path(), plan, true);
  const int threads = choose_threads(line.threads, read_environment()).threads;
  if (run_sweep(folder.path(), plan, std::nullopt, line, threads).stopped) return stopped();
  const SweepIndex index(plan, results_files(folder.path()));
  return tell(recorded, merge_sweep(plan, index, folder.path()).digest, what_changed(manifest, manifest));
}

int reproduce_answer(const fs::path& manifest_file, const Json& manifest, const CommandLine& line) {
  const std::string recorded = recorded_digest(manifest_file, manifest), whole = text_at(manifest, "command_line");
  const std::vector<std::string> words = words_of_command(whole);
  const Verb* verb = words.size() < 2 ? nullptr : find_verb(words[1]);
  static const std::set<std::string> kAnswers{"compare", "reverse", "sensitivity", "stress"};
  if (verb == nullptr || !kAnswers.contains(verb->name))
    refuse(manifest_file, "the manifest keeps no command that could be given again", "", "");

  const ScratchFolder folder;
  CommandLine again = parse_command_line(verb->name, {words.begin() + 2, words.end()});
  again.out = folder.path();
  again.force = true;
  again.quiet = true;
  again.threads = line.threads;
  again.format = "table";
  // That of the environment then; today's has no say.
  if (const auto seed = manifest.find("seed"); seed != manifest.end() && seed->is_number_integer())
    again.seed = seed->dump();
  if (!line.quiet) std::cerr << whole << std::endl;
  int code = kSuccess;
  {
    const SilentOutput silent;
    code = verb->work(again);
  }
  if (signal_exit_code() != 0) return stopped();
  // Where there were several comparisons, each has a folder of its own.
  fs::path made = fs::path(folder.path()) / "manifest.json";
  if (!fs::exists(made))
    made = fs::path(folder.path()) / fs::absolute(manifest_file).parent_path().filename() / "manifest.json";
  const Json now = read_json(made);
  if (!now.is_object()) {
    if (code != kSuccess) return code;  // the command has said why
    refuse(manifest_file, "its command leaves no such results today", "no manifest stands where this one did",
           "give the folder the name that 'plimsoll " + words[1] + "' gave it");
  }
  return tell(recorded, text_at(now, "digest"), what_changed(manifest, now));
}

}  // namespace plimsoll
