"""How the drivers of the conditional backtest were chosen: trials in NumPy on targets up to December 2019.

    python3 docs/validation/conditional_research.py [LAST TARGET, default 2019-12]

Reads models/backtest/totals.csv and drivers.csv. From every origin since February 2013 elasticities are estimated on what
came before (conjugate regression of annual growth, AR(1) errors), a plain damped trend is fitted to the total net of the
drivers, and forecasts 1 to 12 releases ahead are made twice: drivers as expected, drivers as they came. Prints RMSE.
"""
import csv
import math
import pathlib
import sys

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "models" / "backtest"
LAST = sys.argv[1] if len(sys.argv) > 1 else "2019-12"
FIRST, START = "2013-02", "2009-02"
PRIOR = {"memory_price": (0, .15), "oil_price": (0, .2), "foreign_demand": (.6, .3), "capex": (.03, .03)}
SEASONS, WINDOW, DAMPING, GROWTH, GAIN = 11, 27, .85, .03, .4


def table(name):
    with open(FOLDER / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def months(first, last):
    year, month = int(first[:4]), int(first[5:])
    while (text := f"{year}-{month:02d}") <= last:
        yield text
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


MONTHS = list(months("2005-01", "2026-05"))
AT = {m: i for i, m in enumerate(MONTHS)}


def driver(name):
    """Monthly logs; quarters hold for their months, the ends are carried on."""
    level = {}
    for r in table("drivers.csv"):
        if r["driver"] == name:
            year, rest = r["period"][:4], r["period"][5:]
            own = [f"{year}-{3 * int(rest) - k:02d}" for k in range(3)] if "Q" in r["period"] else [r["period"]]
            level.update({m: math.log(float(r["value"])) for m in own})
    log, seen = [], level[min(level)]
    for m in MONTHS:
        seen = level.get(m, seen)
        log.append(seen)
    return np.array(log)


def without_season(d):
    """Seasons from 2005-07..2012-06: before the first origin."""
    first, last, off = AT["2005-07"], AT["2012-06"], np.zeros(12)
    for month in range(12):
        at = [i for i in range(first, last + 1) if i % 12 == month]
        off[month] = np.mean([d[i] - (d[i - 6] / 2 + d[i - 5:i + 6].sum() + d[i + 6] / 2) / 12 for i in at])
    off -= off.mean()
    return np.array([d[i] - off[i % 12] for i in range(len(d))])


def lagged(d, mean):
    """Gamma lag of shape 2, as the engine's, cut after 24 months."""
    if mean == 0:
        return d
    upto = lambda x: 1 - np.exp(-2 * x / mean) * (1 + 2 * x / mean)
    k = np.arange(25)
    w = upto(k + .5) - np.where(k > 0, upto(np.maximum(k - .5, 0)), 0)
    return np.array([d[max(0, i - 24):i + 1][::-1] @ w[:min(25, i + 1)] / w[:min(25, i + 1)].sum() for i in range(len(d))])


PERIODS, LEVEL = [], {"exports": [], "imports": []}
for row in table("totals.csv"):
    if row["month"].endswith("-01"):
        january = row
        continue
    PERIODS.append(row["month"])
    for flow, level in LEVEL.items():
        one = lambda r: float(r[flow + "_usd_bn"])
        level.append(math.log(one(row) + (one(january) if row["month"].endswith("-02") else 0)))
LEVEL = {flow: np.array(level) for flow, level in LEVEL.items()}


def by_period(d):
    return np.array([(d[AT[p]] + d[AT[p] - 1]) / 2 if p.endswith("-02") else d[AT[p]] for p in PERIODS])


def elasticities(x, y, prior, sd, noise=.06, shape=2):
    """Posterior means; rho of the errors on a grid, weighted by evidence."""
    p0, m0, each = np.diag(noise ** 2 / np.array(sd) ** 2), np.array(prior), []
    for rho in np.arange(0, .96, .05):
        first = math.sqrt(1 - rho * rho)
        xs, ys = np.vstack([x[:1] * first, x[1:] - rho * x[:-1]]), np.r_[y[0] * first, y[1:] - rho * y[:-1]]
        p = p0 + xs.T @ xs
        m = np.linalg.solve(p, p0 @ m0 + xs.T @ ys)
        a = shape + len(y) / 2
        b = shape * noise ** 2 + (ys @ ys + m0 @ p0 @ m0 - m @ p @ m) / 2
        each.append((math.log(first) - np.linalg.slogdet(p)[1] / 2 - a * math.log(b), m))
    w = np.exp([e - max(e for e, _ in each) for e, _ in each])
    return sum(a * m for a, (_, m) in zip(w / w.sum(), each))


def trend_forecast(y, t, shrink):
    """A line through the last 27 periods, smoothed level, damped slope; seasons from five years."""
    at = np.arange(max(0, t - 54), t + 1)
    line = np.arange(len(at))
    design = np.c_[np.ones(len(at)), line, line ** 2, np.eye(SEASONS)[at % SEASONS][:, 1:]]
    season = np.r_[0, np.linalg.lstsq(design, y[at], rcond=None)[0][3:]]
    season -= season.mean()
    last = np.arange(t - WINDOW + 1, t + 1)
    z, x = y[last] - season[last % SEASONS], np.arange(WINDOW)
    slope, start = np.polyfit(x, z, 1)
    left = z - start - slope * x
    level = start + slope * (WINDOW - 1) + sum(GAIN * (1 - GAIN) ** k * left[-1 - k] for k in range(WINDOW))
    slope, out = shrink * slope + (1 - shrink) * GROWTH / SEASONS, []
    for h in range(1, 13):
        level += slope
        slope = DAMPING * slope + (1 - DAMPING) * GROWTH / SEASONS
        out.append(level + season[(t + h) % SEASONS])
    return np.array(out)


def trial(flow, drivers, shrink=1.0, prior=PRIOR, net=True, first=FIRST):
    y, end = LEVEL[flow], PERIODS.index(LAST)
    d = np.array([by_period(lagged(SERIES[k], lag)) for k, lag in drivers]).T
    expected, came = [], []
    for t in range(PERIODS.index(first), end):
        s = PERIODS.index(START)
        x = np.c_[(d[SEASONS:] - d[:-SEASONS])[s - SEASONS:t - 10], np.ones(t + 1 - s)]
        grown = (y[SEASONS:] - y[:-SEASONS])[s - SEASONS:t - 10]
        b = elasticities(x, grown, [prior[k][0] for k, _ in drivers] + [.05], [prior[k][1] for k, _ in drivers] + [.1])[:-1]
        base = trend_forecast(y - (d - d[t]) @ b if net else y, t, shrink)
        drift = np.array([(d[t, j] - d[t - 66, j]) / 66 if k == "foreign_demand" else 0 for j, (k, _) in enumerate(drivers)])
        for h in range(1, min(12, end - t) + 1):
            for out, path in ((expected, lambda n: drift * n), (came, lambda n: d[t + n] - d[t])):
                level = lambda n: base[n - 1] + path(n) @ b
                before = level(1) if h == 12 else y[t + h - SEASONS]
                out.append(100 * (math.exp(level(h) - before) - math.exp(y[t + h] - y[t + h - SEASONS])))
    rmse = [math.sqrt(np.mean(np.square(e))) for e in (expected, came)]
    return f"{rmse[0]:6.2f} {rmse[1]:6.2f} {100 * (rmse[1] / rmse[0] - 1):+5.0f}%   elasticities at the end {np.round(b, 2)}"


SERIES = {k: driver(k) for k in PRIOR}
SERIES["foreign_demand"] = without_season(SERIES["foreign_demand"])
if __name__ == "__main__":
    chosen = [("memory_price", 2), ("oil_price", 1), ("foreign_demand", 0)]
    print(f"targets to {LAST}: RMSE with drivers expected, with drivers that came, difference")
    for flow in LEVEL:
        say = lambda name, *a, **k: print(f"{flow:8} {name:36}", trial(flow, *a, **k), flush=True)
        say("chosen", chosen)
        for k, lag in chosen:
            say(f"only {k}", [(k, lag)])
        for k, lag in chosen:
            say(f"without {k}", [one for one in chosen if one[0] != k])
        for lag in (0, 2, 3, 4):
            say(f"oil lag {lag}", [chosen[0], ("oil_price", lag), chosen[2]])
        for lag in (1, 2, 3):
            say(f"demand lag {lag}", chosen[:2] + [("foreign_demand", lag)])
        for lag in (0, 1, 3):
            say(f"memory lag {lag}", [("memory_price", lag)] + chosen[1:])
        say("slope shrunk to 0.3", chosen, shrink=.3)
        say("trend not net of the drivers", chosen, net=False)
        say("demand's prior 1.0 (0.5)", chosen, prior=PRIOR | {"foreign_demand": (1, .5)})
        say("demand's prior 0.3 (0.3)", chosen, prior=PRIOR | {"foreign_demand": (.3, .3)})
        say("origins from 2018", chosen, first="2018-02")
        say("origins from 2018, capex too", chosen + [("capex", 2)], first="2018-02")
