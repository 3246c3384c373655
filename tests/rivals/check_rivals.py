"""A few origins of models/backtest/rivals.csv and rivals_first.csv made again by R and compared. Skipped (77) without R or its forecast package.

    check_rivals.py SOURCE_FOLDER
"""
import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile

RUNS = [("rivals.csv", "2013-02", "2013-03", []), ("rivals.csv", "2020-02", "2020-02", []), ("rivals.csv", "2026-05", "2026-05", []),
        ("rivals_first.csv", "2022-12", "2022-12", ["first_prints.csv"])]
TOLERANCE = 2e-3  # log: optimisers stop at slightly different points under other numerical libraries


def main(root):
    folder = root / "models" / "backtest"
    if shutil.which("Rscript") is None:
        print("skipped: no Rscript")
        return 77
    if subprocess.run(["Rscript", "-e", "library(forecast)"], capture_output=True, check=False).returncode != 0:
        print("skipped: R has no package forecast")
        return 77
    seen, worst = 0, 0.0
    for table, first, last, prints in RUNS:
        with open(folder / table, encoding="utf-8") as file:
            committed = {(r["flow"], r["origin"], r["horizon"]): r for r in csv.DictReader(file)}
        with tempfile.TemporaryDirectory() as made:
            out = pathlib.Path(made) / "rivals.csv"
            subprocess.run(["Rscript", folder / "rivals.R", folder / "totals.csv", out, first, last]
                           + [folder / name for name in prints], check=True)
            with open(out, encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    before = committed[row["flow"], row["origin"], row["horizon"]]
                    if before.keys() != row.keys():
                        print("the columns differ")
                        return 1
                    if abs(float(row["level_usd_bn"]) - float(before["level_usd_bn"])) > 0.001:
                        print(f"{row['flow']} {row['origin']}: the level {row['level_usd_bn']}, committed {before['level_usd_bn']}")
                        return 1
                    for name in (n for n in row if n.endswith("_log")):
                        gap = abs(float(row[name]) - float(before[name]))
                        worst = max(worst, gap)
                        if gap > TOLERANCE:
                            print(f"{row['flow']} {row['origin']} h={row['horizon']} {name}: {row[name]}, committed {before[name]}")
                            return 1
                    seen += 1
    if seen != 2 * 12 * 5:
        print(f"{seen} rows instead of 120")
        return 1
    print(f"{seen} rows agree, largest gap {worst:.1e}")
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
