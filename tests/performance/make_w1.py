#!/usr/bin/env python3
"""Workload W1: writes the calibration `calibrations/w1` and the scenario `w1.yaml` from one set of parameters.

14 products x 12 markets = 168 cells, 24 months, 20 declared AR(1) drivers with volume and price loadings on every cell,
3 residual factors, AR(1) volume and price residuals of every cell. All figures are made up: W1 measures speed. The
same program makes other sizes, for how cost grows.

usage: make_w1.py [FOLDER] [--products 14] [--markets 12] [--drivers 20] [--factors 3] [--months 24] [--name w1] [--check]
"""

import argparse
import csv
import io
import math
import pathlib
import random
import sys

AR1_DRIVER, AR1_VOLUME, AR1_PRICE = 0.9, 0.6, 0.8
TAIL = ["source", "kind", "known_from", "note"]
FIGURES = ["made_up", "judgement", "2026-01-14", ""]
FIRST_YEAR, LAST_YEAR = 2024, 2025  # the trend window; as_of is its last month

# What W1 does not use, and the neutral value of what cannot be 0.
ZEROS = """trend_long_run_log_per_year trend_shrinkage_frac level_sd_log trend_sd_log_per_year
trend_start_sd_log_per_year residual_world_sd_log residual_world_ar1 residual_market_sd_log residual_market_ar1
residual_volume_sd_log residual_volume_ar1 residual_price_sd_log residual_price_ar1 residual_price_volume_corr
capex_annual_sd_log capex_common_share_frac capex_growth_log hardware_share_frac memory_share_of_hardware_frac
memory_trend_log_per_month memory_height_log memory_cycle_amplitude_log memory_noise_sd_log oil_annual_sd_log
exchange_rate_annual_sd_log demand_growth_log demand_sd_pp demand_common_share_frac front_loading_share
front_loading_cap_months diversion_share diversion_destination_share""".split()
ONES = """trend_damping_monthly capex_cash_per_company_frac tariff_elasticity_1y tariff_elasticity_long_run
tariff_half_life_months tariff_pass_through_frac import_demand_elasticity front_loading_payback_share
front_loading_payback_months diversion_full_gap_log capex_lag_months memory_lag_months oil_lag_months
memory_cycle_period_months memory_peak_delay_months memory_downswing_months memory_noise_half_life_months
oil_half_life_months""".split()
OWN_ROWS = {"level_sd_log", "trend_sd_log_per_year", "trend_start_sd_log_per_year"}  # each group needs its own


class Parameters:
    """Drawn once, in a fixed order, with as many digits as the tables hold."""

    def __init__(self, products, markets, drivers, factors):
        g = random.Random(20261121)

        def normal(mean, sd, digits=4):
            # Box and Muller, so that no library's choice of method moves a figure.
            z = math.sqrt(-2 * math.log(1 - g.random())) * math.cos(2 * math.pi * g.random())
            return round(mean + sd * z, digits)

        def uniform(low, high, digits=5):
            return round(low + (high - low) * g.random(), digits)

        def table(rows, columns, draw):
            return [[draw() for _ in range(columns)] for _ in range(rows)]

        cells = products * markets
        of_product = [math.exp(normal(0, 0.8)) for _ in range(products)]
        of_market = [math.exp(normal(0, 0.7)) for _ in range(markets)]
        self.seed = [[round(10 * p * m * math.exp(normal(0, 0.3)), 6) for m in of_market] for p in of_product]
        self.season = []  # by product: JF, 3 .. 12, of mean 0 over the twelve months
        for _ in range(products):
            height, phase = uniform(0.02, 0.15), uniform(0, 2 * math.pi)
            wave = [height * math.sin(2 * math.pi * max(month, 1) / 12 + phase) for month in range(12)]
            mean = sum(wave) / 12
            wave = [round(x - mean, 6) for x in wave]
            self.season.append(wave[1:])
        self.volume, self.price = (table(cells, drivers, lambda: normal(0.15, 0.25)),
                                   table(cells, drivers, lambda: normal(0.05, 0.15)))
        self.driver_sd = [uniform(0.004, 0.012) for _ in range(drivers)]
        self.volume_sd = [uniform(0.02, 0.06) for _ in range(cells)]
        self.price_sd = [uniform(0.008, 0.02) for _ in range(cells)]
        self.factor_volume, self.factor_price = (table(cells, factors, lambda: normal(0.005, 0.01, 5)),
                                                 table(cells, factors, lambda: normal(0.003, 0.004, 5)))
        self.products = [f"product_{k + 1:02}" for k in range(products)]
        self.markets = [f"market_{k + 1:02}" for k in range(markets)]
        self.drivers = [f"driver_{k + 1:02}" for k in range(drivers)]
        self.factors = [f"factor_{k + 1}" for k in range(factors)]

    def cells(self):
        return [(p, m) for p in self.products for m in self.markets]


def text(x):
    return x if isinstance(x, str) else f"{x:.12g}"


def sheet(columns, rows, tail=True):
    """One table as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns + (TAIL if tail else []))
    for row in rows:
        writer.writerow([text(x) for x in row] + (FIGURES if tail else []))
    return out.getvalue()


def history_tables(q):
    """Cells are seeds times their product's season, so products, markets and total follow."""
    months = [(year, month) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13)]
    rows = []

    def series(product, market, value):
        for year, month in months:
            rows.append([product, market, f"{year}-{month:02}", value(max(month, 2) - 2), "", "", "observed"])

    def product_value(p, season):
        return sum(q.seed[p]) * math.exp(q.season[p][season])

    n = range(len(q.products))
    series("all", "all", lambda s: sum(product_value(p, s) for p in n))
    for p, product in enumerate(q.products):
        series(product, "all", lambda s, p=p: product_value(p, s))
    for m, market in enumerate(q.markets):
        series("all", market, lambda s, m=m: sum(q.seed[p][m] * math.exp(q.season[p][s]) for p in n))
    seasons = [[p, "JF" if k == 0 else str(k + 2), x] for p, wave in zip(q.products, q.season) for k, x in enumerate(wave)]
    years = [[str(y), f"{y}-02-01", 0.5] for y in range(FIRST_YEAR, LAST_YEAR + 17)]
    return {
        "history.csv": sheet("product market month value_usd_bn quantity quantity_unit status".split(), rows),
        "matrix.csv": sheet("product market value_usd_bn status".split(),
                            [[p, m, q.seed[k // len(q.markets)][k % len(q.markets)], "observed"]
                             for k, (p, m) in enumerate(q.cells())]),
        "seasonal.csv": sheet("product season factor_log".split(), seasons),
        "lunar_new_year.csv": sheet("year new_year_date january_frac".split(), years),
    }


def group_tables(q):
    months = [f"{y}-{m:02}" for y in range(LAST_YEAR - 5, LAST_YEAR + 1) for m in range(1, 13)]
    quarters = [f"{y}Q{k}" for y in range(LAST_YEAR - 5, LAST_YEAR + 1) for k in range(1, 5)][:-1]
    drivers = [[d, month, level, unit, "observed"]
               for d, level, unit in (("memory_price.boj_usd", 100, "index"), ("oil_price", 80, "usd_per_bbl"),
                                      ("exchange_rate", 7, "cny_per_usd")) for month in months]
    drivers += [["capex.amazon", quarter, 30, "usd_bn", "observed"] for quarter in quarters]
    return {
        "sources.csv": sheet("id publisher title vintage note".split(),
                             [["made_up", "plimsoll", "Figures of a workload that measures speed", "2026", ""]], tail=False),
        "products.csv": sheet("id title_en title_zh customs_lines hs_codes share_of price_split".split(),
                              [[p, p, p, "", "", "", "imputed"] for p in q.products]),
        "markets.csv": sheet("id title_en title_zh members".split(), [[m, m, m, ""] for m in q.markets]),
        "sets.csv": sheet("set dimension member weight_frac".split(), []),
        "drivers.csv": sheet("driver period value unit status".split(), drivers),
        "tariffs.csv": sheet("market product from rate_pct competitors_rate_pct".split(), []),
        "correlations.csv": sheet("a b value".split(), []),
    }


def parameter_rows(q):
    rows = [[name, "", "", 0] for name in ZEROS] + [[name, "", "", 1] for name in ONES]
    rows += [["oil_level_usd_per_bbl", "", "", 80]]
    for name in sorted(OWN_ROWS):
        rows += [[name, p, "", 0] for p in q.products] + [[name, "", m, 0] for m in q.markets]
    rows += [["residual_market_sd_log", "", m, 0] for m in q.markets]
    rows += [["cell_volume_ar1", "", "", AR1_VOLUME], ["cell_price_ar1", "", "", AR1_PRICE]]
    for k, (p, m) in enumerate(q.cells()):
        rows += [["cell_volume_sd_log", p, m, q.volume_sd[k]], ["cell_price_sd_log", p, m, q.price_sd[k]]]
    return [row + ["", 0] for row in rows]


def model_tables(q):
    loadings, on_factors = [], []
    for k, (p, m) in enumerate(q.cells()):
        loadings += [[p, m, d, q.volume[k][j], q.price[k][j], "log per log", 0] for j, d in enumerate(q.drivers)]
        on_factors += [[p, m, f, q.factor_volume[k][j], q.factor_price[k][j]] for j, f in enumerate(q.factors)]
    tables = {
        "loadings.csv": sheet("product market driver volume price unit family_corr".split(), loadings),
        "parameters.csv": sheet("parameter product market value unit family_corr".split(), parameter_rows(q)),
    }
    if q.drivers:
        tables["declared_drivers.csv"] = sheet("driver monthly_sd_log ar1".split(),
                                               [[d, sd, AR1_DRIVER] for d, sd in zip(q.drivers, q.driver_sd)])
    if q.factors:
        tables["residual_factors.csv"] = sheet(["factor"], [[f] for f in q.factors])
        tables["residual_loadings.csv"] = sheet("product market factor volume price".split(), on_factors)
    return tables


def scenario(name, months):
    last = FIRST_YEAR * 12 + 24 + months - 1
    return f"""# Workload W1: what tests/performance/compare runs against NumPy and numba. Made by make_w1.py, like its calibration.
plimsoll: 1
name: {name}
title: {{en: "Workload W1, measures speed", zh: "工作负载 W1，用于测速"}}
calibration: {name}
horizon: {last // 12}-{last % 12 + 1:02}
paths: 16384
seed: 20261121
sampling: random
capex_paths: {{definition: cash_ppe}}
report:
  # Single months and years: 24 x (1 + 14 + 12) + 2 x (1 + 14) growth rates, 24 x 14 contributions.
  series: ['exports.total.yoy@????-??', 'exports.total.yoy@A', 'exports.product.*.yoy@????-??',
           'exports.product.*.yoy@A', 'exports.market.*.yoy@????-??']
  contributions: ['product@????-??']
  single_lunar_months: true
  thresholds_pct: []
"""


def calibration(name):
    return f"""plimsoll_calibration: 1
name: {name}
title: {{en: "Workload W1", zh: "工作负载 W1"}}
reporter: nowhere
as_of: {LAST_YEAR}-12
known_on: {LAST_YEAR + 1}-01-14
trend_window_from: {FIRST_YEAR}-01
memory_index: boj_usd
note: {{en: "Made up, to measure speed; see tests/performance/make_w1.py", zh: "虚构数据，仅用于测速"}}
"""


def all_files(a):
    q = Parameters(a.products, a.markets, a.drivers, a.factors)
    files = {**group_tables(q), **history_tables(q), **model_tables(q), "calibration.yaml": calibration(a.name)}
    out = {f"calibrations/{a.name}/{file}": content for file, content in files.items()}
    return {f"{a.name}.yaml": scenario(a.name, a.months), **out}


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description="writes the calibration and the scenario of workload W1")
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=here)
    for name, standard in (("products", 14), ("markets", 12), ("drivers", 20), ("factors", 3), ("months", 24)):
        parser.add_argument("--" + name, type=int, default=standard)
    parser.add_argument("--name", default="w1")
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a file differs")
    a = parser.parse_args()
    stale = []
    for file, content in all_files(a).items():
        path = a.folder / file
        if a.check:
            if not path.exists() or path.read_text(encoding="utf-8") != content:
                stale.append(file)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    if stale:
        sys.exit("not what make_w1.py writes: " + ", ".join(stale))


if __name__ == "__main__":
    main()
