/// \file
/// How trade answers tariffs: the registry of elasticity models. Field table, reader, `describe` and set-up read it.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace plimsoll {

enum class ElasticityModel { partial_adjustment, constant_elasticity, armington_ces };

/// One row of the registry.
struct ElasticityModelFacts {
  ElasticityModel model;
  const char* name;
  const char* title_en;
  const char* title_zh;
  const char* help;
};
const std::array<ElasticityModelFacts, 3>& elasticity_models();

/// Row of a name; null when there is none.
const ElasticityModelFacts* find_elasticity_model(const std::string& name);

/// A model and the share of paths that use it.
struct ElasticityShare {
  ElasticityModel model = ElasticityModel::partial_adjustment;
  double weight = 1;
};

}  // namespace plimsoll
