#include "sim/program/joint_documents.hpp"

#include <filesystem>

#include "outputs/atomic_file.hpp"
#include "outputs/xlsx/report_workbook.hpp"
#include "sim/program/file_options.hpp"

namespace plimsoll {

namespace fs = std::filesystem;

JointDocuments::JointDocuments(const CommandLine& line, std::size_t runs, const std::optional<std::string>& folder) {
  const FileChoice asked = chosen_files(line, default_choice());
  if (runs < 2 || line.shard) return;  // shards are joined by 'merge'
  if (!folder) {
    if (asked.has(FileKind::xlsx))
      refuse_usage("several runs make one workbook, which needs a folder", "each run has a folder of its own",
                   "add --out DIR");
    return;
  }
  folder_ = *folder;
  languages_ = chosen_languages(line, languages_);
  language_given_ = line.language.has_value();
  for (const auto& [kind, name] :
       {std::pair(FileKind::xlsx, "report.xlsx"), std::pair(FileKind::html, "report.html")}) {
    if (!asked.has(kind)) continue;
    choice_.kinds.push_back(kind);
    std::error_code ignored;
    if (!line.force && fs::exists(fs::path(folder_) / name, ignored))
      refuse_usage("there is a '" + (fs::path(folder_) / name).string() + "' already",
                   "documents of other runs are not overwritten unasked", "give --out another folder, or add --force");
  }
}

FileChoice JointDocuments::of_each(FileChoice choice) const {
  if (!folder_.empty()) std::erase(choice.kinds, FileKind::xlsx);
  return choice;
}

void JointDocuments::add(const RunResults& results, const RunContext& context, const std::string& digest) {
  if (choice_.kinds.empty()) return;
  if (runs_ == 0 && !language_given_) languages_ = context.languages;
  ++runs_;
  if (choice_.has(FileKind::xlsx)) kept_.push_back(std::make_unique<Run>(Run{results, context, digest}));
  if (!choice_.has(FileKind::html)) return;
  if (!html_) html_.emplace(languages_);
  html_->add(results, context, digest);
}

std::vector<std::string> JointDocuments::write() {
  std::vector<std::string> names;
  if (runs_ < 2) return names;
  const auto write = [&](const char* name, const std::string& bytes) {
    const fs::path file = fs::path(folder_) / name;
    write_file_atomically(file, bytes);
    names.push_back(file.string());
  };
  if (html_) write("report.html", html_->html());
  if (!kept_.empty()) {
    std::vector<WorkbookRun> runs;
    for (const auto& run : kept_) runs.push_back({&run->results, &run->context, run->digest});
    const Language language = languages_.front() == "zh" ? Language::zh : Language::en;
    write("report.xlsx", report_workbook(runs, language, folder_));
  }
  return names;
}

}  // namespace plimsoll
