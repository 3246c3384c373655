"""Workload W1 as arrays, read from the calibration's own tables, and the statistics that all programs report."""

import csv
import json
import math
import pathlib
import resource

import numpy as np

LEVELS = np.array([0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99])


class Model:
    """value[c, t] = start[c, month] exp(sum_d (Bv + Bp)[c, d] drv[d, t] + u_v[c, t] + u_p[c, t])."""

    def __init__(self, scenario):
        scenario = pathlib.Path(scenario)
        folder = scenario.parent / "calibrations" / scenario.stem

        def rows(file):
            with open(folder / file, encoding="utf-8", newline="") as handle:
                return list(csv.DictReader(handle))

        def index(file, column):
            return {row[column]: k for k, row in enumerate(rows(file))}

        product, market = index("products.csv", "id"), index("markets.csv", "id")
        driver, factor = index("declared_drivers.csv", "driver"), index("residual_factors.csv", "factor")
        self.products, self.markets = list(product), list(market)
        self.cells, self.drivers, self.factors = len(product) * len(market), len(driver), len(factor)

        def cell(row):
            return product[row["product"]] * len(market) + market[row["market"]]

        self.volume, self.price = np.zeros((self.cells, self.drivers)), np.zeros((self.cells, self.drivers))
        for row in rows("loadings.csv"):
            at = cell(row), driver[row["driver"]]
            self.volume[at], self.price[at] = float(row["volume"]), float(row["price"])
        self.factor_volume = np.zeros((self.cells, self.factors))
        self.factor_price = np.zeros((self.cells, self.factors))
        for row in rows("residual_loadings.csv"):
            at = cell(row), factor[row["factor"]]
            self.factor_volume[at], self.factor_price[at] = float(row["volume"]), float(row["price"])
        declared = rows("declared_drivers.csv")
        self.driver_sd = np.array([float(row["monthly_sd_log"]) for row in declared])
        self.driver_ar1 = np.array([float(row["ar1"]) for row in declared])
        self.volume_sd, self.price_sd = np.zeros(self.cells), np.zeros(self.cells)
        for row in rows("parameters.csv"):
            if row["parameter"] == "cell_volume_sd_log":
                self.volume_sd[cell(row)] = float(row["value"])
            elif row["parameter"] == "cell_price_sd_log":
                self.price_sd[cell(row)] = float(row["value"])
            elif row["parameter"] == "cell_volume_ar1":
                self.volume_ar1 = float(row["value"])
            elif row["parameter"] == "cell_price_ar1":
                self.price_ar1 = float(row["value"])
        season = np.zeros((len(product), 12))
        for row in rows("seasonal.csv"):
            months = [0, 1] if row["season"] == "JF" else [int(row["season"]) - 1]
            season[product[row["product"]], months] = float(row["factor_log"])
        size = np.zeros(self.cells)
        for row in rows("matrix.csv"):
            size[cell(row)] = float(row["value_usd_bn"])
        self.start = size[:, None] * np.exp(np.repeat(season, len(market), axis=0))  # [cell, calendar month]
        self.months = 24
        cells = self.start.reshape(len(product), len(market), 12)
        self.past_product, self.past_market = cells.sum(1), cells.sum(0)
        p, m, t = len(product), len(market), self.months
        self.outputs = t * (1 + p + m + p) + t // 12 * (1 + p)

    def names(self):
        """series@period, contributions as product/ID@period, in the order of the outputs."""
        months = [f"{2026 + t // 12}-{t % 12 + 1:02}" for t in range(self.months)]
        years = [str(2026 + y) for y in range(self.months // 12)]
        products = [f"exports.product.{p}.yoy" for p in self.products]
        markets = [f"exports.market.{m}.yoy" for m in self.markets]
        monthly = ["exports.total.yoy"] + products + markets + ["product/" + p for p in self.products]
        return [f"{s}@{t}" for s in monthly for t in months] + [
            f"{s}@{y}" for s in ["exports.total.yoy"] + products for y in years]


def growth_outputs(product, market, out):
    """The outputs of paths [.., month + 12, path] into out[output, path]; the first twelve months are history."""
    p, span, n = product.shape
    t, m = span - 12, market.shape[0]
    total = product.sum(0)
    at = 0

    def put(rows):
        nonlocal at
        out[at:at + len(rows)] = rows
        at += len(rows)

    put(100 * (total[12:] / total[:-12] - 1))
    put((100 * (product[:, 12:] / product[:, :-12] - 1)).reshape(p * t, n))
    put((100 * (market[:, 12:] / market[:, :-12] - 1)).reshape(m * t, n))
    put((100 * (product[:, 12:] - product[:, :-12]) / total[:-12]).reshape(p * t, n))
    years = total.reshape(span // 12, 12, n).sum(1)
    put(100 * (years[1:] / years[:-1] - 1))
    years = product.reshape(p, span // 12, 12, n).sum(2)
    put((100 * (years[:, 1:] / years[:, :-1] - 1)).reshape(p * (span // 12 - 1), n))


def statistics(out):
    """mean, sd and quantiles of every output; `out` is overwritten."""
    mean, sd = out.mean(1, dtype=np.float64), out.std(1, ddof=1, dtype=np.float64)
    return np.column_stack([mean, sd, np.quantile(out, LEVELS, axis=1, overwrite_input=True).T])


def report(program, paths, simulated_s, counted_s, result, dump):
    seconds = simulated_s + counted_s
    print(json.dumps({"program": program, "paths": paths, "seconds": round(seconds, 4),
                      "paths_per_s": round(paths / seconds),
                      "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}), flush=True)
    if dump:
        np.save(dump, np.asarray(result, "<f8"))


def standard_errors(a, b, paths_a, paths_b):
    """(a - b) in standard errors of the difference, column by column; quantiles by the density of a normal."""
    z = {0.01: 2.326348, 0.05: 1.644854, 0.10: 1.281552, 0.25: 0.674490, 0.50: 0.0}
    density = np.array([math.exp(-z[round(min(q, 1 - q), 2)] ** 2 / 2) / math.sqrt(2 * math.pi) for q in LEVELS])
    unit = np.concatenate([[1.0, math.sqrt(0.5)], np.sqrt(LEVELS * (1 - LEVELS)) / density])
    return (a - b) / (a[:, 1:2] * math.sqrt(1 / paths_a + 1 / paths_b) * unit)
