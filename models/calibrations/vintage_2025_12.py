"""What replaces, in the vintage of December 2025, everything that was known only later.

Nothing here uses a figure published after 14 January 2026: not the levels of memory, processors and AI goods that a note of
June 2026 printed, not the prior rows written then, not the tables of 2026. What stands in their place is estimated from the
data up to then, or is literature or judgement with its date.
"""
import math

import numpy as np
from scipy.optimize import least_squares

from calibration_tools import AS_OF, KNOWN_ON, MONTHS, lagged_log, months, num, read
from vintages import VINTAGE

LAST_INDEX = "2025-11"  # the Bank of Japan prints December's import prices after 14 January
# the finer export list and the table of all partners come out about the 20th, after the headline tables
FINER = ("ADP sub-line", "Electrical equipment", "3D printers")
MARCH_TABLE = "2025-01..2025-02"  # January and February 2025: the figure in the table of March 2025, not the revised one of 2026

# Judgement where no series shows the goods: orders of magnitude of UN Comtrade in 2022-2023. They set levels of groups, not growth.
COMPUTE_FRAC = 0.6  # 854231 in the IC line without memory
NETWORK_2024 = 40.0  # 851762, USD bn
SEMICONDUCTOR_EQUIPMENT_2025 = 5.5
MEDICINES_2024 = 22.0  # chapter 30 and 2936-2941, USD bn
MEMORY_PSI = 1.0  # the unit value of memory moves with the price of memory


def export_rows(data):
    """Rows of the customs lines as far as the tables of 14 January 2026 and before show them."""
    rows = [r for r in read(data, "china_exports_by_product_monthly.csv") if r["month"][-7:] <= AS_OF]
    rows = [r for r in rows if "2026 table" not in r["basis"] and r["product"] != "Medicinal products"]
    rows = [r for r in rows if not (r["month"] == AS_OF and r["product"].startswith(FINER))]
    table = {(r["product"], r["period"]): r for r in read(data, "china_exports_by_product.csv")
             if r["period"] in ("2025-03", "2025-01..2025-03") and r["value_unit"] == "RMB bn" and "Mar 2025 table" in r["basis"]}
    out = []
    for r in rows:
        key = r["product"]
        if r["month"] == MARCH_TABLE and (key, "2025-03") in table:
            whole, march = table[key, "2025-01..2025-03"], table[key, "2025-03"]
            value = num(whole["value"]) - num(march["value"])
            r = dict(r, value_usd_bn=str(value * num(r["value_usd_bn"]) / num(r["value_rmb_bn"])), value_rmb_bn=str(value))
            if r["quantity"]:
                r["quantity"] = str(num(whole["quantity"]) - num(march["quantity"]))
        elif r["month"] == MARCH_TABLE:
            continue
        out.append(r)
    return out


def memory_index(data):
    """The index to November 2025; December from the spot price: distributed lag of monthly log changes, 0 to 3 months."""
    rows = read(data, "memory_price_monthly.csv")
    index = {r["month"]: num(r["boj_mos_memory_import_price_usd_2019m01_100"]) for r in rows if r["month"] <= LAST_INDEX}
    spot = {r["month"]: num(r["dram_spot_index_2019m01_100"]) for r in rows if r["month"] <= AS_OF}
    grid = months("2014-01", AS_OF)

    def change(series, m):  # log change on the month before, nan where either is missing
        return math.log(series.get(m, math.nan) / series.get(grid[grid.index(m) - 1], math.nan))

    x = lambda m: [change(spot, grid[grid.index(m) - k]) for k in range(4)]
    fit = [m for m in months("2014-06", LAST_INDEX) if not any(math.isnan(v) for v in x(m) + [change(index, m)])]
    A, y = np.array([x(m) for m in fit]), np.array([change(index, m) for m in fit])
    beta, *_ = np.linalg.lstsq(A, y, rcond=None)
    error = float((y - A @ beta).std(ddof=4))
    index[AS_OF] = index[LAST_INDEX] * math.exp(float(np.array(x(AS_OF)) @ beta))
    return index, f"nowcast from the spot price, lags of 0 to 3 months over {len(fit)} months; standard error {error:.3f}"


def memory_share(rows, index):
    """Share of memory in the IC line from the line's unit value: u = A e^(g t) + B m, m the lagged memory price.
    -> share by month, log standard error of B, periods"""
    span = lambda p: months(*p.split("..")) if ".." in p else [p]
    seen = [(span(r["month"]), num(r["value_usd_bn"]), num(r["quantity"])) for r in rows
            if r["product"] == "Integrated circuits" and r["quantity"]]
    single = {ms[0] for ms, *_ in seen if len(ms) == 1}
    seen = [s for s in seen if len(s[0]) == 1 or not single.issuperset(s[0])]
    m0 = math.log(index["2025-05"])
    part = lambda p, m: (math.exp(p[0] + p[2] * (MONTHS.index(m) - 16) / 12),
                         math.exp(p[1] + MEMORY_PSI * (lagged_log(index, m) - m0)))
    gap = lambda p: [math.log(np.mean([sum(part(p, m)) for m in ms]) * q / v) for ms, v, q in seen]
    fit = least_squares(gap, [-3.0, -4.0, 0.0], x_scale=[0.1, 0.1, 0.1])
    covariance = np.linalg.inv(fit.jac.T @ fit.jac) * 2 * fit.cost / (len(seen) - 3)
    return {m: part(fit.x, m)[1] / sum(part(fit.x, m)) for m in MONTHS}, math.sqrt(covariance[1, 1]), len(seen)


def capex_scale(data, exports):
    """China's ICs and computers against US imports of compute hardware: ratio of log growth, January-September 2025 on 2024."""
    us = {r["date"]: num(r["compute_hardware_usd_bn"]) for r in read(data, "us_ai_related_imports_monthly.csv") if r["date"] <= "2025-10"}
    growth = lambda s: math.log(sum(s[m] for m in months("2025-01", "2025-09")) / sum(s[m] for m in months("2024-01", "2024-09")))
    return growth(exports) / growth(us), growth(exports), growth(us)


def us_elasticity(data, category):
    """US imports of a category on capital spending, January-September 2025 on 2023, logs. The row of the prior table rests on
    all of 2025, which was not known then."""
    us = {r["date"]: num(r[category + "_usd_bn"]) for r in read(data, "us_ai_related_imports_monthly.csv") if r["date"] <= "2025-10"}
    capex = {}
    for r in read(data, "hyperscaler_capex_quarterly.csv"):
        if r["company"] != "Oracle" and r["calendar_quarter"] <= VINTAGE.last_capex_quarter:
            capex[r["calendar_quarter"]] = capex.get(r["calendar_quarter"], 0) + num(r["capex_usd_bn"])
    imports = lambda y: sum(us[m] for m in months(f"{y}-01", f"{y}-09"))
    spending = lambda y: sum(capex[f"{y}Q{k}"] for k in (1, 2, 3))
    return math.log(imports(2025) / imports(2023)) / math.log(spending(2025) / spending(2023))


def diversion_shares(markets):
    """Where exports that left the United States went: share of the increments of 2025 outside the US, Hong Kong's chips left out."""
    groups = {"ASEAN": ["asean"], "Mexico": ["mexico"], "EU": ["eu", "uk"], "India, other Asia": ["india", "japan", "korea", "taiwan"],
              "Africa, LatAm, Middle East": ["africa", "other_latin_america", "rest_of_world"]}
    of = lambda ids, y: sum(v for k in ids for m, v in markets[k].items() if m.startswith(y))
    rise = {g: max(of(ids, "2025") - of(ids, "2024"), 0.0) for g, ids in groups.items()}
    return {g: v / sum(rise.values()) for g, v in rise.items()}


# product -> (relative to its group's capex elasticity, share that is unit value): judgement. A note of 14 January 2026 has the
# value of chips and phones driven by price, of most other goods by volume.
CAPEX_CONTENT = {
    "computing_chips": (1, .5), "other_ics": (.5, .5), "servers_computers": (1, .3), "computer_parts": (1, .3),
    "storage_units": (1, .3), "phones": (.3, .5), "network_optical": (1, .3), "semiconductor_equipment": (3, .3),
    "batteries": (.5, .3), "power_electrical": (1, .3), "machinery": (1, .3), "appliances": (.1, .3),
    "petrochemicals_plastics": (1, .3), "metals": (1, .3), "other": (1, .3)}
US_CATEGORY = {"semiconductors_8542": "compute_hardware", "computers_8471_8473": "compute_hardware",
               "telecom_8517": "networking_telecom", "electrical_other_85": "electrical_power",
               "machinery_other_84": "cooling_hvac"}
CONTRACT_TO_BOJ = 0.57 / 0.86  # spot to import price over spot to contract, the latter estimated to April 2025
# component shares net of the memory price: prior loadings over CONTRACT_TO_BOJ
MEMORY_NET = {"storage_units": 0.7, "computer_parts": 0.2, "hong_kong": 0.1}


def _row(distribution, central, low, high, kind, note):
    return dict(distribution=distribution, central=str(central), low=str(low), high=str(high), source_kind=kind, note=note,
                known_from=KNOWN_ON)


def priors(data, scale):
    """Rows that replace those written after 14 January 2026."""
    out = {}
    for group, category in US_CATEGORY.items():
        measured = us_elasticity(data, category)
        c = scale * measured
        out["capex_elasticity_volume", group, "all"] = _row(
            "triangular", c, 0, 2.5 * c, "data", f"{measured:.2f} of US imports of {category.replace('_', ' ')} times {scale:.2f}")
    for group, c in (("metals_72_83", .03), ("chemicals_plastics_28_40", .02), ("other", .03)):
        out["capex_elasticity_volume", group, "all"] = _row("triangular", c, 0, .08, "judgement", "small")
    out["memory_price_passthrough_unit_value", "memory_854232", "all"] = _row(
        "normal", CONTRACT_TO_BOJ, .72 * CONTRACT_TO_BOJ, 1.28 * CONTRACT_TO_BOJ, "judgement", "1 per log of the import price index")
    out["memory_price_volume_elasticity", "telecom_8517 and 8471", "all"] = _row(
        "triangular", -.05, -.15, 0, "judgement", "cost share of memory times the demand elasticity of the final good")
    out["oil_volume_offset", "chemicals_plastics_28_40", "all"] = _row(
        "triangular", -.05, -.2, 0, "judgement", "short-run demand elasticity")
    misses = [math.log(228.3 / 185), math.log(380 / 320), .05, .05]
    rms = math.sqrt(sum(x * x for x in misses) / len(misses))
    out["capex_forecast_error_std_12m", "all", "all"] = _row(
        "lognormal", rms, rms / 1.8, rms * 1.8, "judgement", "misses of 2019, 2023 (small), 2024 and of the guidance for 2025")
    return out


SOURCES = {  # rows of sources.csv that differ
    "gacc_total": ("2008-01..2025-12", "levels as revised by June 2026: no older vintage of the monthly levels is at hand; growth rates "
                   "of 2025 lie 0.1 to 0.25 pp below the first prints, December is 357.2 bn, first print about 357.8"),
    "gacc_products": ("2024-01..2025-12, tables to December 2025", "USD = RMB at the month's ratio of the totals; the finer list only to November"),
    "gacc_partners": ("2024-01..2025-12", "USD = RMB at the month's ratio of the totals; Mexico's December at its share of Latin America"),
    "edgar": ("2017Q1..2025Q3", ""), "boj": ("to 2025-11", "2019-01 = 100; December is a nowcast"),
    "trendforce_chain": ("to 2025-12", "gaps filled by log-linear interpolation are marked"), "eia": ("to 2025-12", ""),
    "fed_h10": ("to 2025-12", ""), "ustr_301": ("2024", "steps enacted in September 2024; mean over listed HTS8 lines"),
    "us_timeline": ("2018..2026-01", ""), "us_by_country": ("2025-02..2025-12", ""),
    "other_tariffs": ("2025-12", ""), "priors": ("2026-01-14", "rows written by then; later ones replaced, see README.md"),
    "weo": ("2025-10", "World Economic Outlook of October 2025; regional figures that were not at hand are marked judgement"),
    "calendar": ("2025", ""), "estimate": ("2026-01-14", ""), "judgement": ("2026-01-14", ""),
}


def shares(t):
    """share_of and note of the products that are divided otherwise than in the later vintage."""
    line, rest = "Integrated circuits", "mechanical and electrical remainder"
    return {
        "memory": (line, f"unit value of the line = A e^(gt) + B m, m the lagged memory index to the power {MEMORY_PSI:g}, {t.memory_n} printed "
                   f"periods to December 2025: log of the memory part has standard error {t.memory_se:.2f}"),
        "computing_chips": (line, f"{COMPUTE_FRAC:g} of the line without memory, judgement"),
        "other_ics": (line, "the rest of the line"),
        "network_optical": (rest, f"{t.frac_me['network_optical']:.4f}: {NETWORK_2024:g} bn in 2024, judgement"),
        "pharmaceuticals": ("other remainder", f"a fixed share: {MEDICINES_2024:g} bn in 2024, judgement; the line is printed from 2026 on"),
    }


YAML = """plimsoll_calibration: 1
name: china-2025-12
title: {en: "China, exports to December 2025", zh: "中国出口，截至2025年12月"}
reporter: china
as_of: 2025-12
known_on: 2026-01-14
trend_window_from: 2024-01
memory_index: boj_usd
note:
  en: "What was known on 14 January 2026, for the replay of 2026. Same groups as china-2026-05; no imports. Levels of the total are those of June 2026, as no older vintage is at hand; chips, network equipment, medicines and the residual rest on splits made without the figures of 2026; see README.md."
  zh: "2026年1月14日已知的信息，用于回放2026年。分组与 china-2026-05 相同；不含进口。总额采用2026年6月时点的修订值；芯片、网络通信设备、医药品及其他商品的拆分不使用2026年的数据，详见 README.md。"
"""
