/// \file
/// Distributions as users write them: a number, or a map with one key such as `{triangular: [low, mode, high]}`.
#pragma once

#include <functional>

#include "scenarios/random_number.hpp"
#include "scenarios/yaml_tree.hpp"

namespace plimsoll {

/// Is the node a map that means a distribution (one key, a distribution's or near one)?
bool looks_like_distribution(const ConfigNode& node);

/// Reads a number or distribution; problems go to `problem(place, what, why, hint)` and 0 is returned.
using ProblemSink =
    std::function<void(const Place&, const std::string& what, const std::string& why, const std::string& hint)>;
RandomNumber read_random_number(const ConfigNode& node, const ProblemSink& problem);

/// Lowest and highest value a distribution can take (infinite where it has no bound).
struct Support {
  double low, high;
};
Support support(const RandomNumber& number);

}  // namespace plimsoll
