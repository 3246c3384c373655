/// \file
/// The memory of one worker: all rows that a block of paths needs, laid out once, reused for every block.
#pragma once

#include "models/lanes_rows.hpp"
#include "models/model_plan.hpp"

namespace plimsoll {

/// Rows of one tariff pair.
struct TariffRows {
  Row theta_0, theta_gap;                ///< immediate volume elasticity, and long-run less immediate
  Row absorbed;                          ///< 1 - rho: share of a tariff that the exporter's price gives up
  Row eps;                               ///< import-demand elasticity
  Row slow, slow_inherited;              ///< s, with and without the scenario's layers
  Row volume_0, price_0;                 ///< terms at t = 0
  Row slope, level;                      ///< regression of the value term on the trend window
  Row value;                             ///< volume + price term of the month, less t = 0 and compensation
  Row slow_price, slow_price_inherited;  ///< slow adjustment of the price, in armington_ces
};

/// The equilibrium of one product under one month's tariffs, log changes since the base year.
struct EquilibriumRows {
  Row china, rivals;  ///< prices before tariffs
};
/// What it brings to one market.
struct MarketEquilibriumRows {
  Row volume;    ///< of imports from China
  Row domestic;  ///< price of domestic goods
};

inline constexpr int kPastMonths = 13;  ///< months of cells kept: this one and the twelve before

/// Pointers into one buffer that the engine owns. Sizes follow the ModelPlan.
struct Workspace {
  Row* parameter;  ///< [rows of the parameter table]
  Row* family;     ///< [families]
  Row* sobol;      ///< [Sobol dimensions] the block's normals, rotated
  /// [(5 + declared) * span]: kappa, memory, oil, exchange rate, real capex, declared; month t at index t + history
  Row* driver;
  int span;                      ///< history_months + 1 + months
  Row* lag_weight;               ///< [3 * kLagMonths]
  Row* lagged;                   ///< [3 * (window + months)]: capex, memory, oil; month t at index t + window - 1
  Row* track;                    ///< [4 + markets + declared] effective regressors of the month
  Row* track_slope;              ///< [4]
  Row* track_level;              ///< [4]
  Row* track_inherited;          ///< [4] of the month
  Row* quarter;                  ///< [firms * quarters]
  Row* target;                   ///< [targets of the largest firm]
  Row* normal;                   ///< [4 * normal streams]
  Row* demand;                   ///< [markets] log deviation of demand
  Row* product_volume;           ///< [products]
  Row* product_price;            ///< [products]
  Row* market_value;             ///< [markets] value of the markets' own terms
  Row* market_own_price;         ///< [markets] the price's part of it
  Row* trend_level;              ///< [1 + markets + products]
  Row* trend_slope;              ///< same
  Row* residual;                 ///< [1 + markets + 2 products]: world, markets, volume, price
  Row* layer_event;              ///< [tariff layers]: 1 where the layer happens
  Row* chain_state;              ///< [tariff chains]
  Row* chain_change;             ///< [tariff chains * months] change of the rate, pp
  TariffRows* tariff;            ///< [tariffs]
  Row* elasticity_model;         ///< [1] ElasticityModel of the path
  Row* unsolved;                 ///< [1] 1 where some equilibrium of the path was not found
  EquilibriumRows* equilibrium;  ///< [2 * armington products]: with the scenario's layers, without
  MarketEquilibriumRows* market_equilibrium;  ///< [2 * armington products * markets]
  Row* regime_price;                          ///< [regimes of history] China's price, of the product under way
  Row* regime_volume;                         ///< [regimes of history * markets]
  Row* cell_value;                            ///< [kPastMonths * cells]: month t in slot t % kPastMonths, USD bn
  Row* past;                ///< [12 * past_rows]: what attribution needs of the month twelve before, slot t % 12
  int past_rows;            ///< markets + factors + products + 6 + 2 shocks + 3 products with supply
  Row* track_change;        ///< [4 + markets + declared]: change of the tracks over twelve months
  Row* simulated_change;    ///< [4 + markets + declared]: the part of it after t = 0
  Row* inherited_change;    ///< [4]: the part of it that lags still bring
  Row* market_mean;         ///< [markets] logarithmic means of the month's cells, summed
  Row* market_price;        ///< [markets] change of the markets' own price terms
  Row* tariff_value;        ///< [tariffs * tariff_span]: value term of every pair, t = first - 12 .. months
  Row* tariff_price;        ///< the price's part of it
  Row* tariff_inherited;    ///< the value term after t = 0 without the scenario's layers, less t = 0
  int tariff_span;          ///< months - first + 13
  Row* shock_effect;        ///< [shocks] log value that it moves
  Row* shock_price;         ///< [shocks] log price that it moves
  Row* shock_change;        ///< [shocks] change of the effect over twelve months
  Row* shock_price_change;  ///< [shocks] change of the price over twelve months
  Row* shock_sum;           ///< [shocks] what it brings in the month, USD bn
  Row* import_lag_weight;   ///< [import tracks * kLagMonths]
  Row* import_track;        ///< [import tracks * (window + months)], month t at index t + window - 1
  Row* import_slope;        ///< [import tracks] regression on the trend window
  Row* import_level;        ///< [import tracks]
  Row* import_effective;    ///< [import tracks + 1] of the month; the last is domestic demand
  Row* import_factor;       ///< [2 (1 + products)] level and slope of world and products
  Row* import_residual;     ///< [1 + 2 products] world, volumes, prices
  Row* import_price;        ///< [products] log of the unit value that the model makes
  Row* import_price_past;   ///< [12 * products] its residual part, slot t % 12
  Row* import_value;        ///< [kPastMonths * products] USD bn, slot t % kPastMonths
  Row* import_link;         ///< [export products] log deviation of the volume
  Row* limit_value;         ///< [products] log value that a ceiling moves, less t = 0
  Row* limit_price;         ///< [products] log price that a ceiling moves, less t = 0
  Row* control_event;       ///< [controls] 1 where the control happens
  Row* control_learnt;      ///< [controls] part of what is missing that makers at home replace
  Row* control_import;      ///< [controls] log of what is left of the imports
  Row* control_effect;      ///< [products] log volume that controls take from exports
  Row* front_stock;         ///< [front loads] goods shipped early and not yet paid back, USD bn
  Row* front_shipped;       ///< [front loads] goods shipped early so far, USD bn
  Row* shift_front;         ///< [kPastMonths * cells] log effect of front-loading, month t in slot t % kPastMonths
  Row* shift_diversion;     ///< same, of diversion
  Row* shift_inherited;     ///< same, of what was shipped early before as_of
  Row* filter;              ///< [4 * filters]: four months of the residual factors' filters
  Row* cell_state;          ///< [2 * cells]: residuals of volume and price
  Row* packed;              ///< [columns]: four months of every column, one register each
  Row* cell_log;            ///< [4 * cells]: what declared drivers and residuals bring, four months
  Row* cell_price;          ///< [16 * cells] the price's part of it, month t in slot t % 16; with attribution alone
  Row* declared_sum;        ///< [declared] what each brings in the month, USD bn
  Row* pin_distance;        ///< squared Mahalanobis distance of the shocks that pins need
  WideRow* market_sum;      ///< [markets] of the month, while cells are added
  /// [series * months]: sums over cells, USD bn; exports: total, products, markets, aggregates;
  /// imports: total, products, aggregates
  WideRow* value;
  /// [(kTerms + 1 + products + aggregates + shocks + declared) * attributed months]: USD bn of the month's change over
  /// twelve months that a term brings; then price in total, by product, by aggregate; then what shocks and declared
  /// drivers bring; then the price of imports in total, by product, by aggregate.
  WideRow* piece;
  WideRow* exchange_rate;  ///< [months] CNY per USD
};

}  // namespace plimsoll
