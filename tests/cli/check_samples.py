#!/usr/bin/env python3
"""Opens a run's samples.nc as a user would and compares it with the run's tables.

usage: check_samples.py FOLDER        prints what is wrong; exit 77 without xarray or netCDF4
"""

import csv
import math
import pathlib
import sys

try:
    import netCDF4  # noqa: F401  (what xarray reads the file with)
    import xarray
except ImportError as missing:
    print(missing)
    sys.exit(77)


def main(folder):
    wrong = []
    data = xarray.open_dataset(folder / "samples.nc")
    if data.value.dims != ("path", "series", "period"):
        wrong.append(f"dimensions {data.value.dims}")
    if str(data.value.dtype) != "float32" or "float32" not in data.value.attrs["comment"]:
        wrong.append(f"type {data.value.dtype}")
    if not data.value.encoding["zlib"]:
        wrong.append("not compressed")
    if list(data.path.values) != list(range(data.sizes["path"])):
        wrong.append("paths are not in order")
    rows = 0
    for row in csv.DictReader(open(folder / "summary.csv", encoding="utf-8")):
        if row["series"] not in data.series.values:
            continue
        rows += 1
        one = data.value.sel(series=row["series"], period=row["period"])
        name = row["series"] + "@" + row["period"]
        if int(row["paths"]) != one.size or bool(one.isnull().any()):
            wrong.append(f"{name}: {one.size} paths, {int(one.isnull().sum())} missing")
        # float32 keeps 24 bits of each value.
        if not math.isclose(float(one.astype("float64").mean()), float(row["mean"]), rel_tol=1e-6, abs_tol=1e-6):
            wrong.append(f"{name}: mean {float(one.mean())}, not {row['mean']}")
        if str(data.unit.sel(series=row["series"]).values) != row["unit"]:
            wrong.append(f"{name}: unit {data.unit.sel(series=row['series']).values}")
        if str(data.frequency.sel(period=row["period"]).values) != row["frequency"]:
            wrong.append(f"{name}: frequency {data.frequency.sel(period=row['period']).values}")
    if rows == 0 or rows != int(data.value.isel(path=0).notnull().sum()):
        wrong.append(f"{rows} rows in summary.csv, {int(data.value.isel(path=0).notnull().sum())} values a path")
    print("\n".join(wrong) if wrong else f"{rows} rows agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
