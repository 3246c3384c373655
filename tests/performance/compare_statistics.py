#!/usr/bin/env python3
"""Compares a run's tables with the statistics of another W1 program, in Monte Carlo standard errors.

usage: compare_statistics.py RUN_FOLDER DUMP.npy PATHS_OF_DUMP [--scenario w1.yaml]

Prints, for mean, sd and each quantile, the root mean square and the largest of the differences over all outputs. Fails
when these are not what two samples of the same distribution show.
"""

import argparse
import csv
import json
import pathlib
import sys

import numpy as np
from w1_model import LEVELS, Model, standard_errors

# Outputs are strongly correlated, so the root mean square of a column varies far more than 1/sqrt(outputs): a single
# common deviation of 2.5 standard errors is within chance. One output of 1,014 x 11 is beyond 5.5 once in 2,000 pairs.
RMS_LIMIT, LARGEST_LIMIT = 2.5, 5.5


def run_statistics(folder, names):
    """mean, sd, quantiles by name, from summary.csv; contributions tell only mean, 5%, 50% and 95%."""
    columns = ["mean", "sd"] + [f"p{round(100 * q):02}" for q in LEVELS]
    found = {}
    with open(folder / "summary.csv", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[f"{row['series']}@{row['period']}"] = [float(row[c]) for c in columns]
    short = {"mean": "mean_pp", "p05": "p05_pp", "p50": "p50_pp", "p95": "p95_pp"}
    with open(folder / "contributions.csv", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[f"{row['by']}/{row['key']}@{row['period']}"] = [
                float(row[short[c]]) if c in short else np.nan for c in columns]
    if set(found) != set(names):
        sys.exit(f"the run has {len(found)} outputs, not the {len(names)} of W1: "
                 + ", ".join(sorted(set(found) ^ set(names))[:3]))
    return np.array([found[name] for name in names])


def main():
    parser = argparse.ArgumentParser(description="compares a run of W1 with another program's statistics")
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("dump")
    parser.add_argument("paths", type=int)
    parser.add_argument("--scenario", default=pathlib.Path(__file__).with_name("w1.yaml"))
    a = parser.parse_args()
    names = Model(a.scenario).names()
    run = run_statistics(a.run, names)
    manifest = json.loads((a.run / "manifest.json").read_text(encoding="utf-8"))
    z = standard_errors(np.load(a.dump), run, a.paths, manifest["paths"]["done"])
    bad = False
    for k, name in enumerate(["mean", "sd"] + [f"{100 * q:.0f}%" for q in LEVELS]):
        column = z[:, k][~np.isnan(z[:, k])]
        rms, largest = np.sqrt(np.mean(column**2)), np.abs(column).max()
        bad |= rms > RMS_LIMIT or largest > LARGEST_LIMIT
        print(f"{name:>5}: root mean square {rms:.2f}, largest {largest:.2f} standard errors over {len(column)} outputs")
    if bad:
        sys.exit("the two programs do not sample the same distributions")


if __name__ == "__main__":
    main()
