"""Why `base` forecasts more for the rest of 2026 than the totals model: one thing after the other is taken away from it.

    python3 docs/validation/base_against_totals.py build/release/plimsoll SOURCE_FOLDER [--write]

Prints the table of docs/validation/base-against-totals.md; with --write puts it there, otherwise fails (exit code 1) when the page says otherwise.
Scenario fields are changed with --set, parameters in a copy of the calibration beside a copy of the scenario. Exports in dollars; January-May are data.
"""
import csv
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

CALIBRATION, PATHS, BEGIN, END = "china-2026-05", 16384, "<!-- table -->\n", "<!-- end of table -->"


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, table):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, table[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(table)


class Run:
    """Base as it was changed so far."""

    def __init__(self, program, root, folder):
        self.program, self.folder, self.sets = program, folder, ["horizon=2026-12"]
        self.tables = folder / "calibrations" / "changed"
        source = root / "models/calibrations" / CALIBRATION
        shutil.copytree(source, self.tables)
        yaml = self.tables / "calibration.yaml"
        yaml.write_text(yaml.read_text(encoding="utf-8").replace(f"name: {CALIBRATION}", "name: changed", 1), encoding="utf-8")
        base = (root / "scenarios/library/base.yaml").read_text(encoding="utf-8")
        (folder / "base.yaml").write_text(base.replace(f"calibration: {CALIBRATION}", "calibration: changed"), encoding="utf-8")
        history = rows(source / "history.csv")
        self.total = {r["month"]: float(r["value_usd_bn"]) for r in history if r["product"] == r["market"] == "all"}
        self.weight = {}
        for r in history:
            if r["market"] == "all" and r["product"] != "all" and r["month"][:4] == "2025":
                self.weight[r["product"]] = self.weight.get(r["product"], 0) + float(r["value_usd_bn"])
        self.driver = {(r["driver"], r["period"]): float(r["value"]) for r in rows(source / "drivers.csv")}

    def rest(self, months_of_2026=None):
        """Growth of June-December 2026, %: mean and Monte Carlo error; of a given sum of 2026 or by simulation."""
        year_before = sum(self.total[f"2025-{m:02d}"] for m in range(6, 13))
        so_far = sum(v for m, v in self.total.items() if m.startswith("2026"))
        if months_of_2026 is not None:
            return 100 * ((months_of_2026 - so_far) / year_before - 1)
        command = [self.program, "run", str(self.folder / "base.yaml"), "--paths", str(PATHS), "--format", "json", "--quiet",
                   "--out", str(self.folder / "out"), "--force"]
        for one in self.sets:
            command += ["--set", one]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        for row in json.loads(done.stdout)["summary"]:
            if row["series"] == "exports.total.value" and row["period"] == "2026":
                return 100 * ((row["mean"] - so_far) / year_before - 1), 100 * row["se_mean"] / year_before
        raise SystemExit("the run reports no total of 2026")

    def capex_stays(self):
        firms = ["amazon", "alphabet", "meta", "microsoft"]
        cash = {f: self.driver[(f"capex.{f}", "2026Q1")] for f in firms}
        quarters = lambda v: "{" + ", ".join(f"2026Q{q}: {v}" for q in (2, 3, 4)) + "}"
        self.sets.append("capex_paths={definition: cash_ppe, " + ", ".join(f"{f}: {quarters(v)}" for f, v in cash.items()) + "}")

    def price_stays(self, field, driver):
        self.sets.append(f"{field}={{process: path, path: {{2026-12: {self.driver[(driver, '2026-05')]}}}}}")

    def tariffs_stay(self):
        write(self.tables / "tariffs.csv", [r for r in rows(self.tables / "tariffs.csv") if r["from"] <= "2026-05-31"])

    def parameters(self, **values):
        table = rows(self.tables / "parameters.csv")
        for row in table:
            if row["parameter"] in values and not row["product"] and not row["market"]:
                row["value"] = values[row["parameter"]]
        write(self.tables / "parameters.csv", table)

    def one_season(self):
        table, season, all_weight = rows(self.tables / "seasonal.csv"), {}, sum(self.weight.values())
        for row in table:
            season[row["season"]] = season.get(row["season"], 0) + self.weight[row["product"]] / all_weight * float(row["factor_log"])
        for row in table:
            row["factor_log"] = repr(season[row["season"]])
        write(self.tables / "seasonal.csv", table)


def totals_model(root, run):
    """The totals model's own median of 2026 on the same day, from the scored register of the backtest."""
    for line in (root / "docs/validation/backtest-tables.md").read_text(encoding="utf-8").splitlines():
        if "the program's own | exports, growth in 2026, %" in line and "| 2026-06-09 |" in line:
            growth = float(re.findall(r"(-?[\d.]+) \(", line)[-1])
            year = sum(v for m, v in run.total.items() if m.startswith("2025"))
            return growth, run.rest((1 + growth / 100) * year)
    raise SystemExit("the register has no forecast of 2026 of its own")


def table(program, root):
    with tempfile.TemporaryDirectory() as name:
        run = Run(program, root, pathlib.Path(name))
        steps = [("`base`", lambda: None),
                 ("capital spending stays at the first quarter's", run.capex_stays),
                 ("memory price stays at May's", lambda: run.price_stays("memory_price_cycle", "memory_price.boj_usd")),
                 ("oil and the exchange rate stay at May's", lambda: (run.price_stays("oil_price", "oil_price"),
                                                                     run.price_stays("exchange_rate", "exchange_rate"))),
                 ("tariffs stay at May's", run.tariffs_stay),
                 ("no cell has a slope of its own (`trend_shrinkage_frac` 0)", lambda: run.parameters(trend_shrinkage_frac="0")),
                 ("nothing of the window's slope (`trend_start_weight_frac` 0)",
                  lambda: run.parameters(trend_start_weight_frac="0")),
                 ("no growth in the long run (0.04 a year)", lambda: run.parameters(trend_long_run_log_per_year="0")),
                 ("one season for all products", run.one_season),
                 ("no lags: what drivers did by May is in May's figures",
                  lambda: run.parameters(capex_lag_months="0.01", memory_lag_months="0.01", oil_lag_months="0.01"))]
        lines, before = ["| taken away, one after the other | June-December 2026 | change |", "|---|---:|---:|"], None
        for label, change in steps:
            change()
            mean, error = run.rest()
            lines.append(f"| {label} | {mean:+.1f} ±{error:.2f} | " + ("" if before is None else f"{mean - before:+.1f}") + " |")
            before = mean
        growth, rest = totals_model(root, run)
        lines.append(f"| the totals model (median of 2026 {growth:+.1f}%) | {rest:+.1f} | |")
        return "\n".join(lines) + "\n"


def main(program, source, *options):
    root = pathlib.Path(source)
    page = root / "docs/validation/base-against-totals.md"
    text, now = page.read_text(encoding="utf-8"), table(program, root)
    head, rest = text.split(BEGIN)
    renewed = head + BEGIN + now + END + rest.split(END)[1]
    if "--write" in options:
        page.write_text(renewed, encoding="utf-8")
    print(now)
    return 0 if "--write" in options or renewed == text else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
