#!/usr/bin/env python3
"""The figures of differences.xlsx are those of the tables, read by openpyxl. usage: check_differences.py FOLDER; 77 without openpyxl."""

import csv
import math
import pathlib
import sys

try:
    import openpyxl
except ImportError:
    sys.exit(77)


def check(book, sheet, table, keys, columns):
    rows = list(csv.DictReader(table.open(encoding="utf-8", newline="")))
    cells = list(book[sheet].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(cells), f"{sheet}: {len(cells)} rows, {len(rows)} in the table"
    for row, found in zip(rows, cells):
        for place, name in keys:
            assert found[place] == row[name], f"{sheet}: {found[place]} is not {row[name]}"
        for place, name in columns:
            number = found[place]
            assert isinstance(number, (int, float)), f"{sheet}: {number!r} is no number"
            assert math.isclose(number, float(row[name]), rel_tol=1e-14, abs_tol=1e-300), f"{sheet}: {number} is not {row[name]}"


def main(folder):
    folder = pathlib.Path(folder)
    book = openpyxl.load_workbook(folder / "differences.xlsx")
    growth, series, contributions = book.sheetnames
    for sheet in book:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, f"{sheet.title}: no frozen header or no filter"
    assert len(book[growth]._charts) == 1, "no chart"
    figures = ["mean_base", "se_mean_base", "mean_scenario", "se_mean_scenario", "difference", "se_difference",
               "p05", "p50", "p95", "se_p05", "se_p50", "se_p95"]
    check(book, series, folder / "differences.csv", [(0, "series"), (3, "period")], list(enumerate(figures, start=5)))
    figures = ["base_pp", "se_base_pp", "scenario_pp", "se_scenario_pp", "difference_pp", "se_difference_pp",
               "p05_pp", "p50_pp", "p95_pp", "se_p05_pp", "se_p50_pp", "se_p95_pp"]
    check(book, contributions, folder / "contribution_differences.csv", [(0, "of"), (2, "key"), (5, "period")],
          list(enumerate(figures, start=6)))


main(sys.argv[1])
