#include "sim/program/sweep_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "outputs/atomic_file.hpp"
#include "outputs/number_format.hpp"
#include "outputs/sweep_plan_file.hpp"
#include "outputs/sweep_report.hpp"
#include "outputs/sweep_terminal.hpp"
#include "scenarios/near_names.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/kept_work.hpp"
#include "sim/program/standard_output.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// Anything in it but what is under way to get a name.
bool holds_something(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().filename().string().rfind(".plan.json.", 0) != 0) return true;
  }
  return false;
}

void join(const std::string& folder, const SweepPlan& plan) {
  const std::string why = difference(read_plan(folder), plan);
  if (why.empty()) return;
  throw InputError(InputKind::incompatible,
                   {{Place{folder}, "", "the folder holds a sweep of another plan", why,
                     "give --out another folder; 'plimsoll extend' adds paths to the one that is there"}});
}

}  // namespace

void begin_sweep_folder(const std::string& folder, const SweepPlan& plan, bool force) {
  if (is_sweep_folder(folder)) return join(folder, plan);
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    refuse_usage("'" + folder + "' is not a folder", "", "give --out another name");
  fs::create_directories(folder, error);
  if (error) refuse_usage("cannot create '" + folder + "'", error.message(), "give --out another name");
  if (holds_something(folder) && !force) {
    if (is_sweep_folder(folder)) return join(folder, plan);  // another shard was faster
    refuse_usage("'" + folder + "' is not empty and holds no sweep", "results are not overwritten unasked",
                 "give --out another folder, or add --force");
  }
  write_file_atomically(fs::path(folder) / "plan.json", plan_json(plan));
}

std::string usual_sweep_folder(const SweepPlan& plan, const std::optional<std::string>& out) {
  constexpr std::size_t kHashDigits = 8;
  return out ? *out : "runs/sweeps/" + plan.name + "/" + plan.hash.substr(0, kHashDigits);
}

SweepFiles chosen_sweep_files(const CommandLine& line) {
  SweepFiles files;
  if (!line.write) return files;
  const std::vector<std::string> known{"csv", "html"};
  for (std::size_t at = 0; at <= line.write->size();) {
    const std::size_t comma = std::min(line.write->find(',', at), line.write->size());
    const std::string name = line.write->substr(at, comma - at);
    if (std::find(known.begin(), known.end(), name) == known.end())
      refuse_usage("a sweep has no '" + name + "' files", "it has csv (with NetCDF beside it) and html",
                   did_you_mean(name, known, "for example: --write html"));
    files.html = files.html || name == "html";
    at = comma + 1;
  }
  return files;
}

int finish_sweep(const std::string& folder, const SweepPlan& plan, const CommandLine& line) {
  const SweepFiles files = chosen_sweep_files(line);
  const fs::path out = folder;
  clear_temporaries(out);
  const SweepIndex index(plan, results_files(folder));
  for (const fs::path& file : index.damaged())
    std::cerr << "warning: " << file.string() << " is damaged; its points count as missing" << std::endl;
  if (index.count(SweepIndex::Status::missing) == plan.point_count())
    throw InputError(InputKind::data, {{Place{folder}, "", "no point of the sweep is done yet", "",
                                        "plimsoll resume " + folder + " simulates them"}});
  const auto write = [&] {
    MergedSweep made = merge_sweep(plan, index, out);
    write_file_atomically(out / "manifest.json", sweep_manifest(plan, made, line.whole));
    std::error_code ignored;
    if (files.html || fs::exists(out / "report.html", ignored))  // one that is there must not tell of older results
      write_file_atomically(out / "report.html",
                            sweep_report(plan, index, made, line.language.value_or("en").substr(0, 2)));
    return made;
  };
  const MergedSweep merged = with_advice("all points that are done",
                                         "make room; 'plimsoll resume " + folder + "' makes the tables again", write);
  if (line.format == "json") {
    sweep_json(plan, index, merged, folder, [](const std::string& text) { print(text); });
  } else if (line.format == "csv") {
    std::ifstream in(out / "merged.csv", std::ios::binary);
    for (std::string row; std::getline(in, row);) print(row + "\n");
  } else {
    print(sweep_terminal(plan, merged, terminal_style()));
  }
  if (merged.failed > 0)
    std::cerr << grouped(merged.failed) << (merged.failed == 1 ? " point" : " points") << " failed:\n"
              << failures_text(plan, merged) << "to try again: plimsoll resume " << folder << std::endl;
  if (merged.missing > 0)
    std::cerr << grouped(merged.missing) << " of " << grouped(plan.point_count())
              << " points are missing: " << index.missing_text() << "\nto go on: plimsoll resume " << folder
              << std::endl;
  if (!line.quiet) std::cerr << "digest " << merged.digest << "\nwritten to " << folder << std::endl;
  return merged.failed + merged.missing > 0 ? kPartial : kSuccess;
}

}  // namespace plimsoll
