#include "scenarios/elasticity_model.hpp"

namespace plimsoll {

const std::array<ElasticityModelFacts, 3>& elasticity_models() {
  static const std::array<ElasticityModelFacts, 3> kModels{{
      {ElasticityModel::partial_adjustment, "partial_adjustment", "Partial adjustment", "部分调整模型",
       "volumes answer a tariff in part at once and in full over years; a fixed share of it is absorbed by the price"},
      {ElasticityModel::constant_elasticity, "constant_elasticity", "Constant elasticity", "常弹性模型",
       "volumes answer at once with the long-run elasticity, as in gravity models"},
      {ElasticityModel::armington_ces, "armington_ces", "Armington market equilibrium", "阿明顿市场均衡模型",
       "buyers choose between China, other foreign and domestic goods; prices clear all markets, so that diversion to "
       "other markets and the fall of prices follow from the equilibrium"},
  }};
  return kModels;
}

const ElasticityModelFacts* find_elasticity_model(const std::string& name) {
  for (const ElasticityModelFacts& facts : elasticity_models()) {
    if (facts.name == name) return &facts;
  }
  return nullptr;
}

}  // namespace plimsoll
