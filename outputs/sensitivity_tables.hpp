/// \file
/// What a sensitivity analysis found: tables, JSON, a page in words, and the tornado as a picture.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "outputs/labels.hpp"
#include "sim/sensitivity.hpp"

namespace plimsoll {

/// sensitivity.csv: of,method,basis,input,quantity,unit,value,se,low95,high95
std::string sensitivity_csv(const SensitivityResult& result);
/// inputs.csv: input,draws,normals: how many named draws an input holds, and normals in all
std::string sensitivity_inputs_csv(const SensitivityResult& result);
/// All of the above by name, in the order of the digest.
std::vector<std::pair<std::string, std::string>> sensitivity_files(const SensitivityResult& result);
/// sensitivity.json
nlohmann::ordered_json sensitivity_json(const SensitivityResult& result, const std::string& scenario);

/// A table for each figure, greatest effects first, and how to read it. Markdown.
std::string sensitivity_memo(const SensitivityResult& result, const std::string& scenario, const Labels& labels);

/// Name of an input for people: "Memory price index: shocks".
std::string input_name(const std::string& input, const Labels& labels);

/// Bars from the 10% to the 90% quantile of the inputs, of each figure; empty for other methods.
std::string tornado_svg(const SensitivityResult& result, const Labels& labels);

}  // namespace plimsoll
