/// \file
/// What a calibration declares beyond the named mechanisms, as kernels read it.
#pragma once

#include <cstdint>

#include "models/plan_view.hpp"

namespace plimsoll {

/// A driver that the calibration declares: d[t] = ar1 d[t-1] + sd z[t], d[0] = 0.
struct DeclaredDriverPlan {
  std::uint64_t stream = 0;
  ParameterId sd = kNone, ar1 = kNone;
};
/// A common residual factor as cells feel it through their AR(1): g[t] = ar1 g[t-1] + f[t]. Loading on the shocks of an
/// AR(1) is loading on the shocks' own AR(1), so one filter serves all cells with that coefficient.
struct FactorFilterPlan {
  int factor = 0;
  ParameterId ar1 = kNone;
};
/// One AR(1) residual of a cell, its volume's or its price's.
struct CellResidualPlan {
  std::uint64_t stream = 0;
  ParameterId sd = kNone, ar1 = kNone;  ///< sd kNone: no residual
  bool fixed = false;                   ///< both are fixed: `sd_log` and `coefficient` hold them
  float sd_log = 0, coefficient = 0;
};
/// Drivers of the calibration's own, residual factors and residuals of cells: docs/theory/declared-drivers.md.
struct DeclaredPlan {
  bool on = false;
  bool has_tracks = false;           ///< some loading is random and stands in the lists of loadings
  View<DeclaredDriverPlan> drivers;  ///< row group 5 + d of Workspace::driver
  View<std::uint64_t> factor_streams;
  View<FactorFilterPlan> filters;
  /// Fixed loadings as a dense matrix for each product: its entries are [first[product], first[product + 1]), each a
  /// column (a driver, or drivers + a filter) with a coefficient for every market.
  View<int> first, column;
  View<float> value, price;  ///< [entry * markets + market]: log response of the value, and the price's part of it
  View<CellResidualPlan> volume_residual, price_residual;  ///< [cells], or empty
};

}  // namespace plimsoll
