"""Exports of one path by cell and month, with the log terms that make them, from docs/theory.md and trade-shifts.md."""

import math

import numpy

from model import Drivers, Window, day_share, text
from supply import Supply
from tables import date, median, month

TRACKS = ("capex", "memory_price", "oil_price", "exchange_rate")


def named(names):
    return [names] if isinstance(names, str) else names


def covered(t, layer, product):
    share = max(t.member(name, product, "product") for name in named(layer["products"]))
    return max(0.0, share - sum(t.member(name, product, "product") for name in layer.get("except", [])))


class Tariff:
    """One (product, market) pair: rates by month and the terms that follow from them."""

    def __init__(self, t, path, scenario, product, market, months):
        first = -max(t.as_of - month("2018-01"), t.window)
        steps = t.steps.get((market, product), [])
        self.own, self.rivals, self.calm_own, self.calm_rivals = {}, {}, {}, {}
        self.layered = False
        for k in range(first, months + 1):
            own = rivals = 0.0
            for j, (begins, rate, others) in enumerate(steps):
                begins = begins if j else begins.replace(year=1900)
                share = day_share(t.as_of + k, begins, steps[j + 1][0] if j + 1 < len(steps) else None)
                own, rivals = own + share * rate, rivals + share * others
            self.calm_own[k], self.calm_rivals[k] = math.log(1 + own), math.log(1 + rivals)
            for layer in scenario["tariff_shocks"]:
                reach = covered(t, layer, product) * t.member(layer["market"], market, "market")
                if reach == 0:
                    continue
                self.layered = True
                if k < 1:
                    continue
                name = f"tariff_shocks.{layer['name']}.{layer['effective']}"
                ends = date(layer["expires"]) if "expires" in layer else None
                change = day_share(t.as_of + k, date(layer["effective"]), ends) * reach / 100 * \
                    path.stated(f"{name}.change_pp", layer["change_pp"]) * path.drawn[name]
                own += change
                rivals += change if layer.get("all_suppliers") else 0
            self.own[k], self.rivals[k] = math.log(1 + own), math.log(1 + rivals)
        self.any = bool(steps) or self.layered
        if self.any:
            self.now = self.terms(path, product, market, self.own, self.rivals)
            self.calm = self.terms(path, product, market, self.calm_own, self.calm_rivals)

    @staticmethod
    def terms(path, product, market, own, rivals):
        """{month: (volume, price)}; the rate of the month before acts."""
        rho = path("tariff_pass_through_frac", product)
        year = max((path("tariff_elasticity_1y", product) - (1 - rho)) / rho, 0)
        run = max((path("tariff_elasticity_long_run", product) - (1 - rho)) / rho, year)
        rate = 1 - 2 ** (-1 / path("tariff_half_life_months"))
        f = sum(1 - (1 - rate) ** k for k in range(1, 13)) / 12
        at_once = (year - f * run) / (1 - f)
        at_once, run = (at_once, run) if at_once > 0 else (0.0, year / f)
        demand = path("import_demand_elasticity", "", market)
        slow, terms = 0.0, {}
        for k in sorted(own)[1:]:
            price = -(1 - rho) * (own[k - 1] - own[-1])
            b = own[k - 1] - rivals[k - 1] + price
            slow += rate * (b - slow)
            terms[k] = (-at_once * b - (run - at_once) * slow - demand * rivals[k - 1], price)
        return terms


class Exports:
    """ln x = sum of terms, then dollars that move in time or to other markets."""

    def __init__(self, t, path, central, scenario, months):
        self.t, self.path, self.central, self.months = t, path, central, months
        self.drivers = Drivers(t, path, scenario, months)
        self.central_drivers = Drivers(t, central, scenario, months)
        self.window = Window(t, path)
        self.history = {k: t.cells(t.as_of + k) for k in range(1 - t.window, 1)}
        self.tariffs = {(p, k): Tariff(t, path, scenario, p, k, months) for p in t.products for k in t.markets}
        self.lags = {"capex": path("capex_lag_months"), "memory_price": path("memory_lag_months"),
                     "oil_price": path("oil_lag_months"), "exchange_rate": None}
        self.theta, self.theta_price = self.loadings(path)
        taken = self.slope_of_drivers(central)
        y = numpy.array([[[math.log(self.history[k][i, j]) - t.season(p, t.as_of + k)
                           for k in range(1 - t.window, 1)] for j in range(len(t.markets))]
                         for i, p in enumerate(t.products)])
        slope, level = self.window.fit(y)
        self.start, net, value = y[:, :, -1] - level, slope - taken, self.history[0]
        self.total_slope = float((net * value).sum() / value.sum())
        self.own_slope, self.taken = net - self.total_slope, taken
        phi = median(path.text("trend_damping_monthly")[1])
        steps = [1 / 12] * 24 + [phi ** (k + 1) / 12 for k in range(max(0, months - 24))]
        self.line = {k: sum(steps[:k]) if k > 0 else k / 12 for k in range(1 - t.window, months + 1)}
        self.regress_tracks()
        self.run(scenario)

    def loadings(self, path):
        """{track or market: value elasticity by product and market}, and the price's part of it."""
        shape = (len(self.t.products), len(self.t.markets))
        theta = {k: numpy.zeros(shape) for k in TRACKS + ("foreign_demand",)}
        price = {k: numpy.zeros(shape) for k in theta}
        for r in self.t.loadings:
            i = slice(None) if r["product"] == "all" else self.t.products.index(r["product"])
            j = slice(None) if r["market"] == "all" else self.t.markets.index(r["market"])
            part = path.loading(r, "price")
            theta[r["driver"]][i, j] += part + path.loading(r, "volume")
            price[r["driver"]][i, j] += part
        return theta, price

    def slope_of_drivers(self, central):
        """What the drivers explain of every cell's slope with all parameters at their medians."""
        t = self.t
        theta, _ = self.loadings(central)
        drivers = self.central_drivers
        lags = {"capex": central("capex_lag_months"), "memory_price": central("memory_lag_months"),
                "oil_price": central("oil_lag_months"), "exchange_rate": None}
        back = range(1 - t.window, 1)
        taken = sum(theta[k] * float(self.window.fit([drivers.lagged(k, lags[k], m) for m in back])[0])
                    for k in TRACKS)
        for (p, k), tariff in self.tariffs.items():
            if tariff.any:
                terms = tariff.terms(central, p, k, tariff.calm_own, tariff.calm_rivals)
                taken[t.products.index(p), t.markets.index(k)] += float(
                    self.window.fit([sum(terms[m]) for m in back])[0])
        return taken

    def regress_tracks(self):
        back = range(1 - self.t.window, 1)
        self.lagged = {k: {m: self.drivers.lagged(k, self.lags[k], m)
                           for m in range(1 - self.t.window, self.months + 1)} for k in TRACKS}
        self.track = {}
        for k in TRACKS:
            slope, level = self.window.fit([self.lagged[k][m] - self.lagged[k][0] for m in back])
            self.track[k] = (float(slope), float(level))
        shape = (len(self.t.products), len(self.t.markets))
        self.tariff_slope, self.tariff_level = numpy.zeros(shape), numpy.zeros(shape)
        for (p, k), tariff in self.tariffs.items():
            if tariff.any:
                slope, level = self.window.fit([sum(tariff.now[m]) - sum(tariff.now[0]) for m in back])
                at = self.t.products.index(p), self.t.markets.index(k)
                self.tariff_slope[at], self.tariff_level[at] = slope, level

    def of_tariffs(self, which, m, price=False):
        """Terms of all pairs in month m: now, or of the calm schedule."""
        out = numpy.zeros_like(self.tariff_slope)
        for (p, k), tariff in self.tariffs.items():
            if tariff.any:
                volume, own = getattr(tariff, which)[m]
                out[self.t.products.index(p), self.t.markets.index(k)] = own if price else volume + own
        return out

    def run(self, scenario):
        t, path = self.t, self.path
        rho, phi = path("residual_world_ar1"), path("trend_damping_monthly")
        long_run, shrink = path("trend_long_run_log_per_year"), path("trend_shrinkage_frac")
        optional = {name: path(name) if (name, "", "") in t.parameter else none
                    for name, none in (("trend_start_weight_frac", 1.0), ("level_start_log", 0.0))}
        weight, level = optional["trend_start_weight_frac"], optional["level_start_log"]
        ahead = self.total_slope - long_run
        self.x, self.common, self.volume, self.price = {}, {}, {}, {}
        self.shocks = [self.of_shock(shock) for shock in scenario["shocks"]]
        self.shock_names = [shock["name"] for shock in scenario["shocks"]]
        self.controls, self.limit_price, self.limit_value = {}, {}, {}
        stocks, supply = Shifts(self, scenario), Supply(self, scenario)
        for m in range(1, self.months + 1):
            back = 1 - rho ** m
            run = sum(phi ** j for j in range(m)) / 12
            self.common[m] = long_run * m / 12 + run * weight * ahead
            from_start = back * (level + (weight - 1) * ahead * self.window.smoothing_years)
            season = numpy.array([t.season(p, t.as_of + m) - t.season(p, t.as_of) for p in t.products])[:, None]
            self.season_and_centre = season + self.taken * self.line[m]
            log_x = numpy.log(self.history[0]) + self.season_and_centre + self.common[m] + from_start
            log_x = log_x + run * shrink * self.own_slope - back * self.start
            price = numpy.zeros_like(log_x)  # beyond the trend, which the line of the value holds
            own_trend = numpy.zeros_like(log_x)
            for k in TRACKS:
                slope, fit = self.track[k]
                moved = self.lagged[k][m] - self.lagged[k][0] - slope * self.line[m] - fit * back
                log_x, price = log_x + self.theta[k] * moved, price + self.theta_price[k] * moved
                own_trend = own_trend + self.theta_price[k] * (slope * self.line[m] + fit * back)
            demand = [path.told[f"driver.foreign_demand.{k}", text(t.as_of + m)] for k in t.markets]
            log_x = log_x + self.theta["foreign_demand"] * numpy.array(demand)
            log_x = log_x + self.of_tariffs("now", m) - self.of_tariffs("now", 0) - self.tariff_slope * self.line[m] \
                - self.tariff_level * back
            price = price + self.of_tariffs("now", m, True) - self.of_tariffs("now", 0, True)
            for reach, effect, of_price in self.shocks:
                log_x = log_x + reach * effect[m]
                price = price + reach * of_price[m]
            self.controls[m] = supply.controls(m)
            x = stocks.apply(numpy.exp(log_x + self.controls[m][:, None]), m)
            self.limit_price[m], self.limit_value[m] = supply.limits(x, price + own_trend, season[:, 0], m)
            self.x[m] = x * numpy.exp(self.limit_value[m])[:, None]
            price = price + self.limit_price[m][:, None]
            self.price[m] = price + own_trend
            self.volume[m] = ((self.x[m] * numpy.exp(-price)).sum(1) / self.history[0].sum(1),
                              (numpy.exp(numpy.log(self.history[0]) + self.season_and_centre).sum(1)
                               / self.history[0].sum(1)))
        self.shifts = stocks.kept

    def of_shock(self, shock):
        """Reach by cell, effect on value by month, and on price."""
        t, cells = self.t, shock["cells"]
        products, where = named(cells.get("products", [])), named(cells.get("market", "all"))
        reach = numpy.array([[max([0.0] + [t.member(n, p, "product") for n in products])
                              * max(t.member(n, k, "market") for n in where) for k in t.markets] for p in t.products])
        points = [(0, 0.0)] + [(month(k) - t.as_of, math.log(v / 100)) for k, v in shock["path"].items()]
        e = self.path.stated(f"shocks.{shock['name']}.elasticity", shock["elasticity"])
        moved = {m: e * float(numpy.interp(m, *zip(*points))) for m in range(1, self.months + 1)}
        lost = shock.get("volume_elasticity", 0) if shock["on"] == "supply" else 0
        on_price = shock["on"] in ("price", "supply")
        return reach, {m: (1 - lost) * v for m, v in moved.items()}, {m: on_price * v for m, v in moved.items()}


class Shifts:
    """Diversion, inherited stocks, front-loading: on dollars, in this order."""

    def __init__(self, exports, scenario):
        self.e, self.t, self.path, self.scenario = exports, exports.t, exports.path, scenario
        self.kept, self.stock, self.shipped = {}, {}, {}

    def apply(self, x, m):
        t, path, e = self.t, self.path, self.e
        kept = self.kept[m] = {k: numpy.zeros_like(x) for k in ("diversion", "inherited", "front_loading")}
        gap = path("diversion_full_gap_log")
        to = numpy.array([path("diversion_destination_share", "", k) for k in t.markets])
        work = e.of_tariffs("now", m) - e.of_tariffs("calm", m)
        for i, p in enumerate(t.products):
            pairs = [e.tariffs[p, k] for k in t.markets]
            wedge = numpy.array([v.own[m - 1] - v.calm_own[m - 1] for v in pairs])
            added = numpy.zeros(len(t.markets))
            for j, v in enumerate(pairs):
                if not v.layered:
                    continue
                lost = x[i, j] * max(math.exp(-work[i, j]) - 1, 0)
                part = path("diversion_share") * to * numpy.clip((wedge[j] - wedge) / gap, 0, 1)
                part[j] = 0
                added += lost * part
            kept["diversion"][i] = numpy.log1p(added / x[i])
            x[i] += added
        for share, stock in self.inherited():
            n = stock["over_months"]
            rate = stock["usd_bn"] * (1 - stock.get("already_paid_frac", 0)) * stock["payback_share"] / n * share
            missing = rate / e.history[0] if stock.get("already_paid_frac", 0) > 0 else 0 * rate
            on = min(max(n - (m - 1), 0), 1)
            effect = numpy.log(numpy.maximum(1 - rate * on / x, 0.1)) - numpy.log(1 - missing)
            kept["inherited"] += effect
            x = x * numpy.exp(effect)
        for i, p in enumerate(t.products):
            for j, k in enumerate(t.markets):
                for layer in self.scenario["tariff_shocks"]:
                    reach = covered(t, layer, p) * t.member(layer["market"], k, "market")
                    if reach == 0 or "announced" not in layer:
                        continue
                    key, other = (p, k, layer["name"]), x[i, j]
                    name = f"tariff_shocks.{layer['name']}.{layer['effective']}"
                    lead = day_share(t.as_of + m, date(layer["announced"]), date(layer["effective"]))
                    change = path.stated(f"{name}.change_pp", layer["change_pp"]) * layer["probability_pct"] / 1e4
                    into = min(path("front_loading_share", p) * max(change, 0) * reach * 10 * lead * other,
                               max(path("front_loading_cap_months") * other - self.shipped.get(key, 0), 0))
                    held = self.stock.get(key, 0.0)
                    out = 0 if lead else min(held * (1 - math.exp(-1 / path("front_loading_payback_months"))),
                                             0.9 * other)
                    self.stock[key] = held + path("front_loading_payback_share") * into - out
                    self.shipped[key] = self.shipped.get(key, 0) + into
                    x[i, j] = other + into - out
                    kept["front_loading"][i, j] += math.log(x[i, j] / other)
        return x

    def inherited(self):
        for stock in self.scenario["front_loading"]["inherited"]:
            reach = numpy.array([[self.t.member(stock["products"], p, "product")
                                  * self.t.member(stock["market"], k, "market") for k in self.t.markets]
                                 for p in self.t.products])
            value = reach * self.e.history[0]
            yield value / value.sum(), stock

