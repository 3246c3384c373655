/// \file
/// What a reverse stress test found, as tables and in words.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "outputs/labels.hpp"
#include "sim/reverse.hpp"

namespace plimsoll {

/// design_points.csv: point,beta,first_order_probability,series,frequency,period,unit,central,at_point
std::string design_points_csv(const ReverseResult& result);
/// Its CSV files by name, in the order of the digest.
std::vector<std::pair<std::string, std::string>> reverse_files(const ReverseResult& result);

/// One page in words: probability with its error, the design point, what matters for it, the box. Markdown.
std::string reverse_memo(const ReverseResult& result, const std::string& scenario, const Labels& labels);

}  // namespace plimsoll
