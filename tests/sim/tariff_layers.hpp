/// \file
/// Changes of a tariff as tests ask for them.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace plimsoll {

/// `change_pp` points more on exports to `market` from that day on, for certain; its draws are those of "test".
inline TariffLayer tariff_layer(const std::string& market, double change_pp, const Date& effective,
                                const std::vector<std::string>& products = {"all"}) {
  TariffLayer layer;
  layer.name = "test";
  layer.market = market;
  layer.products = products;
  layer.change_pp = RandomNumber::fixed(change_pp);
  layer.effective = effective;
  return layer;
}

}  // namespace plimsoll
