/// \file
/// Where each stream's four rows of normals stand in Workspace::normal.
#pragma once

#include "models/model_plan.hpp"

namespace plimsoll {

struct NormalRows {
  int shock, firm, demand, jump, trend, residual, count;
};

[[gnu::always_inline]] inline NormalRows normal_rows(const ModelPlan& m) {
  NormalRows r{};
  r.shock = 0;
  r.firm = r.shock + 5;
  r.demand = r.firm + m.capex.firms.size;
  r.jump = r.demand + m.markets;  // capex pause, memory, oil, exchange rate (uniforms)
  r.trend = r.jump + 4;           // level and slope of world, markets, products
  r.residual = r.trend + 2 * (1 + m.markets + m.products);
  r.count = r.residual + 1 + m.markets + 2 * m.products;  // world, markets, volumes, prices
  return r;
}

}  // namespace plimsoll
