"""docs/validation/published-forecasts.csv: misses are distances of the outcome from the range, states follow from them, and our own rows are
what the backtest says.

    check_register.py SOURCE_FOLDER PLIMSOLL
"""
import csv
import pathlib
import subprocess
import sys
import tempfile


def distance(row):
    low = float(row["low"]) if row["low"] else float("-inf")
    high = float(row["high"]) if row["high"] else float("inf")
    outcome = float(row["outcome"])
    if row["status"] == "open_ended":  # "more than": told as how far above the bound
        return outcome - low
    return max(low - outcome, outcome - high, 0)


def own_forecasts(program):
    """90% interval by (origin, target, span)."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "backtest", "--flow", "exports", "--from", "2025-12", "--out", folder + "/b"], check=True,
                       stdout=subprocess.DEVNULL)
        with open(folder + "/b/forecasts.csv", encoding="utf-8") as file:
            return {(r["origin"], r["target"], r["span"]): (float(r["p05"]), float(r["p95"])) for r in csv.DictReader(file)
                    if r["model"] == "plimsoll"}


def main(root, program):
    bad = []
    with open(root / "docs/validation/published-forecasts.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    own = own_forecasts(program)
    for number, row in enumerate(rows, 2):
        if row["outcome"]:
            if abs(distance(row) - float(row["miss"])) > 0.051:
                bad.append(f"line {number}: the miss is {distance(row):.1f}, not {row['miss']}")
            over = row["outcome_period"] == row["period"]
            wanted = ("missed" if distance(row) > 0 else "held") if over else "open"
            if row["status"] not in (wanted, "open_ended"):
                bad.append(f"line {number}: {row['status']}, but {wanted}")
        elif row["status"] != "open" or row["miss"]:
            bad.append(f"line {number}: no outcome, so open and without a miss")
        if "totals model" in row["by"]:
            period = row["period"]
            origin = "2025-12" if row["made_on"] < "2026-02" else "2026-05"
            key = (origin, period + "-12", "year") if len(period) == 4 else (origin, period[:7],
                                                                            "ytd" if period.endswith("ytd") else "month")
            low, high = own[key]
            if abs(low - float(row["low"])) > 0.051 or abs(high - float(row["high"])) > 0.051:
                bad.append(f"line {number}: the backtest says {low:.1f} to {high:.1f}")
    print("\n".join(bad) or f"{len(rows)} forecasts")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
