#!/usr/bin/env python3
"""Relations of an indicator to China's export growth, for `observations` with an indicator.

usage: indicator_relations.py [HISTORY.csv]      prints the table of docs/guide/evidence.md

Least squares of the indicator on the output (not the other way round: the observation's error is the indicator's).
`given the month before`: the growth of the last known month is a second regressor, so that what the model knows already
is not counted twice; its part goes into the intercept. `error` is the in-sample standard error of the regression;
`left out` is the root mean square error when each month is predicted from the others.
"""

import csv
import math
import pathlib
import sys


def month_before(month):
    year, number = map(int, month.split("-"))
    return f"{year - (number == 1)}-{(number - 2) % 12 + 1:02d}"


def solve(matrix, right):
    """Gauss-Jordan; the matrices here are small and well conditioned."""
    rows = [row[:] + [b] for row, b in zip(matrix, right)]
    for k in range(len(rows)):
        pivot = max(range(k, len(rows)), key=lambda r: abs(rows[r][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for r in range(len(rows)):
            if r != k:
                factor = rows[r][k] / rows[k][k]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[k])]
    return [row[-1] / row[k] for k, row in enumerate(rows)]


def fit(xs, ys):
    columns = range(len(xs[0]))
    normal = [[sum(x[a] * x[b] for x in xs) for b in columns] for a in columns]
    return solve(normal, [sum(x[a] * y for x, y in zip(xs, ys)) for a in columns])


def residual(x, y, beta):
    return y - sum(a * b for a, b in zip(x, beta))


def relation(xs, ys):
    beta = fit(xs, ys)
    error = math.sqrt(sum(residual(x, y, beta) ** 2 for x, y in zip(xs, ys)) / (len(xs) - len(beta)))
    left_out = [
        residual(xs[k], ys[k], fit(xs[:k] + xs[k + 1 :], ys[:k] + ys[k + 1 :])) ** 2 for k in range(len(xs))
    ]
    return beta, error, math.sqrt(sum(left_out) / len(xs))


def main():
    default = pathlib.Path(__file__).with_name("indicator_history.csv")
    with open(sys.argv[1] if len(sys.argv) > 1 else default, newline="", encoding="utf-8") as file:
        rows = {row["month"]: row for row in csv.DictReader(file)}
    china = {m: float(r["china_exports_yoy_pct"]) for m, r in rows.items() if r["china_exports_yoy_pct"]}
    korea = {m: float(r["korea_imports_yoy_pct"]) for m, r in rows.items() if r["korea_imports_yoy_pct"]}
    # January and February are one season in China's releases: left out.
    months = [m for m in china if not m.endswith(("-01", "-02"))]
    same = [m for m in months if m in korea]
    before = [m for m in months if month_before(m) in korea and month_before(m) in china]

    print("| Korea's imports, % on the year | months | intercept | slope | on the month before | error | left out |")
    print("|---|---|---|---|---|---|---|")
    beta, error, left_out = relation([[1, china[m]] for m in same], [korea[m] for m in same])
    print(f"| of the same month | {len(same)} | {beta[0]:.2f} | {beta[1]:.3f} | | {error:.2f} | {left_out:.2f} |")
    beta, error, left_out = relation(
        [[1, china[m], china[month_before(m)]] for m in before], [korea[month_before(m)] for m in before]
    )
    print(
        f"| of the month before, given the month before | {len(before)} | {beta[0]:.2f} | {beta[1]:.3f} "
        f"| {beta[2]:.3f} | {error:.2f} | {left_out:.2f} |"
    )
    last = max(china)
    print(f"\nFor the month after {last} (growth {china[last]}%): intercept {beta[0] + beta[2] * china[last]:.2f}, "
          f"slope {beta[1]:.3f}, sd {left_out:.2f}; observed {korea[last]}%")


main()
