"""Imports of one path by product and month, from docs/theory/imports.md."""

import math

import numpy

from exports import TRACKS


class Imports:
    def __init__(self, t, path, e, scenario):
        self.t, self.path, self.e = t, path, e
        self.rows = [(r, [p for p in t.goods if r["product"] in ("all", p)]) for r in t.import_loadings]
        back = range(1 - t.window, 1)
        y = numpy.array([[math.log(t.bought[p, t.as_of + k]) - t.import_season(p, t.as_of + k) for k in back]
                         for p in t.goods])
        slope, level = e.window.fit(y)
        self.start, now = y[:, -1] - level, numpy.array([t.bought[p, t.as_of] for p in t.goods])
        self.taken = self.slope_of_drivers(e)
        net = slope - self.taken
        self.total_slope = float((net * now).sum() / now.sum())
        self.own_slope = net - self.total_slope
        self.x = {}
        self.shocked = [numpy.array([float(p in shock["cells"].get("imports", [])) for p in t.goods])
                        for shock in scenario["shocks"]]
        self.run(now, scenario["domestic_demand"])

    def lag(self, driver, product, path):
        if driver == "oil_price":
            return path("import_oil_lag_months", product)
        return {"capex": path("capex_lag_months"), "memory_price": path("memory_lag_months"),
                "exchange_rate": None}[driver]

    def slope_of_drivers(self, e):
        """What the drivers explain of every product's slope with all parameters at their medians."""
        t, central, taken = self.t, e.central, numpy.zeros(len(self.t.goods))
        for r, goods in self.rows:
            if r["driver"] not in TRACKS:
                continue
            theta = central.loading(r, "volume", True) + central.loading(r, "price", True)
            for p in goods:
                lag = self.lag(r["driver"], p, central)
                series = [e.central_drivers.lagged(r["driver"], lag, m) for m in range(1 - t.window, 1)]
                taken[t.goods.index(p)] += theta * float(e.window.fit(series)[0])
        return taken

    def run(self, now, demand):
        t, path, e = self.t, self.path, self.e
        rho, phi = path("import_residual_ar1"), path("trend_damping_monthly")
        long_run, shrink = path("import_trend_long_run_log_per_year"), path("import_trend_shrinkage_frac")
        weight, level = path("import_trend_start_weight_frac"), path("import_level_start_log")
        ahead = self.total_slope - long_run
        growth = math.log(1 + demand["growth_pct"] / 100) - path("import_domestic_growth_log")
        tracks = {}
        for m in range(1, e.months + 1):
            back, run = 1 - rho ** m, sum(phi ** j for j in range(m)) / 12
            season = numpy.array([t.import_season(p, t.as_of + m) - t.import_season(p, t.as_of) for p in t.goods])
            log_x = numpy.log(now) + season + self.taken * e.line[m] + long_run * m / 12 + run * weight * ahead
            log_x = log_x + back * (level + (weight - 1) * ahead * e.window.smoothing_years)
            log_x = log_x + run * shrink * self.own_slope - back * self.start
            volume, expected = e.volume[m]
            links = dict(zip(t.products, numpy.log(volume / expected) - e.common[m]))
            for reach, (_, effect, _) in zip(self.shocked, e.shocks):
                log_x = log_x + reach * effect[m]
            log_x = log_x + numpy.array([e.controlled.get((p, m), 0.0) for p in t.goods])
            for r, goods in self.rows:
                theta = path.loading(r, "volume", True)
                if r["driver"].startswith("exports."):
                    moved = {p: links[r["driver"][8:]] for p in goods}
                elif r["driver"] == "domestic_demand":
                    moved = {p: growth * m / 12 for p in goods}
                else:
                    theta += path.loading(r, "price", True)
                    moved = {p: self.moved(tracks, r["driver"], self.lag(r["driver"], p, path), m, back)
                             for p in goods}
                for p in goods:
                    log_x[t.goods.index(p)] += theta * moved[p]
            self.x[m] = numpy.exp(log_x)

    def moved(self, tracks, driver, lag, m, back):
        """A lagged driver since as_of, less what the trend already holds of it."""
        e = self.e
        if (driver, lag) not in tracks:
            at_0 = e.drivers.lagged(driver, lag, 0)
            series = [e.drivers.lagged(driver, lag, k) - at_0 for k in range(1 - self.t.window, 1)]
            tracks[driver, lag] = (at_0,) + tuple(float(x) for x in e.window.fit(series))
        at_0, slope, fit = tracks[driver, lag]
        return e.drivers.lagged(driver, lag, m) - at_0 - slope * e.line[m] - fit * back
