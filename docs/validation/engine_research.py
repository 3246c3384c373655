"""The one-cell engine's forecasts in closed form, in NumPy: the trials behind its start, on targets of 2013-2019.

    python3 docs/validation/engine_research.py

Levels are normal in logs here, so the CRPS of growth is a closed form too and nothing is sampled. The first row of
each flow is the engine before decision 0016; the last but two is what sim/engine_totals.cpp does now.
"""
import math

import backtest_research as totals
import numpy as np
from scipy.stats import norm

LAST, WINDOW, LONG_RUN = (2019, 12), 29, 0.03
MONTH = 11 / 12  # periods


def later(month, k):
    index = month[0] * 12 + month[1] - 1 + k
    return index // 12, index % 12 + 1


def known(column, calendar, engine_form):
    """What a filter knew at every origin, means over its settings."""
    sds = totals.SURVEY_SD, totals.CALENDAR_SD
    if engine_form:
        totals.SURVEY_SD = totals.CALENDAR_SD = 0.0
    model = totals.Filter(calendar)
    totals.SURVEY_SD, totals.CALENDAR_SD = sds
    periods, levels, surveys = totals.released(column)
    settings, out = np.array(totals.SETTINGS), []
    for period, level, survey in zip(periods, levels, surveys):
        if period > LAST:
            break
        model.update(period, level, survey)
        weight = np.exp(model.weight)
        weight /= weight.sum()
        errors = np.array([np.diag(c)[2:13].mean() for c in model.cov])
        out.append({"period": period, "season": weight @ model.mean[:, 2:13], "noise": weight @ model.variance,
                    "season_error": weight @ (model.variance * errors),
                    "level": weight @ (model.variance * settings[:, 0]),
                    "slope": weight @ (model.variance * settings[:, 1])})
    return periods, np.log(levels), out


def window_weights(gain, discount):
    month = np.arange(WINDOW)
    weight = discount ** (WINDOW - 1.0 - month)
    x = np.c_[np.ones(WINDOW), (month - (WINDOW - 1)) / 12]
    slope = np.linalg.solve(x.T @ (weight[:, None] * x), x.T * weight)[1]
    back = gain * (1 - gain) ** (WINDOW - 1.0 - month)
    return slope, back / back.sum(), (back / back.sum()) @ (WINDOW - 1 - month) / 12


def years(phi, months):
    return (1 - phi ** np.maximum(months, 0.0)) / (1 - phi) / 12


def start(weights, phi, level, slope, noise):
    """Variance of the regression's slope, of the slope itself, and their covariance."""
    regression, joint, own = noise ** 2 * (weights ** 2).sum(), 0.0, 0.0
    month = np.arange(WINDOW)
    for s in range(-239, WINDOW):
        through = (weights * (month >= s) * years(phi, month - s)).sum()
        stepped = (weights * (month >= s)).sum()
        regression += (level * stepped) ** 2 + (slope * through) ** 2
        joint += slope ** 2 * through * phi ** (WINDOW - 1 - s)
        own += slope ** 2 * phi ** (2 * (WINDOW - 1 - s))
    return regression, joint, own


def crps(mean, sd, actual_log):
    z = (actual_log - mean) / sd
    return 100 * (math.exp(actual_log) * (2 * norm.cdf(z) - 1) -
                  2 * math.exp(mean + sd * sd / 2) * (norm.cdf(z - sd) + norm.cdf(sd / math.sqrt(2)) - 1))


def score(flow, weight=None, believed_level=True, engine_shocks=True, level_error=True, season_error=True,
          discount=1.0, damping=0.85):
    periods, logs, totals_knew, engine_knew = flow
    index = {p: k for k, p in enumerate(periods)}
    scores, pits, phi = [[] for _ in range(12)], [], damping ** MONTH
    for seasons, knew in zip(totals_knew, engine_knew if engine_shocks else totals_knew):
        origin, season = knew["period"], seasons["season"]
        if origin < (2013, 2):
            continue
        noise = math.sqrt(knew["noise"] + (knew["season_error"] if season_error else 0))
        level_sd, slope_sd = math.sqrt(knew["level"] * MONTH), 11 * math.sqrt(knew["slope"] * MONTH)
        ratio = (level_sd / noise) ** 2
        prior = (ratio + math.sqrt(ratio ** 2 + 4 * ratio)) / 2
        gain = prior / (1 + prior)
        slopes, levels, lag = window_weights(gain, discount)
        y = []
        for k in range(1 - WINDOW, 1):
            year, month = later(origin, k)
            released = (year, max(month, 2))
            y.append(logs[index[released]] - season[released[1] - 2])
        variance, joint, own = start(slopes, phi, level_sd, slope_sd, noise)
        w = joint / variance if weight is None else weight
        ahead = slopes @ y - LONG_RUN
        level = levels @ y + lag * (LONG_RUN + ahead * (w if believed_level else 1))
        t = np.arange(1, 15.0)
        mean = level + LONG_RUN * t / 12 + years(phi, t) * w * ahead
        cov = level_sd ** 2 * np.minimum.outer(t, t) + noise ** 2 * np.eye(len(t))
        for s in t:
            cov += slope_sd ** 2 * np.outer(years(phi, t - s), years(phi, t - s))
        cov += max(0.0, own - 2 * w * joint + w * w * variance) * np.outer(years(phi, t), years(phi, t))
        cov += gain * noise ** 2 if level_error else 0
        rows, centre, target = np.zeros((12, len(t))), np.zeros(12), origin
        for h in range(12):
            target = totals.after(target)
            at = target[0] * 12 + target[1] - origin[0] * 12 - origin[1] - 1
            own_months = [at - 1, at] if target[1] == 2 else [at]
            rows[h, own_months] = 1 / len(own_months)
            centre[h] = season[target[1] - 2] + math.log(np.mean(np.exp(mean[own_months])))
            if target > LAST:
                continue
            joint_cov, base = rows @ cov @ rows.T, (target[0] - 1, target[1])
            actual = logs[index[target]] - logs[index[base]]
            m, v = centre[h] - logs[index[base]], joint_cov[h, h]
            if base > origin:
                m, v = centre[h] - centre[0], joint_cov[h, h] + joint_cov[0, 0] - 2 * joint_cov[0, h]
            scores[h].append(crps(m, math.sqrt(v), actual))
            pits.append(norm.cdf((actual - m) / math.sqrt(v)))
    inside = np.mean(np.abs(np.array(pits) - 0.5) < 0.45)
    return np.mean([np.mean(s) for s in scores]), inside


OLD = {"weight": 1.0, "believed_level": False, "engine_shocks": False, "level_error": False, "season_error": False}
TRIALS = [("before", OLD)]
TRIALS += [(f"weight {w}", {**OLD, "weight": w}) for w in (0.5, 0.2, 0.1, 0.0)]
TRIALS += [("weight by closed form", {**OLD, "weight": None}),
           ("+ level smoothed with the believed slope", {**OLD, "weight": None, "believed_level": True}),
           ("+ shocks of a filter of the engine's form", {"level_error": False, "season_error": False}),
           ("+ error of the level", {"season_error": False}),
           ("+ error of the seasons", {}),
           ("window discounted by 0.95 a month", {"discount": 0.95}),
           ("slope damped by 0.9 a period", {"damping": 0.9})]

if __name__ == "__main__":
    calendar = totals.Calendar()
    for column in ("exports_usd_bn", "imports_usd_bn"):
        periods, logs, totals_knew = known(column, calendar, False)
        flow = periods, logs, totals_knew, known(column, calendar, True)[2]
        print(column)
        for name, options in TRIALS:
            value, inside = score(flow, **options)
            print(f"  {name:45s} CRPS {value:.2f}  90% held {100 * inside:.0f}%", flush=True)
