"""The totals model once more, in NumPy: an independent check of models/totals_filter.cpp, and the trials behind its choice.

    python3 docs/validation/backtest_research.py [LAST TARGET, default 2019-12]

Reads models/backtest/totals.csv and calendar.csv, filters exports and imports under all settings, prints the mean
CRPS over 1 to 12 releases ahead (sampled), and the forecast of one origin, which tests/models/totals_test.cpp holds against C++.
"""
import csv
import datetime
import math
import pathlib
import sys

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "models" / "backtest"
SETTINGS = [(level, slope, season) for level in (0.1, 0.3, 1.0) for slope in (0.001, 0.01) for season in (0.003, 0.03)]
DAMPING, GROWTH, KEEP, MOST = 0.85, 0.03, 0.9, 3.0
UNIT, SURVEY_SD, CALENDAR_SD, SEASON_SD = 0.035 ** 2, 0.006, 0.07, 0.25
PRIOR, VARIANCE_DISCOUNT, WEIGHT_DISCOUNT, BOUND = 4.0, 0.95, 0.97, 3.0
SEASONS, HORIZONS, DRAWS = 11, 12, 4000
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
    periods, levels, surveys, january = [], [], [], 0
    for r in table("totals.csv"):
        year, month = int(r["month"][:4]), int(r["month"][5:])
        value = float(r[column])
        if month == 1:
            january = value
            continue
        periods.append((year, month))
        levels.append(value + (january if month == 2 else 0))
        surveys.append(float(r["mfg_pmi"]))
    return periods, np.array(levels), np.array(surveys)


def after(period):
    year, month = period
    return (year + 1, 2) if month == 12 else (year, month + 1)


class Filter:
    """States: level, slope, seasons, calendar, survey; one mean and covariance a setting."""

    def __init__(self, calendar):
        self.calendar, k, n = calendar, len(SETTINGS), 2 + SEASONS + 4 + 1
        self.mean, self.cov, self.shock = np.zeros((k, n)), np.zeros((k, n, n)), np.zeros((k, n, n))
        centre = np.eye(SEASONS) - 1 / SEASONS
        seasons = slice(2, 2 + SEASONS)
        for i, (level, slope, season) in enumerate(SETTINGS):
            self.shock[i, 0, 0], self.shock[i, 1, 1] = level, slope
            self.shock[i, seasons, seasons] = season * centre
        self.cov[:, 0, 0], self.cov[:, 1, 1] = 0.3 ** 2 / UNIT, 0.02 ** 2 / UNIT
        self.cov[:, seasons, seasons] = centre * SEASON_SD ** 2 / UNIT
        for j in range(2 + SEASONS, n - 1):
            self.cov[:, j, j] = CALENDAR_SD ** 2 / UNIT
        self.cov[:, n - 1, n - 1] = SURVEY_SD ** 2 / UNIT
        self.variance, self.weight, self.degrees = np.full(k, UNIT), np.zeros(k), PRIOR
        self.periods, self.survey, self.surveys = 0, 0.0, []

    def observe(self, period):
        f = np.zeros(self.mean.shape[1])
        f[0] = f[2 + max(0, period[1] - 2)] = 1
        f[2 + SEASONS:-1] = self.calendar.row(period)
        return f

    def step(self, mean, cov, survey):
        g = np.eye(mean.shape[1])
        g[0, 1], g[1, 1], g[0, -1] = 1, DAMPING, survey
        mean = mean @ g.T
        mean[:, 1] += (1 - DAMPING) * GROWTH / SEASONS
        return mean, g @ cov @ g.T + self.shock, g

    def update(self, period, level, survey):
        y, f = math.log(level), self.observe(period)
        if self.periods == 0:
            self.mean[:, 0] = y
        else:
            self.degrees *= VARIANCE_DISCOUNT
        mean, cov, _ = self.step(self.mean, self.cov, self.survey)
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
        self.survey = float(np.clip(survey - np.mean(self.surveys), -MOST, MOST)) if self.surveys else 0.0
        self.surveys = (self.surveys + [survey])[-SEASONS:]
        self.periods, self.last = self.periods + 1, period

    def forecast(self):
        mean, cov, survey, period = self.mean, self.cov, self.survey, self.last
        means, joint, shared = [], np.zeros((len(SETTINGS), HORIZONS, HORIZONS)), []
        for h in range(HORIZONS):
            mean, cov, g = self.step(mean, cov, survey)
            survey *= KEEP
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


def crps(draws, x):
    draws = np.sort(draws)
    n = len(draws)
    return np.abs(draws - x).mean() - ((2 * np.arange(n) + 1 - n) * draws).sum() / (n * (n - 1))


def main(last_target):
    random, calendar = np.random.default_rng(1), Calendar()
    for column in ("exports_usd_bn", "imports_usd_bn"):
        periods, levels, surveys = released(column)
        logs, model = np.log(levels), Filter(calendar)
        scores = [[] for _ in range(HORIZONS)]
        for t, period in enumerate(periods):
            model.update(period, levels[t], surveys[t])
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
                k = random.choice(len(weight), DRAWS, p=weight)
                draws = 100 * np.expm1(m[k] + np.sqrt(v[k]) * random.standard_t(degrees, DRAWS))
                scores[h - 1].append(crps(draws, 100 * (levels[t + h] / levels[t + h - SEASONS] - 1)))
        means = [np.mean(s) for s in scores]
        print(column, "CRPS", round(np.mean(means), 2), "by horizon", *[round(m, 2) for m in means])


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else "2019-12"
    main((int(asked[:4]), int(asked[5:])))
