/// \file
/// Owns the arrays that a ModelPlan's views point to.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "models/model_plan.hpp"

namespace plimsoll {

class PlanStorage {
 public:
  /// Keeps `values` alive and returns a view of them.
  template <class T>
  View<T> keep(std::vector<T> values) {
    auto owned = std::make_shared<std::vector<T>>(std::move(values));
    kept_.push_back(owned);
    return View<T>{owned->data(), static_cast<int>(owned->size())};
  }

 private:
  std::vector<std::shared_ptr<void>> kept_;
};

}  // namespace plimsoll
