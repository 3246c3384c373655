/// \file
/// report: the files of stored runs, made again from their sums.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "outputs/number_format.hpp"
#include "sim/program/exit_codes.hpp"
#include "sim/program/file_options.hpp"
#include "sim/program/folder_lock.hpp"
#include "sim/program/joint_documents.hpp"
#include "sim/program/run_folders.hpp"
#include "sim/program/standard_output.hpp"
#include "sim/program/stored_answers.hpp"
#include "sim/program/sweep_folder.hpp"
#include "sim/program/threads.hpp"
#include "sim/program/verbs.hpp"

namespace plimsoll {
namespace {

namespace fs = std::filesystem;

/// The runs that are named, each once; a folder of runs stands for those in it.
std::vector<std::string> runs_of(const CommandLine& line) {
  std::vector<std::string> runs;
  for (const std::string& name : line.names) {
    std::vector<std::string> inside = run_folders_in(name);
    if (inside.empty()) inside.push_back(name);  // refused for want of a manifest
    for (const std::string& run : inside) {
      if (std::find(runs.begin(), runs.end(), run) == runs.end()) runs.push_back(run);
    }
  }
  return runs;
}

void say_what_is_missing(const StoredAnswers& answers) {
  const RunStatistics& ran = answers.results.statistics;
  if (ran.paths_done < answers.stored.context.plan_paths)
    std::cerr << answers.stored.folder.string() << ": the files cover " << grouped(ran.paths_done) << " of "
              << grouped(answers.stored.context.plan_paths) << " paths" << std::endl;
}

}  // namespace

int report_verb(const CommandLine& line) {
  if (line.names.empty())
    refuse_usage("'report' needs a run's folder", "",
                 "for example: plimsoll report runs/base/20260610T080000Z-1a2b3c4d --write xlsx");
  if (are_sweeps(line.verb, line.names)) return report_sweeps(line);
  const int threads = choose_threads(line.threads, read_environment()).threads;
  const std::vector<std::string> runs = runs_of(line);
  RunFolders made;
  std::vector<std::string> folders;
  for (const std::string& run : runs) {
    const std::string name = read_stored_run(run).context.scenario_name;
    std::string folder = line.out ? *line.out : run;
    if (line.out && runs.size() > 1) folder = (fs::path(*line.out) / name).string();
    if (std::find(folders.begin(), folders.end(), folder) != folders.end())
      refuse_usage("two runs are of scenario '" + name + "'", "their files would share a folder",
                   "report them one by one");
    folders.push_back(folder);
  }
  JointDocuments joint(line, runs.size(), line.out);
  for (const std::string& folder : folders) {
    if (line.out) made.prepare(folder, line.force);
  }
  for (std::size_t k = 0; k < runs.size(); ++k) {
    const FolderLock lock(folders[k]);
    StoredAnswers answers = stored_answers(runs[k], threads);
    RunContext& context = answers.stored.context;
    choose_documents(line, context);
    joint.add(answers.results, context, answers.digest);
    context.files = joint.of_each(context.files);
    for (const std::string& name : rewrite_documents(folders[k], answers.results, context))
      print((fs::path(folders[k]) / name).string() + "\n");
    say_what_is_missing(answers);
  }
  for (const std::string& name : joint.write()) print(name + "\n");
  return kSuccess;
}

}  // namespace plimsoll
