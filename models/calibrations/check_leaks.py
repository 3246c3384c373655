#!/usr/bin/env python3
"""Show that an older vintage uses nothing that was known later: build it from spoilt copies of the raw series.

    check_leaks.py --data DIR --vintage china-2025-12

Every figure that is dated after as_of, was written after known_on or stands in a table of a later year is replaced by nonsense. The
tables must come out byte for byte as they are shipped. Constants in the program itself are not covered: they are read by people.
"""
import argparse
import csv
import filecmp
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DATES = ("month", "date", "period", "calendar_quarter", "known_from", "vintage_date")
LATE_MONTH = {("memory_price_monthly.csv", "2025-12"): "boj_mos_memory_import_price_usd_2019m01_100"}  # printed after 14 January


def is_late(row, vintage):
    for name in DATES:
        value = row.get(name) or ""
        value = value.split("..")[-1]
        if re.fullmatch(r"\d{4}Q\d", value) and value > vintage.last_capex_quarter:
            return True
        if re.fullmatch(r"\d{4}-\d\d", value) and value > vintage.as_of:
            return True
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value) and value > vintage.known_on:
            return True
    return f"{int(vintage.as_of[:4]) + 1} table" in (row.get("basis") or "")


def spoil(text):
    try:
        return str(3 * float(text) + 1)
    except (TypeError, ValueError):
        return text


def spoilt_copy(source, target, vintage):
    """-> number of rows that were changed."""
    changed = 0
    for path in sorted(source.glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        for row in rows:
            one = LATE_MONTH.get((path.name, row.get("month")))
            if one:
                row[one] = spoil(row[one])
            if is_late(row, vintage):
                changed += 1
                row.update({k: spoil(v) for k, v in row.items() if k not in DATES})
        with open(target / path.name, "w", encoding="utf-8", newline="") as f:
            if rows:
                writer = csv.DictWriter(f, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    return changed


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--data", required=True)
    ap.add_argument("--vintage", required=True)
    a = ap.parse_args()
    from vintages import VINTAGE
    with tempfile.TemporaryDirectory(prefix="plimsoll-leaks-") as folder:
        data, out = pathlib.Path(folder, "data"), pathlib.Path(folder, "out")
        data.mkdir()
        changed = spoilt_copy(pathlib.Path(a.data), data, VINTAGE)
        subprocess.run([sys.executable, str(HERE / "build_calibration.py"), "--data", str(data), "--vintage", a.vintage, "--out", str(out)],
                       check=True, stdout=subprocess.DEVNULL)
        names = sorted(os.listdir(out))
        _, differ, missing = filecmp.cmpfiles(out, HERE / a.vintage, names, shallow=False)
    print(f"{changed} rows spoilt, {len(names)} files built, {len(differ) + len(missing)} differ: {' '.join(differ + missing)}")
    sys.exit(1 if differ or missing or not changed else 0)


if __name__ == "__main__":
    main()
