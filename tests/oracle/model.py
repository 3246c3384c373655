"""One path of exports, worked out a second time from the tables and docs/theory: no code of the program is used."""

import calendar
import datetime
import math

import numpy

from tables import LAG_MONTHS, median, month


def gamma_weights(mean):
    rate = 2 / max(mean, 0.05)
    upto = [1 - math.exp(-rate * (k + 0.5)) * (1 + rate * (k + 0.5)) for k in range(LAG_MONTHS)]
    w = numpy.diff([0.0] + upto)
    return w / w.sum()


def local_level_gain(level, noise):
    if noise == 0:
        return 1.0
    q = (level / noise) ** 2
    p = (q + math.sqrt(q * q + 4 * q)) / 2
    return p / (1 + p)


def day_share(m, begins, ends):
    """Share of the days of a month from `begins` to before `ends`."""
    days = calendar.monthrange(m // 12, m % 12 + 1)[1]
    first = datetime.date(m // 12, m % 12 + 1, 1)
    in_force = [d for d in (first + datetime.timedelta(k) for k in range(days))
                if d >= begins and (ends is None or d < ends)]
    return len(in_force) / days


def log_mean(a, b):
    a, b = numpy.asarray(a, float), numpy.asarray(b, float)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.where(abs(a / b - 1) < 1e-9, (a + b) / 2, (a - b) / numpy.log(a / b))


class Window:
    """The regression on the trend window, and what of the smoothed level follows from it."""

    def __init__(self, t, path):
        n, self.n = t.window, t.window
        x = numpy.arange(n) / 12
        self.design = numpy.linalg.pinv(numpy.column_stack([numpy.ones(n), x]))
        self.x = x
        gains = sorted(local_level_gain(
            math.hypot(median(path.text("level_sd_log")[1]), median(path.text("level_sd_log", p)[1])),
            math.hypot(median(path.text("residual_world_sd_log")[1]),
                       median(path.text("residual_volume_sd_log", p)[1]),
                       median(path.text("residual_price_sd_log", p)[1]))) for p in t.products)
        gain = gains[len(gains) // 2]
        self.smooth = gain * (1 - gain) ** numpy.arange(n)  # of the residual k months ago
        self.smoothing_years = float((self.smooth * numpy.arange(n) / 12).sum())

    def fit(self, y):
        """Slope a year and smoothed level at the last month of [.., month] series."""
        y = numpy.asarray(y)
        a, b = self.design @ y.reshape(-1, self.n).T
        line = a[:, None] + b[:, None] * self.x
        rest = y.reshape(-1, self.n) - line
        level = line[:, -1] + (rest[:, ::-1] * self.smooth).sum(1)
        return b.reshape(y.shape[:-1]), level.reshape(y.shape[:-1])


class Drivers:
    """Log deviations from the reference by months from as_of: history, then what the path has drawn."""

    def __init__(self, t, path, scenario, months):
        first = -t.window - LAG_MONTHS
        self.months, self.d = months, {}
        for name, series in (("memory_price", "memory_price.boj_usd"), ("oil_price", "oil_price"),
                             ("exchange_rate", "exchange_rate")):
            level = {month(k): v for k, v in t.driver[series].items()}
            at_0 = level[t.as_of]
            d = {k: math.log(level[t.as_of + k] / at_0) for k in range(first, 1)}
            for k in range(1, months + 1):
                d[k] = math.log(path.told[f"driver.{name}.level", text(t.as_of + k)] / at_0)
            self.d[name] = d
        self.d["capex"] = self.capex(t, path, scenario, first, months)
        share = path("hardware_share_frac") * path("memory_share_of_hardware_frac")
        self.d["real"] = {k: self.d["capex"][k] - share * self.d["memory_price"][k - 1]
                          for k in range(first + 1, months + 1)}

    def capex(self, t, path, scenario, first, months):
        """Reported quarters, then the firms' plans by proportional first differences (Denton 1971)."""
        firms = sorted(k for k in t.driver if k.startswith("capex."))
        spent, reference = {}, 0.0
        for firm in firms:
            history = {12 * int(q[:4]) + 3 * int(q[5]) - 3: v for q, v in t.driver[firm].items()}
            last = max(history)
            reference += history[last] / 3
            levels = dict(history)
            levels.update(plan_quarters(firm[6:], history, last, path, scenario, t.as_of + months))
            for q, level in levels.items():
                for m in (q, q + 1, q + 2):
                    spent[m - t.as_of] = spent.get(m - t.as_of, 0) + level / 3
        return {k: math.log(spent[k] / reference) for k in range(first, months + 1)}

    def lagged(self, name, mean, k):
        source = self.d["real" if name == "capex" else name]
        if mean is None:
            return source[k]
        return float(sum(w * source[k - j] for j, w in enumerate(gamma_weights(mean))))

    def inherited(self, name, mean, k):
        """The lagged driver of month k if it had stood still since as_of, over its value there."""
        if mean is None:
            return 0.0
        source = self.d["real" if name == "capex" else name]
        frozen = sum(w * source[min(k - j, 0)] for j, w in enumerate(gamma_weights(mean)))
        return float(frozen) - self.lagged(name, mean, 0)


def plan_quarters(firm, history, last, path, scenario, horizon):
    """Quarters of a firm that are not reported, by the first month of the quarter."""
    used = sorted(history)[-16:]
    design = numpy.zeros((len(used), 5))
    for j, q in enumerate(used):
        design[j, q % 12 // 3], design[j, 4] = 1, j
    effect = numpy.exp(numpy.linalg.lstsq(design, numpy.log([history[q] for q in used]), rcond=None)[0][:4])
    pattern = effect / effect.mean()
    quarters = list(range(last + 3, 12 * (horizon // 12) + 12, 3))
    keys = scenario["capex_paths"].get(firm, {})
    sums, before = {}, None
    for year in sorted({q // 12 for q in quarters}):
        reported = [history[q] for q in history if q // 12 == year]
        year_before = [history[q] for q in history if q // 12 == year - 1]
        base = sum(year_before) if len(year_before) == 4 else before
        key, name = keys.get(year), f"capex_paths.{firm}.{year}"
        if key is None:
            total = base * math.exp(path("capex_growth_log"))
        elif isinstance(key, str):  # a level, by the companies' own definition
            total = path.stated(name, key) * path("capex_cash_per_company_frac")
        else:
            total = base * (1 + path.stated(name, key["growth_pct"]) / 100)
        sums[year], before = total - sum(reported), total
    n, years = len(quarters), sorted(sums)
    ratio = numpy.diag([1 / pattern[q % 12 // 3] for q in quarters])
    difference = ratio - numpy.vstack([numpy.zeros(n), ratio[:-1]])
    start = numpy.zeros(n)
    start[0] = history[last] / pattern[last % 12 // 3]
    add = numpy.array([[float(q // 12 == year) for q in quarters] for year in years])
    # Least squares under the sums, through their null space.
    some = numpy.linalg.lstsq(add, numpy.array([sums[y] for y in years]), rcond=None)[0]
    free = numpy.linalg.svd(add)[2][len(years):].T
    step = numpy.linalg.lstsq(difference @ free, start - difference @ some, rcond=None)[0]
    return dict(zip(quarters, some + free @ step))


def text(m):
    return f"{m // 12}-{m % 12 + 1:02d}"
