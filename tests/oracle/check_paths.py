#!/usr/bin/env python3
"""Computes whole paths of a run again, from tables and theory alone, and compares every figure that `replay` tells.

usage: check_paths.py PROGRAM SOURCE_DIR WORK_DIR [--offend]        exit 77 without numpy and scipy
With --offend one parameter is misread by a hundredth by hand: the check has to notice.

Trends, residuals and the capital spending's errors are made ten million times smaller in a copy of the calibration,
since replay does not tell them; parameters, drivers, events and responses stay as random as they are.
"""

import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys

try:
    import numpy
    import scipy  # noqa: F401  (medians of distributions)
except ImportError as missing:
    systems_own = "/usr/bin/python3"  # Debian's packages are seen by Debian's interpreter only
    if os.path.exists(systems_own) and sys.executable != systems_own:
        os.execv(systems_own, [systems_own, "-B", *sys.argv])
    print(f"skipped: {missing}")
    sys.exit(77)

import attribution
import exports
import imports
import tables

NOISE = ("level_sd_log", "trend_sd_log_per_year", "trend_start_sd_log_per_year", "residual_world_sd_log",
         "residual_market_sd_log", "residual_volume_sd_log", "residual_price_sd_log", "residual_sd_log",
         "memory_noise_sd_log")

SCENARIO = {
    "plimsoll": 1, "name": "oracle", "extends": "base", "paths": 64, "sampling": "random", "horizon": "2028-08",
    "calibration": "quiet",
    "capex_paths": {
        "definition": "company",
        "amazon": {2026: {"triangular": [218, 239, 252]}, 2027: {"growth_pct": {"normal": {"mean": 15, "sd": 15}}}},
        "alphabet": {2026: {"triangular": [176, 192, 203]}, 2027: {"growth_pct": {"normal": {"mean": 15, "sd": 15}}}},
        "meta": {2026: {"triangular": [94, 103, 109]}, 2027: {"growth_pct": {"normal": {"mean": 15, "sd": 15}}}},
        "microsoft": {2026: {"triangular": [152, 166, 176]}, 2027: {"growth_pct": {"normal": {"mean": 15, "sd": 15}}}},
        "uncertainty": {"annual_sd_log": 0}},
    "tariff_shocks": [
        {"name": "truce lapses", "market": "us", "products": "all", "except": ["memory"],
         "change_pp": {"normal": {"mean": 25, "sd": 5}}, "announced": "2026-08-11", "effective": "2026-11-10",
         "expires": "2027-08-01", "probability_pct": 60},
        {"name": "all pay", "market": "eu", "products": ["autos", "batteries"], "change_pp": 10,
         "effective": "2026-12-01", "all_suppliers": True, "probability_pct": 100}],
    "front_loading": {"inherited": [
        {"products": "labour_goods", "market": "non_us", "usd_bn": 42, "already_paid_frac": 0.5, "payback_share": 0.6,
         "over_months": 9},
        {"products": "machinery", "market": "asean", "usd_bn": 3, "payback_share": 0.5, "over_months": 4}]},
    "domestic_demand": {"growth_pct": 5.5, "sd_pp": 0},
    "foreign_demand": {"us": {"growth_pct": 3}, "sd_pp": 1.2},
    "shocks": [
        {"name": "demand", "on": "volume", "cells": {"products": ["autos", "ships"], "market": ["eu", "us"]},
         "elasticity": {"uniform": [0.5, 1.5]}, "process": {"process": "path", "path": {"2026-12": 100, "2027-06": 90}}},
        {"name": "dear", "on": "price", "cells": {"products": "metals"}, "elasticity": 0.5,
         "process": {"process": "path", "path": {"2027-05": 120}}},
        {"name": "scarce", "on": "supply", "cells": {"products": ["fertiliser"], "imports": ["crude_oil"]},
         "elasticity": 1, "volume_elasticity": 0.7, "process": {"process": "path", "path": {"2026-12": 130}}}],
    "supply_limits": [
        {"products": ["network_optical", "batteries"], "utilisation_pct": 95, "tight_pct": 90,
         "demand_elasticity": 0.8, "supply_elasticity": 0.2,
         "expansions": [{"from": "2026-10", "to": "2027-03", "change_pct": 8}]}],
    "export_controls": [
        {"name": "chips", "goods": ["computing_chips"], "effective": "2026-09-15", "expires": "2027-06-01",
         "probability_pct": 100, "cut_pct": 60, "leak_frac": 0.2,
         "substitution": {"share": 0.5, "half_life_months": 12},
         "needed_by": [{"products": ["servers_computers"], "elasticity": 0.5}]}]}


def flow(x):
    """YAML in flow style."""
    if isinstance(x, dict):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in x.items()) + "}"
    if isinstance(x, list):
        return "[" + ", ".join(flow(v) for v in x) + "]"
    return str(x).lower() if isinstance(x, bool) else str(x)


def quiet_calibration(source, folder):
    """A copy without what replay does not tell. Ratios stay, so the fitted levels are those of the original."""
    shutil.copytree(source, folder)
    head = folder / "calibration.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace(f"name: {source.name}", "name: quiet"), encoding="utf-8")
    for name in ("parameters.csv", "import_parameters.csv"):
        table = tables.rows(folder / name)
        for row in table:
            if row["parameter"].removeprefix("import_") in NOISE:
                row["value"] = repr(float(row["value"]) * 1e-7)
        with open(folder / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, table[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)


def as_read(scenario):
    """The scenario as the second program reads it: distributions as text, paths of shocks beside their shock."""
    out = json.loads(json.dumps(scenario))
    out["capex_paths"] = {firm: {year: {"growth_pct": flow(v["growth_pct"])} if "growth_pct" in v else flow(v)
                                 for year, v in keys.items()}
                          for firm, keys in scenario["capex_paths"].items()
                          if firm not in ("definition", "uncertainty")}
    for layer in out["tariff_shocks"]:
        layer["change_pp"] = flow(layer["change_pp"])
    for shock in out["shocks"]:
        shock["path"], shock["elasticity"] = shock["process"]["path"], flow(shock["elasticity"])
    return out


class Comparison:
    def __init__(self):
        self.wrong, self.figures = [], 0

    def of(self, name, period, told, mine, tolerance):
        self.figures += 1
        if not abs(told - mine) <= tolerance * (abs(mine) if tolerance == attribution.VALUE else 1):
            self.wrong.append(f"{name}@{period}: the program says {told:.7g}, by hand it is {mine:.7g}")


def main(program, source, work, offend=""):
    source, work = pathlib.Path(source), pathlib.Path(work)
    shutil.rmtree(work, ignore_errors=True)
    (work / "calibrations").mkdir(parents=True)
    quiet_calibration(source / "models/calibrations/china-2026-05", work / "calibrations/quiet")
    (work / "oracle.yaml").write_text("\n".join(f"{k}: {flow(v)}" for k, v in SCENARIO.items()) + "\n")
    subprocess.run([program, "run", work / "oracle.yaml", "--out", work / "run", "--write", "csv"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    t, scenario, seen = tables.Tables(work / "calibrations/quiet"), as_read(SCENARIO), Comparison()
    for number in (5, 41):
        trace = work / f"path-{number}.json"
        with open(trace, "w", encoding="utf-8") as file:
            subprocess.run([program, "replay", work / "run", "--path", str(number), "--format", "json"], check=True,
                           stdout=file)
        path = tables.Path(t, trace)
        if offend:
            path.drawn["tariff_half_life_months"] *= 1.01
        e = exports.Exports(t, path, tables.Path(t, trace, central=True), scenario,
                            tables.month(SCENARIO["horizon"]) - t.as_of)
        attribution.compare_drivers(seen, t, path, e)
        attribution.compare_exports(seen, t, path, e)
        attribution.compare_prices(seen, t, path, e)
        attribution.compare_contributions(seen, t, path, e, scenario)
        attribution.compare_imports(seen, t, path, e, imports.Imports(t, path, e, scenario))
    print("\n".join(seen.wrong[:40]) if seen.wrong else f"{seen.figures} figures of two paths agree")
    return 1 if bool(seen.wrong) != bool(offend) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
