#include "sim/workspace_memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

#include "models/normal_rows.hpp"

namespace plimsoll {

namespace {

/// A buffer under way: measured in a first pass over the list of rows, placed in a second.
struct Area {
  std::byte* base = nullptr;
  std::size_t used = 0;

  template <class T>
  void place(T*& pointer, int count) {
    pointer = base == nullptr ? nullptr : reinterpret_cast<T*>(base + used);
    used += sizeof(T) * static_cast<std::size_t>(std::max(count, 1));
  }
};

/// Zeros, a page of which the system gives to the thread that first writes it.
std::shared_ptr<void> zeroed(std::size_t bytes) {
  constexpr std::size_t kAlignment = 64;
  std::size_t room = bytes + kAlignment;
  void* const memory = std::calloc(room, 1);
  if (memory == nullptr) throw std::bad_alloc();
  void* begin = memory;
  std::align(kAlignment, bytes, begin, room);
  return {begin, [memory](void*) { std::free(memory); }};
}

}  // namespace

WorkspaceMemory::WorkspaceMemory(const ModelPlan& m, const WorkspaceMemory* shared) {
  Area scratch, results;
  const auto place = [&](auto*& pointer, int count) { scratch.place(pointer, count); };
  const auto place_result = [&](auto*& pointer, int count) { results.place(pointer, count); };
  const auto layout = [&] {
    scratch.used = results.used = 0;
    const int declared = m.declared.drivers.size;
    int targets = 1;
    for (const CapexFirmPlan& firm : m.capex.firms) targets = std::max(targets, firm.targets.size);
    const int factors = 1 + m.markets + m.products;
    rows_.span = m.history_months + 1 + m.months;
    place(rows_.parameter, m.parameter_default.size);
    place(rows_.family, m.family_streams.size);
    place(rows_.sobol, dimensions_of(m.draw_plan));
    place_result(rows_.driver, (5 + declared) * rows_.span);
    place(rows_.lag_weight, 3 * kLagMonths);
    place(rows_.lagged, 3 * (m.window_months + m.months));
    place(rows_.track, kLaggedTracks + m.markets + declared);
    place(rows_.track_slope, kLaggedTracks);
    place(rows_.track_level, kLaggedTracks);
    place(rows_.track_inherited, kLaggedTracks);
    place(rows_.quarter, m.capex.firms.size * m.capex.quarters);
    place(rows_.target, targets);
    place(rows_.normal, 4 * normal_rows(m).count);
    place(rows_.demand, m.markets);
    place(rows_.product_volume, m.products);
    place(rows_.product_price, m.products);
    place(rows_.market_value, m.markets);
    place(rows_.market_own_price, m.markets);
    place(rows_.trend_level, factors);
    place(rows_.trend_slope, factors);
    place(rows_.residual, factors + m.products);
    place(rows_.layer_event, m.tariff_layers);
    place(rows_.chain_state, m.tariff_chains.size);
    place(rows_.chain_change, m.tariff_chains.size * m.months);
    place(rows_.tariff, m.tariffs.size);
    const ElasticityPlan& elasticity = m.elasticity;
    place(rows_.elasticity_model, 1);
    place_result(rows_.unsolved, 1);
    place(rows_.equilibrium, 2 * elasticity.products.size);
    place(rows_.market_equilibrium, 2 * elasticity.products.size * m.markets);
    place(rows_.regime_price, elasticity.most_regimes);
    place(rows_.regime_volume, elasticity.most_regimes * m.markets);
    const int cells = m.products * m.markets, attributed = m.months - m.attribution.first + 1;
    const int supplied = m.supply.on ? m.products : 0;
    rows_.past_rows = m.markets + factors + m.products + 2 + kLaggedTracks + 2 * m.shocks.size + 3 * supplied;
    rows_.tariff_span = attributed + 12;
    place(rows_.cell_value, kPastMonths * cells);
    place(rows_.past, 12 * rows_.past_rows);
    place(rows_.track_change, kLaggedTracks + m.markets + declared);
    place(rows_.simulated_change, kLaggedTracks + m.markets + declared);
    place(rows_.market_mean, m.markets);
    place(rows_.market_price, m.markets);
    place(rows_.inherited_change, kLaggedTracks);
    place(rows_.tariff_value, m.tariffs.size * rows_.tariff_span);
    place(rows_.tariff_inherited, m.tariffs.size * rows_.tariff_span);
    place(rows_.tariff_price, m.tariffs.size * rows_.tariff_span);
    const int shifting = m.shift.on ? kPastMonths * cells : 0;
    const ImportPlan& imports = m.imports;
    const int inputs = imports.products.size;
    const int import_series = inputs > 0 ? 1 + inputs + imports.aggregates.size : 0;
    place(rows_.import_lag_weight, imports.tracks.size * kLagMonths);
    place(rows_.import_track, imports.tracks.size * (m.window_months + m.months));
    place(rows_.import_slope, imports.tracks.size);
    place(rows_.import_level, imports.tracks.size);
    place(rows_.import_effective, imports.tracks.size + 1);
    place(rows_.import_factor, 2 * (1 + inputs));
    place(rows_.import_residual, 1 + 2 * inputs);
    place(rows_.import_price, inputs);
    place(rows_.import_price_past, 12 * inputs);
    place(rows_.import_value, kPastMonths * inputs);
    place(rows_.import_link, m.products);
    place(rows_.shock_effect, m.shocks.size);
    place(rows_.shock_price, m.shocks.size);
    place(rows_.shock_change, m.shocks.size);
    place(rows_.shock_price_change, m.shocks.size);
    place(rows_.shock_sum, m.shocks.size);
    place(rows_.limit_value, supplied);
    place(rows_.limit_price, supplied);
    place(rows_.control_event, m.supply.controls.size);
    place(rows_.control_learnt, m.supply.controls.size);
    place(rows_.control_import, m.supply.controls.size);
    place(rows_.control_effect, supplied);
    place(rows_.front_stock, m.shift.front_loads.size);
    place(rows_.front_shipped, m.shift.front_loads.size);
    place(rows_.shift_front, shifting);
    place(rows_.shift_diversion, shifting);
    place(rows_.shift_inherited, shifting);
    const int own_cells = m.declared.on ? cells : 0;
    place(rows_.filter, 4 * m.declared.filters.size);
    place(rows_.cell_state, 2 * own_cells);
    place(rows_.packed, declared + m.declared.filters.size);
    place(rows_.cell_log, 4 * own_cells);
    place(rows_.cell_price, m.attribution.on ? 16 * own_cells : 0);
    place(rows_.declared_sum, declared);
    place(rows_.pin_distance, 1);
    place(rows_.market_sum, m.markets);
    place_result(rows_.value, (1 + m.products + m.markets + m.aggregates.size + import_series) * m.months);
    place_result(rows_.piece,
                 (kTerms + 1 + m.products + m.aggregates.size + m.shocks.size + declared + import_series) * attributed);
    place_result(rows_.exchange_rate, m.months);
  };
  layout();
  scratch_ = shared != nullptr ? shared->scratch_ : zeroed(scratch.used);
  results_ = zeroed(results.used);
  bytes_ = results.used + (shared != nullptr ? 0 : scratch.used);
  scratch.base = static_cast<std::byte*>(scratch_.get());
  results.base = static_cast<std::byte*>(results_.get());
  layout();

  const auto spread = [](Row& row, float x) { std::fill(std::begin(row.at), std::end(row.at), x); };
  for (int j = 0; j < m.parameter_default.size; ++j) spread(rows_.parameter[j], m.parameter_default[j]);
  for (int d = 0; d < kLaggedTracks; ++d) {
    for (int h = 0; h <= m.history_months; ++h) {
      spread(rows_.driver[d * rows_.span + h], m.driver_history[d * (m.history_months + 1) + h]);
    }
  }
}

Workspace with_results(const Workspace& scratch, const Workspace& results) {
  Workspace both = scratch;
  both.driver = results.driver;
  both.unsolved = results.unsolved;
  both.value = results.value;
  both.piece = results.piece;
  both.exchange_rate = results.exchange_rate;
  return both;
}

}  // namespace plimsoll
