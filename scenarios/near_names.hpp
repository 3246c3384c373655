/// \file
/// What to say of a name that nothing has: the known ones that it is most like.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

/// The candidates most like `name`, nearest first and at most three; none when none is near enough to be meant.
std::vector<std::string> nearest_names(const std::string& name, const std::vector<std::string>& candidates);

/// `did you mean a, b or c?`, or `otherwise` when no candidate is near.
std::string did_you_mean(const std::string& name, const std::vector<std::string>& candidates,
                         const std::string& otherwise = "");

/// `a, b or c`.
std::string either_of(const std::vector<std::string>& names);

}  // namespace plimsoll
