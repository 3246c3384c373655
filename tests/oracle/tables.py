"""A calibration's tables and one path's draws, for the second program that computes the same path (model.py)."""

import csv
import datetime
import json
import math
import re

import numpy
from scipy import stats

LAG_MONTHS = 25  # a gamma lag is cut after 24 months


def month(text):
    year, number = text.split("-")[:2]
    return 12 * int(year) + int(number) - 1


def date(text):
    parts = [int(x) for x in text.split("-")]
    return datetime.date(*(parts + [1] * (3 - len(parts))))


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def numbers(text):
    return [float(x) for x in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)]


def named(text, *names):
    found = {k: float(v) for k, v in re.findall(r"(\w+): (-?[\d.]+(?:e-?\d+)?)", text)}
    return [found[name] for name in names]


def median(text):
    """The median of a number or distribution as tables write it."""
    if not text.startswith("{"):
        return float(text)
    kind = re.match(r"\{(\w+):", text).group(1)
    if kind == "triangular":
        low, mode, high = numbers(text)
        return stats.triang.ppf(0.5, (mode - low) / (high - low), low, high - low)
    if kind == "normal":
        return named(text, "mean")[0]
    if kind == "lognormal":
        return named(text, "median")[0]
    if kind == "uniform":
        return sum(numbers(text)) / 2
    if kind == "beta" and "alpha" in text:
        a, b, low, high = named(text, "alpha", "beta", "low", "high")
        return low + (high - low) * stats.beta.ppf(0.5, a, b)
    if kind == "beta":
        m, sd = named(text, "mean", "sd")
        n = m * (1 - m) / (sd * sd) - 1
        return stats.beta.ppf(0.5, m * n, (1 - m) * n)
    raise ValueError(text)


class Tables:
    """All tables of a calibration; months count from year 0."""

    def __init__(self, folder):
        self.folder = folder
        head = dict(re.findall(r"^(\w+): (\S+)", open(folder / "calibration.yaml", encoding="utf-8").read(), re.M))
        self.as_of, self.first = month(head["as_of"]), month(head["trend_window_from"])
        self.window = self.as_of - self.first + 1
        self.products = [r["id"] for r in rows(folder / "products.csv")]
        self.markets = [r["id"] for r in rows(folder / "markets.csv")]
        self.goods = [r["id"] for r in rows(folder / "import_products.csv")]
        self.value = {(r["product"], r["market"], month(r["month"])): float(r["value_usd_bn"])
                      for r in rows(folder / "history.csv")}
        self.bought = {(r["product"], month(r["month"])): float(r["value_usd_bn"])
                       for r in rows(folder / "import_history.csv")}
        self.quantity = {(r["product"], month(r["month"])): float(r["quantity"])
                         for r in rows(folder / "history.csv") if r["quantity"]}
        self.parameter = {(r["parameter"], r["product"], r["market"]): r["value"]
                          for name in ("parameters.csv", "import_parameters.csv") for r in rows(folder / name)}
        self.loadings, self.import_loadings = rows(folder / "loadings.csv"), rows(folder / "import_loadings.csv")
        self.driver = {}
        for r in rows(folder / "drivers.csv"):
            self.driver.setdefault(r["driver"], {})[r["period"]] = float(r["value"])
        self.steps = {}
        for r in rows(folder / "tariffs.csv"):
            self.steps.setdefault((r["market"], r["product"]), []).append(
                (date(r["from"]), float(r["rate_pct"]) / 100, float(r["competitors_rate_pct"]) / 100))
        self.sets = rows(folder / "sets.csv")
        self.season, self.import_season = self.seasons(""), self.seasons("import_")

    def seasons(self, prefix):
        """S[product, month]: the season's factor, January and February divided by the new year's date."""
        factor = {(r["product"], r["season"]): float(r["factor_log"]) for r in
                  rows(self.folder / f"{prefix}seasonal.csv")}
        january = {int(r["year"]): float(r["january_frac"]) for r in rows(self.folder / f"{prefix}lunar_new_year.csv")}

        def of(product, m):
            year, number = divmod(m, 12)
            if number > 1:
                return factor[product, str(number + 1)]
            part = january[year] if number == 0 else 1 - january[year]
            return factor[product, "JF"] + math.log(2 * part)

        return of

    def cells(self, m):
        """Product by market in a month: the seed matrix scaled to both margins (Deming and Stephan 1940)."""
        seed = {(r["product"], r["market"]): float(r["value_usd_bn"]) for r in rows(self.folder / "matrix.csv")}
        x = numpy.array([[seed[p, k] for k in self.markets] for p in self.products])
        total = self.value["all", "all", m]
        by_product = numpy.array([self.value[p, "all", m] for p in self.products])
        by_market = numpy.array([self.value["all", k, m] for k in self.markets])
        by_product, by_market = by_product * total / by_product.sum(), by_market * total / by_market.sum()
        for _ in range(1000):
            x = x * (by_product / x.sum(1))[:, None]
            x = x * by_market / x.sum(0)
        return x

    def member(self, name, one, dimension):
        """How much of product or market `one` the name covers."""
        if name in ("all", one):
            return 1.0
        for r in self.sets:
            if r["set"] == name and r["member"] == one and r["dimension"] == dimension:
                return float(r["weight_frac"])
        return 0.0


class Path:
    """What `replay --format json` tells of one path; a number that is not drawn comes from the tables."""

    def __init__(self, tables, file, central=False):
        trace = json.load(open(file, encoding="utf-8"))["trace"]
        self.tables, self.central = tables, central
        self.drawn = {r["name"]: r["value"] for r in trace if r["kind"] in ("parameter", "event")}
        self.told = {(r["name"], r["period"]): r["value"] for r in trace if r["kind"] in ("driver", "summary")}
        self.part = {(r["name"], r["by"], r["key"], r["period"]): r["value"] for r in trace
                     if r["kind"] == "contribution"}

    def text(self, name, product="", market=""):
        for key in ((name, product, market), (name, product, ""), (name, "", market), (name, "", "")):
            if key in self.tables.parameter:
                return key, self.tables.parameter[key]
        raise KeyError(name)

    def __call__(self, name, product="", market=""):
        """A parameter of the calibration on this path, or at its median."""
        (_, p, m), text = self.text(name, product, market)
        if not self.central:
            for label in ("/".join(x for x in (name, p, m) if x), f"imports/{name}/{p}"):
                if label in self.drawn:
                    return self.drawn[label]
        return median(text)

    def loading(self, row, column, imports=False):
        place = f"imports/loading/{row['driver']}/{row['product']}" if imports else \
            f"loading/{row['driver']}/{row['product']}/{row['market']}"
        drawn = None if self.central else self.drawn.get(f"{place}/{column}")
        return median(row[column]) if drawn is None else drawn

    def stated(self, name, value):
        """A number of the scenario."""
        drawn = None if self.central else self.drawn.get(name)
        return median(value) if drawn is None else drawn
