/// \file
/// What every sort of backtest does with its results: files into the folder of --out, one form to standard output.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "outputs/document_blocks.hpp"
#include "sim/program/command_line.hpp"
#include "sim/program/run_folders.hpp"

namespace plimsoll {

/// The results of a backtest in every form.
struct BacktestAnswer {
  std::string scores_csv, json, table;
  Document document;
  std::vector<std::pair<std::string, std::string>> more_files;  ///< beside scores.csv and the document; name, bytes
};

class BacktestFolder {
 public:
  /// Makes the folder that --out or the environment names, before anything is computed. \throws InputError (usage)
  explicit BacktestFolder(const CommandLine& line);

  /// Writes the files, if there is a folder, and prints what --format asks for.
  void tell(const BacktestAnswer& answer) const;

 private:
  const CommandLine& line_;
  std::optional<std::string> folder_;
  RunFolders made_;
};

}  // namespace plimsoll
