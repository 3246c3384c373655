"""Compares one path's figures: drivers, values, growth, the split of growth by driver, imports and balances."""

import math

import numpy

from exports import TRACKS
from model import log_mean, text

# Cells are floats of seven digits: values relative, growth and its parts in points.
VALUE, GROWTH_PP, SPLIT_PP = 5e-6, 1e-3, 2e-4


def months_of(t, period):
    """Months of a period from as_of, as `2026-07`, `2027-01..02`, `2026Q3`, `2026-07ytd` or `2026` name them."""
    year = 12 * int(period[:4]) - t.as_of
    if period.endswith("ytd"):
        return range(year, year + int(period[5:7]))
    if "Q" in period:
        return range(year + 3 * int(period[5]) - 3, year + 3 * int(period[5]))
    if ".." in period:
        return range(year, year + 2)
    return range(year, year + 12) if len(period) == 4 else range(year + int(period[5:7]) - 1, year + int(period[5:7]))


def memory_cycle(path, m):
    """From the height at as_of to the peak, half a cosine down to the trough, then a regular cycle."""
    height, amplitude = path("memory_height_log"), path("memory_cycle_amplitude_log")
    delay, down = max(path("memory_peak_delay_months"), 0), max(path("memory_downswing_months"), 1)
    since = m - delay
    if since < 0:
        cycle = height
    elif since < down:
        cycle = (height - amplitude) / 2 + (height + amplitude) / 2 * math.cos(math.pi * since / down)
    else:
        cycle = -amplitude * math.cos(2 * math.pi * (since - down) / path("memory_cycle_period_months"))
    return path("memory_trend_log_per_month") * m + cycle - height


def compare_drivers(seen, t, path, e):
    level = t.driver["memory_price.boj_usd"][text(t.as_of)]
    reference = sum(t.driver[k][max(t.driver[k])] for k in t.driver if k.startswith("capex.")) / 3
    for m in range(1, e.months + 1):
        told = path.told["driver.capex.level", text(t.as_of + m)]
        seen.of("driver.capex.level", text(t.as_of + m), told, reference * math.exp(e.drivers.d["capex"][m]), VALUE)
        told = path.told["driver.memory_price.level", text(t.as_of + m)]
        seen.of("driver.memory_price.level", text(t.as_of + m), told, level * math.exp(memory_cycle(path, m)), VALUE)


def period_sum(of_month, months):
    return sum(of_month(m) for m in months)


def series_of(t, e):
    """{series: dollars of a month}, history included."""
    cells = {**e.history, **e.x}
    series = {"exports.total": lambda m: t.value["all", "all", t.as_of + m] if m < 1 - t.window else cells[m].sum()}
    for i, p in enumerate(t.products):
        series[f"exports.product.{p}"] = lambda m, i=i: cells[m][i].sum()
    for j, k in enumerate(t.markets):
        series[f"exports.market.{k}"] = lambda m, j=j: cells[m][:, j].sum()
    chain = numpy.array([t.member("ai_chain", p, "product") for p in t.products])
    series["exports.chain.ai"] = lambda m: (chain @ cells[m]).sum()
    series["exports.without.ai"] = lambda m: ((1 - chain) @ cells[m]).sum()
    return series


def exchange_rate(t, e, m):
    at = t.driver["exchange_rate"]
    return at[text(t.as_of + m)] if m < 1 else at[text(t.as_of)] * math.exp(e.drivers.d["exchange_rate"][m])


def compare_values(seen, t, path, e, name, dollars, first):
    for (told_name, period), told in path.told.items():
        series, _, measure = told_name.rpartition(".")
        if series != name or measure not in ("value", "yoy", "yoy_rmb", "yoy_2y"):
            continue
        months = months_of(t, period)
        if months[-1] > e.months or months[0] - (24 if measure == "yoy_2y" else 12) < first:
            continue
        now = period_sum(dollars, months)
        if measure == "value":
            seen.of(told_name, period, told, now, VALUE)
        elif measure == "yoy":
            seen.of(told_name, period, told, 100 * (now / period_sum(dollars, [m - 12 for m in months]) - 1), GROWTH_PP)
        elif measure == "yoy_2y":
            before = period_sum(dollars, [m - 24 for m in months])
            seen.of(told_name, period, told, 100 * (math.sqrt(now / before) - 1), GROWTH_PP)
        else:
            yuan = [period_sum(lambda m: dollars(m) * exchange_rate(t, e, m), [m - lag for m in months])
                    for lag in (0, 12)]
            seen.of(told_name, period, told, 100 * (yuan[0] / yuan[1] - 1), GROWTH_PP)


def compare_exports(seen, t, path, e):
    for name, dollars in series_of(t, e).items():
        compare_values(seen, t, path, e, name, dollars, 1 - t.window)


def compare_prices(seen, t, path, e):
    """Unit values of months whose base lies ahead too: earlier ones stand on printed quantities."""
    for i, p in enumerate(t.products):
        for m in range(13, e.months + 1):
            name, period = f"exports.product.{p}.price", text(t.as_of + m)
            if (name, period) not in path.told:
                continue
            now, before = e.x[m], e.x[m - 12]
            piece = (log_mean(now[i], before[i]) * (e.price[m][i] - e.price[m - 12][i])).sum()
            price = math.exp(piece / float(log_mean(now[i].sum(), before[i].sum())))
            seen.of(name, period, path.told[name, period], 100 * (price - 1), GROWTH_PP)
            volume = now[i].sum() / before[i].sum() / price
            seen.of(f"exports.product.{p}.volume", period, path.told[f"exports.product.{p}.volume", period],
                    100 * (volume - 1), GROWTH_PP)


def compare_imports(seen, t, path, e, bought):
    total = series_of(t, e)["exports.total"]

    def of(p, m):
        i = t.goods.index(p)
        return bought.x[m][i] if m > 0 else t.bought[p, t.as_of + m]

    def all_goods(m):
        return bought.x[m].sum() if m > 0 else t.bought["all", t.as_of + m]

    for p in t.goods:
        compare_values(seen, t, path, e, f"imports.product.{p}", lambda m, p=p: of(p, m), 1 - t.window)
    compare_values(seen, t, path, e, "imports.total", all_goods, 1 - t.window)
    compare_values(seen, t, path, e, "balance.total", lambda m: total(m) - all_goods(m), 1 - t.window)


class Terms:
    """Every driver's log term of all cells in a month; what is inherited is apart."""

    def __init__(self, t, path, e):
        self.t, self.path, self.e = t, path, e

    def of(self, key, m):
        e, t = self.e, self.t
        zero = numpy.zeros_like(e.tariff_slope)
        if key in TRACKS:
            still = e.drivers.inherited(key, e.lags[key], m) if m > 0 else 0.0
            return e.theta[key] * (e.lagged[key][m] - still)
        if key == "inherited":
            out = sum(e.theta[k] * (e.drivers.inherited(k, e.lags[k], m) if m > 0 else 0.0) for k in TRACKS)
            calm = e.of_tariffs("calm", m) - e.of_tariffs("calm", 0) if m > 0 else zero
            return out + calm + (e.shifts[m]["inherited"] if m > 0 else zero)
        if key == "tariff":
            calm = e.of_tariffs("calm", m) - e.of_tariffs("calm", 0) if m > 0 else zero
            return e.of_tariffs("now", m) - calm
        if m < 1:
            return zero
        if key == "foreign_demand":
            return e.theta[key] * numpy.array([self.path.told[f"driver.foreign_demand.{k}", text(t.as_of + m)]
                                               for k in t.markets])
        if key in ("front_loading", "diversion"):
            return e.shifts[m][key]
        if key in ("supply_limits", "export_controls"):
            kept = e.limit_value if key == "supply_limits" else e.controls
            return kept[m][:, None] + zero
        number = [f"shocks.{name}" for name in e.shock_names].index(key)
        reach, effect, _ = e.shocks[number]
        return reach * effect[m]


def compare_contributions(seen, t, path, e, scenario):
    cells, terms = {**e.history, **e.x}, Terms(t, path, e)
    keys = list(TRACKS) + ["inherited", "tariff", "foreign_demand", "front_loading", "diversion", "supply_limits",
                            "export_controls"] + \
        [f"shocks.{name}" for name in e.shock_names]
    kept = {}
    for (name, by, key, period), told in path.part.items():
        months = months_of(t, period)
        if name != "exports.total.yoy" or months[-1] > e.months or months[0] < 13 - t.window:
            continue
        base = sum(cells[m - 12].sum() for m in months)
        if by == "driver" and key in keys:
            for m in months:
                if (key, m) not in kept:
                    change = terms.of(key, m) - terms.of(key, m - 12)
                    kept[key, m] = float((log_mean(cells[m], cells[m - 12]) * change).sum())
            seen.of(f"{name}/{key}", period, told, 100 * sum(kept[key, m] for m in months) / base, SPLIT_PP)
        elif by in ("product", "market"):
            ids = t.products if by == "product" else t.markets
            at = ids.index(key)
            change = sum(numpy.take(cells[m] - cells[m - 12], at, 0 if by == "product" else 1).sum() for m in months)
            seen.of(f"{name}/{key}", period, told, 100 * change / base, GROWTH_PP)
