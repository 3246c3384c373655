#include <filesystem>
#include <iostream>

#include "outputs/atomic_file.hpp"
#include "outputs/number_format.hpp"
#include "outputs/run_folder.hpp"
#include "outputs/sensitivity_tables.hpp"
#include "sim/plan.hpp"
#include "sim/program/answer_manifest.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/memory_limit.hpp"
#include "sim/program/progress.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/sensitivity_ask.hpp"
#include "sim/program/sensitivity_of_folder.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string cost_text(const SensitivityCost& cost, SensitivityMethod method, int threads) {
  std::string parts;
  if (cost.sets > 0) parts += grouped(cost.sets) + " x " + grouped(cost.paths) + " paths";
  if (cost.points > 0)
    parts +=
        (parts.empty() ? "" : " and ") + grouped(cost.points) + " points x " + grouped(cost.point_paths) + " paths";
  const std::string inputs = method == SensitivityMethod::importance ? "" : " of " + grouped(cost.inputs) + " inputs";
  return to_string(method) + inputs + ": " + parts + " = " + grouped(cost.simulated) + " paths, about " +
         fixed(cost.seconds, cost.seconds < 10 ? 1 : 0) + " s on " + std::to_string(threads) +
         (threads == 1 ? " thread" : " threads");
}

std::string manifest(const SensitivityQuestion& asked, const SensitivityResult& result, const CommandLine& line,
                     int threads, const std::string& digest) {
  Json json;
  json["plimsoll_sensitivity"] = 1;
  put_scenario(json, asked.one, digest);
  json["method"] = to_string(asked.ask.method);
  json["of"] = Json::array();
  for (const Statistic& statistic : asked.ask.of) json["of"].push_back(to_string(statistic));
  json["points"] = result.points;
  json["paths"] = asked.ask.paths;
  json["paths_of_a_point"] = asked.ask.point_paths;
  json["paths_in_all"] = result.simulated;
  return finished_manifest(std::move(json), {threads, result.instruction_set, result.seconds}, line);
}

/// Tables, JSON, memos and pictures. \returns the digest of the tables
std::string write_files(const fs::path& folder, const SensitivityResult& result, const std::string& name,
                        const Titles& titles, const std::vector<Language>& languages) {
  const auto files = sensitivity_files(result);
  fs::remove(folder / "manifest.json");  // with --force: it must not vouch for newer tables
  for (const auto& [file, bytes] : files) write_file_atomically(folder / file, bytes);
  write_file_atomically(folder / "sensitivity.json", sensitivity_json(result, name).dump(2) + "\n");
  const NameOfLanguage memo{"memo.", ".md"}, tornado{"tornado.", ".svg"};
  for (const NameOfLanguage& file : {memo, tornado}) remove_other_languages(folder, languages, file);
  for (const Language language : languages) {
    const Labels labels(titles, language);
    const std::string picture = tornado_svg(result, labels);
    write_file_atomically(folder / memo.of(language), sensitivity_memo(result, name, labels));
    if (picture.empty())
      fs::remove(folder / tornado.of(language));  // with --force: of another method
    else
      write_file_atomically(folder / tornado.of(language), picture);
  }
  return digest_of(files);
}

void print_result(const SensitivityResult& result, const std::string& name, const Titles& titles,
                  const CommandLine& line) {
  if (line.format == "json")
    print(sensitivity_json(result, name).dump(2) + "\n");
  else
    print(line.format == "csv" ? sensitivity_csv(result)
                               : sensitivity_memo(result, name, Labels(titles, printed_language(line))));
}

/// Of a folder's own results; files only where --out asks for them.
int tell_folder(const CommandLine& line, int threads) {
  const std::vector<Language> languages = memo_languages(line, {"en", "zh"});
  RunFolders made;
  const FolderSensitivity answer = sensitivity_of_folder(line, threads);
  const Titles none;
  if (line.out) {
    made.prepare(*line.out, line.force);
    const std::string digest = write_files(*line.out, answer.result, answer.name, none, languages);
    if (!line.quiet) std::cerr << "digest " << digest << "\nwritten to " << *line.out << std::endl;
  }
  print_result(answer.result, answer.name, none, line);
  return kSuccess;
}

}  // namespace

int sensitivity_verb(const CommandLine& line) {
  if (line.names.size() != 1)
    refuse_usage("'sensitivity' takes one scenario, or one folder of a sweep or run", "",
                 "for example: plimsoll sensitivity base");
  const std::atomic<bool>& stop = watch_signals();
  const Environment environment = read_environment();
  const ThreadChoice choice = choose_threads(line.threads, environment);
  if (is_results_folder(line.names.front())) return tell_folder(line, choice.threads);
  const SensitivityQuestion asked = read_question(line, environment);
  const Scenario& scenario = asked.one.scenario.scenario;
  const std::vector<Language> languages = memo_languages(line, scenario.report.languages);
  const Sensitivity sensitivity(scenario, asked.one.calibration, asked.ask);
  const std::optional<std::string> out = line.out ? line.out : environment.out;
  RunFolders made;
  const std::string folder = out ? *out : made.make_own("runs/sensitivity/" + scenario.name);
  if (out) made.prepare(folder, line.force);

  SensitivityOptions options;
  options.threads = choice.threads;
  options.stop = &stop;
  const SensitivityCost cost = sensitivity.cost(options);
  std::cerr << memory_warning(cost.bytes, memory_limit());
  if (!line.quiet) std::cerr << cost_text(cost, asked.ask.method, choice.threads) << std::endl;
  const SensitivityResult result = [&] {
    Progress progress(progress_kind(line.quiet), scenario.name);
    options.progress = [&](std::int64_t done, std::int64_t all) { progress.report(done, all); };
    return sensitivity.run(options);
  }();
  if (stop.load()) {
    std::cerr << "stopped; nothing written" << std::endl;
    return signal_exit_code();
  }
  const Titles& titles = asked.one.simulation->plan().titles;
  const std::string digest = write_files(folder, result, scenario.name, titles, languages);
  write_file_atomically(fs::path(folder) / "scenario.resolved.yaml", asked.one.scenario.resolved_yaml);
  write_file_atomically(fs::path(folder) / "manifest.json", manifest(asked, result, line, choice.threads, digest));
  print_result(result, scenario.name, titles, line);
  if (!line.quiet)
    std::cerr << grouped(result.simulated) << " paths in " << fixed(result.seconds, 1) << " s\ndigest " << digest
              << "\nwritten to " << folder << std::endl;
  return kSuccess;
}

}  // namespace plimsoll
