"""The backtest of groups done again where it has a closed form, from the tables alone, with numpy and scipy: growth that came, rivals' quantiles,
CRPS by quadrature, PIT, means. Skipped (77) without them.

    check_groups.py SOURCE_FOLDER PLIMSOLL
"""
import collections
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import numpy as np
    from scipy.integrate import quad
    from scipy.stats import norm
except ImportError:
    systems_own = "/usr/bin/python3"  # Debian's packages are seen by Debian's interpreter only
    if os.path.exists(systems_own) and sys.executable != systems_own:
        os.execv(systems_own, [systems_own, "-B", *sys.argv])
    print("skipped: numpy and scipy are missing")
    sys.exit(77)

CHIPS = {"memory", "computing_chips", "other_ics"}
UNPRINTED = {"network_optical", "semiconductor_equipment", "machinery", "petrochemicals_plastics", "pharmaceuticals", "other"}
MEDIAN_WEIGHT = 5


def released_levels(root):
    """Levels by group and released period, 11 a year."""
    levels = collections.defaultdict(lambda: collections.defaultdict(float))
    with open(root / "models/calibrations/china-2026-05/history.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["market"] != "all" or row["month"] < "2024-01":
                continue
            product = row["product"]
            group = ("total" if product == "all" else "integrated_circuits" if product in CHIPS
                     else "not_printed" if product in UNPRINTED else product)
            period = row["month"][:5] + "02" if row["month"].endswith("-01") else row["month"]
            levels[group][period] += float(row["value_usd_bn"])
    return levels


def rivals(growth, steps_ahead):
    """(mean, sd) of log growth by name, group and horizon; `growth` has a row a group."""
    n = growth.shape[1]

    def drawn(sd):
        return np.sqrt(((n - 1) * sd**2 + MEDIAN_WEIGHT * np.median(sd)**2) / (n - 1 + MEDIAN_WEIGHT))

    spread, step = drawn(growth.std(axis=1, ddof=1)), drawn(np.sqrt((np.diff(growth, axis=1)**2).mean(axis=1)))
    h = np.arange(1, steps_ahead + 1)
    level = np.ones_like(h, dtype=float)
    return {"random_walk": (np.outer(growth[:, -1], level), np.outer(step, np.sqrt(h))),
            "history": (np.outer(growth.mean(axis=1), level), np.outer(spread, level)),
            "seasonal_naive": (np.outer(growth.mean(axis=1), level), np.outer(spread * np.sqrt(1 + 1 / n), level))}


def crps(parts, actual):
    """Integral of (F - 1{x <= u})^2 of a mixture of lognormals of growth in percent."""
    def cdf(u):
        return np.mean([norm.cdf((np.log1p(u / 100) - m) / s) for m, s in parts])
    low = min(100 * np.expm1(min(m - 9 * s for m, s in parts)), actual)
    high = max(100 * np.expm1(max(m + 9 * s for m, s in parts)), actual)
    middle = [100 * np.expm1(m) for m, s in parts]

    def integral(f, a, b):
        cuts = [a] + sorted(x for x in middle if a < x < b) + [b]
        return sum(quad(f, p, q, limit=400)[0] for p, q in zip(cuts, cuts[1:]))
    return integral(lambda u: cdf(u)**2, low, actual) + integral(lambda u: (1 - cdf(u))**2, actual, high)


def main(root, program):
    levels = released_levels(root)
    groups, periods = sorted(levels), sorted(levels["total"])
    log_level = np.log([[levels[g][p] for p in periods] for g in groups])
    growth = log_level[:, 11:] - log_level[:, :-11]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "backtest", "--level", "groups", "--paths", "1024", "--out", folder + "/b"], check=True,
                       stdout=subprocess.DEVNULL)
        with open(folder + "/b/forecasts.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        with open(folder + "/b/scores.csv", encoding="utf-8") as file:
            scores = list(csv.DictReader(file))
    bad, seen = [], collections.Counter()

    def check(what, ours, theirs, tolerance):
        if abs(float(ours) - theirs) > tolerance:
            bad.append(f"{what}: {ours}, numpy says {theirs:.6f}")

    made = {}
    for row in rows:
        origin, h = periods.index(row["origin"]), int(row["horizon"])
        g = groups.index(row["group"])
        what = f"{row['group']} {row['model']} {row['origin']} h={h}"
        actual = 100 * np.expm1(growth[g, origin + h - 11])
        if periods[origin + h] != row["target"]:
            bad.append(f"{what}: target {row['target']}")
        check(what + " actual", row["actual_final_pct"], actual, 1e-9)
        seen[row["model"]] += 1
        if row["model"] == "plimsoll":
            continue
        if origin not in made:
            made[origin] = rivals(growth[:, :origin + 1 - 11], 12)
        names = ["random_walk", "seasonal_naive"] if row["model"] == "pool" else [row["model"]]
        parts = [(made[origin][n][0][g, h - 1], made[origin][n][1][g, h - 1]) for n in names]
        pit = np.mean([norm.cdf((np.log1p(actual / 100) - m) / s) for m, s in parts])
        check(what + " pit", row["pit_frac"], pit, 1e-9)
        if len(parts) == 1:
            (m, s), = parts
            for q, column in [(0.05, "p05"), (0.5, "p50"), (0.95, "p95")]:
                check(f"{what} {column}", row[column], 100 * np.expm1(m + s * norm.ppf(q)), 1e-6 * (1 + abs(float(row[column]))))
        if h in (1, 6):  # quadrature is slow
            value = crps(parts, actual)
            # a mixture's is by 512 points, which cut its tails
            check(what + " crps", row["crps_pp"], value, 1e-5 + (1e-6 if len(parts) == 1 else 5e-3) * value)
    for row in scores:
        if row["horizon"] != "all" or row["score"] not in ("crps", "bias_median", "coverage_90"):
            continue
        own = [r for r in rows if r["model"] == row["model"]
               and (r["group"] == row["group"] or (row["group"] == "all_groups" and r["group"] != "total"))]
        value = {"crps": lambda r: float(r["crps_pp"]), "bias_median": lambda r: float(r["p50"]) - float(r["actual_final_pct"]),
                 "coverage_90": lambda r: float(r["p05"]) <= float(r["actual_final_pct"]) <= float(r["p95"])}[row["score"]]
        check(f"{row['group']} {row['model']} {row['score']}", row["value"], np.mean([value(r) for r in own]), 1e-9 * 1e3)
        seen["means"] += 1
    if len(seen) != 6 or min(seen[m] for m in seen if m != "means") != 17 * 55 or seen["means"] != 18 * 5 * 3:
        bad.append(f"counted {dict(seen)}")
    print("\n".join(bad[:20]) or f"{len(rows)} forecasts and {seen['means']} means agree")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
