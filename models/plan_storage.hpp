/// \file
/// Owns the arrays that a ModelPlan's views point to, and the names that its numbers had.
#pragma once

#include <memory>
#include <string>
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

  /// The same of values that others keep alive too.
  template <class T>
  View<T> keep(const std::shared_ptr<const std::vector<T>>& values) {
    kept_.push_back(values);
    return View<T>{values->data(), static_cast<int>(values->size())};
  }

  /// Names of the parameter table's rows and of the families, for traces and design points; kernels know none.
  void name_parameters(std::vector<std::string> names, std::vector<std::string> families) {
    parameter_names_ = std::move(names);
    family_names_ = std::move(families);
  }
  const std::vector<std::string>& parameter_names() const { return parameter_names_; }
  const std::vector<std::string>& family_names() const { return family_names_; }

 private:
  std::vector<std::shared_ptr<const void>> kept_;
  std::vector<std::string> parameter_names_, family_names_;
};

}  // namespace plimsoll
