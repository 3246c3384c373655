/// \file
/// The files of a run for people: memo, charts, Word document, workbook; the same run gives the same bytes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "outputs/run_folder.hpp"

namespace plimsoll {

/// Names and bytes of the documents that context.files asks for, in the context's languages. `scratch`: a folder for
/// temporary files, which go again. \throws std::exception: nothing is written then
std::vector<std::pair<std::string, std::string>> documents(const RunResults& results, const RunContext& context,
                                                           const std::string& digest, const std::string& scratch);

/// Every name that a document or table of a run's folder can have: what an earlier run may have left there.
std::vector<std::string> every_file_name();

}  // namespace plimsoll
