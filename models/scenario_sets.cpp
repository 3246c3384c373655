#include "models/scenario_sets.hpp"

namespace plimsoll {

Calibration with_sets(const Calibration& calibration, const std::vector<SetDefinition>& sets) {
  Calibration c = calibration;
  for (const SetDefinition& set : sets) {
    switch (set.of) {
      case SetDefinition::Of::products:
        c.sets.push_back({set.name, NamedSet::Dimension::product, set.weight_frac});
        break;
      case SetDefinition::Of::markets:
        c.sets.push_back({set.name, NamedSet::Dimension::market, set.weight_frac});
        break;
      case SetDefinition::Of::imports:
        c.imports.sets.push_back({set.name, NamedSet::Dimension::import_product, set.weight_frac});
        break;
    }
  }
  return c;
}

}  // namespace plimsoll
