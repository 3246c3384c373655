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


def period_of(month):
    return month[:5] + "02" if month.endswith("-01") else month


def shifted(month, months):
    index = 12 * int(month[:4]) + int(month[5:]) - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def read(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def export_groups(root):
    """Levels by group and month, and the spans that are printed as one."""
    levels = collections.defaultdict(lambda: collections.defaultdict(float))
    for row in read(root / "models/calibrations/china-2026-05/history.csv"):
        if row["market"] != "all" or row["month"] < "2024-01":
            continue
        product = row["product"]
        group = ("total" if product == "all" else "integrated_circuits" if product in CHIPS
                 else "not_printed" if product in UNPRINTED else product)
        levels[group][row["month"]] += float(row["value_usd_bn"])
    return levels, {group: single(levels["total"]) for group in levels}


def single(months):
    return [(shifted(m, -1) if m.endswith("-02") else m, m) for m in sorted(months) if not m.endswith("-01")]


def import_groups(root):
    folder = root / "models/calibrations/china-2026-05"
    series = {row["id"]: row["series"] for row in read(folder / "estimation/import_components.csv")}
    spans = collections.defaultdict(list)
    for row in read(folder / "estimation/import_periods.csv"):
        spans[row["series"]].append((row["first"], row["last"]))
    members = collections.Counter(series.values())
    # lines with two growths by September 2025
    lines = {s for s in spans if sum(last <= "2025-09" for _, last in with_growth(spans[s])) >= 2}
    name = {p: ("not_printed" if s not in lines else s if members[s] > 1 else p) for p, s in series.items()}
    levels = collections.defaultdict(lambda: collections.defaultdict(float))
    for row in read(folder / "import_history.csv"):  # rows of whole lines hold quantities
        if row["month"] >= "2024-01" and (row["product"] == "all" or row["product"] in name):
            levels["total" if row["product"] == "all" else name[row["product"]]][row["month"]] += float(row["value_usd_bn"])
    printed = {name[p]: spans[series[p]] for p in series if name[p] != "not_printed"}
    printed["not_printed"] = joint([spans[s] for s in lines])
    printed["total"] = single(levels["total"])
    return levels, printed


def joint(lists):
    """Shortest spans that every list divides: from a month with which all begin to the next with which all end."""
    def months(first, last):
        return [first] if first == last else [first] + months(shifted(first, 1), last)

    cover = set.intersection(*[{m for span in spans for m in months(*span)} for spans in lists])
    starts = set.intersection(*[{first for first, _ in spans} for spans in lists])
    ends = set.intersection(*[{last for _, last in spans} for spans in lists])
    pairs = [(first, min((e for e in ends if e >= first), default=None)) for first in sorted(starts)]
    return [(first, last) for first, last in pairs if last and cover.issuperset(months(first, last))]


def with_growth(spans):
    return joint([spans, [(shifted(a, 12), shifted(b, 12)) for a, b in spans]])


def growths(levels, spans, periods):
    """(first period, last period, log growth) of every span whose year before is printed too."""
    out = []
    for first, last in with_growth(spans):
        months = [m for m in levels if first <= m <= last]
        growth = np.log(sum(levels[m] for m in months) / sum(levels[shifted(m, -12)] for m in months))
        out.append((periods.index(period_of(first)), periods.index(last), growth))
    return out


def rivals(known, steps_ahead):
    """(mean, sd) of log growth by name, group and horizon; `known` has lists of (growth, periods, periods ago)."""
    n = np.array([len(k) for k in known])

    def drawn(sd):
        return np.sqrt(((n - 1) * sd**2 + MEDIAN_WEIGHT * np.median(sd)**2) / (n - 1 + MEDIAN_WEIGHT))

    figures = [np.array(k).T for k in known]
    mean = np.array([np.average(g, weights=w) for g, w, _ in figures])
    spread = drawn(np.array([np.sqrt((w * (g - m)**2).sum() / (len(g) - 1)) for (g, w, _), m in zip(figures, mean)]))
    step = drawn(np.array([np.sqrt((np.diff(g)**2 / -np.diff(ago)).mean()) for g, _, ago in figures]))
    periods = np.array([w.sum() for _, w, _ in figures])
    last, ago = (np.array([f[k][-1] for f in figures]) for k in (0, 2))
    h = np.arange(1, steps_ahead + 1)
    level = np.ones_like(h, dtype=float)
    return {"random_walk": (np.outer(last, level), step[:, None] * np.sqrt(h + ago[:, None])),
            "history": (np.outer(mean, level), np.outer(spread, level)),
            "seasonal_naive": (np.outer(mean, level), np.outer(spread * np.sqrt(1 + 1 / periods), level))}


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


def check_flow(root, program, flow, bad):
    levels, spans = (import_groups if flow == "imports" else export_groups)(root)
    groups, periods = sorted(levels), sorted({period_of(m) for m in levels["total"]})
    printed = [growths(levels[g], spans[g], periods) for g in groups]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "backtest", "--level", "groups", "--flow", flow, "--paths", "1024", "--out", folder + "/b"],
                       check=True, stdout=subprocess.DEVNULL)
        rows, scores = (read(folder + f"/b/{name}.csv") for name in ("forecasts", "scores"))
    seen = collections.Counter()

    def check(what, ours, theirs, tolerance):
        if abs(float(ours) - theirs) > tolerance:
            bad.append(f"{flow} {what}: {ours}, numpy says {theirs:.6f}")

    made = {}
    for row in rows:
        origin, h = periods.index(row["origin"]), int(row["horizon"])
        g = groups.index(row["group"])
        what = f"{row['group']} {row['model']} {row['origin']} h={h}"
        came = [x for first, last, x in printed[g] if first == last == origin + h]
        if periods[origin + h] != row["target"] or not came:
            bad.append(f"{flow} {what}: target {row['target']}, printed growths {came}")
            continue
        actual = 100 * np.expm1(came[0])
        check(what + " actual", row["actual_final_pct"], actual, 1e-9)
        seen[row["model"]] += 1
        if row["model"] == "plimsoll":
            continue
        if origin not in made:
            made[origin] = rivals([[(x, last - first + 1, origin - (first + last) / 2)
                                    for first, last, x in one if last <= origin] for one in printed], 12)
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
    # exports: every period after ten origins; imports: of lines the four of 2026, of the total every period after six
    forecasts = 17 * 55 if flow == "exports" else 18 * 18 + 24
    means = (18 if flow == "exports" else 20) * 5 * 3
    if len(seen) != 6 or {seen[m] for m in seen if m != "means"} != {forecasts} or seen["means"] != means:
        bad.append(f"{flow}: counted {dict(seen)}")
    return f"{flow}: {len(rows)} forecasts and {seen['means']} means"


def main(root, program):
    bad = []
    told = [check_flow(root, program, flow, bad) for flow in ("exports", "imports")]
    print("\n".join(bad[:20]) or "; ".join(told) + " agree")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
