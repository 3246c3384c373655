/// \file
/// A CSV table of ours as JSON: a list of rows, named as the columns are.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>

namespace plimsoll {

/// Every field is a number, or null where it is empty, but for those of the columns named `text`, where `2027` stays
/// a period.
nlohmann::ordered_json rows_json(const std::string& csv, const std::set<std::string>& text);

}  // namespace plimsoll
