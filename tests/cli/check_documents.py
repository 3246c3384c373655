#!/usr/bin/env python3
"""Reads memo.en.md, memo.zh.md and report.xlsx of a run's folder and compares every figure that it finds there with the
CSV tables. usage: check_documents.py FOLDER; exit code 77 without openpyxl."""

import csv
import math
import pathlib
import re
import sys

try:
    import openpyxl
except ImportError:
    sys.exit(77)

PROBLEMS = []


def expect(condition, words):
    if not condition:
        PROBLEMS.append(words)


def table(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def decimals(text):
    return len(text.split(".")[1]) if "." in text else 0


def agrees(text, value):
    """The printed number is the value to its printed precision."""
    number = re.search(r"[-+]?[\d,]*\.?\d+", text).group(0).replace(",", "")
    return abs(float(number) - value) <= 0.5000001 * 10 ** -decimals(number)


def numbers(cell):
    return re.findall(r"[-+]?[\d,]*\.?\d+", cell)


def rows_of(memo):
    for line in memo.splitlines():
        if line.startswith("| ") and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


DRIVERS = {"capex": ("Capital spending on AI", "AI资本开支"), "memory_price": ("Memory prices", "存储价格"),
           "tariff": ("Tariffs", "关税"), "exchange_rate": ("Exchange rate", "人民币汇率"), "trend": ("Trend and season", "趋势与季节")}
PARTS = {"price": ("Price", "价格"), "volume": ("Volume", "数量")}


def check_memo(folder, language):
    memo = (folder / f"memo.{('en', 'zh')[language]}.md").read_text(encoding="utf-8")
    summary = {(r["series"], r["period"]): r for r in table(folder, "summary.csv")}
    tail = ("## What the tail looks like", "## 尾部情形")[language]  # has rows of the same names
    story = memo.find(tail)
    after = memo.find("\n## ", story + 1) if story >= 0 else story
    cells = {cell[0]: cell[1:] for cell in rows_of(memo[:story] + memo[after:] if story >= 0 else memo)}
    for year in ("2026", "2027"):
        growth, value = summary["exports.total.yoy", year], summary["exports.total.value", year]
        row = cells.get(year if language == 0 else year + "年")
        expect(row is not None, f"no row of {year}")
        scale = 1 if language == 0 else 10  # hundred million dollars in Chinese
        pairs = [(row[0], growth["p50"], 1), (row[1], growth["se_p50"], 1), (numbers(row[2])[0], growth["p05"], 1),
                 (numbers(row[2])[1], growth["p95"], 1), (numbers(row[3])[0], growth["se_p05"], 1), (numbers(row[3])[1], growth["se_p95"], 1),
                 (row[4], growth["mean"], 1), (numbers(row[5])[0], value["p50"], scale), (numbers(row[5])[1], value["se_p50"], scale)]
        for text, figure, times in pairs:
            expect(agrees(text, times * float(figure)), f"{year}: {text} is not {figure}")
    contributions = {(r["by"], r["key"], r["period"]): r for r in table(folder, "contributions.csv") if r["of"] == "exports.total.yoy"}
    found = 0
    for by, names in (("driver", DRIVERS), ("price_volume", PARTS)):
        for key, name in names.items():
            if name[language] not in cells:
                continue
            for period, cell in zip(("2026", "2027"), cells[name[language]]):
                row, printed = contributions[by, key, period], numbers(cell)
                for text, column in zip(printed, ("mean_pp", "se_mean_pp", "p05_pp", "p95_pp")):
                    expect(agrees(text, float(row[column])), f"{key} {period}: {text} is not {row[column]}")
                    found += 1
    expect(found >= 40, f"only {found} figures of contributions are in the memo")
    probabilities = {(r["period"], r["event"], float(r["threshold"])): r for r in table(folder, "probabilities.csv") if r["series"] == "exports.total.yoy"}
    below = cells[("Probability of growth below 0%", "同比增速低于0%的概率")[language]]
    row = probabilities["2027", "below", 0]
    expect(agrees(numbers(below[1])[0], 100 * float(row["probability"])) and agrees(numbers(below[1])[1], 100 * float(row["se"])), f"chance: {below}")
    worst = cells[("mean of the worst 5%", "最差5%情形的均值")[language]]
    row = probabilities["2027", "es_low", 5]
    expect(agrees(numbers(worst[1])[0], float(row["probability"])), f"worst: {worst}")


def same(cell, text):
    """libxlsxwriter writes 16 digits."""
    if text == "":
        return cell is None
    return isinstance(cell, (int, float)) and math.isclose(cell, float(text), rel_tol=1e-14, abs_tol=1e-300)


def check_sheet(book, name, rows, ids, figures):
    """Rows of a sheet, found by their ids, against those of a CSV table; columns by place."""
    sheet = book[name]
    expect(sheet.freeze_panes == "A2", f"{name}: the header is not frozen")
    expect(sheet.auto_filter.ref is not None, f"{name}: no filter")
    wanted = {tuple(r[column] for column in ids): r for r in rows}
    places, found = list(ids.values()), 0
    for cells in sheet.iter_rows(min_row=2, values_only=True):
        row = wanted.get(tuple(cells[k] for k in places))
        expect(row is not None, f"{name}: {cells[:4]} is not in the table")
        for column, place in figures.items():
            expect(row is None or same(cells[place], row[column]), f"{name}: {cells[places[0]]} {column}: {cells[place]!r}")
        found += 1
    expect(found == len(wanted), f"{name}: {found} rows, {len(wanted)} in the table")


def check_workbook(folder):
    book = openpyxl.load_workbook(folder / "report.xlsx")
    summary = table(folder, "summary.csv")
    columns = ["paths", "mean", "sd", "p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "se_mean", "se_sd", "se_p01", "se_p05",
               "se_p10", "se_p25", "se_p50", "se_p75", "se_p90", "se_p95", "se_p99"]
    for name, frequency in (("Years", "A"), ("Quarters", "Q"), ("Months", "M"), ("Year to date", "YTD")):
        rows = [r for r in summary if r["frequency"] == frequency and not r["series"].startswith("driver.")]
        check_sheet(book, name, rows, {"series": 0, "period": 2}, {c: 4 + k for k, c in enumerate(columns)})
    drivers = [r for r in summary if r["series"].startswith("driver.")]
    check_sheet(book, "Drivers", drivers, {"series": 0, "period": 3}, {c: 5 + k for k, c in enumerate(columns)})
    parts = table(folder, "contributions.csv")
    pp = {"mean_pp": 5, "se_mean_pp": 6, "p05_pp": 7, "se_p05_pp": 8, "p50_pp": 9, "se_p50_pp": 10, "p95_pp": 11, "se_p95_pp": 12}
    for name, by in (("By driver", "driver"), ("By product", "product"), ("By market", "market"), ("Price and volume", "price_volume")):
        check_sheet(book, name, [r for r in parts if r["by"] == by], {"of": 0, "key": 1, "period": 4}, pp)
    chances = {(r["series"], r["period"], float(r["threshold"])): r for r in table(folder, "probabilities.csv") if r["event"] == "below"}
    seen = 0
    for cells in book["Probabilities"].iter_rows(min_row=2, values_only=True):
        if not cells[4].startswith("below"):
            continue
        row = chances[cells[0], cells[3], cells[5]]
        expect(same(cells[7], row["probability"]) and same(cells[8], row["se"]), f"Probabilities: {cells}")
        seen += 1
    expect(seen > 20, f"{seen} chances")
    for name, least in (("Fan chart", 1), ("Driver chart", 1)):
        expect(len(book[name]._charts) >= least, f"{name} has no chart")
    expect(len(book["Assumptions"]["A"]) > 1, "no assumption")
    for sheet in book:
        expect(len(sheet.title) <= 31, sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                expect(cell.data_type in ("n", "s", "inlineStr"), f"{sheet.title} {cell.coordinate} is of type {cell.data_type}")
    titles = [row[1].value for row in book["Overview"].iter_rows(min_row=2) if row[0].value == "Title"]
    expect(titles == ["=1+1"], f"title: {titles}")


def main():
    folder = pathlib.Path(sys.argv[1])
    for language in (0, 1):
        check_memo(folder, language)
    check_workbook(folder)
    print("\n".join(PROBLEMS[:20]))
    return 1 if PROBLEMS else 0


if __name__ == "__main__":
    sys.exit(main())
