#!/usr/bin/env python3
"""Replay of December 2025: what the calibration china-2025-12 said about January to May 2026, against what came.

    replay_2025_12.py --scenario          write the conditional scenario from the later calibration's tables
    replay_2025_12.py [--plimsoll FILE]   run both scenarios and write the tables of replay-2025-12.md

Nothing is estimated here. The calibration's hash must be the one recorded in replay-2025-12.md.
"""
import argparse
import csv
import math
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LATER = ROOT / "models/calibrations/china-2026-05"
THEN = ROOT / "models/calibrations/china-2025-12"
REPORT = HERE / "replay-2025-12.md"
SCENARIOS = {"unconditional": ROOT / "scenarios/library/as-of-2025-12.yaml", "conditional": HERE / "as-of-2025-12-conditional.yaml"}
PERIODS = {  # period of the run: months
    "2026-01..02": ["2026-01", "2026-02"], "2026-03": ["2026-03"], "2026-04": ["2026-04"], "2026-05": ["2026-05"]}
WHOLE = "2026-05ytd"
NORMAL = statistics.NormalDist()
GROUPS = {
    "integrated circuits": ["memory", "computing_chips", "other_ics"],
    "computers, parts, storage": ["servers_computers", "computer_parts", "storage_units"],
    "phones": ["phones"],
    "electrical, network, machinery": ["network_optical", "semiconductor_equipment", "batteries", "power_electrical", "machinery"],
    "motor vehicles": ["autos"], "ships": ["ships"], "metals": ["metals"],
    "labour-intensive goods": ["labour_goods"], "household appliances": ["appliances"],
    "chemicals, oil, medicines": ["petrochemicals_plastics", "refined_products", "fertiliser", "pharmaceuticals"],
    "agriculture": ["agriculture"], "other": ["other"]}


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


# ---------------------------------------------------------------- the conditional scenario
def schedule(folder):
    """US rates: product -> [(day, rate, rivals' rate)]."""
    out = {}
    for r in rows(folder / "tariffs.csv"):
        if r["market"] == "us":
            out.setdefault(r["product"], []).append((r["from"], float(r["rate_pct"]), float(r["competitors_rate_pct"])))
    return out


def tariff_layers():
    """The later schedule less the one of December: what rivals pay too, and what is China's own."""
    then, now = schedule(THEN), schedule(LATER)
    at = lambda steps, day: [s for s in steps if s[0] <= day][-1][1:]
    days = sorted({s[0] for steps in now.values() for s in steps if s[0] > "2026-01-14"})
    lines = []
    for k, day in enumerate(days):
        until = f", expires: {days[k + 1]}" if k + 1 < len(days) else ""
        layers = {}
        for product in then:
            change = [a - b for a, b in zip(at(now[product], day), at(then[product], day))]
            # the derivative-metal part is settled on another day in each calibration: that is no change of tariff
            change = [a - b for a, b in zip(change, [x - y for x, y in zip(at(now[product], "2026-01-14"), at(then[product], "2026-01-14"))])]
            for common, pp in ((True, change[1]), (False, change[0] - change[1])):
                if abs(pp) >= 0.05:
                    layers.setdefault((common, round(pp, 1)), []).append(product)
        for n, ((common, pp), products) in enumerate(sorted(layers.items())):
            lines.append(f"  - {{name: {day} {'all suppliers' if common else 'own'} {n + 1}, market: us, products: [{', '.join(products)}],\n"
                         f"     change_pp: {pp}, effective: {day}{until}{', all_suppliers: true' if common else ''}}}")
    return "\n".join(lines)


def write_scenario():
    series = {}
    for r in rows(LATER / "drivers.csv"):
        series.setdefault(r["driver"], {})[r["period"]] = float(r["value"])
    path = lambda name: ", ".join(f"{m}: {v:g}" for m, v in series[name].items() if m > "2025-12")
    guided = {"alphabet": 192, "amazon": 239, "meta": 103, "microsoft": 166}  # 2026, company definition, as in base
    firms = "\n".join(
        f"  {f}: {{2025: {sum(v for q, v in series['capex.' + f].items() if q.startswith('2025')):.3f}, "
        f"2026Q1: {series['capex.' + f]['2026Q1']:.3f}, 2026: {guided[f] * 0.917:.1f}}}" for f in guided)
    text = f"""# yaml-language-server: $schema=../../scenarios/schema.json
# The view of January 2026 with the capital spending, memory price, oil price, exchange rate and US tariffs that came, as far
# as they were known on 9 June 2026. Written by replay_2025_12.py from the tables of china-2026-05.
plimsoll: 1
name: as-of-2025-12-conditional
title: {{en: The view of January 2026 with the drivers that came, zh: 代入实际驱动因素的2026年1月展望}}
about:
  question: What would the calibration of January 2026 have said, had it known capex, memory, oil, the yuan and tariffs?
  author: plimsoll
  date: 2026-06-10
  sources:
    - "drivers.csv and tariffs.csv of china-2026-05; spending of 2026 after the first quarter: the mode of base times 0.917"
calibration: china-2025-12
horizon: 2026-12
paths: 16384
seed: 20260605
capex_paths:
  definition: cash_ppe
{firms}
  uncertainty: {{annual_sd_log: 0}}
memory_price_cycle: {{process: path, path: {{{path('memory_price.boj_usd')}}}}}
oil_price: {{process: path, path: {{{path('oil_price')}}}}}
exchange_rate: {{process: path, path: {{{path('exchange_rate')}}}}}
front_loading:   # as in as-of-2025-12
  inherited:
    - products: [metals, appliances, labour_goods]
      market: non_us
      usd_bn: 42
      already_paid_frac: {{triangular: [0, 0.2, 0.5]}}
      payback_share: {{triangular: [0.4, 0.7, 1]}}
      over_months: 9
# The later schedule less the one of December: the emergency duties end on 20 February, Section 122 comes on the 24th.
tariff_shocks:
{tariff_layers()}
"""
    SCENARIOS["conditional"].write_text(text, encoding="utf-8")


# ---------------------------------------------------------------- what came
def year_before(month):
    return f"{int(month[:4]) - 1}{month[4:]}"


def outcome():
    """-> growth of the total in pct by period, contributions of groups in pp by period."""
    total, product = {}, {}
    for r in rows(LATER / "history.csv"):
        if r["market"] == "all":
            (total if r["product"] == "all" else product.setdefault(r["product"], {}))[r["month"]] = float(r["value_usd_bn"])
    growth, parts = {}, {}
    for period, months in {**PERIODS, WHOLE: [m for ms in PERIODS.values() for m in ms]}.items():
        base = sum(total[year_before(m)] for m in months)
        growth[period] = 100 * (sum(total[m] for m in months) / base - 1)
        rise = lambda p: sum(product[p][m] - product[p][year_before(m)] for m in months)
        parts[period] = {g: 100 * sum(rise(p) for p in ps) / base for g, ps in GROUPS.items()}
        parts[period].update({(p,): 100 * rise(p) / base for p in product})
    return growth, parts


# ---------------------------------------------------------------- runs
class Run:
    def __init__(self, program, scenario, growth, paths):
        self.growth = growth
        with tempfile.TemporaryDirectory(prefix="plimsoll-replay-") as folder:
            limits = ", ".join(f"{x:.6f}" for x in sorted(growth.values()))
            subprocess.run([program, "run", str(scenario), "--out", folder + "/run", "--quiet", "--paths", str(paths),
                            "--set", f"report.thresholds_pct=[{limits}]"], check=True, stdout=subprocess.DEVNULL)
            mine = lambda name: [r for r in rows(pathlib.Path(folder, "run", name)) if r.get("series", r.get("of")) == "exports.total.yoy"]
            self.summary = {r["period"]: r for r in mine("summary.csv")}
            self.below = {(r["period"], round(float(r["threshold"]), 5)): (float(r["probability"]), float(r["se"]))
                          for r in mine("probabilities.csv") if r["event"] == "below"}
            self.parts = {}
            for r in mine("contributions.csv"):
                self.parts.setdefault((r["by"], r["period"]), {})[r["key"]] = {k: float(v) for k, v in r.items() if k.endswith("_pp")}
            text = pathlib.Path(folder, "run", "manifest.json").read_text(encoding="utf-8")
            self.calibration = re.search(r'"calibration": \{.*?"sha256": "(\w+)"', text, re.S).group(1)
            self.digest = re.search(r'"digest": "(\w+)"', text).group(1)

    def stat(self, period, name):
        return float(self.summary[period][name])

    def pit(self, period):
        return self.below[period, round(self.growth[period], 5)]

    def driver(self, period, key, what="mean_pp"):
        return self.parts["driver", period].get(key, {}).get(what, 0.0)

    def group(self, period, products):
        return sum(self.parts["product", period][p]["mean_pp"] for p in products)


def table(head, lines):
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head)] + ["| " + " | ".join(x) + " |" for x in lines]) + "\n"


def pit_text(value, se, paths):
    if value in (0.0, 1.0):
        return f"{'< ' if value == 0 else '> '}{1 / paths if value == 0 else 1 - 1 / paths:.5f}"
    return f"{value:.4f} ({se:.4f})"


def scores(runs, growth, paths):
    lines = []
    for name, run in runs.items():
        for period in growth:
            mean, sd = run.stat(period, "mean"), run.stat(period, "sd")
            pit, se = run.pit(period)
            edge = min(max(pit, 1 / paths), 1 - 1 / paths)
            lines.append([name, period, f"{growth[period]:.1f}", f"{mean:.1f}", f"{sd:.1f}", f"{run.stat(period, 'p05'):.1f} to {run.stat(period, 'p95'):.1f}",
                          pit_text(pit, se, paths), f"{NORMAL.inv_cdf(edge):.1f}", f"{(growth[period] - mean) / sd:.1f}"])
    return table(["run", "period", "came, %", "mean", "sd", "5% to 95%", "PIT (se)", "z of PIT", "z of mean and sd"], lines)


def by_group(runs, actual):
    a, b = runs["unconditional"], runs["conditional"]
    lines = []
    for g, products in GROUPS.items():
        came, first, second = actual[WHOLE][g], a.group(WHOLE, products), b.group(WHOLE, products)
        may = actual["2026-05"][g] - b.group("2026-05", products)
        lines.append((came - second, [g, f"{came:+.1f}", f"{first:+.1f}", f"{second:+.1f}", f"{came - first:+.1f}", f"{came - second:+.1f}", f"{may:+.1f}"]))
    lines = [x for _, x in sorted(lines, key=lambda x: -x[0])]
    total = [runs[n].stat(WHOLE, "mean") for n in ("unconditional", "conditional")]
    came = sum(actual[WHOLE][g] for g in GROUPS)
    gap = sum(actual["2026-05"][g] for g in GROUPS) - b.stat("2026-05", "mean")
    lines.append(["total", f"{came:+.1f}", f"{total[0]:+.1f}", f"{total[1]:+.1f}", f"{came - total[0]:+.1f}", f"{came - total[1]:+.1f}", f"{gap:+.1f}"])
    return table(["pp of January-May 2026", "came", "unconditional", "conditional", "miss", "miss with drivers", "miss with drivers, May"], lines)


def by_driver(runs, growth):
    a, b = runs["unconditional"], runs["conditional"]
    keys = sorted(set(a.parts["driver", WHOLE]) | set(b.parts["driver", WHOLE]),
                  key=lambda k: (-abs(b.driver(WHOLE, k) - a.driver(WHOLE, k)), k))
    lines = []
    for k in keys:
        x = [f"{run.driver(p, k):+.1f}" for p in (WHOLE, "2026-05") for run in (a, b)]
        lines.append([k, x[0], x[1], f"{b.driver(WHOLE, k) - a.driver(WHOLE, k):+.1f}", x[2], x[3], f"{b.driver('2026-05', k) - a.driver('2026-05', k):+.1f}"])
    v = [run.stat(p, "mean") for p in (WHOLE, "2026-05") for run in (a, b)]
    lines.append(["total", f"{v[0]:+.1f}", f"{v[1]:+.1f}", f"{v[1] - v[0]:+.1f}", f"{v[2]:+.1f}", f"{v[3]:+.1f}", f"{v[3] - v[2]:+.1f}"])
    lines.append(["came", f"{growth[WHOLE]:+.1f}", "", "", f"{growth['2026-05']:+.1f}", "", ""])
    return table(["driver, pp", "Jan-May unconditional", "conditional", "difference", "May unconditional", "conditional", "difference"], lines)


# products whose figure of 2026 and share of 2025 rest on the same printed lines in both calibrations
PRINTED = ["servers_computers", "computer_parts", "storage_units", "phones", "batteries", "power_electrical", "autos", "ships",
           "refined_products", "fertiliser", "metals", "labour_goods", "appliances", "agriculture"]


def by_product(run, actual):
    lines = []
    for p in PRINTED:
        x = run.parts["product", WHOLE][p]
        sd = (x["p95_pp"] - x["p05_pp"]) / (2 * NORMAL.inv_cdf(0.95))
        came = actual[WHOLE][(p,)]
        lines.append(((came - x["mean_pp"]) / sd, [p, f"{came:+.2f}", f"{x['mean_pp']:+.2f}", f"{x['p05_pp']:+.2f} to {x['p95_pp']:+.2f}",
                                                  f"{(came - x['mean_pp']) / sd:+.1f}"]))
    return table(["product, pp of January-May 2026", "came", "conditional mean", "5% to 95%", "distance in sds"],
                 [x for _, x in sorted(lines, key=lambda x: -x[0])])


PRIORS = {"capex": "elasticities to capital spending", "memory_price": "loadings on the memory price", "tariff": "tariff elasticities",
          "oil_price": "loadings on oil", "exchange_rate": "responses to the exchange rate", "foreign_demand": "demand abroad and its elasticities",
          "trend": "slope and level of the trend", "residual": "transitory factors",
          "inherited": "what was under way: old tariffs, lags, payback of goods shipped early"}


def prior_moves(run, growth):
    lines = []
    for key, what in PRIORS.items():
        cells = [what]
        for period in (WHOLE, "2026-05"):
            gap = growth[period] - run.stat(period, "mean")
            sd = (run.driver(period, key, "p95_pp") - run.driver(period, key, "p05_pp")) / (2 * NORMAL.inv_cdf(0.95))
            cells += [f"{sd:.2f}", f"{gap / sd:+.1f}" if sd > 0.005 else "none would do"]
        lines.append((float(cells[3]) * -1, cells))
    return table(["rows", "sd, Jan-May, pp", "sds to close the miss alone", "sd, May, pp", "sds to close the miss alone"],
                 [c for _, c in sorted(lines, key=lambda x: x[0])])


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--plimsoll", default=str(ROOT / "build/release/plimsoll"))
    ap.add_argument("--paths", type=int, default=65536)
    ap.add_argument("--scenario", action="store_true")
    a = ap.parse_args()
    if a.scenario:
        write_scenario()
        return
    report = REPORT.read_text(encoding="utf-8")
    recorded = re.search(r"SHA-256\s+`(\w+)`", report).group(1)
    growth, actual = outcome()
    runs = {name: Run(a.plimsoll, path, growth, a.paths) for name, path in SCENARIOS.items()}
    for name, run in runs.items():
        if run.calibration != recorded:
            sys.exit(f"{name}: the calibration's hash is {run.calibration}, recorded is {recorded}: nothing is scored")
    out = [f"{a.paths:,} paths each; digests `{runs['unconditional'].digest[:16]}`, `{runs['conditional'].digest[:16]}`. January and February are one "
           "season. PIT: the probability that was given to less growth than came, exact on the run, with its simulation error.\n",
           "### Scores\n", scores(runs, growth, a.paths), "### The miss by product group\n", by_group(runs, actual),
           "### Products that customs prints, with the drivers that came\n", by_product(runs["conditional"], actual),
           "### What the drivers that came would have changed\n", by_driver(runs, growth),
           "### How far a prior would have to move\n", prior_moves(runs["conditional"], growth)]
    begin, end = "<!-- tables: written by replay_2025_12.py -->", "<!-- end of tables -->"
    if begin in report:
        report = report[:report.index(begin)] + begin + "\n" + "\n".join(out) + report[report.index(end):]
        REPORT.write_text(report, encoding="utf-8")
    print("\n".join(out))


if __name__ == "__main__":
    main()
