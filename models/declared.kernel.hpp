/// \file
/// Drivers that the calibration declares, residual factors and residuals of cells, four months at once: nothing in the
/// months between depends on cells, so normals are used where they are drawn and a coefficient serves four months.
/// Formulas: docs/theory/declared-drivers.md.
#pragma once

#include "models/partial_adjustment.kernel.hpp"

namespace plimsoll::PLIMSOLL_ISA {

inline constexpr int kMonthsAtOnce = 4;  ///< normals of one draw
inline constexpr int kPriceMonths = 16;  ///< months of cell_price kept: these four and the twelve before
/// Cells whose sums stay in registers together, four months each.
inline constexpr int kCellTile = kLanes >= 16 ? 4 : 2;

HWY_INLINE void start_declared(const ModelPlan& m, const Workspace& w) {
  for (int f = 0; f < m.declared.filters.size * kMonthsAtOnce; ++f) fill(w.filter[f], 0.0F);
  for (int c = 0; c < 2 * m.products * m.markets; ++c) fill(w.cell_state[c], 0.0F);
}

/// Drivers and filters of months t .. t + 3; months after the horizon are not kept.
template <class Draws>
HWY_INLINE void step_declared_drivers(const ModelPlan& m, const Draws& draws, const Workspace& w, int t) {
  const DeclaredPlan& plan = m.declared;
  const auto draw = static_cast<std::uint32_t>((t - 1) / kMonthsAtOnce);
  Row z[kMonthsAtOnce];
  for (int d = 0; d < plan.drivers.size; ++d) {
    const DeclaredDriverPlan& driver = plan.drivers[d];
    draws.normals(driver.stream, draw, z);
    for (int j = 0; j < kMonthsAtOnce && t + j <= m.months; ++j) {
      Row* now = driver_row(m, w, kDriverRows + d, t + j);
      for_lanes([&](std::size_t i) HWY_ATTR {
        const Lanes shock = Lanes::load(w.parameter[driver.sd].at + i) * Lanes::load(z[j].at + i);
        fma(Lanes::load(w.parameter[driver.ar1].at + i), Lanes::load(now[-1].at + i), shock).store(now->at + i);
      });
    }
  }
  for (int k = 0; k < plan.factor_streams.size; ++k) {
    draws.normals(plan.factor_streams[k], draw, z);
    for (int f = 0; f < plan.filters.size; ++f) {
      if (plan.filters[f].factor != k) continue;
      Row* g = w.filter + kMonthsAtOnce * f;
      for_lanes([&](std::size_t i) HWY_ATTR {
        Lanes x = Lanes::load(g[kMonthsAtOnce - 1].at + i);
        for (int j = 0; j < kMonthsAtOnce; ++j) {
          x = fma(Lanes::load(w.parameter[plan.filters[f].ar1].at + i), x, Lanes::load(z[j].at + i));
          x.store(g[j].at + i);
        }
      });
    }
  }
}

/// Four months of one residual, drawn here and stepped in registers.
struct FourMonths {
  Lanes at[kMonthsAtOnce];
};
/// Some residuals side by side: their draws, and then their months, do not wait for one another.
template <int kResiduals, class Draws>
HWY_INLINE void step_residuals(const CellResidualPlan* const* plans, const Draws& draws, std::uint32_t draw,
                               const Workspace& w, Row* states, std::size_t i, FourMonths* out) {
  std::uint64_t stream[kResiduals];
  for (int k = 0; k < kResiduals; ++k) stream[k] = plans[k]->stream;
  const auto z = draws.template normals<kResiduals>(stream, draw);
  Lanes sd[kResiduals], ar1[kResiduals], x[kResiduals];
  for (int k = 0; k < kResiduals; ++k) {
    const CellResidualPlan& r = *plans[k];
    sd[k] = r.fixed ? Lanes::all(r.sd_log) : Lanes::load(w.parameter[r.sd].at + i);
    ar1[k] = r.fixed ? Lanes::all(r.coefficient) : Lanes::load(w.parameter[r.ar1].at + i);
    x[k] = Lanes::load(states[k].at + i);
  }
  for (int j = 0; j < kMonthsAtOnce; ++j) {
    for (int k = 0; k < kResiduals; ++k) out[k].at[j] = x[k] = fma(ar1[k], x[k], sd[k] * z.of[k].at[j]);
  }
  for (int k = 0; k < kResiduals; ++k) x[k].store(states[k].at + i);
}

/// Residuals of a cell's volume and price; what a cell has none of is 0.
template <class Draws>
HWY_INLINE void step_cell_residuals(const DeclaredPlan& plan, int cell, const Draws& draws, std::uint32_t draw,
                                    const Workspace& w, std::size_t i, FourMonths* out) {
  const CellResidualPlan* const plans[2] = {&plan.volume_residual[cell], &plan.price_residual[cell]};
  Row* const states = w.cell_state + 2 * static_cast<std::ptrdiff_t>(cell);
  if (plans[0]->sd != kNone && plans[1]->sd != kNone) return step_residuals<2>(plans, draws, draw, w, states, i, out);
  for (int k = 0; k < 2; ++k) {
    for (Lanes& x : out[k].at) x = Lanes::all(0.0F);
    if (plans[k]->sd != kNone) step_residuals<1>(plans + k, draws, draw, w, states + k, i, out + k);
  }
}

/// Where the matrix reads: `packed` holds every column's four registers side by side.
struct MatrixRows {
  const float* packed;
  const int* column;
  int first, last;  ///< entries of the product
  int markets;
};

/// out[(c * 4 + j) * kLanes] += sum over entries of coefficient[market + c] x[j], in the order of the entries.
template <int kCells>
HWY_INLINE void add_columns(const MatrixRows& rows, const float* coefficient, int market, float* out) {
  Lanes sum[kCells][kMonthsAtOnce];
  for (int c = 0; c < kCells; ++c) {
    for (int j = 0; j < kMonthsAtOnce; ++j) sum[c][j] = Lanes::load(out + (c * kMonthsAtOnce + j) * kLanes);
  }
  for (int e = rows.first; e < rows.last; ++e) {
    const float* x = rows.packed + static_cast<std::size_t>(rows.column[e] * kMonthsAtOnce) * kLanes;
    const float* b = coefficient + static_cast<std::ptrdiff_t>(e) * rows.markets + market;
    for (int c = 0; c < kCells; ++c) {
      const Lanes beta = Lanes::all(b[c]);
      for (int j = 0; j < kMonthsAtOnce; ++j) sum[c][j] = fma(beta, Lanes::load(x + j * kLanes), sum[c][j]);
    }
  }
  for (int c = 0; c < kCells; ++c) {
    for (int j = 0; j < kMonthsAtOnce; ++j) sum[c][j].store(out + (c * kMonthsAtOnce + j) * kLanes);
  }
}

HWY_INLINE void add_columns(const MatrixRows& rows, const float* coefficient, int market, int cells, float* out) {
  if (cells == kCellTile) {
    add_columns<kCellTile>(rows, coefficient, market, out);
  } else {
    for (int c = 0; c < cells; ++c)
      add_columns<1>(rows, coefficient, market + c, out + static_cast<std::size_t>(c * kMonthsAtOnce) * kLanes);
  }
}

/// Log deviations of all cells in months t .. t + 3: their residuals and what declared drivers and factors bring. The
/// price alone is computed only where it is asked for.
template <class Draws>
HWY_INLINE void step_declared_cells(const ModelPlan& m, const Draws& draws, const Workspace& w, int t) {
  const DeclaredPlan& plan = m.declared;
  const auto draw = static_cast<std::uint32_t>((t - 1) / kMonthsAtOnce);
  const int cells = m.products * m.markets, drivers = plan.drivers.size;
  const bool prices = m.attribution.on;
  float* packed = w.packed->at;
  for_lanes([&](std::size_t i) HWY_ATTR {
    for (int d = 0; d < drivers + plan.filters.size; ++d) {
      for (int j = 0; j < kMonthsAtOnce; ++j) {
        const bool is_driver = d < drivers;
        const Row* row =
            is_driver ? driver_row(m, w, kDriverRows + d, t + j) : w.filter + kMonthsAtOnce * (d - drivers) + j;
        const Lanes x = is_driver && t + j > m.months ? Lanes::all(0.0F) : Lanes::load(row->at + i);
        x.store(packed + static_cast<std::size_t>(d * kMonthsAtOnce + j) * kLanes);
      }
    }
    const auto own_draws = draws.of_register(i);
    for (int p = 0; p < m.products; ++p) {
      const MatrixRows rows{packed, plan.column.data, plan.first[p], plan.first[p + 1], m.markets};
      for (int k = 0; k < m.markets; k += kCellTile) {
        const int tile = m.markets - k < kCellTile ? m.markets - k : kCellTile;
        alignas(64) float value[kCellTile * kMonthsAtOnce * kLanes];
        alignas(64) float price[kCellTile * kMonthsAtOnce * kLanes];
        for (int c = 0; c < tile; ++c) {
          const int cell = p * m.markets + k + c;
          FourMonths u[2];  // volume, price
          step_cell_residuals(plan, cell, own_draws, draw, w, i, u);
          for (int j = 0; j < kMonthsAtOnce; ++j) {
            const std::size_t at = static_cast<std::size_t>(c * kMonthsAtOnce + j) * kLanes;
            (u[0].at[j] + u[1].at[j]).store(value + at);
            if (prices) u[1].at[j].store(price + at);
          }
        }
        add_columns(rows, plan.value.data, k, tile, value);
        if (prices) add_columns(rows, plan.price.data, k, tile, price);
        for (int c = 0; c < tile; ++c) {
          const int cell = p * m.markets + k + c;
          for (int j = 0; j < kMonthsAtOnce; ++j) {
            const std::size_t at = static_cast<std::size_t>(c * kMonthsAtOnce + j) * kLanes;
            Lanes::load(value + at).store(w.cell_log[j * cells + cell].at + i);
            if (prices) Lanes::load(price + at).store(w.cell_price[(t + j) % kPriceMonths * cells + cell].at + i);
          }
        }
      }
    }
  });
}

/// Tracks of the month for loadings that are random.
HWY_INLINE void declared_tracks(const ModelPlan& m, const Workspace& w, int t) {
  for (int d = 0; d < (m.declared.has_tracks ? m.declared.drivers.size : 0); ++d)
    w.track[kLaggedTracks + m.markets + d] = *driver_row(m, w, kDriverRows + d, t);
}

}  // namespace plimsoll::PLIMSOLL_ISA
