"""The vintages of the calibration: what the one builder takes as given for each, and which one this run builds.

The vintage is the name of the output folder (or `--vintage NAME`). It is settled when the builder starts, because every
table depends on it: nothing known later than `known_on` may be read.
"""
import os
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Vintage:
    name: str
    as_of: str
    known_on: str
    last_capex_quarter: str
    new_years_seen: int  # last year whose January and February are both released
    released: int  # released periods of the trend window: January and February are one
    steps: int  # monthly changes in the trend window
    released_to_months: dict  # released periods after as_of -> months after it
    memory_upswing_months: int  # length of the open upswing of the memory index
    memory_lag_mean: float  # months by which unit values follow the memory index
    tariffs_settle: str  # the day at which the average US increase is matched with the by-country source
    full: bool  # the published levels of 2026 and the import tables are at hand

    @property
    def months_ahead(self):
        return max(self.released_to_months.values())


VINTAGES = {v.name: v for v in (
    Vintage("china-2026-05", "2026-05", "2026-06-09", "2026Q1", 2026, 27, 28, {1: 1, 3: 3, 5: 5, 8: 9, 12: 13}, 24, 1.25,
            "2026-02-20", True),
    Vintage("china-2025-12", "2025-12", "2026-01-14", "2025Q3", 2025, 22, 23, {1: 2, 3: 4, 5: 6, 8: 9, 12: 14}, 27, 1.0,
            "2025-11-14", False),
)}


def option(name):
    for i, word in enumerate(sys.argv):
        if word == name and i + 1 < len(sys.argv):
            return sys.argv[i + 1]
        if word.startswith(name + "="):
            return word[len(name) + 1:]
    return ""


def chosen():
    name = option("--vintage") or os.path.basename(os.path.normpath(option("--out")))
    if name not in VINTAGES:
        sys.exit(f"no vintage '{name}': call the output folder {' or '.join(VINTAGES)}, or give --vintage NAME")
    return VINTAGES[name]


VINTAGE = chosen()
