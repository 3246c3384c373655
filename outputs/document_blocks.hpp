/// \file
/// A document as a list of headings, paragraphs, tables and pictures, written as Markdown or as one HTML file.
#pragma once

#include <string>
#include <vector>

#include "outputs/language.hpp"
#include "outputs/score_table.hpp"

namespace plimsoll {

struct DocumentBlock {
  enum class Kind { heading, paragraph, table, picture } kind = Kind::paragraph;
  std::string text;                   ///< of a heading or paragraph; what a picture shows; plain text
  std::vector<std::string> header{};  ///< of a table
  std::vector<std::vector<std::string>> rows{};
  std::string svg{};  ///< of a picture
};

DocumentBlock heading(std::string text);
DocumentBlock paragraph(std::string text);
DocumentBlock table(std::vector<std::string> header, std::vector<std::vector<std::string>> rows);
DocumentBlock picture(std::string says, std::string svg);

/// Its heading, and its tables with what stands above them.
void add_section(const ScoreSection& section, std::vector<DocumentBlock>& out);

struct Document {
  Language language = Language::en;
  std::string title;
  std::vector<DocumentBlock> blocks;
};

/// Headings below `# title`; of pictures only what they show.
std::string document_markdown(const Document& document);
/// One file that opens anywhere: no script, nothing fetched, its policy allows neither.
std::string document_html(const Document& document);

}  // namespace plimsoll
