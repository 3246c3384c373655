"""What both builders of the calibration tables share: reading and writing, distributions, seasons, the trend filter.

Used by build_calibration.py (exports) and import_tables.py (imports).
"""
import csv
import math
import os

import numpy as np
from scipy.optimize import minimize

from vintages import VINTAGE

AS_OF, KNOWN_ON, FROM = VINTAGE.as_of, VINTAGE.known_on, "2024-01"


def read(data, name):
    with open(os.path.join(data, name), encoding="utf-8") as f:
        return list(csv.DictReader(f))


def num(text):
    return float(text) if text not in ("", None) else math.nan


def months(first, last):
    y, m = map(int, first.split("-"))
    out = []
    while True:
        out.append(f"{y:04d}-{m:02d}")
        if out[-1] == last:
            return out
        y, m = (y, m + 1) if m < 12 else (y + 1, 1)


def fmt(x, digits=6):
    if x is None or (isinstance(x, float) and math.isnan(x)):
        return ""
    if isinstance(x, str):
        return x
    s = f"{x:.{digits}f}"
    if "." in s:
        s = s.rstrip("0").rstrip(".")
    return "0" if s in ("-0", "") else s


def g(x):
    """Shortest tidy number for a distribution argument (4 significant digits)."""
    return f"{x:.4g}"


class Table:
    def __init__(self, out, name, columns, provenance=True):
        self.path = os.path.join(out, name)
        self.columns = columns + (["source", "kind", "known_from", "note"] if provenance else [])
        self.rows = []

    def add(self, *values):
        assert len(values) == len(self.columns), (self.path, values)
        self.rows.append([fmt(v) if isinstance(v, float) else str(v) for v in values])

    def write(self):
        with open(self.path, "w", newline="", encoding="utf-8") as f:
            w = csv.writer(f, lineterminator="\n")
            w.writerow(self.columns)
            w.writerows(self.rows)


def write_hs_codes(out):
    """hs_codes.csv from the tables already written: a product that is one code, and 847150 inside servers_computers."""
    def rows(name):
        with open(os.path.join(out, name), newline="", encoding="utf-8") as f:
            return list(csv.DictReader(f))

    t = Table(out, "hs_codes.csv", ["dimension", "hs_code", "member", "weight_frac"])
    sets = rows("sets.csv")
    for dimension, name in (("product", "products.csv"), ("import_product", "import_products.csv")):
        found = [(r["hs_codes"], r["id"], 1.0, r["source"], r["kind"], r["known_from"], "the product is this code")
                 for r in rows(name) if r["hs_codes"].isdigit()]
        found += [("847150", r["member"], float(r["weight_frac"]), r["source"], r["kind"], r["known_from"], r["note"])
                  for r in sets if (r["set"], r["dimension"], r["member"]) == ("ai_core", dimension, "servers_computers")]
        for code, member, weight, *origin in sorted(found):
            t.add(dimension, code, member, weight, *origin)
    t.write()


Z90 = 1.2815515655446004


def dist(kind, central, low, high):
    """Prior row -> the scenario's notation. low/high are p10/p90 (support for triangular)."""
    if kind == "fixed" or low == high:
        return g(central)
    if kind == "triangular":
        return "{triangular: [%s, %s, %s]}" % (g(low), g(central), g(high))
    if kind == "lognormal":
        return "{lognormal: {median: %s, sd_log: %s}}" % (g(central), g(math.log(high / low) / 2 / Z90))
    if kind == "beta":
        return "{beta: {mean: %s, sd: %s}}" % (g(central), g((high - low) / 2 / Z90))
    return "{normal: {mean: %s, sd: %s}}" % (g(central), g((high - low) / 2 / Z90))


MONTHS = months(FROM, AS_OF)

# Lag of unit values behind the memory index: a gamma lag of shape 2 with mean 1.25 months fits the unit values of the IC line
# (best at 1.0), storage units (1.5 to 2) and computer parts (1.5) of 2025-01..2026-05; before that it was judgement. Weights of
# months 0 to 5.
MEMORY_LAG_MEAN = VINTAGE.memory_lag_mean
_cdf = lambda x: 1 - math.exp(-2 * x / MEMORY_LAG_MEAN) * (1 + 2 * x / MEMORY_LAG_MEAN) if x > 0 else 0.0
_w = [_cdf(k + 0.5) - _cdf(k - 0.5) for k in range(6)]
MEMORY_LAG = [x / sum(_w) for x in _w]


def lagged_log(index, month):
    """Log of a monthly index through the memory lag."""
    grid = months("2023-01", month)
    return sum(w * math.log(index[grid[-1 - k]]) for k, w in enumerate(MEMORY_LAG))


SEASONS = ["JF"] + [str(k) for k in range(3, 13)]
NEW_YEAR = dict(zip(range(2008, 2043), """02-07 01-26 02-14 02-03 01-23 02-10 01-31 02-19 02-08 01-28 02-16 02-05 01-25 02-12 02-01
01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03 01-23 02-11 01-31 02-19 02-08 01-28 02-15 02-04 01-24 02-12 02-01 01-22""".split()))


def lunar(t):
    """January's share of January plus February: actual where released, then a quadratic in the new-year date."""
    day = {y: (0 if d[:2] == "01" else 31) + int(d[3:]) for y, d in NEW_YEAR.items()}
    actual = {y: t.total[f"{y}-01"] / (t.total[f"{y}-01"] + t.total[f"{y}-02"]) for y in range(2008, VINTAGE.new_years_seen + 1)}
    fit = [y for y in actual if y != 2020]
    X = lambda ys: np.array([[1, (day[y] - 38) / 10, ((day[y] - 38) / 10) ** 2] for y in ys])
    beta, *_ = np.linalg.lstsq(X(fit), np.array([actual[y] for y in fit]), rcond=None)
    resid = np.array([actual[y] for y in fit]) - X(fit) @ beta
    return actual, {y: float(v) for y, v in zip(NEW_YEAR, X(list(NEW_YEAR)) @ beta)}, float(resid.std(ddof=3))


def released_series(values, first):
    """Monthly grid of logs with January missing and February = log of the mean of January and February."""
    out = []
    for m in months(first, AS_OF):
        if m.endswith("-01"):
            out.append(math.nan)
        elif m.endswith("-02"):
            out.append(math.log((values[m[:4] + "-01"] + values[m]) / 2))
        else:
            out.append(math.log(values[m]))
    return np.array(out)


def season_dummies(first):
    """Effects that average to zero over twelve months (January-February counts twice): columns 3..12, JF implied."""
    X = []
    for m in months(first, AS_OF):
        k = int(m[5:])
        X.append([-0.5] * 10 if k <= 2 else [1.0 if j == k else 0.0 for j in range(3, 13)])
    return np.array(X)


def kalman(y, X, sa, sm, su, rho, phi, mu_lr, start=None):
    """Local linear trend + AR(1): states a, mu, u. X (seasonal regressors) concentrated out by GLS.
    Returns log likelihood, coefficients, final state and its covariance (before coefficients), innovations."""
    T = np.array([[1, 1 / 12, 0], [0, phi, 0], [0, 0, rho]])
    Qn = np.diag([sa ** 2, sm ** 2, su ** 2])
    n = X.shape[1]
    first = next(i for i, v in enumerate(y) if not math.isnan(v))
    # columns: y and each regressor run through the same filter (the state of a regressor starts at 0 and has no drift)
    s = np.zeros((3, n + 1))
    s[0, 0], s[1, 0] = y[first], 0.05
    P = np.diag([0.5, 0.15 ** 2, su ** 2 / max(1 - rho ** 2, 1e-3)])
    drift = np.zeros((3, n + 1))
    drift[1, 0] = (1 - phi) * mu_lr
    E, F = [], []
    for i in range(len(y)):
        if i > 0:
            s = T @ s + drift
            P = T @ P @ T.T + Qn
        if not math.isnan(y[i]):
            z = np.concatenate([[y[i]], X[i]])
            e = z - (s[0] + s[2])
            f = P[0, 0] + 2 * P[0, 2] + P[2, 2] + 1e-8
            K = (P[:, 0] + P[:, 2]) / f
            s = s + np.outer(K, e)
            P = P - np.outer(K, P[0] + P[2])
            E.append(e), F.append(f)
    E, F = np.array(E), np.array(F)
    if n:
        A = E[:, 1:] / np.sqrt(F)[:, None]
        b, *_ = np.linalg.lstsq(A, E[:, 0] / np.sqrt(F), rcond=None)
        v = E[:, 0] - E[:, 1:] @ b
        state = s[:, 0] - s[:, 1:] @ b
    else:
        b, v, state = np.zeros(0), E[:, 0], s[:, 0]
    ll = -0.5 * float(np.sum(np.log(2 * math.pi * F) + v ** 2 / F))
    return ll, b, state, P, v / np.sqrt(F)


def fit_total(y, X, phi, mu_lr):
    def negative(q):
        sa, sm, su = np.exp(q[:3])
        rho = 1 / (1 + math.exp(-q[3]))
        prior = 0.5 * ((rho - 0.4) / 0.25) ** 2  # keeps the AR(1) apart from the level
        return -kalman(y, X, sa, sm, su, rho, phi, mu_lr)[0] + prior
    best = None
    for start in ([-4, -4.5, -3.5, -0.5], [-3.5, -4, -4, 0], [-4, -3.5, -3.2, -1]):
        r = minimize(negative, start, method="Nelder-Mead", options={"maxiter": 600, "xatol": 1e-3, "fatol": 1e-4})
        if best is None or r.fun < best.fun:
            best = r
    q = best.x
    return dict(sa=math.exp(q[0]), sm=math.exp(q[1]), su=math.exp(q[2]), rho=1 / (1 + math.exp(-q[3])), nll=best.fun)


def forecast_sd(sa, sm, su, rho, phi, sd_mu0, h_months, drop_start=False):
    """sd of the log level h months after as_of (equal to that of the year-on-year log rate up to 12 months)."""
    var_u = su ** 2 * sum(rho ** (2 * k) for k in range(h_months))
    var_a = h_months * sa ** 2
    # slope: sum over months of mu/12
    c = lambda n: (n if phi == 1 else (1 - phi ** n) / (1 - phi)) / 12
    var_m = sum((sm * c(h_months - k)) ** 2 for k in range(1, h_months))
    return math.sqrt(var_u + var_a + var_m + (c(h_months) * sd_mu0) ** 2)


H_MONTHS = VINTAGE.released_to_months


def trend_estimates(t):
    first = "2008-01"
    y = released_series(t.total, first)
    grid = months(first, AS_OF)
    X = season_dummies(first)
    for i, m in enumerate(grid):
        if "2020-02" <= m <= "2020-05":
            y[i] = math.nan
    # phi: forecasts from 2013-2018 origins, fitted to 2008-2019 only
    cut = grid.index("2019-12") + 1
    mu_lr = math.log(t.year(t.total, 2025) / t.year(t.total, 2012)) / 13
    score = {}
    for phi in (0.85, 0.9, 0.94, 0.97, 1.0):
        f = fit_total(y[:cut], X[:cut], phi, mu_lr)
        _, b, *_ = kalman(y[:cut], X[:cut], f["sa"], f["sm"], f["su"], f["rho"], phi, mu_lr)
        ysa = y[:cut] - X[:cut] @ b
        err = []
        for origin in range(grid.index("2013-01"), cut - 13):
            if math.isnan(ysa[origin]):
                continue
            *_, state, _, _ = kalman(ysa[:origin + 1], X[:origin + 1, :0], f["sa"], f["sm"], f["su"], f["rho"], phi, mu_lr)
            a, mu, u = state
            for h in range(1, 14):
                a, mu, u = a + mu / 12, phi * mu + (1 - phi) * mu_lr, u * f["rho"]
                if h in (3, 5, 9, 13) and not math.isnan(ysa[origin + h]):
                    err.append(((ysa[origin + h] - a - u) * 100) ** 2)
        score[phi] = math.sqrt(sum(err) / len(err))
    phi = min(score, key=score.get)
    start = grid.index("2013-01")
    full = fit_total(y[start:], X[start:], phi, mu_lr)
    _, b, state, P, v = kalman(y[start:], X[start:], full["sa"], full["sm"], full["su"], full["rho"], phi, mu_lr)
    season = dict(zip(SEASONS, [float(-0.5 * b.sum())] + [float(x) for x in b]))
    return dict(phi=phi, score=score, mu_lr=mu_lr, slope=float(state[1]), sd_slope=float(math.sqrt(P[1, 1])), u=float(state[2]),
                season=season, kurt=float(np.mean(v ** 4) / np.mean(v ** 2) ** 2), **full)


def mixed_season(z, first, net):
    """Log share of the total: cubic trend + random season effects (EM), net of a known regressor.
    -> season effects (mean zero over 12 months), residuals on the grid, shrinkage"""
    z = z - net
    ok = ~np.isnan(z)
    n = len(z)
    x = np.linspace(-1, 1, n)
    B = np.vander(x, 4)
    D = np.zeros((n, 11))
    for i, m in enumerate(months(first, AS_OF)):
        D[i, max(int(m[5:]) - 2, 0)] = 1
    W = np.array([2.0] + [1.0] * 10)
    D = D - D @ np.outer(np.ones(11), W) / 12
    tau2, s2 = 0.02 ** 2, 0.03 ** 2
    A, zz = np.hstack([B, D])[ok], z[ok]
    for _ in range(200):
        prec = np.diag([0.0] * 4 + [s2 / tau2] * 11)
        C = np.linalg.inv(A.T @ A + prec + 1e-12 * np.eye(15))
        beta = C @ A.T @ zz
        r = zz - A @ beta
        edf = np.trace(A @ C @ A.T)
        s2 = max(float(r @ r) / max(len(zz) - edf, 4), 1e-6)
        tau2 = max(float(np.mean(beta[4:] ** 2) + s2 * np.mean(np.diag(C)[4:])), 1e-7)
    e = beta[4:] - float(beta[4:] @ W) / 12
    resid = np.full(n, math.nan)
    resid[ok] = r
    shrink = tau2 / (tau2 + s2 / 2.4)
    return dict(zip(SEASONS, map(float, e))), resid, shrink


def split_level_residual(z):
    """Local level with an almost fixed slope, plus white noise, by maximum likelihood on a seasonally adjusted log share.
    A weak prior on the ratio of the two sds (log ratio -0.5, sd 0.7) keeps a short sample from going to a corner.
    -> sd of permanent shocks, sd of transitory noise (per month)"""
    none = np.zeros((len(z), 0))

    def negative(q):
        ll = kalman(z, none, math.exp(q[0]), 0.01, math.exp(q[1]), 0.0, 1.0, 0.0)[0]
        return -ll + 0.5 * ((q[0] - q[1] + 0.5) / 0.7) ** 2

    q = minimize(negative, [-4.0, -3.5], method="Nelder-Mead", options={"maxiter": 200, "xatol": 1e-3, "fatol": 1e-4}).x
    dof = math.sqrt(VINTAGE.released / (VINTAGE.released - 4))  # the shrunk season used about four degrees of freedom
    return math.exp(q[0]) * dof, math.exp(q[1]) * dof


def out_of_sample(t, e):
    """Errors (pp) of the model's own forecasts from every origin since 2013-01. February to May 2020 are left out of the
    filter but not of the targets: a pandemic belongs to the errors one has to expect."""
    grid = months("2008-01", AS_OF)
    y, X = released_series(t.total, "2008-01"), season_dummies("2008-01")
    for i, m in enumerate(grid):
        if "2020-02" <= m <= "2020-05":
            y[i] = math.nan
    b = np.array([e["season"][s] for s in SEASONS[1:]])
    ysa = y - X @ b
    target = released_series(t.total, "2008-01") - X @ b
    err = {n: [] for n in H_MONTHS.values()}
    for o in range(grid.index("2013-01"), len(grid) - 1):
        if math.isnan(ysa[o]):
            continue
        *_, state, _, _ = kalman(ysa[:o + 1], X[:o + 1, :0], e["sa"], e["sm"], e["su"], e["rho"], e["phi"], e["mu_lr"])
        a, mu, u = state
        for n in range(1, VINTAGE.months_ahead + 1):
            a, mu, u = a + mu / 12, e["phi"] * mu + (1 - e["phi"]) * e["mu_lr"], u * e["rho"]
            if n in err and o + n < len(grid) and not math.isnan(target[o + n]):
                err[n].append(100 * (target[o + n] - a - u))
    return {h: float(np.sqrt(np.mean(np.square(err[n])))) for h, n in H_MONTHS.items()}


def later(month, trade=False):
    """A trade figure is taken as known by the 9th of the next month; January comes out with February."""
    y, m = map(int, month.split("-"))
    m = max(m, 2) if trade else m
    if trade and month == "2025-12" and not VINTAGE.full:
        return "2026-01-14"  # the day of the release, which this vintage must not miss
    return f"{y + (m == 12):04d}-{m % 12 + 1:02d}-09"


def load_priors(data):
    """Rows of the prior table that could have been written by known_on."""
    return {(r["parameter"], r["product_group"], r["market"]): r for r in read(data, "parameter_priors.csv")
            if r["known_from"] <= KNOWN_ON}


def scaled_prior(row, k):
    kind = row["distribution"]
    c, lo, hi = (num(row[x]) * k for x in ("central", "low", "high"))
    if lo > hi:
        lo, hi = hi, lo
    return dist(kind, c, lo, hi)


def combine(prior_mean, prior_sd, mean, se):
    w = (1 / prior_sd ** 2, 1 / se ** 2)
    return (w[0] * prior_mean + w[1] * mean) / sum(w), math.sqrt(1 / sum(w))
