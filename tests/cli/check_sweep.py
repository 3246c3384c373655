#!/usr/bin/env python3
"""Opens a sweep's merged.nc as a user would and compares it with merged.csv.

usage: check_sweep.py FOLDER        prints what is wrong; exit 77 without xarray or netCDF4
"""

import csv
import json
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
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    fields, outputs = plan["fields"], [o["text"] for o in plan["outputs"]]
    data = xarray.open_dataset(folder / "merged.nc")
    grid = plan["design"] == "grid"
    if data.value.dims != (*fields, "output") if grid else data.value.dims != ("point", "output"):
        wrong.append(f"dimensions {data.value.dims}")
    if [str(o) for o in data.output.values] != outputs:
        wrong.append(f"outputs {data.output.values}")
    status = {"missing": 0, "ok": 1, "failed": 2}
    with open(folder / "merged.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(rows) != len(plan["points"]):
        wrong.append(f"{len(rows)} rows")
    for row in rows:
        if grid:
            at = {f: float(row[f]) if data[f].dtype.kind == "f" else row[f] for f in fields}
        else:
            at = {"point": int(row["point"])}
        one = data.sel(at)
        if int(one.status.fillna(0)) != status[row["status"]]:
            wrong.append(f"status of {at}: {one.status.values}")
        for name in [] if grid else fields:
            if str(one[name].values) != row[name] and float(one[name]) != float(row[name]):
                wrong.append(f"{name} of {at}: {one[name].values}")
        for output in outputs:
            for variable, column in (("value", output), ("se", "se_" + output)):
                got = float(one[variable].sel(output=output))
                expected = float(row[column]) if row[column] else math.nan
                if got != expected and not (math.isnan(got) and math.isnan(expected)):
                    wrong.append(f"{column} of {at}: {got} is not {expected}")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
