/// \file
/// What a reverse stress test found, as tables and in words.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "outputs/labels.hpp"
#include "sim/reverse.hpp"

namespace plimsoll {

/// probability.csv: target,probability,se,paths,hits,central,unit
std::string probability_csv(const ReverseResult& result);
/// design_points.csv: point,beta,first_order_probability,series,frequency,period,unit,central,at_point
std::string design_points_csv(const ReverseResult& result);
/// importance.csv: point,stream,share,distance_sd
std::string importance_csv(const ReverseResult& result);
/// given.csv: series,frequency,period,unit,mean,se_mean,mean_given_target,se_mean_given_target
std::string given_csv(const ReverseResult& result);
/// box.csv: series,frequency,period,unit,side,bound,density,se_density,coverage,se_coverage,support
std::string box_csv(const ReverseResult& result);
/// All of them by name, in the order of the digest.
std::vector<std::pair<std::string, std::string>> reverse_files(const ReverseResult& result);

/// One page in words: probability with its error, the design point, what matters for it, the box. Markdown.
std::string reverse_memo(const ReverseResult& result, const std::string& scenario, const Labels& labels);

}  // namespace plimsoll
