"""The totals model once more, in NumPy: an independent check of models/totals_filter.cpp, and the trials behind its choice.

    python3 docs/validation/backtest_research.py [LAST TARGET, default 2019-12]

Reads models/backtest/totals.csv and calendar.csv, filters exports and imports under all settings, prints the mean
CRPS over 1 to 12 releases ahead and of the day before the release, and the forecast of one origin, which tests/models/totals_test.cpp holds against C++.
"""
import csv
import datetime
import math
import pathlib
import sys

import numpy as np
from scipy.special import stdtr

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "models" / "backtest"
SETTINGS = [(level, slope, season) for level in (0.1, 0.3, 1.0) for slope in (0.001, 0.01) for season in (0.003, 0.03)]
DAMPING, GROWTH, KEEP, MOST = 0.85, 0.03, 0.9, 3.0
OIL_SD, LATE_OIL_SD, OIL_MOST = 0.003, 0.006, 3.0  # of a tenth of log price
UNIT, SURVEY_SD, CALENDAR_SD, SEASON_SD = 0.035 ** 2, 0.006, 0.07, 0.25
PRIOR, VARIANCE_DISCOUNT, WEIGHT_DISCOUNT, BOUND = 4.0, 0.95, 0.97, 3.0
SEASONS, HORIZONS = 11, 12
NODES, WEIGHTS = np.polynomial.legendre.leggauss(7)
DAY = datetime.timedelta(1)


def table(name):
    with open(FOLDER / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Calendar:
    def __init__(self):
        rows = table("calendar.csv")
        self.new_year = {int(r["year"]): datetime.date.fromisoformat(r["new_year_date"]) for r in rows}
        autumn = [datetime.date.fromisoformat(r["mid_autumn_date"]) for r in rows]
        self.holidays = set(autumn)
        for year, day in self.new_year.items():
            self.holidays |= {day + k * DAY for k in range(-1, 6)}
            self.holidays |= {datetime.date(year, 10, k) for k in range(1, 8)}
            self.holidays |= {datetime.date(year, month, d) for month, d in ((1, 1), (4, 5), (5, 1))}
        self.usual = {m: np.mean([self.days(y, m) for y in self.new_year]) for m in range(2, 13)}

    def days(self, year, month):
        day = datetime.date(year, 1 if month == 2 else month, 1)
        count = 0
        while day.year == year and day.month <= month:
            count += day.weekday() < 5 and day not in self.holidays
            day += DAY
        return count

    def row(self, period):
        year, month = period
        at = lambda y: (self.new_year[y] - datetime.date(y, 1, 1)).days
        return [(at(year) - 35) / 10 if month == 2 else 0,
                max(0, at(year) - 36) / 10 - 0.4 if month == 3 else 0,
                (at(year + 1) - 35) / 10 if month == 12 else 0,
                self.days(year, month) / self.usual[month] - 1]


def released(column):
    periods, levels, known, january, oil = [], [], [], 0, []
    for r in table("totals.csv"):
        year, month = int(r["month"][:4]), int(r["month"][5:])
        value = float(r[column])
        oil.append(math.log(float(r["brent_usd_bbl"])))
        if month == 1:
            january = value
            continue
        periods.append((year, month))
        levels.append(value + (january if month == 2 else 0))
        change = lambda months: float(np.clip(10 * (oil[-1] - oil[-1 - months]), -OIL_MOST, OIL_MOST)) if len(oil) > months else 0.0
        known.append((float(r["mfg_pmi"]), change(3), change(2 if month == 2 else 1)))
    return periods, np.array(levels), known


def after(period):
    year, month = period
    return (year + 1, 2) if month == 12 else (year, month + 1)


class Filter:
    """States: level, slope, seasons, calendar, survey, oil before and (the day before the release) in the period; one
    mean and covariance a setting."""

    def __init__(self, calendar, day_before=False):
        self.calendar, k, n = calendar, len(SETTINGS), 2 + SEASONS + 4 + 3
        self.mean, self.cov, self.shock = np.zeros((k, n)), np.zeros((k, n, n)), np.zeros((k, n, n))
        centre = np.eye(SEASONS) - 1 / SEASONS
        seasons = slice(2, 2 + SEASONS)
        for i, (level, slope, season) in enumerate(SETTINGS):
            self.shock[i, 0, 0], self.shock[i, 1, 1] = level, slope
            self.shock[i, seasons, seasons] = season * centre
        self.cov[:, 0, 0], self.cov[:, 1, 1] = 0.3 ** 2 / UNIT, 0.02 ** 2 / UNIT
        self.cov[:, seasons, seasons] = centre * SEASON_SD ** 2 / UNIT
        for j in range(2 + SEASONS, n - 3):
            self.cov[:, j, j] = CALENDAR_SD ** 2 / UNIT
        for j, sd in ((n - 3, SURVEY_SD), (n - 2, OIL_SD), (n - 1, LATE_OIL_SD if day_before else 0)):
            self.cov[:, j, j] = sd ** 2 / UNIT
        self.variance, self.weight, self.degrees = np.full(k, UNIT), np.zeros(k), PRIOR
        self.periods, self.push, self.surveys = 0, np.zeros(3), []

    def observe(self, period):
        f = np.zeros(self.mean.shape[1])
        f[0] = f[2 + max(0, period[1] - 2)] = 1
        f[2 + SEASONS:-3] = self.calendar.row(period)
        return f

    def step(self, mean, cov, push):
        g = np.eye(mean.shape[1])
        g[0, 1], g[1, 1], g[0, -3:] = 1, DAMPING, push
        mean = mean @ g.T
        mean[:, 1] += (1 - DAMPING) * GROWTH / SEASONS
        return mean, g @ cov @ g.T + self.shock, g

    def update(self, period, level, known):
        survey, oil, late_oil = known
        self.push[2] = late_oil
        y, f = math.log(level), self.observe(period)
        if self.periods == 0:
            self.mean[:, 0] = y
        else:
            self.degrees *= VARIANCE_DISCOUNT
        mean, cov, _ = self.step(self.mean, self.cov, self.push)
        reach = cov @ f
        spread = reach @ f + 1
        error = y - mean @ f
        squared = error ** 2 / (self.variance * spread)
        d = self.degrees
        if self.periods >= SEASONS:
            density = math.lgamma((d + 1) / 2) - math.lgamma(d / 2) - (d + 1) / 2 * np.log1p(squared / d)
            self.weight = self.weight * WEIGHT_DISCOUNT + density - np.log(d * self.variance * spread) / 2
        self.weight = self.weight - self.weight.max()
        taken = np.minimum(1, BOUND / np.sqrt(np.maximum(squared, 1e-12)))
        gain = reach / spread[:, None]
        self.mean = mean + gain * (error * taken)[:, None]
        self.cov = cov - gain[:, :, None] * gain[:, None, :] * (spread * taken)[:, None, None]
        self.variance = self.variance * (d + squared * taken ** 2) / (d + 1)
        self.degrees += 1
        self.push = np.array([np.clip(survey - np.mean(self.surveys), -MOST, MOST) if self.surveys else 0, oil, 0])
        self.surveys = (self.surveys + [survey])[-SEASONS:]
        self.periods, self.last = self.periods + 1, period

    def forecast(self, late_oil=0):
        mean, cov, period = self.mean, self.cov, self.last
        push = self.push + np.array([0, 0, late_oil])
        means, joint, shared = [], np.zeros((len(SETTINGS), HORIZONS, HORIZONS)), []
        for h in range(HORIZONS):
            mean, cov, g = self.step(mean, cov, push)
            push = np.array([push[0] * KEEP, 0, 0])
            period = after(period)
            f = self.observe(period)
            means.append(mean @ f)
            shared = [s @ g.T for s in shared]
            for k, s in enumerate(shared):
                joint[:, h, k] = joint[:, k, h] = s @ f
            shared.append(cov @ f)
            joint[:, h, h] = shared[h] @ f + 1
        weight = np.exp(self.weight)
        return weight / weight.sum(), np.array(means).T, joint * self.variance[:, None, None], self.degrees


def crps(weight, mean, scale, degrees, x):
    """Of growth in percent, its log a mixture of t distributions: the squared distance of distribution functions."""
    came, total = math.log1p(x / 100), 0.0
    for bound, then in ((min(came, (mean - 10 * scale).min()), 0), (max(came, (mean + 10 * scale).max()), 1)):
        edges = np.linspace(bound, came, 41)
        middle, half = (edges[1:] + edges[:-1]) / 2, (edges[1] - edges[0]) / 2
        z = (middle[:, None] + half * NODES).ravel()
        gap = weight @ stdtr(degrees, (z - mean[:, None]) / scale[:, None]) - then
        total += abs(half) * (np.tile(WEIGHTS, len(middle)) * gap ** 2 * 100 * np.exp(z)).sum()
    return total


def main(last_target):
    calendar = Calendar()
    for column in ("exports_usd_bn", "imports_usd_bn"):
        periods, levels, known = released(column)
        logs, model, late = np.log(levels), Filter(calendar), Filter(calendar, day_before=True)
        scores, day_before = [[] for _ in range(HORIZONS)], []
        for t, period in enumerate(periods):
            model.update(period, levels[t], known[t])
            late.update(period, levels[t], known[t])
            if period < (2013, 2):
                continue
            weight, mean, joint, degrees = model.forecast()
            if period == (2019, 12):
                print(column, "origin 2019-12: degrees of freedom", repr(degrees))
                print("  mean weight on large season shocks", repr(weight[1::2].sum()))
                print("  mean log level", *[repr(float(x)) for x in (weight @ mean)[[0, 5, 11]]])
                print("  scale", *[repr(float(math.sqrt(weight @ joint[:, h, h]))) for h in (0, 5, 11)],
                      "covariance of 1 and 12", repr(float(weight @ joint[:, 0, 11])))
            for h in range(1, HORIZONS + 1):
                if t + h >= len(periods) or periods[t + h] > last_target:
                    continue
                m, v = mean[:, h - 1], joint[:, h - 1, h - 1]
                if h <= SEASONS:
                    m = m - logs[t + h - SEASONS]
                else:
                    m, v = m - mean[:, 0], v + joint[:, 0, 0] - 2 * joint[:, 0, h - 1]
                came = 100 * (levels[t + h] / levels[t + h - SEASONS] - 1)
                scores[h - 1].append(crps(weight, m, np.sqrt(v), degrees, came))
            if t + 1 < len(periods) and periods[t + 1] <= last_target:
                weight, mean, joint, degrees = late.forecast(known[t + 1][2])
                came = 100 * (levels[t + 1] / levels[t + 1 - SEASONS] - 1)
                day_before.append(crps(weight, mean[:, 0] - logs[t + 1 - SEASONS], np.sqrt(joint[:, 0, 0]), degrees, came))
        means = [np.mean(s) for s in scores]
        print(column, "CRPS", round(np.mean(means), 2), "by horizon", *[round(m, 2) for m in means],
              "the day before", round(np.mean(day_before), 3))


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else "2019-12"
    main((int(asked[:4]), int(asked[5:])))
