#!/usr/bin/env python3
"""Check a calibration's tables against published figures: check_facts.py FACTS.csv CALIBRATION_DIR

Each row of FACTS.csv is one statistic of the history (or of a driver) with an interval; an empty bound is open."""
import csv
import os
import sys


def read(path):
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader(f))


def span(period):
    if ".." in period:
        a, b = period.split("..")
    elif len(period) == 4:
        a, b = period + "-01", period + "-12"
    else:
        a = b = period
    return a, b


def main(facts, folder):
    cal = lambda name: read(os.path.join(folder, name))
    series = {}
    for r in cal("history.csv"):
        key = "total" if r["product"] == r["market"] == "all" else r["product"] if r["market"] == "all" else r["market"]
        series.setdefault(key, {})[r["month"]] = float(r["value_usd_bn"])
    sets = {}
    for r in cal("sets.csv"):
        sets.setdefault(r["set"], []).append((r["member"], float(r["weight_frac"])))
    capex = {}
    for r in cal("drivers.csv"):
        if r["driver"].startswith("capex."):
            capex[r["period"]] = capex.get(r["period"], 0) + float(r["value"])

    def level(key, period):
        a, b = span(period)
        if key in sets:
            return sum(w * level(k, period) for k, w in sets[key])
        if "+" in key:
            return sum(level(k, period) for k in key.split("+"))
        return sum(v for m, v in series[key].items() if a <= m <= b)

    failed = 0
    for r in read(facts):
        kind, key, period, base = r["statistic"], r["key"], r["period"], r["base_period"]
        if kind == "level_usd_bn":
            x = level(key, period)
        elif kind == "share_of_total_pct":
            x = 100 * level(key, period) / level("total", period)
        elif kind == "yoy_pct":
            x = 100 * (level(key, period) / level(key, base) - 1)
        elif kind == "contribution_pp":
            x = 100 * (level(key, period) - level(key, base)) / level("total", base)
        elif kind == "driver_level":
            x = sum(v for q, v in capex.items() if q.startswith(period))
        else:
            raise SystemExit(f"unknown statistic {kind}")
        ok = (not r["low"] or x >= float(r["low"])) and (not r["high"] or x <= float(r["high"]))
        failed += not ok
        print(f"{'pass' if ok else 'FAIL'} {r['fact']:7} {kind:18} {key:26} {period:18} {x:10.3f}  [{r['low']}, {r['high']}]")
    print(f"{failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
