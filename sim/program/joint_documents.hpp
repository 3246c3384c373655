/// \file
/// Documents that show several runs together: one workbook, one HTML report, in the folder that holds the runs'.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "outputs/html/report.hpp"
#include "outputs/run_folder.hpp"
#include "sim/program/command_line.hpp"

namespace plimsoll {

class JointDocuments {
 public:
  /// Nothing is ever written of a single run. `folder`: the common folder, where there is one.
  /// \throws InputError (usage) when a workbook is asked for without a common folder, or a file is in the way
  JointDocuments(const CommandLine& line, std::size_t runs, const std::optional<std::string>& folder);

  /// What is left to write for each run by itself.
  FileChoice of_each(FileChoice choice) const;

  /// Keeps of a run what its documents need.
  void add(const RunResults& results, const RunContext& context, const std::string& digest);
  /// Writes them, if two runs or more were added; returns their names.
  std::vector<std::string> write();

 private:
  struct Run {
    RunResults results;
    RunContext context;
    std::string digest;
  };
  std::string folder_;
  FileChoice choice_{{}};
  std::vector<std::string> languages_{"en", "zh"};
  bool language_given_ = false;
  std::size_t runs_ = 0;
  std::vector<std::unique_ptr<Run>> kept_;  ///< for the workbook
  std::optional<HtmlReport> html_;
};

}  // namespace plimsoll
