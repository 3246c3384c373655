"""Errors of level-plus-trend forecasts of China's exports, with and without the pandemic.

    python3 docs/validation/spread.py models/calibrations/china-2026-05 [MONTHS OF THE WINDOW]

Repeats models/historical_spread.cpp on the calibration's own totals and seasons: every origin from 2013-01 on (none in
January), a level and a trend fitted on the months up to it (29 unless told), errors of the growth on a year earlier, root mean square in
points. Horizons count releases; January and February are one.
"""
import csv
import math
import sys

WINDOW, GAIN, HORIZONS = 29, 0.4, (1, 3, 5, 8, 12)
PANDEMIC = ("2020-01", "2022-06")


def rows(folder, name):
    with open(f"{folder}/{name}", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Exports:
    def __init__(self, folder):
        history = rows(folder, "history.csv")
        self.total = {r["month"]: float(r["value_usd_bn"]) for r in history if r["product"] == r["market"] == "all"}
        self.months = sorted(self.total)
        year = set(self.months[-12:])
        self.weight = {}
        for r in history:
            if r["product"] != "all" and r["market"] == "all" and r["month"] in year:
                self.weight[r["product"]] = self.weight.get(r["product"], 0) + float(r["value_usd_bn"])
        self.season = {}
        for r in rows(folder, "seasonal.csv"):
            self.season.setdefault(r["product"], {})[r["season"]] = float(r["factor_log"])
        self.january = {int(r["year"]): float(r["january_frac"]) for r in rows(folder, "lunar_new_year.csv")}

    def seasonal(self, month):
        year, number = int(month[:4]), int(month[5:])
        share = self.january[year] if number == 1 else 1 - self.january[year]
        factor = lambda f: f["JF"] + math.log(2 * share) if number <= 2 else f[str(number)]
        return sum(w * factor(self.season[p]) for p, w in self.weight.items()) / sum(self.weight.values())


def trend_weights():
    mean, spread = (WINDOW - 1) / 2, WINDOW * (WINDOW * WINDOW - 1) / 12
    fit = lambda at, j: 1 / WINDOW + (at - mean) * (j - mean) / spread
    slope = [12 * (j - mean) / spread for j in range(WINDOW)]
    level = [fit(WINDOW - 1, j) for j in range(WINDOW)]
    keep = GAIN
    for at in reversed(range(WINDOW)):
        level = [x + keep * ((j == at) - fit(at, j)) for j, x in enumerate(level)]
        keep *= 1 - GAIN
    return slope, level


def target_of(months, origin, horizon):
    at = origin
    while horizon > 0:
        at += 1
        if at == len(months):
            return None
        horizon -= months[at][5:] != "01"
    return at


def spread(exports, left_out):
    slope_weight, level_weight = trend_weights()
    seasonal = {m: exports.seasonal(m) for m in exports.months}
    y = [math.log(exports.total[m]) - seasonal[m] for m in exports.months]
    result = []
    for horizon in HORIZONS:
        errors = []
        for origin, month in enumerate(exports.months):
            target = target_of(exports.months, origin, horizon)
            if month < "2013-01" or month[5:] == "01" or origin < WINDOW - 1 or target is None:
                continue
            if left_out(month) or left_out(exports.months[target]):
                continue
            past = y[origin - WINDOW + 1:origin + 1]
            slope = sum(a * b for a, b in zip(slope_weight, past))
            level = sum(a * b for a, b in zip(level_weight, past))
            span = range(target - (exports.months[target][5:] == "02"), target + 1)
            actual = sum(exports.total[exports.months[m]] for m in span)
            before = sum(exports.total[exports.months[m - 12]] for m in span)
            forecast = sum(math.exp(level + slope * (m - origin) / 12 + seasonal[exports.months[m]]) for m in span)
            errors.append(100 * (actual - forecast) / before)
        result.append((math.sqrt(sum(e * e for e in errors) / len(errors)), len(errors)))
    return result


if __name__ == "__main__":
    WINDOW = int(sys.argv[2]) if len(sys.argv) > 2 else WINDOW
    china = Exports(sys.argv[1])
    for name, left_out in (("all", lambda m: False), ("without the pandemic", lambda m: PANDEMIC[0] <= m <= PANDEMIC[1])):
        print(name, *[f"{h}: {sd:.1f} ({n})" for h, (sd, n) in zip(HORIZONS, spread(china, left_out))])
