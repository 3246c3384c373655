/// \file
/// The memory of one worker: all rows that a block of paths needs, laid out once, reused for every block.
#pragma once

#include "models/lanes_rows.hpp"
#include "models/model_plan.hpp"

namespace plimsoll {

/// Rows of one tariff pair.
struct TariffRows {
  Row theta_0, theta_gap, absorbed;  ///< response
  Row eps;                           ///< import-demand elasticity
  Row slow, slow_inherited;          ///< s, with and without the scenario's layers
  Row volume_0, price_0;             ///< terms at t = 0
  Row slope, level;                  ///< regression of the value term on the trend window
  Row value;                         ///< volume + price term of the month, less t = 0 and compensation
  Row inherited;                     ///< the same without layers and compensation
};

/// Pointers into one buffer that the engine owns. Sizes follow the ModelPlan.
struct Workspace {
  Row* parameter;          ///< [rows of the parameter table]
  Row* family;             ///< [families]
  Row* driver;             ///< [5 * span]: kappa, memory, oil, exchange rate, real capex; month t at index t + history
  int span;                ///< history_months + 1 + months
  Row* lag_weight;         ///< [3 * kLagMonths]
  Row* lagged;             ///< [3 * (window + months)]: capex, memory, oil; month t at index t + window - 1
  Row* track;              ///< [4 + markets] effective regressors of the month
  Row* track_slope;        ///< [4]
  Row* track_level;        ///< [4]
  Row* track_inherited;    ///< [4] of the month
  Row* quarter;            ///< [firms * quarters]
  Row* target;             ///< [targets of the largest firm]
  Row* normal;             ///< [4 * normal streams]
  Row* demand;             ///< [markets] log deviation of demand
  Row* product_volume;     ///< [products]
  Row* product_price;      ///< [products]
  Row* product_inherited;  ///< [products]
  Row* market_value;       ///< [markets]
  Row* trend_level;        ///< [1 + markets + products]
  Row* trend_slope;        ///< same
  Row* residual;           ///< [1 + markets + 2 products]: world, markets, volume, price
  Row* layer_event;        ///< [tariff layers]: 1 where the layer happens
  TariffRows* tariff;      ///< [tariffs]
  WideRow*
      value;  ///< [series * months]: sums over cells, USD bn; series: total, products, markets, total without inherited
};

}  // namespace plimsoll
