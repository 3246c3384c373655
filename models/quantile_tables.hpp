/// \file
/// Quantile functions as tables that kernels read between: all that a plan wants are worked out together, on some
/// threads.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "scenarios/random_number.hpp"

namespace plimsoll {

class QuantileTables {
 public:
  /// A distribution's quantiles at equidistant normals; zeros until `fill`.
  std::shared_ptr<const std::vector<float>> table_of(const RandomNumber& value);
  /// Works out all tables that are not known yet. What comes of it does not depend on threads.
  void fill();

 private:
  using Key = std::pair<RandomNumber::Kind, std::vector<double>>;
  std::map<Key, std::shared_ptr<std::vector<float>>> wanted_;
};

}  // namespace plimsoll
