#include "sim/program/backtest_answer.hpp"

#include <filesystem>

#include "outputs/atomic_file.hpp"
#include "sim/program/environment.hpp"
#include "sim/program/standard_output.hpp"

namespace plimsoll {

BacktestFolder::BacktestFolder(const CommandLine& line)
    : line_(line), folder_(line.out ? line.out : read_environment().out) {
  if (folder_) made_.prepare(*folder_, line.force);
}

void BacktestFolder::tell(const BacktestAnswer& answer) const {
  if (folder_) {
    // All bytes before the first file, so that what fails leaves the folder as it was.
    std::vector<std::pair<std::string, std::string>> files = answer.more_files;
    files.emplace_back("scores.csv", answer.scores_csv);
    files.emplace_back("backtest.md", document_markdown(answer.document));
    files.emplace_back("backtest.html", document_html(answer.document));
    for (const auto& [name, bytes] : files) write_file_atomically(std::filesystem::path(*folder_) / name, bytes);
  }
  print(line_.format == "csv" ? answer.scores_csv : line_.format == "json" ? answer.json : answer.table);
}

}  // namespace plimsoll
