#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "outputs/atomic_file.hpp"
#include "outputs/number_format.hpp"
#include "outputs/reverse_tables.hpp"
#include "outputs/run_folder.hpp"
#include "sim/plan.hpp"
#include "sim/program/answer_manifest.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/load.hpp"
#include "sim/program/progress.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/signals.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"
#include "sim/reverse.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Condition parse_target(const CommandLine& line) {
  const char* example = "for example: plimsoll reverse base --target 'exports.total.yoy@2027 < 0'";
  if (!line.target) refuse_usage("'reverse' needs a --target", "it searches what reaches it", example);
  Problem problem{{"command line"}, "--target", "", "", ""};
  const std::optional<JointEvent> event = parse_event(*line.target, problem);
  if (!event) throw InputError(InputKind::usage, {problem});
  if (event->conditions.size() != 1)
    refuse_usage("--target names " + std::to_string(event->conditions.size()) + " conditions",
                 "the search goes to one limit", "use one condition; 'stress' knows joint events");
  return event->conditions.front();
}

Json result_json(const ReverseResult& r) {
  Json json;
  json["target"] = to_string(JointEvent{{r.target}});
  json["central"] = r.central;
  json["unit"] = r.unit;
  json["probability"] = {{"value", r.probability}, {"se", r.se}, {"paths", r.paths}, {"hits", r.hits}};
  json["starts"] = r.starts;
  json["design_points"] = Json::array();
  for (const ReversePoint& point : r.points)
    json["design_points"].push_back(
        {{"beta", point.beta}, {"first_order_probability", point.first_order}, {"steps", point.steps}});
  json["box"] = {{"density", r.box.density},         {"se_density", r.box.se_density}, {"coverage", r.box.coverage},
                 {"se_coverage", r.box.se_coverage}, {"support", r.box.support},       {"sides", r.box.sides.size()}};
  return json;
}

std::string manifest(const Loaded& one, const ReverseResult& result, const CommandLine& line, int threads,
                     const std::string& digest) {
  Json json;
  json["plimsoll_reverse"] = 1;
  put_scenario(json, one, digest);
  json.update(result_json(result));
  return finished_manifest(std::move(json), {threads, result.instruction_set, result.seconds}, line);
}

}  // namespace

int reverse_verb(const CommandLine& line) {
  if (line.names.size() != 1)
    refuse_usage("'reverse' takes one scenario", "",
                 "for example: plimsoll reverse base --target 'exports.total.yoy@2027 < 0'");
  const Condition target = parse_target(line);
  const Environment environment = read_environment();
  const ThreadChoice choice = choose_threads(line.threads, environment);
  const Loaded one = load(line.names.front(), line, environment);
  warn_of_levels(one);
  const Scenario& scenario = one.scenario.scenario;
  if (!scenario.observations.empty())
    refuse_usage(one.asked + " has observations, which 'reverse' does not weigh", "its paths would not count alike",
                 "use the scenario without observations");
  const std::vector<Language> languages = memo_languages(line, scenario.report.languages);
  const std::optional<std::string> out = line.out ? line.out : environment.out;
  RunFolders made;
  const std::string folder = out ? *out : made.make_own("runs/reverse/" + scenario.name);
  if (out) made.prepare(folder, line.force);

  const std::atomic<bool>& stop = watch_signals();
  Progress progress(progress_kind(line.quiet), scenario.name);
  ReverseOptions options;
  options.threads = choice.threads;
  options.stop = &stop;
  options.progress = [&](std::int64_t done, std::int64_t all) { progress.report(done, all); };
  const ReverseResult result = reverse_stress(scenario, one.calibration, target, options);
  if (stop.load()) {
    std::cerr << "stopped; nothing written" << std::endl;
    return signal_exit_code();
  }
  const auto files = reverse_files(result);
  const std::string digest = digest_of(files);
  const fs::path base = folder;
  fs::remove(base / "manifest.json");  // with --force: it must not vouch for newer tables
  for (const auto& [name, bytes] : files) write_file_atomically(base / name, bytes);
  const Titles& titles = one.simulation->plan().titles;
  const NameOfLanguage memo{"memo.", ".md"};
  for (const Language language : languages)
    write_file_atomically(base / memo.of(language), reverse_memo(result, scenario.name, Labels(titles, language)));
  remove_other_languages(folder, languages, memo);
  write_file_atomically(base / "scenario.resolved.yaml", one.scenario.resolved_yaml);
  write_file_atomically(base / "manifest.json", manifest(one, result, line, choice.threads, digest));
  if (line.format == "json")
    print(result_json(result).dump(2) + "\n");
  else
    print(line.format == "csv" ? design_points_csv(result)
                               : reverse_memo(result, scenario.name, Labels(titles, printed_language(line))));
  if (!line.quiet)
    std::cerr << grouped(result.paths) << " paths and " << result.starts << " searches in " << fixed(result.seconds, 1)
              << " s\ndigest " << digest << "\nwritten to " << folder << std::endl;
  return kSuccess;
}

}  // namespace plimsoll
