/// \file
/// The table of a plan's parameters: every number of the model, fixed or drawn once per path, with its named stream.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "models/calibration.hpp"
#include "models/plan_storage.hpp"
#include "models/quantile_tables.hpp"

namespace plimsoll {

class ParameterTable {
 public:
  explicit ParameterTable(PlanStorage& storage) : storage_(storage) {}

  /// Row of a parameter, made at the first call with its name. `family` and `family_corr` mix in a common normal.
  ParameterId add(const std::string& name, const RandomNumber& value, const std::string& family = "",
                  double family_corr = 0);
  /// Row of a calibration's parameter for a product and market.
  ParameterId add(const Calibration& calibration, const std::string& name, const std::string& product = "",
                  const std::string& market = "");

  /// Fills the plan's table, draws and families.
  void finish(ModelPlan& plan);

 private:
  PlanStorage& storage_;
  QuantileTables tables_;
  std::map<std::string, ParameterId> rows_;
  std::map<std::string, int> families_;
  std::vector<float> default_;
  std::vector<ParameterDraw> draws_;
  std::vector<std::uint64_t> family_streams_;
  std::vector<std::string> family_names_;
};

}  // namespace plimsoll
