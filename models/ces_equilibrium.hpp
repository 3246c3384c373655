/// \file
/// Partial equilibrium of one industry's world trade: constant-elasticity-of-substitution (CES) demand by source in
/// every market (Armington 1969), upward-sloping export supply, world prices that clear every exporter's market. Solved
/// exactly, and linearised at the base as in the Global Simulation model, GSIM (Francois and Hall 2003).
/// Equations: docs/theory/equilibrium.md.
#pragma once

#include <string>
#include <vector>

namespace plimsoll {

/// One industry before and after a change of tariffs. Pairs are stored as [exporter * importers.size() + importer].
/// All base world prices are 1, so that values at world prices are quantities. A region's sales to itself are a pair
/// like any other.
struct CesIndustry {
  std::string name;                    ///< of the case, for messages
  std::vector<std::string> exporters;  ///< a region that exports and imports has one name
  std::vector<std::string> importers;
  std::vector<double> import_demand_elasticity;  ///< [importer] of the composite good, at most 0
  std::vector<double> substitution_elasticity;   ///< [importer] between sources, above 0
  std::vector<double> export_supply_elasticity;  ///< [exporter] at least 0; infinity: the world price is given
  std::vector<double> trade;                     ///< [pair] value at world prices, at least 0
  std::vector<double> tariff_initial;            ///< [pair] factor, 1 + ad valorem rate, above 0
  std::vector<double> tariff_final;              ///< [pair] likewise
};

/// What the change of tariffs changes. `.._price_change`, `.._quantity_change`, `quantity_change` are fractions of the
/// base (0.1: up by 10%), the others are in the unit of `trade`. A pair without base trade stays without; its
/// quantity change is stored as 0.
struct CesChanges {
  std::vector<double> world_price_change;         ///< [exporter]
  std::vector<double> supply_quantity_change;     ///< [exporter]
  std::vector<double> quantity_change;            ///< [pair]
  std::vector<double> trade_value_change;         ///< [pair] at world prices
  std::vector<double> importer_price_change;      ///< [pair] tariff included
  std::vector<double> composite_price_change;     ///< [importer]
  std::vector<double> composite_quantity_change;  ///< [importer]
  std::vector<double> tariff_revenue_change;      ///< [importer]
  std::vector<double> producer_surplus_change;    ///< [exporter]
  std::vector<double> consumer_surplus_change;    ///< [importer]
  std::vector<double> net_welfare_change;         ///< [importer] consumers, revenue, and producers of the same name
};

/// The exact equilibrium: Newton's method with step halving on the logs of world prices.
/// \throws std::invalid_argument when sizes or ranges differ from what CesIndustry states, or a region trades nothing;
/// std::runtime_error naming the case when prices are not determined or have not converged after `most_iterations`.
CesChanges solve_ces_equilibrium(const CesIndustry& industry, int most_iterations = 100);

/// The first-order change: the exact system's own derivatives at the base, tariffs changed by T1/T0 - 1; surpluses to
/// second order. This is GSIM. \throws as solve_ces_equilibrium.
CesChanges linearise_ces_equilibrium(const CesIndustry& industry);

}  // namespace plimsoll
