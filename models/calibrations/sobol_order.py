"""The order of Sobol dimensions: what moves the total most comes first."""

SOBOL_ORDER = """\
# Streams of Sobol sampling in order of dimensions: what moves the total most comes first.
sobol_order:
  [driver/capex, driver/memory_price, driver/oil_price, driver/exchange_rate, driver/foreign_demand,
   residual/world, level/world, slope/world, sum/level/market, sum/residual/market, sum/level/product,
   sum/residual/product/volume, sum/residual/product/price, slope_start/world, sum/slope_start/market,
   sum/slope_start/product, family/loading/capex/price, family/loading/capex/volume,
   family/loading/exchange_rate/price, family/loading/exchange_rate/volume,
   family/loading/foreign_demand/volume, family/loading/memory_price/price,
   family/loading/memory_price/volume, family/loading/oil_price/price, family/loading/oil_price/volume,
   family/tariff_elasticity_1y, family/tariff_elasticity_long_run, parameter/capex_annual_sd_log,
   parameter/capex_cash_per_company_frac, parameter/capex_common_share_frac, parameter/capex_growth_log,
   parameter/capex_lag_months, parameter/capex_paths.alphabet.2026, parameter/capex_paths.alphabet.2027,
   parameter/capex_paths.amazon.2026, parameter/capex_paths.amazon.2027, parameter/capex_paths.meta.2026,
   parameter/capex_paths.meta.2027, parameter/capex_paths.microsoft.2026,
   parameter/capex_paths.microsoft.2027, parameter/demand_common_share_frac, parameter/hardware_share_frac,
   parameter/memory_cycle_amplitude_log, parameter/memory_cycle_period_months,
   parameter/memory_downswing_months, parameter/memory_lag_months, parameter/memory_peak_delay_months,
   parameter/memory_share_of_hardware_frac, parameter/memory_trend_log_per_month,
   parameter/oil_half_life_months, parameter/oil_lag_months, parameter/oil_level_usd_per_bbl,
   parameter/trend_damping_monthly, parameter/trend_long_run_log_per_year, parameter/trend_shrinkage_frac]
"""
