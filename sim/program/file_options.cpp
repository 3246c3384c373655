#include "sim/program/file_options.hpp"

#include <algorithm>
#include <filesystem>

#include "scenarios/near_names.hpp"

namespace plimsoll {

namespace {

/// The names between commas, each once; the order of the first mention.
std::vector<std::string> listed(const std::string& option, const std::string& text,
                                const std::vector<std::string>& known) {
  std::string all;
  for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const std::string name = text.substr(at, comma - at);
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      refuse_usage("'" + name + "' is nothing that --" + option + " knows", "it takes some of " + all + ", with commas",
                   did_you_mean(name, known, "for example: --" + option + " " + known.front()));
    }
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    at = comma + 1;
  }
  return names;
}

}  // namespace

FileChoice chosen_files(const CommandLine& line, const FileChoice& otherwise) {
  if (!line.write) return otherwise;
  FileChoice choice{{}};
  for (const std::string& name : listed("write", *line.write, file_kind_names())) {
    const FileKind kind = *file_kind(name);
    const std::string why = why_not(kind);
    if (!why.empty())
      refuse_usage("this program cannot write " + name + " files here", why,
                   kind == FileKind::docx ? "install the package pandoc, or leave docx out of --write"
                                          : "leave " + name + " out of --write");
    choice.kinds.push_back(kind);
  }
  std::sort(choice.kinds.begin(), choice.kinds.end());
  return choice;
}

std::vector<std::string> chosen_languages(const CommandLine& line, const std::vector<std::string>& otherwise) {
  return line.language ? listed("language", *line.language, {"en", "zh"}) : otherwise;
}

std::vector<Language> memo_languages(const CommandLine& line, const std::vector<std::string>& of_report) {
  std::vector<Language> languages;
  for (const std::string& code : chosen_languages(line, of_report))
    languages.push_back(code == code_of(Language::zh) ? Language::zh : Language::en);
  return languages;
}

Language printed_language(const CommandLine& line) { return memo_languages(line, {"en"}).front(); }

void remove_other_languages(const std::string& folder, const std::vector<Language>& written,
                            const NameOfLanguage& name) {
  for (const Language language : {Language::en, Language::zh}) {
    if (std::find(written.begin(), written.end(), language) == written.end())
      std::filesystem::remove(std::filesystem::path(folder) / name.of(language));
  }
}

void choose_documents(const CommandLine& line, RunContext& context) {
  context.files = chosen_files(line, context.files);
  context.languages = chosen_languages(line, context.languages);
}

}  // namespace plimsoll
