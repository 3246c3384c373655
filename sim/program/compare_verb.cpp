#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "outputs/atomic_file.hpp"
#include "outputs/comparison_tables.hpp"
#include "outputs/html/report.hpp"
#include "outputs/number_format.hpp"
#include "outputs/run_folder.hpp"
#include "outputs/table_json.hpp"
#include "outputs/xlsx/comparison_workbook.hpp"
#include "sim/plan.hpp"
#include "sim/program/answer_manifest.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/load.hpp"
#include "sim/program/progress.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/run_tasks.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// A run's folder stands for the scenario that it holds.
std::string scenario_of(const std::string& name) {
  const fs::path resolved = fs::path(name) / "scenario.resolved.yaml";
  std::error_code ignored;
  return fs::is_directory(name, ignored) && fs::exists(resolved, ignored) ? resolved.string() : name;
}

/// Refuses what common random numbers cannot join.
void check_pair(const Loaded& base, const Loaded& other, bool vintage) {
  const Scenario &a = base.scenario.scenario, &b = other.scenario.scenario;
  if (a.sampling != b.sampling)
    refuse_usage(base.asked + " has sampling " + a.sampling + ", " + other.asked + " " + b.sampling,
                 "differences need the same random numbers", "add --sampling " + a.sampling);
  const auto grid = [](const Loaded& one) { return one.simulation->plan().model.draw_plan.grid_months; };
  if (a.sampling == "sobol" && grid(base) != grid(other))
    refuse_usage("the horizons of " + base.asked + " and " + other.asked + " need bridges of different length",
                 "Sobol points then differ, and differences need the same random numbers",
                 "use horizons on the same side of 32 and of 128 months, or --sampling random");
  if (a.seed != b.seed)
    refuse_usage(base.asked + " has seed " + std::to_string(a.seed) + ", " + other.asked + " " + std::to_string(b.seed),
                 "differences need the same random numbers", "add --seed " + std::to_string(a.seed));
  if (a.paths != b.paths)
    refuse_usage(
        base.asked + " has " + std::to_string(a.paths) + " paths, " + other.asked + " " + std::to_string(b.paths),
        "differences are taken path by path", "add --paths " + std::to_string(std::min(a.paths, b.paths)));
  for (const Loaded* one : {&base, &other}) {
    if (!one->scenario.scenario.observations.empty())
      refuse_usage(one->asked + " has observations, which 'compare' does not weigh",
                   "paths would count differently in the two scenarios", "compare them without observations");
  }
  if (vintage && base.calibration.as_of >= other.calibration.as_of)
    refuse_usage(base.asked + " does not rest on earlier data than " + other.asked,
                 "--vintage explains a later forecast from an earlier one", "name the earlier one first");
}

/// What --write asks for beside the tables.
FileChoice files_beside_tables(const CommandLine& line) {
  FileChoice otherwise;
  if (why_not(FileKind::html).empty()) otherwise.kinds.push_back(FileKind::html);
  FileChoice choice = chosen_files(line, otherwise);
  for (const FileKind kind : choice.kinds) {
    if (kind != FileKind::csv && kind != FileKind::html && kind != FileKind::xlsx)
      refuse_usage("'compare' writes no " + name_of(kind), "a difference has tables, a report and a workbook",
                   "use csv, html or xlsx; 'report' makes the documents of single runs");
  }
  return choice;
}

std::string manifest(const Loaded& base, const Loaded& other, const ComparisonResults& results, const CommandLine& line,
                     const std::string& digest) {
  nlohmann::ordered_json json;
  json["plimsoll_comparison"] = 1;
  json["status"] = results.statistics.paths_done < results.statistics.paths_requested ? "partial" : "complete";
  for (const Loaded* one : {&base, &other}) {
    json["scenarios"].push_back({{"name", one->scenario.scenario.name},
                                 {"run_hash", one->run_hash},
                                 {"calibration", one->calibration.name},
                                 {"calibration_sha256", one->calibration.sha256}});
  }
  json["digest"] = digest;
  json["seed"] = base.scenario.scenario.seed;
  json["paths"] = {{"requested", results.statistics.paths_requested}, {"done", results.statistics.paths_done}};
  json["paths"]["unsolved"] = results.statistics.paths_unsolved;
  const RunStatistics& ran = results.statistics;
  return finished_manifest(std::move(json), {ran.threads, ran.instruction_set, ran.seconds}, line);
}

/// The tables of a pair as one JSON object; more than one stand in a list.
std::string pair_json(const std::string& manifest_text, const std::string& folder,
                      const std::vector<std::pair<std::string, std::string>>& files) {
  const nlohmann::ordered_json manifest = nlohmann::ordered_json::parse(manifest_text);
  nlohmann::ordered_json json;
  for (const char* key : {"status", "scenarios", "digest", "seed", "paths"}) json[key] = manifest.at(key);
  json["folder"] = folder;
  for (const auto& [name, csv] : files)
    json[name.substr(0, name.find('.'))] =
        rows_json(csv, {"series", "of", "by", "key", "frequency", "period", "unit", "split"});
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

/// What one pair prints; `nth` of `all`, from 1.
std::string printed(const std::string& format, const std::string& text, std::size_t nth, std::size_t all) {
  if (format != "json") return (nth > 1 ? "\n" : "") + text;
  return all == 1 ? text : (nth == 1 ? "[" : ",") + text;
}

/// Two scenarios have their report beside their differences; more have one together.
fs::path report_folder(const std::vector<std::string>& folders, const Loaded& base,
                       const std::optional<std::string>& out, const std::string& stamp) {
  if (folders.size() == 1) return folders.front();
  if (out) return *out;
  return fs::path("runs/compare") /
         (base.scenario.scenario.name + "-and-" + std::to_string(folders.size()) + "-others") / stamp;
}

/// \throws InputError (usage) when the report of other comparisons is in the way
void refuse_overwriting(const fs::path& file, bool force) {
  std::error_code ignored;
  if (!force && html_report_available() && fs::exists(file, ignored))
    refuse_usage("there is a '" + file.string() + "' already", "a report of other scenarios is not overwritten unasked",
                 "give --out another folder, or add --force");
}

void write_report(const HtmlReport& report, const fs::path& file, bool quiet) {
  if (!html_report_available()) return;
  fs::create_directories(file.parent_path());
  write_file_atomically(file, report.html());
  if (!quiet) std::cerr << "differences shown in " << file.string() << std::endl;
}

}  // namespace

int compare_verb(const CommandLine& asked) {
  CommandLine line = asked;
  if (line.names.size() < 2)
    refuse_usage("'compare' needs two scenarios or more", "", "for example: plimsoll compare base capex-pause");
  if (line.vintage && line.names.size() > 2) refuse_usage("--vintage compares two scenarios, not more");
  for (std::string& name : line.names) name = scenario_of(name);
  const FileChoice files_asked = files_beside_tables(line);
  const Environment environment = read_environment();
  const ThreadChoice choice = choose_threads(line.threads, environment);
  const LoadedAll all = load_all(line, environment);
  if (all.exit_code != 0) return all.exit_code;
  const Loaded& base = all.loaded.front();
  for (std::size_t k = 1; k < all.loaded.size(); ++k) check_pair(base, all.loaded[k], line.vintage);

  const std::optional<std::string> out = line.out ? line.out : environment.out;
  const std::string stamp = utc("%Y%m%dT%H%M%SZ");
  std::vector<std::string> folders, pairs;
  RunFolders made;
  for (std::size_t k = 1; k < all.loaded.size(); ++k) {
    const std::string pair = base.scenario.scenario.name + "-" + all.loaded[k].scenario.scenario.name;
    if (std::find(pairs.begin(), pairs.end(), pair) != pairs.end())
      refuse_usage("two scenarios are named '" + all.loaded[k].scenario.scenario.name + "'",
                   "their differences would share a folder", "compare them one by one");
    pairs.push_back(pair);
    if (!out) {
      folders.push_back(made.make_own("runs/compare/" + pair));
      continue;
    }
    folders.push_back(all.loaded.size() == 2 ? *out : (fs::path(*out) / pair).string());
    made.prepare(folders.back(), line.force);
  }
  const fs::path report_file = report_folder(folders, base, out, stamp) / "report.html";
  const std::vector<std::string> languages = chosen_languages(line, base.scenario.scenario.report.languages);
  const bool with_report = files_asked.has(FileKind::html);
  HtmlReport report(languages);
  if (with_report) refuse_overwriting(report_file, line.force);
  const std::atomic<bool>& stop = watch_signals();
  int code = kSuccess;
  const bool json_list = line.format == "json" && folders.size() > 1;
  for (std::size_t k = 1; k < all.loaded.size(); ++k) {
    const Loaded& other = all.loaded[k];
    const ComparedNames names{base.scenario.scenario.name, other.scenario.scenario.name,
                              to_string(base.calibration.as_of), to_string(other.calibration.as_of)};
    ComparisonResults results;
    {
      Progress progress(progress_kind(line.quiet), names.base + ", " + names.other);
      RunOptions options;
      options.threads = choice.threads;
      options.progress = [&](std::int64_t done, std::int64_t of) { progress.report(done, of); };
      options.stop = &stop;
      results = compare(*base.simulation, *other.simulation, options);
    }
    if (results.statistics.paths_done == 0) {
      std::cerr << "stopped before any path was done; nothing written\n";
      if (json_list) print(k == 1 ? "[]\n" : "]\n");
      return signal_exit_code();
    }
    const fs::path folder = folders[k - 1];
    const std::vector<BridgeRow> bridge = line.vintage ? vintage_bridge(results) : std::vector<BridgeRow>{};
    std::vector<std::pair<std::string, std::string>> files{
        {"differences.csv", differences_csv(results)},
        {"contribution_differences.csv", contribution_differences_csv(results)}};
    if (line.vintage) files.emplace_back("bridge.csv", bridge_csv(bridge));
    // With --force an older manifest must not vouch for newer tables, nor an older bridge stand beside them.
    for (const char* old : {"manifest.json", "bridge.csv", "report.html", "differences.xlsx"}) fs::remove(folder / old);
    for (const auto& [name, bytes] : files) write_file_atomically(folder / name, bytes);
    write_file_atomically(folder / "base.resolved.yaml", base.scenario.resolved_yaml);
    write_file_atomically(folder / "scenario.resolved.yaml", other.scenario.resolved_yaml);
    const std::string digest = digest_of(files);
    const std::string manifest_text = manifest(base, other, results, line, digest);
    write_file_atomically(folder / "manifest.json", manifest_text);
    const Titles& titles = base.simulation->plan().titles;
    if (files_asked.has(FileKind::xlsx)) {
      const Language language = languages == std::vector<std::string>{"zh"} ? Language::zh : Language::en;
      write_file_atomically(folder / "differences.xlsx",
                            comparison_workbook(results, names, titles, language,
                                                to_string(other.calibration.known_on) + "T00:00:00Z", folder.string()));
    }
    report.add(
        {names.base, names.other, base.scenario.scenario.title, other.scenario.scenario.title, &titles, &results});
    const std::string table = line.vintage ? bridge_table(bridge, names, terminal_style())
                                           : comparison_table(results, names, terminal_style());
    print(printed(line.format,
                  line.format == "json"  ? pair_json(manifest_text, folder.string(), files)
                  : line.format == "csv" ? files.front().second
                                         : table,
                  k, folders.size()));
    if (!line.quiet)
      std::cerr << grouped(results.statistics.paths_done) << " paths of each in "
                << fixed(results.statistics.seconds, 2) << " s\ndigest " << digest << "\nwritten to " << folder.string()
                << std::endl;
    if (results.statistics.paths_unsolved > 0) {
      std::cerr << "note: on " << grouped(results.statistics.paths_unsolved)
                << " paths armington_ces did not find some month's prices; they keep the last ones it tried"
                << std::endl;
      if (code != kFailure) code = too_many_unsolved(results.statistics) ? kFailure : kPartial;
    }
    if (results.statistics.paths_done < results.statistics.paths_requested) {
      std::cerr << "stopped; the results cover " << grouped(results.statistics.paths_done) << " of "
                << grouped(results.statistics.paths_requested) << " paths" << std::endl;
      if (json_list) print("]\n");
      if (with_report) write_report(report, report_file, line.quiet);
      return signal_exit_code();
    }
  }
  if (json_list) print("]\n");
  if (with_report) write_report(report, report_file, line.quiet);
  return code;
}

}  // namespace plimsoll
