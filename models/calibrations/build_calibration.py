#!/usr/bin/env python3
"""Derive the tables of a calibration from raw public series.

    build_calibration.py --data DIR --out models/calibrations/china-2026-05      (or china-2025-12: see vintages.py)

DIR holds the raw CSV files (customs tables, US imports by HS6, tariffs, capital spending, memory, oil, exchange rates,
prior distributions). The output format is docs/reference/calibration-format.md. The program is deterministic: it uses
no random numbers, no clock and no network; running it again gives the same bytes.

Order of work
  1. trade history  : customs lines -> 23 products that add up to the customs total; partners -> 14 markets
  2. sets           : fraction of each product on the WTO list of AI goods
  3. matrix         : seed of product x market for 2024
  4. seasons        : total by maximum likelihood, products shrunk towards it; new-year table
  5. trend          : local linear trend + AR(1) on total exports by Kalman filter; product and market parts
  6. drivers, tariffs, loadings, parameters, correlations
"""
import argparse
import csv
import math
import os

import numpy as np
from scipy.optimize import brentq, lsq_linear

import vintage_2025_12 as early
from calibration_tools import (AS_OF, combine, dist, forecast_sd, FROM, g, H_MONTHS, KNOWN_ON, lagged_log, later, load_priors, lunar,
                               mixed_season, MONTHS, months, NEW_YEAR, num, out_of_sample, read, released_series,
                               scaled_prior, SEASONS, split_level_residual, Table, trend_estimates, write_hs_codes, Z90)
from import_tables import write_imports
from sobol_order import SOBOL_ORDER
from supplier_shares import write_suppliers
from vintages import VINTAGE

# id, English, Chinese, customs lines, HS codes
PRODUCTS = [
    ("memory", "Memory chips", "存储芯片", "part of Integrated circuits", "854232"),
    ("computing_chips", "Processors and controllers", "处理器及控制器芯片", "part of Integrated circuits", "854231"),
    ("other_ics", "Other integrated circuits", "其他集成电路", "part of Integrated circuits", "854233 854239"),
    ("servers_computers", "Servers and computers", "服务器及计算机整机",
     "ADP equipment and parts less storage units less parts (complete machines, central processing units, monitors)",
     "8471 except 847170; 852852"),
    ("computer_parts", "Computer parts", "计算机零部件", "ADP sub-line: parts and accessories", "847330"),
    ("storage_units", "Storage units", "存储部件", "ADP sub-line: storage units", "847170"),
    ("phones", "Mobile phones", "手机", "Mobile phones", "851713 851714"),
    ("network_optical", "Network equipment and optical modules", "网络通信设备及光模块",
     "part of the mechanical and electrical remainder", "851762"),
    ("semiconductor_equipment", "Semiconductor equipment", "半导体制造设备",
     "part of the mechanical and electrical remainder", "8486"),
    ("batteries", "Batteries", "蓄电池", "Electrical equipment sub-line: accumulators", "8507"),
    ("power_electrical", "Power and electrical equipment", "电力及电工设备",
     "Electrical equipment (aggregate) less accumulators", "8501-8504 8535-8537 8544"),
    ("machinery", "Machinery and vehicle parts", "机械设备及汽车零配件",
     "General machinery; Motor vehicle parts; part of the mechanical and electrical remainder", "84 (rest) 8708"),
    ("autos", "Motor vehicles", "汽车（包括底盘）", "Motor vehicles incl. chassis", "8701-8706"),
    ("ships", "Ships", "船舶", "Ships", "89"),
    ("petrochemicals_plastics", "Petrochemicals and plastics", "石化产品及塑料制品",
     "Plastic products; part of the other remainder", "28 29 38 39 40"),
    ("refined_products", "Refined oil products", "成品油", "Refined oil products", "2710"),
    ("fertiliser", "Fertiliser", "肥料", "Fertiliser", "31"),
    ("metals", "Steel, aluminium and rare earths", "钢材、铝材及稀土",
     "Steel products; Unwrought aluminium and products; Rare earths", "72 7301-7307 76 2846"),
    ("labour_goods", "Labour-intensive goods", "劳动密集型产品",
     "Garments; Textiles; Bags; Toys; Furniture; Footwear", "42 50-64 94 (part) 95"),
    ("appliances", "Household appliances", "家用电器", "Household appliances", "8415 8418 8450 8509 8516"),
    ("pharmaceuticals", "Pharmaceuticals", "医药材及药品", "Medicinal products", "30 2936-2941"),
    ("agriculture", "Agricultural products", "农产品", "Agricultural products (aggregate)", "01-24"),
    ("other", "Other goods", "其他商品", "residual of the customs total", ""),
]
PID = [p[0] for p in PRODUCTS]

MARKETS = [
    ("us", "United States", "美国", "United States"), ("eu", "European Union", "欧盟", "European Union"),
    ("asean", "ASEAN", "东盟", "ASEAN"), ("japan", "Japan", "日本", "Japan"), ("korea", "Korea", "韩国", "South Korea"),
    ("taiwan", "Taiwan", "中国台湾", "Taiwan"), ("hong_kong", "Hong Kong", "中国香港", "Hong Kong"),
    ("india", "India", "印度", "India"), ("mexico", "Mexico", "墨西哥", "Mexico"),
    ("other_latin_america", "Other Latin America", "其他拉丁美洲", "Latin America less Mexico"),
    ("africa", "Africa", "非洲", "Africa"), ("russia", "Russia", "俄罗斯", "Russia"),
    ("uk", "United Kingdom", "英国", "United Kingdom"),
    ("rest_of_world", "Rest of world", "其他地区", "World less the above"),
]
MID = [m[0] for m in MARKETS]

SOURCES = [
    ("gacc_total", "General Administration of Customs of China (GACC)", "Goods exports and imports, monthly, USD",
     "2008-01..2026-05, latest revision by 2026-06",
     "May 2026 376.3 bn (+19.2%) and April (+14.0%) are revised; first prints 376.78 bn (+19.4%) and +14.1%"),
    ("gacc_products", "General Administration of Customs of China (GACC)",
     "Key export commodities and the finer export list, RMB", "2024-01..2026-05, last table May 2026",
     "USD = RMB at the month's ratio of the totals; May 2026 is a first print"),
    ("gacc_partners", "General Administration of Customs of China (GACC)", "Trade by country, RMB",
     "2024-01..2026-05", "USD = RMB at the month's ratio of the totals"),
    ("census_2024", "US Census Bureau", "US imports for consumption 2024 by HS6 and partner, customs value and duty", "2025",
        ""),
    ("note_2026_06_09", "Yuekai Securities", "May 2026 trade data and the AI chain", "2026-06-09",
     "memory, AI core and AI chain levels that customs lines do not show"),
    ("edgar", "SEC EDGAR", "10-Q and 10-K cash paid for property and equipment, four companies", "2017Q1..2026Q1", ""),
    ("boj", "Bank of Japan", "CGPI import price index, MOS memory ICs, yen, converted to USD", "to 2026-05", "2019-01 = 100"),
    ("trendforce_chain", "TrendForce / DRAMeXchange prices, chained by a public repository", "DRAM contract and spot index",
     "to 2026-05", "gaps filled by log-linear interpolation are marked"),
    ("eia", "US Energy Information Administration", "Brent spot, monthly mean", "to 2026-05", ""),
    ("fed_h10", "Federal Reserve H.10", "CNY per USD, monthly mean", "to 2026-05", ""),
    ("ustr_hs6", "PIIE / USITC via a public tariff tracker", "US duty on China by HS6 at seven dates 2018-2020", "2020", ""),
    ("ustr_301", "The Budget Lab at Yale", "Section 301 rates by HTS8, 2026", "2026", "mean over listed HTS8 lines"),
    ("us_timeline", "Federal Register; The Budget Lab at Yale; press", "US tariff actions on China, dated", "2018..2026-05",
        ""),
    ("us_by_country", "Public trade-war tracker on US Census weights",
        "US statutory tariff increase over 2024 by country and date",
     "2025-02..2026-04", ""),
    ("other_tariffs", "European Commission; Mexican decree; press", "EU electric-vehicle duties; Mexico 2026 tariff law",
        "2026", ""),
    ("priors", "plimsoll", "Prior distributions read from literature and data", "2026-06-09",
     "one row per parameter with its own source; see note of each row"),
    ("weo", "International Monetary Fund", "World Economic Outlook, January 2026 and October 2025", "2026-01",
     "regional figures that were not at hand are marked judgement"),
    ("calendar", "Chinese calendar", "Date of the lunar new year 2008-2042", "2026", ""),
    ("estimate", "plimsoll", "Estimated by build_calibration.py from the series above", "2026-06-09", ""),
    ("judgement", "plimsoll", "Judgement, no measurement at hand", "2026-06-09", ""),
    ("gacc_import_lines", "General Administration of Customs of China (GACC)", "Key import commodities, RMB",
     "2024-01..2026-05, last table May 2026",
     "USD = RMB at the month's ratio of the totals; 2024 and January-February only combined, December not at hand"),
]


def early_sources():
    """The rows of the older vintage: without what is not used there."""
    unused = ("note_2026_06_09", "gacc_import_lines")
    for row in SOURCES:
        if row[0] not in unused:
            title = "World Economic Outlook, October 2025" if row[0] == "weo" else \
                "Section 301 rates by HTS8" if row[0] == "ustr_301" else row[2]
            yield (row[0], row[1], title, *early.SOURCES.get(row[0], row[3:]))


# ---------------------------------------------------------------- 1. trade history
class Trade:
    """Product and market series, USD bn, 2024-01..2026-05."""

    def __init__(self, data):
        self.data = data
        self.total = {r["date"]: num(r["exports_usd_bn"]) for r in read(data, "china_trade_monthly.csv") if r["date"] <= AS_OF}
        self.raw, self.raw_q, self.unit, self.basis = {}, {}, {}, {}
        rows = read(data, "china_exports_by_product_monthly.csv") if VINTAGE.full else early.export_rows(data)
        for r in rows:
            if r["flow"] != "export":
                continue
            self.raw.setdefault(r["product"], {})[r["month"]] = num(r["value_usd_bn"])
            self.raw_q.setdefault(r["product"], {})[r["month"]] = num(r["quantity"])
            self.basis.setdefault(r["product"], {})[r["month"]] = r["basis"]
            self.unit[r["product"]] = r["qty_unit"]
        if VINTAGE.full:
            self.memory_index, self.index_note = {r["month"]: num(r["boj_mos_memory_import_price_usd_2019m01_100"])
                                                  for r in read(data, "memory_price_monthly.csv")}, ""
        else:
            self.memory_index, self.index_note = early.memory_index(data)
        self.build_products()
        self.build_markets()

    def monthly(self, line, what="value"):
        """A line for every month: single months where printed; combined periods split like the total. -> values, status"""
        src = dict(self.raw[line] if what == "value" else self.raw_q[line])
        src = {k: v for k, v in src.items() if not math.isnan(v)}
        val, status = {}, {}
        for m in MONTHS:
            if m in src:
                val[m] = src[m]
                b = self.basis[line].get(m, "")
                status[m] = "observed" if b.startswith("direct") else "derived"
        for combined in sorted(k for k in src if ".." in k):
            span = months(*combined.split(".."))
            missing = [m for m in span if m not in val]
            rest = src[combined] - sum(val[m] for m in span if m in val)
            if not missing:
                continue
            weight = sum(self.total[m] for m in missing)
            for m in missing:
                val[m] = rest * self.total[m] / weight
                status[m] = "derived" if len(missing) == 1 else "split"
        return val, status

    def by_ratio(self, line, carrier):
        """A line with gaps: its ratio to a carrier is interpolated linearly in time."""
        val, status = self.monthly(line)
        idx = [i for i, m in enumerate(MONTHS) if m in val]
        ratio = np.interp(range(len(MONTHS)), idx, [val[MONTHS[i]] / carrier[MONTHS[i]] for i in idx])
        for i, m in enumerate(MONTHS):
            if m not in val:
                val[m], status[m] = ratio[i] * carrier[m], "derived"
        return val, status

    def build_products(self):
        T = {m: self.total[m] for m in MONTHS}
        line = lambda n: self.monthly(n)
        ME, me_s = line("Mechanical and electrical products (agg)")
        V, S, Q, U = {}, {}, {}, {}

        def take(pid, name, quantity=True):
            V[pid], S[pid] = line(name)
            if quantity:
                Q[pid], _ = self.monthly(name, "quantity")
                U[pid] = self.unit[name]

        take("phones", "Mobile phones")
        take("autos", "Motor vehicles incl. chassis")
        take("ships", "Ships")
        take("appliances", "Household appliances")
        take("refined_products", "Refined oil products")
        take("fertiliser", "Fertiliser")
        take("agriculture", "Agricultural products (agg)", quantity=False)

        def total_of(names):
            parts = [line(n) for n in names]
            rank = {"observed": 0, "derived": 1, "split": 2}
            return ({m: sum(p[0][m] for p in parts) for m in MONTHS},
                    {m: max((p[1][m] for p in parts), key=rank.get) for m in MONTHS})

        V["metals"], S["metals"] = total_of(["Steel products", "Unwrought aluminium and products", "Rare earths"])
        qs, _ = self.monthly("Steel products", "quantity")
        qa, _ = self.monthly("Unwrought aluminium and products", "quantity")
        Q["metals"], U["metals"] = {m: qs[m] + qa[m] for m in MONTHS}, "10k t (steel and aluminium)"
        V["labour_goods"], S["labour_goods"] = total_of(
            ["Garments and accessories", "Textile yarn, fabrics and articles", "Bags and cases", "Toys",
                "Furniture and parts", "Footwear"])

        # automatic data processing equipment: storage and parts as printed, everything else is servers and computers
        ADP, adp_s = line("Automatic data processing equipment and parts")
        self.adp = ADP
        for pid, name in (("computer_parts", "ADP sub-line: parts and accessories"),
            ("storage_units", "ADP sub-line: storage units")):
            V[pid], S[pid] = self.by_ratio(name, ADP)
            Q[pid] = {m: q for m, q in self.raw_q[name].items() if m in MONTHS and not math.isnan(q)}
            U[pid] = self.unit[name]
        V["servers_computers"] = {m: ADP[m] - V["computer_parts"][m] - V["storage_units"][m] for m in MONTHS}
        S["servers_computers"] = {m: "split" if adp_s[m] == "split" else "derived" for m in MONTHS}
        self.cpu, _ = self.by_ratio("ADP sub-line: central processing units (components)", ADP)
        self.laptops, _ = self.by_ratio("ADP sub-line: laptops", ADP)

        # electrical equipment: batteries as printed, the rest is power equipment
        EL, _ = self.by_ratio("Electrical equipment (agg)", ME)
        V["batteries"], S["batteries"] = self.by_ratio("Electrical equipment sub-line: accumulators", EL)
        name = "Electrical equipment sub-line: accumulators"
        Q["batteries"] = {m: q for m, q in self.raw_q[name].items() if m in MONTHS and not math.isnan(q)}
        U["batteries"] = self.unit[name]
        V["power_electrical"] = {m: EL[m] - V["batteries"][m] for m in MONTHS}
        S["power_electrical"] = {m: "derived" for m in MONTHS}

        IC, ic_s = line("Integrated circuits")
        self.ic = IC
        self.memory_part(IC, V)
        y25 = [m for m in MONTHS if m.startswith("2025")]
        V["computing_chips"] = {m: self.compute_frac * (IC[m] - V["memory"][m]) for m in MONTHS}
        V["other_ics"] = {m: IC[m] - V["memory"][m] - V["computing_chips"][m] for m in MONTHS}
        for p in ("memory", "computing_chips", "other_ics"):
            S[p] = {m: "split" for m in MONTHS}

        # the rest of mechanical and electrical products
        named = [line(n)[0] for n in ("Audio-visual equipment and parts", "LCD panel modules", "Medical instruments",
            "Lamps and lighting")]
        GM, MVP = line("General machinery")[0], line("Motor vehicle parts")[0]
        MEX = {m: ME[m] - EL[m] - ADP[m] - IC[m] - V["phones"][m] - V["autos"][m] - V["ships"][m] - V["appliances"][m]
               - GM[m] - MVP[m] - sum(x[m] for x in named) for m in MONTHS}
        self.me_rest = MEX
        y = sum(MEX[m] for m in y25)
        # 851762: servers + network = 58.7 bn in 2025 less the central-processing line (847150)
        net = 58.7 - sum(self.cpu[m] for m in y25)
        if not VINTAGE.full:
            net = early.NETWORK_2024 * y / sum(MEX[m] for m in MONTHS if m.startswith("2024"))
        self.frac_me = {"network_optical": net / y, "semiconductor_equipment": 5.5 / y, "machinery": 0.27}
        V["network_optical"] = {m: self.frac_me["network_optical"] * MEX[m] for m in MONTHS}
        V["semiconductor_equipment"] = {m: self.frac_me["semiconductor_equipment"] * MEX[m] for m in MONTHS}
        V["machinery"] = {m: GM[m] + MVP[m] + self.frac_me["machinery"] * MEX[m] for m in MONTHS}
        for p in ("network_optical", "semiconductor_equipment", "machinery"):
            S[p] = {m: "split" for m in MONTHS}

        # what is neither mechanical/electrical nor a listed line
        PL, pl_s = line("Plastic products")
        CER = line("Ceramic products")[0]
        rest = {m: T[m] - ME[m] - V["agriculture"][m] - V["refined_products"][m] - V["fertiliser"][m] - V["metals"][m]
                - V["labour_goods"][m] - PL[m] - CER[m] for m in MONTHS}
        self.other_rest = rest
        V["pharmaceuticals"], S["pharmaceuticals"] = self.by_ratio_combined("Medicinal products", rest)
        chem = 0.29
        V["petrochemicals_plastics"] = {m: PL[m] + chem * (rest[m] - V["pharmaceuticals"][m]) for m in MONTHS}
        S["petrochemicals_plastics"] = {m: "split" for m in MONTHS}

        # round, then the residual takes exactly what is left of the total
        for p in V:
            V[p] = {m: round(V[p][m], 6) for m in MONTHS}
        V["other"] = {m: round(T[m] - sum(V[p][m] for p in PID if p != "other"), 6) for m in MONTHS}
        S["other"] = {m: "derived" for m in MONTHS}
        for p in PID:
            assert min(V[p].values()) > 0, (p, V[p])
        self.V, self.S, self.Q, self.U = V, S, Q, U

    def memory_part(self, IC, V):
        """Memory in the IC line, and the processors' part of the rest."""
        if not VINTAGE.full:
            share, self.memory_se, self.memory_n = early.memory_share(early.export_rows(self.data), self.memory_index)
            V["memory"] = {m: IC[m] * share[m] for m in MONTHS}
            self.memory_split, self.compute_frac = (0.0, early.MEMORY_PSI), early.COMPUTE_FRAC
            return
        # memory share of the line, logit(share) = a + b ln(lagged memory price); a and b make both published anchors hold
        # exactly (Jan-Apr 2025 23.22 bn = 67.8/2.92; Jan-Apr 2026 65.5% of the line)
        w25, w26 = ["2025-%02d" % k for k in range(1, 5)], ["2026-%02d" % k for k in range(1, 5)]
        logm = {m: lagged_log(self.memory_index, m) for m in MONTHS}
        share = lambda a, b, m: 1 / (1 + math.exp(-(a + b * (logm[m] - 4))))
        value = lambda a, b, ms: sum(IC[m] * share(a, b, m) for m in ms)
        target26 = 0.655 * sum(IC[m] for m in w26)
        a_of = lambda b: brentq(lambda a: value(a, b, w25) - 67.8 / 2.92, -20, 20)
        b = brentq(lambda b: value(a_of(b), b, w26) - target26, 0.01, 5)
        a = a_of(b)
        self.memory_split = (a, b)
        V["memory"] = {m: IC[m] * share(a, b, m) for m in MONTHS}
        y25 = [m for m in MONTHS if m.startswith("2025")]
        non_memory = sum(IC[m] - V["memory"][m] for m in y25)
        self.compute_frac = (162.7 - sum(V["memory"][m] for m in y25)) / non_memory  # 854231+854232 = 162.7 bn in 2025

    def by_ratio_combined(self, line, carrier):
        """Medicinal products: Jan-Feb 2025 combined and 2026 months; ratio to the carrier, constant before, linear between."""
        if not VINTAGE.full:  # not printed yet: a fixed share
            part = early.MEDICINES_2024 / sum(carrier[m] for m in MONTHS if m.startswith("2024"))
            return {m: part * carrier[m] for m in MONTHS}, {m: "split" for m in MONTHS}
        val = {m: v for m, v in self.raw[line].items() if ".." not in m}
        r25 = self.raw[line]["2025-01..2025-02"] / (carrier["2025-01"] + carrier["2025-02"])
        first26 = sum(val.values()) / sum(carrier[m] for m in val)
        k0, k1 = MONTHS.index("2025-02"), MONTHS.index("2026-01")
        out, status = {}, {}
        for i, m in enumerate(MONTHS):
            if m in val:
                out[m], status[m] = val[m], "observed" if self.basis[line][m].startswith("direct") else "derived"
            else:
                w = min(max((i - k0) / (k1 - k0), 0), 1)
                out[m], status[m] = carrier[m] * (r25 + w * (first26 - r25)), "split"
        return out, status

    def build_markets(self):
        raw, basis = {}, {}
        for r in read(self.data, "china_trade_by_partner_monthly.csv"):
            if r["flow"] == "export":
                raw.setdefault(r["partner"], {})[r["month"]] = num(r["value_usd_bn"])
                basis.setdefault(r["partner"], {})[r["month"]] = r["basis"]
        if not VINTAGE.full:  # the table of all partners of December comes out after the headline tables
            span = ("2025-10", "2025-11")
            raw["Mexico"][AS_OF] = raw["Latin America"][AS_OF] * sum(raw["Mexico"][m] for m in span) / sum(raw["Latin America"][m] for m in span)
            basis["Mexico"][AS_OF] = "at its share of Latin America in October and November"
        W, WS = {}, {}
        for mid, _, _, member in MARKETS:
            if mid == "rest_of_world":
                continue
            if mid == "other_latin_america":
                W[mid] = {m: round(raw["Latin America"][m] - raw["Mexico"][m], 6) for m in MONTHS}
                WS[mid] = {m: "derived" for m in MONTHS}
            else:
                W[mid] = {m: round(raw[member][m], 6) for m in MONTHS}
                WS[mid] = {m: "observed" if basis[member][m].startswith("direct") else "derived" for m in MONTHS}
        W["rest_of_world"] = {m: round(self.total[m] - sum(W[k][m] for k in W), 6) for m in MONTHS}
        WS["rest_of_world"] = {m: "derived" for m in MONTHS}
        for k in MID:
            assert min(W[k].values()) > 0, k
        self.W, self.WS = W, WS

    def year(self, series, y):
        return sum(v for m, v in series.items() if m.startswith(str(y)))


QUANTITY_PRODUCTS = ("computer_parts", "storage_units", "phones", "batteries", "autos", "ships", "refined_products",
    "fertiliser",
                     "metals", "appliances")


# ---------------------------------------------------------------- 2. sets
# prior fraction on the WTO list of AI-enabling goods (judgement from the 13 printed codes), and how loosely it is held
AI_PRIOR = {
    "memory": (1, 0), "computing_chips": (1, 0), "network_optical": (1, 0), "semiconductor_equipment": (1, 0.05),
    "other_ics": (0.95, 0.05), "servers_computers": (0.85, 0.1), "computer_parts": (0.95, 0.1), "storage_units": (0.95, 0.1),
    "phones": (0.3, 0.3), "batteries": (0.3, 0.3), "power_electrical": (0.5, 0.2), "machinery": (0.1, 0.1),
    "petrochemicals_plastics": (0.02, 0.02), "metals": (0.01, 0.01), "appliances": (0.03, 0.05), "other": (0.1, 0.1),
}


def ai_chain_weights(t):
    """Fractions nearest to the prior that reproduce three published levels: 2025 701.8 bn, Jan-Apr 2026 293.5 bn,
    Jan-Apr 2025 293.5/1.396 bn. They are therefore not tests of the calibration."""
    ids = list(AI_PRIOR)
    if not VINTAGE.full:  # no published level of the chain yet: the prior fractions as they are
        return {p: float(AI_PRIOR[p][0]) for p in PID if p in AI_PRIOR}
    periods = [([m for m in MONTHS if m.startswith("2025")], 701.8),
               (["2025-%02d" % k for k in range(1, 5)], 293.5 / 1.396), (["2026-%02d" % k for k in range(1, 5)], 293.5)]
    fixed = [p for p in ids if AI_PRIOR[p][1] == 0]
    free = [p for p in ids if AI_PRIOR[p][1] > 0]
    A = np.array([[sum(t.V[p][m] for m in ms) for p in free] for ms, _ in periods])
    rhs = np.array([level - sum(t.V[p][m] for p in fixed for m in ms) for ms, level in periods])
    w0 = np.array([AI_PRIOR[p][0] for p in free])
    sd = np.array([AI_PRIOR[p][1] for p in free])
    big = 1e3
    M = np.vstack([np.diag(1 / sd), big * A / rhs[:, None] * 10])
    v = np.concatenate([w0 / sd, big * np.ones(3) * 10])
    res = lsq_linear(M, v, bounds=(0, 1), tol=1e-14)
    out = {p: 1.0 for p in fixed}
    out.update({p: round(float(x), 6) if x < 0.9999 else 1.0 for p, x in zip(free, res.x)})
    return {p: out[p] for p in PID if p in out and out[p] > 0.0005}


# ---------------------------------------------------------------- 3. matrix
def hs_product(hs):
    """Product of a six-digit code."""
    c2, c4 = hs[:2], hs[:4]
    exact = {"854232": "memory", "854231": "computing_chips", "847330": "computer_parts", "847170": "storage_units",
             "851762": "network_optical", "852852": "servers_computers"}
    if hs in exact:
        return exact[hs]
    if c4 == "8542":
        return "other_ics"
    if c4 == "8471":
        return "servers_computers"
    if hs in ("851712", "851713", "851714"):
        return "phones"
    if c4 == "8486":
        return "semiconductor_equipment"
    if c4 == "8507":
        return "batteries"
    if c4 in ("8501", "8502", "8503", "8504", "8535", "8536", "8537", "8544"):
        return "power_electrical"
    if c4 in ("8415", "8418", "8450", "8509", "8516", "8508", "8422"):
        return "appliances"
    if c2 == "84" or c4 == "8708":
        return "machinery"
    if c4 in ("8701", "8702", "8703", "8704", "8705", "8706"):
        return "autos"
    if c2 == "89":
        return "ships"
    if c2 in ("28", "29", "38", "39", "40") and c4 != "2846" and c4 not in ("2936", "2937", "2938", "2939", "2940", "2941"):
        return "petrochemicals_plastics"
    if c4 == "2710":
        return "refined_products"
    if c2 == "31":
        return "fertiliser"
    if c2 in ("72", "76") or c4 in ("7301", "7302", "7303", "7304", "7305", "7306", "7307") or c4 == "2846":
        return "metals"
    if c2 == "42" or "50" <= c2 <= "64" or c4 in ("9401", "9402", "9403", "9503", "9504", "9505"):
        return "labour_goods"
    if c2 == "30" or c4 in ("2936", "2937", "2938", "2939", "2940", "2941"):
        return "pharmaceuticals"
    if "01" <= c2 <= "24":
        return "agriculture"
    return "other"


# Judgement: how much more (or less) of a product goes to a market than the market's share of non-US exports.
# Order: eu asean japan korea taiwan hong_kong india mexico other_latin_america africa russia uk rest_of_world
AFFINITY = {
    "memory":                 [.15, .9, .3, 2.0, 3.0, 5.5, .5, .10, .05, .02, .03, .05, .10],
    "computing_chips":        [.25, 1.3, .4, 1.6, 3.0, 4.5, .8, .15, .10, .03, .05, .08, .15],
    "other_ics":              [.25, 1.3, .6, 1.5, 3.0, 4.5, .8, .15, .10, .03, .05, .08, .15],
    "servers_computers":      [1.8, .6, 1.7, .9, 1.0, 1.2, 1.0, 1.2, .6, .2, .5, 1.6, .9],
    "computer_parts":         [.7, 1.2, .7, 1.2, 2.2, 3.2, .8, 2.0, .2, .05, .1, .4, .3],
    "storage_units":          [1.0, .9, .8, 1.0, 1.4, 3.2, .6, 1.0, .4, .1, .4, .9, .6],
    "phones":                 [1.2, .7, 1.3, .7, .6, 2.0, 1.0, .6, .7, .6, .7, 1.1, 1.1],
    "network_optical":        [1.3, 1.1, .8, .8, 1.0, 1.7, 1.3, 1.0, .8, .6, .4, .8, .9],
    "semiconductor_equipment": [.4, 1.7, 1.1, 1.6, 2.6, 1.2, .7, .1, .1, .1, 1.2, .2, .5],
    "batteries":              [2.2, .8, .8, 1.4, .4, .4, 1.0, .5, .7, .5, .5, 1.0, 1.0],
    "power_electrical":       [1.2, 1.2, 1.1, 1.0, .6, .8, 1.2, 1.0, 1.0, .9, 1.0, .9, 1.1],
    "machinery":              [1.0, 1.1, 1.0, .9, .6, .3, 1.4, 1.3, 1.2, 1.1, 1.8, .8, 1.1],
    "autos":                  [1.1, .55, .15, .25, .05, .05, .05, 1.6, 1.6, .8, 3.2, 1.6, 1.9],
    "ships":                  [.7, 1.6, .3, .4, .4, 2.0, .1, .1, .9, 2.4, .3, .3, 1.3],
    "petrochemicals_plastics": [.8, 1.2, 1.0, 1.2, .8, .3, 1.6, 1.0, 1.3, 1.0, 1.0, .8, 1.1],
    "refined_products":       [.2, 2.5, .5, .7, .5, 3.0, .05, .05, .3, .4, .02, .05, 1.2],
    "fertiliser":             [.3, 1.4, .9, 1.0, .4, .05, 2.2, .9, 2.4, .9, .3, .2, 1.3],
    "metals":                 [.6, 1.7, .7, 1.7, .8, .2, .8, 1.0, 1.2, 1.2, .7, .6, 1.3],
    "labour_goods":           [1.2, 1.0, 1.1, 1.0, .4, .3, .5, .8, 1.0, 1.2, 1.2, 1.4, 1.2],
    "appliances":             [1.4, .9, 1.2, .9, .5, .3, .7, 1.1, 1.2, 1.0, 1.2, 1.5, 1.2],
    "pharmaceuticals":        [1.5, .7, .9, .9, .4, .4, 2.2, .9, 1.3, .9, .8, 1.0, .9],
    "agriculture":            [.7, 1.5, 2.0, 1.5, .6, 1.9, .3, .8, .6, .7, .7, .7, .9],
    "other":                  [1.0, 1.1, .9, .9, .8, .7, 1.1, 1.0, 1.0, 1.0, .9, 1.0, 1.1],
}


def us_weights(data):
    rows = [(r["hs6"], num(r["imports_customs_value_usd_mn"]), num(r["calculated_duty_usd_mn"]))
            for r in read(data, "us_imports_from_china_2024_hs6.csv")]
    return [r for r in rows if r[1] > 0]


def matrix_seed(t, data):
    rows = {p: t.year(t.V[p], 2024) for p in PID}
    cols = {m: t.year(t.W[m], 2024) for m in MID}
    us = {p: 0.0 for p in PID}
    for hs, value, _ in us_weights(data):
        us[hs_product(hs)] += value / 1000
    scale = cols["us"] / sum(us.values())  # customs value as the US sees it -> exports to the US as China sees them
    seed = {}
    for p in PID:
        seed[p, "us"] = min(us[p] * scale, 0.8 * rows[p])
        weight = {m: cols[m] * k for m, k in zip(MID[1:], AFFINITY[p])}
        left = rows[p] - seed[p, "us"]
        for m in MID[1:]:
            seed[p, m] = left * weight[m] / sum(weight.values())
    return seed, scale


def ipf(seed, rows, cols, steps=2000, tol=1e-10):
    x = np.array(seed, float)
    for k in range(steps):
        x *= (rows / x.sum(1))[:, None]
        x *= cols / x.sum(0)
        if np.max(np.abs(x.sum(1) / rows - 1)) < tol:
            return x, k + 1
    return x, None


# ---------------------------------------------------------------- 5b. product and market parts of the trend
SPLIT_DATA = ("memory", "computing_chips", "other_ics", "network_optical", "semiconductor_equipment")  # no monthly figure of their own


def component_estimates(t, total):
    """Deviations of log shares from the total: season, permanent and transitory shocks, slopes. Short sample: everything is
    shrunk towards the pooled median."""
    X = {m: math.log(t.total[m]) for m in MONTHS}
    m_lag = np.array([lagged_log(t.memory_index, m) for m in MONTHS])
    tot = released_series(t.total, FROM)
    # the US share is taken net of its tariff (central one-year elasticity 0.85, this and last month), which has its own driver
    _, average, _, _ = us_tariffs(t.data)
    dates = sorted(average)
    daily = lambda m: float(np.mean([math.log(1 + average[max(d for d in dates if d <= f"{m}-{k:02d}")] / 100) for k in range(1, 31)]))
    tau = [daily(m) for m in months("2023-12", AS_OF)]
    tariff = np.array([-0.85 * (tau[i] + tau[i + 1]) / 2 for i in range(len(MONTHS))])
    res = {"product": {}, "market": {}, "season": {}, "shrink": {}}
    for kind, series in (("product", t.V), ("market", t.W)):
        for k in (PID if kind == "product" else MID):
            z = released_series(series[k], FROM) - tot
            load = ({"storage_units": 0.8, "computer_parts": 0.8, "hong_kong": 0.15} if VINTAGE.full else early.MEMORY_NET).get(k, 0.0)
            if k in ("memory", "computing_chips", "other_ics"):
                z = released_series(t.ic, FROM) - tot  # one series for the three: the line
                load = 0.5
            net = load * m_lag + (tariff if k == "us" else 0)
            s, _, shrink = mixed_season(z, FROM, net)
            idx = np.array([i for i in range(len(z)) if not math.isnan(z[i])])
            dz = z - net - np.array([s["JF"] if int(m[5:]) <= 2 else s[str(int(m[5:]))] for m in MONTHS])
            level, noise = split_level_residual(dz)
            slope = lambda ii: float(np.polyfit(ii / 12, dz[ii], 1)[0])
            half = len(idx) // 2
            res[kind][k] = dict(level=level, noise=noise, slope=slope(idx), turn=slope(idx[half:]) - slope(idx[:half]))
            if kind == "product":
                res["season"][k] = {q: total["season"][q] + s[q] for q in SEASONS}
                res["shrink"][k] = shrink
    for kind in ("product", "market"):
        items = {k: v for k, v in res[kind].items() if k not in SPLIT_DATA}
        total_sd = {k: math.sqrt(v["level"] ** 2 + 2 * v["noise"] ** 2) for k, v in items.items()}
        med = float(np.exp(np.median(np.log(list(total_sd.values())))))
        spread = np.var(np.log(list(total_sd.values())))
        keep = spread / (spread + 1 / (2 * 18))  # 18 degrees of freedom of each sd
        frac = float(np.median([v["level"] ** 2 / max(total_sd[k] ** 2, 1e-12) for k, v in items.items()]))
        for k, v in res[kind].items():
            own = math.sqrt(v["level"] ** 2 + 2 * v["noise"] ** 2)
            sd = math.exp(keep * math.log(max(own, 1e-3)) + (1 - keep) * math.log(med))
            own_frac = v["level"] ** 2 / max(own ** 2, 1e-12)
            f = 0.5 * own_frac + 0.5 * frac
            if k == "ships":
                f = min(f, 0.1)  # deliveries are lumpy: nearly all of it is transitory
            if k in ("network_optical", "semiconductor_equipment"):
                sd, f = med, frac  # a fixed share of a carrier says nothing about its own noise
            v["sd"], v["sigma_a"], v["sigma_u"] = sd, sd * math.sqrt(f), sd * math.sqrt((1 - f) / 2)
        # slopes: sampling variance of an OLS slope when the level is a random walk: 6/5 sigma^2 / n per month^2
        n = VINTAGE.steps
        half_n = n / 2
        var_s = {k: 144 * (1.2 * v["sigma_a"] ** 2 / n + 12 * v["sigma_u"] ** 2 / n ** 3) for k, v in items.items()}
        tau2 = max(np.median([v["slope"] ** 2 for v in items.values()]) / 0.455 - np.median(list(var_s.values())), 0.03 ** 2)
        var_t = {k: 2 * 144 * (1.2 * v["sigma_a"] ** 2 / half_n + 12 * v["sigma_u"] ** 2 / half_n ** 3) for k, v in items.items()}
        turn2 = np.median([v["turn"] ** 2 for v in items.values()]) / 0.455 - np.median(list(var_t.values()))
        sigma_mu = math.sqrt(max(turn2, 0.02 ** 2) / half_n)
        res[kind + "_pool"] = dict(median_sd=med, keep=keep, level_frac=frac, tau=math.sqrt(tau2), sigma_mu=min(sigma_mu, 0.03),
                                   shrink=float(np.median([tau2 / (tau2 + var_s[k]) for k in items])))
        for k, v in res[kind].items():
            vs = 144 * (1.2 * v["sigma_a"] ** 2 / n + 12 * v["sigma_u"] ** 2 / n ** 3)
            v["sd_slope"] = math.sqrt(vs * tau2 / (vs + tau2))
    # volume and unit value of groups with printed quantities
    res["vp"] = {}
    for p in QUANTITY_PRODUCTS:
        ms = [m for m in MONTHS if m in t.Q[p] and t.Q[p][m] > 0]
        q = {m: t.Q[p].get(m, math.nan) for m in MONTHS}
        lq = released_series({m: q[m] if q[m] == q[m] else 1.0 for m in MONTHS}, FROM)
        lv = released_series(t.V[p], FROM)
        for i, m in enumerate(MONTHS):
            both = [m] if not m.endswith("-02") else [m, m[:4] + "-01"]
            if any(x not in ms for x in both):
                lq[i] = math.nan
        load = ({"storage_units": 0.8, "computer_parts": 1.0} if VINTAGE.full else early.MEMORY_NET).get(p, 0.0)
        _, eq, _ = mixed_season(lq, FROM, 0 * m_lag)
        _, ep, _ = mixed_season(lv - lq, FROM, load * m_lag)
        ok = [i for i in range(len(eq)) if not math.isnan(eq[i])]
        dq, dp = np.diff(eq[ok]), np.diff(ep[ok])
        rho = float(np.corrcoef(dq, dp)[0, 1])
        res["vp"][p] = (float(dq.std()), float(dp.std()), 0.8 * rho)
    return res


def world_part(e, comp, t, oos, driver_sd):
    """Variances of the common factors: scaled so that model-implied sd at 1 and 8-12 periods equals the model's own
    out-of-sample error, less the sum of independent product and market shocks, less explicit drivers."""
    wp = {p: t.year(t.V[p], 2025) / t.year(t.total, 2025) for p in PID}
    wm = {m: t.year(t.W[m], 2025) / t.year(t.total, 2025) for m in MID}
    idio = lambda key: (sum((wp[p] * comp["product"][p][key]) ** 2 for p in PID) + sum((wm[m] * comp["market"][m][key]) ** 2 for m in MID))
    pool = sum(w ** 2 for w in wp.values()) * comp["product_pool"]["sigma_mu"] ** 2 + \
        sum(w ** 2 for w in wm.values()) * comp["market_pool"]["sigma_mu"] ** 2
    su = math.sqrt(max(e["su"] ** 2 - idio("sigma_u"), (0.5 * e["su"]) ** 2))
    sa = math.sqrt(max(e["sa"] ** 2 - idio("sigma_a"), (0.3 * e["sa"]) ** 2))
    def sd(k, h):
        base = forecast_sd(k * sa, k * e["sm"], su, e["rho"], e["phi"], k * e["sd_slope"], H_MONTHS[h])
        extra = forecast_sd(math.sqrt(idio("sigma_a")), math.sqrt(pool), math.sqrt(idio("sigma_u")), 0.0, e["phi"],
                            math.sqrt(idio("sd_slope")), H_MONTHS[h])
        return 100 * math.sqrt(base ** 2 + extra ** 2)
    gap = lambda k: sum(sd(k, h) ** 2 + (driver_sd * math.sqrt(H_MONTHS[h] / 12)) ** 2 - oos[h] ** 2 for h in (5, 8, 12))
    k = brentq(gap, 0.2, 5) if gap(0.2) < 0 else 0.2
    return dict(su=su, sa=k * sa, sm=k * e["sm"], sd_slope=k * e["sd_slope"], k=k, implied={h: sd(k, h) for h in H_MONTHS})


# ---------------------------------------------------------------- 6. drivers
def driver_rows(t, data, table):
    mem = read(data, "memory_price_monthly.csv")
    for name, col, src in (("boj_usd", "boj_mos_memory_import_price_usd_2019m01_100", "boj"),
                           ("contract", "dram_contract_index_2019m02_100", "trendforce_chain"),
                           ("spot", "dram_spot_index_2019m01_100", "trendforce_chain")):
        s = {r["month"]: num(r[col]) for r in mem if r["month"] <= AS_OF and not math.isnan(num(r[col]))}
        nowcast = AS_OF if name == "boj_usd" and t.index_note else ""
        if nowcast:
            s[AS_OF] = t.memory_index[AS_OF]
        grid = months("2010-01", AS_OF)
        known = [i for i, m in enumerate(grid) if m in s]
        filled = np.exp(np.interp(range(len(grid)), known, [math.log(s[grid[i]]) for i in known]))
        for i, m in enumerate(grid):
            if m >= "2012-01":
                seen = m in s
                table.add(f"memory_price.{name}", m, float(round(s[m] if seen else filled[i], 2)), "index 2019 = 100",
                          "imputed" if m == nowcast else "observed" if seen else "interpolated", src, "data", later(m),
                          t.index_note if m == nowcast else "")
    for name, file, col, src, key, unit in (("oil_price", "oil_price_monthly.csv", "brent_usd_bbl", "eia", "month",
        "usd_per_bbl"),
                                            ("exchange_rate", "fx_monthly.csv", "cny_per_usd", "fed_h10", "month",
                                                "cny_per_usd")):
        for r in read(data, file):
            if "2012-01" <= r[key] <= AS_OF:
                table.add(name, r[key], num(r[col]), unit, "observed", src, "data", later(r[key]), "")
    firms = {"Amazon": "amazon", "Alphabet": "alphabet", "Meta": "meta", "Microsoft": "microsoft"}
    rows = [r for r in read(data, "hyperscaler_capex_quarterly.csv")
            if r["company"] in firms and "2017Q1" <= r["calendar_quarter"] <= VINTAGE.last_capex_quarter]
    for r in sorted(rows, key=lambda r: (firms[r["company"]], r["calendar_quarter"])):
        y, q = int(r["calendar_quarter"][:4]), int(r["calendar_quarter"][5])
        reported = f"{y}-{q * 3 + 2:02d}-15" if q < 4 else f"{y + 1}-02-15"
        table.add(f"capex.{firms[r['company']]}", r["calendar_quarter"], num(r["capex_usd_bn"]), "usd_bn",
                  "observed" if r["status"] == "reported" else "interpolated", "edgar", "data", reported,
                  r["note"] if r["status"] != "reported" else "")


# ---------------------------------------------------------------- tariffs
# share of a group's value exempt from the reciprocal duty of 2025 and from Section 122 in 2026: judgement from the exemption
# lists (electronics, energy, medicines, goods under Section 232); on average 0.36, the by-country file implies 0.36 to 0.40
EXEMPT = {"memory": 1, "computing_chips": 1, "other_ics": 1, "servers_computers": 1, "computer_parts": 1, "storage_units": 1,
    "phones": 1,
          "network_optical": 1, "semiconductor_equipment": 1, "autos": 1, "refined_products": 1, "pharmaceuticals": .85,
              "fertiliser": .6,
          "metals": .85, "petrochemicals_plastics": .12, "power_electrical": .05, "machinery": .15, "agriculture": .1,
              "other": .3,
          "batteries": 0, "ships": 0, "labour_goods": 0, "appliances": .05}
# Section 232 on metal derivatives, vehicle parts and furniture: relative size by group (judgement). The common factor is set so
# that the average increase without the emergency duties (2026-02-20) equals the by-country file's.
DERIVATIVES = {"machinery": 4.5, "power_electrical": 2, "appliances": 4, "other": 2, "labour_goods": 1.5}
COMPETITOR_HS = {  # HS2 (two digits) or HS6 codes whose non-Chinese suppliers stand for the group
    "memory": ["854232"], "computing_chips": ["854231"], "other_ics": ["854233", "854239"],
    "servers_computers": ["847130", "847141", "847149", "847150", "847160", "847180"], "computer_parts": ["847330"],
    "storage_units": ["847170"], "phones": ["851713"], "network_optical": ["851762"], "semiconductor_equipment": ["848620"],
    "batteries": ["850760", "850720"], "power_electrical": ["850421", "850422", "850423", "850440", "853710", "854470"],
    "machinery": ["84"], "autos": ["87"], "ships": ["89"], "petrochemicals_plastics": ["28", "29", "38", "39", "40"],
    "refined_products": ["27"], "fertiliser": ["31"], "metals": ["72", "76"],
    "labour_goods": ["42", "61", "62", "63", "64", "94", "95"], "appliances": ["841510", "841520"], "pharmaceuticals": ["30"],
    "agriculture": ["03", "07", "08", "16", "20", "21"], "other": ["85", "90", "73", "83", "48"]}


def us_tariffs(data):
    weight = {}
    duty = {}
    hs_rows = us_weights(data)
    snap = {r["hs6"]: r for r in read(data, "us_tariff_on_china_hs6_2018_2020.csv")}
    s301 = {r["hs6"]: num(r["mean_s301_pct_over_listed_hts8"]) for r in read(data, "us_section301_on_china_hs6_2026.csv")}
    cols = [c for c in next(iter(snap.values())) if c.startswith("pct_")]
    dates = [c[4:] for c in cols]
    sums = {p: np.zeros(len(cols) + 1) for p in PID}
    inc301 = {p: 0.0 for p in PID}
    matched = {p: 0.0 for p in PID}
    for hs, value, d in hs_rows:
        p = hs_product(hs)
        weight[p] = weight.get(p, 0) + value
        duty[p] = duty.get(p, 0) + d
        key = hs if hs in snap else {"851713": "851712", "851714": "851712"}.get(hs)
        if key in snap:
            r = snap[key]
            sums[p] += value * np.array([num(r[c]) for c in cols] + [0])
            matched[p] += value
            was = num(r["pct_2020-02-14"]) - num(r["pct_2018-01-01"])
            inc301[p] += value * max(s301.get(hs, 0.0) - was, 0.0)
    collected = {p: 100 * duty[p] / weight[p] for p in PID}
    # competitors: rate in 2024 and the import-weighted increase of all other suppliers
    base = {}
    by6, by2 = {}, {}
    for r in read(data, "us_imports_2024_selected_hs6_by_partner.csv"):
        if r["partner"] != "CHINA":
            v = by6.setdefault(r["hs6"], [0, 0])
            v[0] += num(r["imports_customs_value_usd_mn"])
            v[1] += num(r["calculated_duty_usd_mn"])
    for r in read(data, "us_imports_2024_hs2_by_partner.csv"):
        if r["partner"] != "CHINA":
            v = by2.setdefault(r["hs2"], [0, 0])
            v[0] += num(r["imports_customs_value_usd_mn"])
            v[1] += num(r["calculated_duty_usd_mn"])
    for p, codes in COMPETITOR_HS.items():
        vs = [(by2 if len(c) == 2 else by6).get(c, [0, 0]) for c in codes]
        base[p] = 100 * sum(v[1] for v in vs) / max(sum(v[0] for v in vs), 1e-9)
    others, china = {}, {}
    for r in read(data, "us_tariff_increase_by_country_by_date.csv"):
        if r["partner"] == "CHINA":
            china[r["date"]] = num(r["tariff_increase_pp_over_2024"])
        elif r["date"] <= KNOWN_ON:
            v = others.setdefault(r["date"], [0, 0])
            v[0] += num(r["imports_2024_usd_bn"])
            v[1] += num(r["imports_2024_usd_bn"]) * num(r["tariff_increase_pp_over_2024"])
    rise = {d: v[1] / v[0] for d, v in others.items()}
    rise["2025-04-05"] = rise["2025-04-08"] = rise["2025-04-09"]  # the country rates of 9 April lasted hours
    s122_rise = rise["2026-02-24"] - rise["2026-02-20"] if VINTAGE.full else 0.0
    rise["2026-07-24"] = max(d for d in rise) and rise[max(rise)] - s122_rise
    rise = {d: v for d, v in rise.items() if VINTAGE.full or d <= KNOWN_ON}

    def competitors(p, day):
        if day < "2025-02-04":
            return base[p]
        inc = rise[max(d for d in rise if d <= day)]
        if p == "metals":
            return base[p] + (0 if day < "2025-03-12" else 18 if day < "2025-06-04" else 38)
        if p == "autos":
            return base[p] + (0 if day < "2025-04-03" else 12 if day < "2025-09-16" else 9)
        return base[p] + inc * (1 - EXEMPT[p]) / 0.65

    def build(factor):
        steps = {}
        for p in PID:
            steps[p] = group_steps(p, factor)
        average = {}
        for d in sorted({s[0] for v in steps.values() for s in v}):
            average[d] = sum(weight[p] * [s for s in steps[p] if s[0] <= d][-1][1] for p in PID) / sum(weight.values())
        return steps, average

    def group_steps(p, factor):
        zero = sums[p][0] / max(matched[p], 1e-9)
        last = sums[p][len(cols) - 1] / max(matched[p], 1e-9)
        f = (collected[p] - zero) / (last - zero) if last - zero > 0.5 else 1.0
        f = min(max(f, 0.1), 1.4)
        # medicines: less is collected than the ordinary rate, so the whole path is scaled down
        whole = collected[p] / last if collected[p] < zero else 1.0
        rate = {d: whole * (zero + f * (sums[p][i] / max(matched[p], 1e-9) - zero)) if whole == 1.0
                else whole * sums[p][i] / max(matched[p], 1e-9) for i, d in enumerate(dates)}
        if p == "metals":  # Section 232 since March 2018 is in the 2024 collections but not in the HS6 snapshots
            gap = collected[p] - rate[dates[-1]]
            rate = {d: rate[d] + (gap if d >= "2018-07-06" else 0) for d in dates}
        inc = inc301[p] / max(matched[p], 1e-9) * min(f, 1.0)
        after = rate[dates[-1]]
        events = ["2024-09-27", "2025-01-01", "2025-02-04", "2025-03-04", "2025-03-12", "2025-04-03", "2025-04-05",
            "2025-04-09", "2025-04-10",
                  "2025-05-03", "2025-05-14", "2025-06-04", "2025-08-07", "2025-09-16", "2025-10-14", "2025-11-10",
                      "2026-01-01",
                  "2026-02-20", "2026-02-24", "2026-04-06", "2026-07-24"]
        out = [(d, rate[d], base[p]) for d in dates]
        for d in (d for d in events if VINTAGE.full or d <= KNOWN_ON):
            r = after
            if p in ("metals", "autos") and d >= "2024-09-27":
                r += inc
            if p in ("memory", "computing_chips", "other_ics") and d >= "2025-01-01":
                r += inc
            if p == "batteries" and d >= "2026-01-01":
                r += inc
            fentanyl = 0 if d < "2025-02-04" else 10 if d < "2025-03-04" else 20 if d < "2025-11-10" else 10 if d < "2026-02-20" else 0
            recip = 0 if d < "2025-04-05" else 10 if d < "2025-04-09" else 84 if d < "2025-04-10" else 125 if d < "2025-05-14" else \
                10 if d < "2026-02-20" else 0
            s122 = 10 if "2026-02-24" <= d < "2026-07-24" else 0
            r += fentanyl + (recip + s122) * (1 - EXEMPT[p])
            if p == "metals":
                r += (0 if d < "2025-03-12" else 8 if d < "2025-06-04" else 33)
            if p == "autos" and d >= "2025-04-03":
                r += 25
            if p in DERIVATIVES:  # 40% in June 2025 (earlier for vehicle parts), all of it after the list grew in August
                r += DERIVATIVES[p] * factor * (0 if d < "2025-05-03" else .25 if d < "2025-06-04" and p == "machinery" else 0 if d < "2025-06-04"
                                                else .4 if d < "2025-08-07" else 1)
            out.append((d, r, competitors(p, d)))
        return out

    day = VINTAGE.tariffs_settle
    at = lambda factor: (lambda average: average[max(d for d in average if d <= day)])(build(factor)[1])
    plain, with_one = at(0.0), at(1.0)
    target = 100 * sum(duty.values()) / sum(weight.values()) + china[day]
    steps, average = build((target - plain) / (with_one - plain))
    return steps, average, rise, collected


def tariff_rows(data, table):
    steps, average, _, _ = us_tariffs(data)
    for p in PID:
        last = None
        for d, rate, comp in steps[p]:
            now = (round(rate, 2), round(comp, 2))
            if now == last:
                continue
            last = now
            known = "2026-02-24" if d == "2026-07-24" else max(d, "2025-02-05")  # collections of 2024 are used throughout
            if p in DERIVATIVES and d >= "2025-05-03":
                known = max(known, "2026-02-24" if VINTAGE.full else VINTAGE.tariffs_settle)  # so is the by-country increase of that day
            kind = "data" if d < "2024-09-01" else "judgement"
            note = ("duty collected in 2024 scales the statutory steps of 2018-2020" if d < "2024-09-01"
                    else "lapse of Section 122 after 150 days, in the statute" if d == "2026-07-24"
                    else "dated steps from the timeline; exempt share and derivative-metal part are judgement")
            table.add("us", p, d, float(now[0]), float(now[1]), "ustr_hs6" if d < "2024-09-01" else "us_timeline", kind,
                known, note)
    for d, rate, comp, known, note in (("2018-01-01", 10.0, 2.0, "2018-01-01",
        "MFN 10; most rivals under free-trade agreements"),
                                       ("2024-07-05", 14.0, 2.0, "2024-07-05",
                                           "provisional duty, little collected; judgement of 4 points"),
                                       ("2024-10-30", 19.3, 2.0, "2024-10-30",
                                           "MFN 10 plus 20.7 on the battery-electric 45% of value")):
        table.add("eu", "autos", d, rate, comp, "other_tariffs", "data" if d != "2024-07-05" else "judgement", known, note)
    for p, before, after, comp, share in (("autos", 20, 50, 2, .9), ("labour_goods", 22, 35, 2, .8),
        ("petrochemicals_plastics", 6, 35, 1, .35),
                                          ("metals", 10, 35, 2, .7), ("appliances", 15, 35, 1, .6),
                                              ("machinery", 4, 25, 1, .25),
                                          ("other", 6, 20, 1, .25)):
        table.add("mexico", p, "2018-01-01", float(before), float(comp), "other_tariffs", "judgement", "2018-01-01",
            "MFN, order of magnitude")
        table.add("mexico", p, "2026-01-01", float(round(before + share * (after - before), 1)), float(comp), "other_tariffs",
            "judgement",
                  "2025-12-29", f"law of 2026: {after}% on a covered share of {share}; maquila programmes exempt more")
    return average


# ---------------------------------------------------------------- loadings and parameters
FRONT_LOAD_GROUP = {  # prior group -> group of the front-loading prior; the rest takes "all"
    "computers_8471_8473": "electronics (8471, 8517)", "telecom_8517": "electronics (8471, 8517)",
    "textiles_apparel_50_63": "textiles, footwear, toys, furniture",
    "machinery_other_84": "machinery and electrical", "electrical_other_85": "machinery and electrical",
    "vehicles_87": "vehicles and ships", "ships_89": "vehicles and ships", "semiconductors_8542": "semiconductors_8542"}
DIVERSION_GROUP = {  # market -> group of the destination prior and the market's part of it (judgement)
    "asean": ("ASEAN", 1), "mexico": ("Mexico", 1), "eu": ("EU", 0.85), "uk": ("EU", 0.15),
    "india": ("India, other Asia", 0.4), "japan": ("India, other Asia", 0.15), "korea": ("India, other Asia", 0.2),
    "taiwan": ("India, other Asia", 0.15), "hong_kong": ("India, other Asia", 0.1),
    "africa": ("Africa, LatAm, Middle East", 0.35), "other_latin_america": ("Africa, LatAm, Middle East", 0.3),
    "rest_of_world": ("Africa, LatAm, Middle East", 0.35)}
PRIOR_GROUP = {  # product -> group of the prior table
    **{p: "semiconductors_8542" for p in ("memory", "computing_chips", "other_ics")},
    **{p: "computers_8471_8473" for p in ("servers_computers", "computer_parts", "storage_units")},
    **{p: "telecom_8517" for p in ("phones", "network_optical")},
    **{p: "electrical_other_85" for p in ("batteries", "power_electrical", "appliances")},
    **{p: "machinery_other_84" for p in ("semiconductor_equipment", "machinery")},
    **{p: "chemicals_plastics_28_40" for p in ("petrochemicals_plastics", "fertiliser", "pharmaceuticals")},
    "autos": "vehicles_87", "ships": "ships_89", "metals": "metals_72_83",
    "labour_goods": "textiles_apparel_50_63", "refined_products": "other", "agriculture": "other", "other": "other"}
# contract index -> the calibration's index: spot to import price 0.57 over spot to contract 0.75
CONTRACT_TO_BOJ = 0.57 / 0.75


def measured_memory_loading(t, p, capex_price):
    """Slope of log unit value, net of the central capex term, on the lagged log memory index, months with printed
    quantities; standard error doubled because the index moved once in the sample."""
    quarters = {}
    for r in read(t.data, "hyperscaler_capex_quarterly.csv"):
        if r["company"] != "Oracle":
            quarters[r["calendar_quarter"]] = quarters.get(r["calendar_quarter"], 0) + num(r["capex_usd_bn"])
    def kappa(m):  # the quarter two months earlier; the last reported quarter is carried on
        y, k = int(m[:4]), int(m[5:]) - 2
        y, k = (y, k) if k > 0 else (y - 1, k + 12)
        return math.log(quarters[min(f"{y}Q{(k + 2) // 3}", VINTAGE.last_capex_quarter)])
    ms = [m for m in MONTHS if m >= "2025-01" and t.Q[p].get(m, 0) > 0]
    uv = np.array([math.log(t.V[p][m] / t.Q[p][m]) - capex_price * kappa(m) for m in ms])
    M = np.array([lagged_log(t.memory_index, m) for m in ms])
    A = np.column_stack([np.ones(len(ms)), M])
    beta, *_ = np.linalg.lstsq(A, uv, rcond=None)
    r = uv - A @ beta
    se = math.sqrt(float(r @ r) / (len(ms) - 2) * np.linalg.inv(A.T @ A)[1, 1])
    return float(beta[1]), 2 * se, len(ms)


def priors_of(t, data):
    """The prior rows; in the older vintage with replacements of those written later."""
    P = load_priors(data)
    if VINTAGE.full:
        return P
    exports = {m: t.ic[m] + t.adp[m] for m in MONTHS}
    t.capex_scale = early.capex_scale(data, exports)
    return {**P, **early.priors(data, t.capex_scale[0])}


def early_capex(P):
    """Product -> (value elasticity, share that is unit value), as the prior of its group times its content."""
    return {p: (round(k * num(P["capex_elasticity_volume", PRIOR_GROUP[p], "all"]["central"]), 4), price)
            for p, (k, price) in early.CAPEX_CONTENT.items()}


def loading_rows(t, data, table):
    P = priors_of(t, data)
    K = KNOWN_ON
    contract_to_boj = CONTRACT_TO_BOJ if VINTAGE.full else early.CONTRACT_TO_BOJ
    # capex: the prior's value elasticity per group, spread over products by AI content so that the group's 2025 mean is kept,
    # then divided between volume and unit value
    capex = {  # product: (value elasticity, share that is unit value)
        "computing_chips": (.40, .7), "other_ics": (.15, .7), "servers_computers": (.25, .5), "computer_parts": (.75, .5),
        "storage_units": (.20, .3), "phones": (.05, .5), "network_optical": (.45, .5), "semiconductor_equipment": (.20, .3),
        "batteries": (.08, .3), "power_electrical": (.20, .3), "machinery": (.06, .3), "appliances": (.02, .3),
        "petrochemicals_plastics": (.02, .3), "metals": (.03, .3), "other": (.03, .3)}
    if not VINTAGE.full:
        capex = early_capex(P)
    for p in PID:
        if p == "memory":
            table.add(p, "all", "capex", "0", "0", "log per log", "0.5", "priors", "judgement", K,
                      "memory takes its price from memory_price and its volume from capacity")
            continue
        if p not in capex:
            continue
        row = P["capex_elasticity_volume", PRIOR_GROUP[p], "all"]
        total, price = capex[p]
        k = total / num(row["central"])
        table.add(p, "all", "capex", scaled_prior(row, k * (1 - price)), scaled_prior(row, k * price), "log per log", "0.5",
            "priors",
                  "judgement", K, f"value elasticity {total} of group {PRIOR_GROUP[p]} prior {row['central']}; unit-value share {price} is judgement; "
                  "memory price growth of the prior's window (about 0.03) is inside its width" if VINTAGE.full else
                  f"value elasticity {total} of group {PRIOR_GROUP[p]} prior {g(num(row['central']))} ({row['note']}); unit-value share {price} is judgement")
    # memory price, per log of boj_usd
    pr = P["memory_price_passthrough_unit_value", "memory_854232", "all"]
    volume = P["memory_price_volume_elasticity", "telecom_8517 and 8471", "all"]
    rows = {"memory": (num(pr["central"]) / contract_to_boj, (num(pr["high"]) - num(pr["low"])) / 2 / Z90 / contract_to_boj,
                       "0.78 per log of contract over 0.76; the history of the split depends on the same index" if VINTAGE.full
                       else "a memory price index is a unit value of memory: 1, sd judged; the history of the split rests on it")}
    contract = {"servers_computers": (.08, .05), "computer_parts": (.15, .20), "storage_units": (.45, .20),
        "phones": (.08, .05)}
    measured = {}
    for p, (mean, sd) in contract.items():
        a, b = mean / contract_to_boj, sd / contract_to_boj
        note = f"prior {mean} per log of contract over {contract_to_boj:.2f}"
        if p != "servers_computers":
            m, se, n = measured_memory_loading(t, p, capex[p][0] * capex[p][1])
            if p == "phones":
                se = max(se, 0.2)  # new models each September move the unit value
            else:
                se = max(se, 0.15)  # 17 months, one episode, mix unknown
            a, b = combine(a, b, m, se)
            note += f"; unit value 2025-01..{AS_OF} net of capex gives {m:.2f} (se {se:.2f}, n {n}); precision-weighted"
            measured[p] = (m, se)
        rows[p] = (a, b, note)
    for p, (a, b, note) in rows.items():
        vol = "0"
        if p == "phones":
            vol = scaled_prior(volume, 1 / contract_to_boj)
        if p == "servers_computers":
            vol = scaled_prior(volume, 0.5 / contract_to_boj)
            note += "; volume loss on the laptop half of the group"
        kind = "data" if p in measured else "judgement"
        table.add(p, "all", "memory_price", vol, "{normal: {mean: %s, sd: %s}}" % (g(a), g(b)), "log per log of boj_usd", "0.5",
                  "estimate" if p in measured else "priors", kind, K, note)
    for p, tri in (("computing_chips", "{triangular: [0, 0.05, 0.15]}"), ("other_ics", "{triangular: [0, 0.05, 0.15]}"),
                   ("other", "{triangular: [0, 0.02, 0.05]}"), ("network_optical", "{triangular: [0, 0.02, 0.06]}")):
        table.add(p, "all", "memory_price", "0", tri, "log per log of boj_usd", "0.5", "judgement", "judgement", K,
                  ("the IC line's 0.38 is explained by its memory half" if VINTAGE.full else "bundled with memory") if p.endswith(("chips",
                      "ics")) else "solid-state drives (8523) inside"
                  if p == "other" else "memory in network gear")
    # oil
    off = P["oil_volume_offset", "chemicals_plastics_28_40", "all"]
    for p, key, k, offset in (("petrochemicals_plastics", "chemicals_plastics_28_40", 1, 1),
        ("refined_products", "energy_27", 1, 1),
                              ("fertiliser", "chemicals_plastics_28_40", .8, 1), ("metals", "metals_72_83", 1, 0),
                              ("labour_goods", "textiles_apparel_50_63", .6, 0),
                                  ("pharmaceuticals", "chemicals_plastics_28_40", .2, 0)):
        row = P["oil_passthrough_unit_value", key, "all"]
        table.add(p, "all", "oil_price", scaled_prior(off, 1) if offset else "0", scaled_prior(row, k), "log per log Brent",
            "0.5", "priors",
                  "judgement", K, f"{key} times {k}" if k != 1 else "")
    table.add("all", "all", "exchange_rate", "{triangular: [0.1, 0.5, 1.0]}", "{triangular: [-0.4, -0.2, -0.05]}",
        "log per log CNY per USD", "1",
              "priors", "literature", K, "a weaker yuan lowers the dollar price (pass-through 0.2) and raises volume (0.5 per log REER)")
    income = {"us": "US", "eu": "EU", "asean": "ASEAN", "japan": "Japan", "korea": "Korea", "taiwan": "Taiwan, Hong Kong",
              "hong_kong": "Taiwan, Hong Kong", "india": "India", "mexico": "Latin America",
                  "other_latin_america": "Latin America",
              "africa": "Africa", "russia": "Russia, Central Asia", "uk": "EU", "rest_of_world": "rest of world"}
    for m in MID:
        row = P["income_elasticity", "all", income[m]]
        table.add("all", m, "foreign_demand", scaled_prior(row, 1), "0", "log per log GDP", "0.6", "priors", "judgement", K,
                  f"prior row {income[m]}; most of the uncertainty is shared")
    priors = {p: (*capex[p], P["capex_elasticity_volume", PRIOR_GROUP[p], "all"]) for p in capex}
    return measured, priors, {p: row[:2] for p, row in rows.items()}


def monthly_sd(data, file, column, first):
    x = [num(r[column]) for r in read(data, file) if first <= r["month"] <= AS_OF]
    return float(np.diff(np.log(x)).std(ddof=1))


def parameter_rows(t, data, table, e, world, comp):
    P = priors_of(t, data)
    J = lambda now, then: now if VINTAGE.full else then  # what is written today against what could be written then
    K = KNOWN_ON
    add = lambda name, value, unit, source, kind, note="", product="", market="", corr="0": table.add(
        name, product, market, value if isinstance(value, str) else g(value), unit, corr, source, kind, K, note)
    sc = ", ".join(f"{k}: {v:.2f}" for k, v in e["score"].items())
    add("trend_damping_monthly", "{triangular: [0.85, 0.92, 0.98]}", "coefficient", "estimate", "data",
        f"forecast errors 2013-2019 (pp) by phi: {sc}; flat between 0.85 and 0.97, clearly worse at 1")
    add("trend_long_run_log_per_year", "{normal: {mean: 0.04, sd: 0.015}}", "log per year", "estimate", "judgement",
        f"2012-2025 mean {e['mu_lr']:.3f}, less part of AI and memory; sd of rolling ten-year means about 0.015")
    sh = comp["product_pool"]["shrink"]
    add("trend_shrinkage_frac", "{beta: {mean: %s, sd: 0.15}}" % g(min(0.75 * sh, 0.5)), "share", "estimate", "judgement",
        f"empirical Bayes for products {sh:.2f}, markets {comp['market_pool']['shrink']:.2f}; cut by a quarter and capped at 0.5 because cells are fitted, not observed")
    add("level_sd_log", world["sa"] if world["sa"] > 1e-5 else "0", "log per month", "estimate", "data",
        f"common factor: maximum likelihood 2013-{AS_OF[:4]}, less product and market parts")
    add("trend_sd_log_per_year", world["sm"], "log per year, per month", "estimate", "data",
        f"scaled by {world['k']:.2f} to the out-of-sample errors")
    add("trend_start_sd_log_per_year", world["sd_slope"], "log per year", "estimate", "data",
        f"Kalman filter at as_of, scaled by {world['k']:.2f}")
    add("residual_world_sd_log", world["su"], "log, innovation per month", "estimate", "data", "")
    add("residual_world_ar1", e["rho"], "coefficient", "estimate", "data", "with a weak prior 0.4 (sd 0.25)")
    for kind, ids, arg in (("product", PID, "product"), ("market", MID, "market")):
        pool = comp[kind + "_pool"]
        for k in ids:
            c = comp[kind][k]
            where = {arg: k}
            note = f"local level plus noise on {VINTAGE.released} released periods of the log share, shrunk to the pooled median"
            if k in ("memory", "computing_chips", "other_ics"):
                note = "from the IC line as a whole, net of the memory price"
            elif k in SPLIT_DATA:
                note = "no monthly figure of its own: pooled median of the products"
            add("level_sd_log", c["sigma_a"], "log per month", "estimate", "data", note, **where)
            add("trend_sd_log_per_year", pool["sigma_mu"], "log per year, per month", "estimate", "judgement",
                "pooled over groups", **where)
            add("trend_start_sd_log_per_year", c["sd_slope"], "log per year", "estimate", "data",
                "posterior of the slope of the log share", **where)
            if kind == "market":
                add("residual_market_sd_log", c["sigma_u"], "log, innovation per month", "estimate", "data", note, **where)
                add("residual_market_ar1", "0", "coefficient", "estimate", "judgement",
                    "white noise is how it was separated from the level", **where)
            else:
                v, pr, r = c["sigma_u"], 0.0, 0.0
                n2 = "value noise; no quantity printed"
                if k in QUANTITY_PRODUCTS:
                    sq, sp, r = comp["vp"][k]
                    scale = c["sigma_u"] / max(math.sqrt(sq ** 2 + sp ** 2 + 2 * r * sq * sp), 1e-9)
                    v, pr, n2 = sq * scale, sp * scale, "sizes and correlation from changes of quantity and unit value, scaled to the value noise"
                add("residual_volume_sd_log", v, "log, innovation per month", "estimate", "data", n2, **where)
                add("residual_volume_ar1", "0", "coefficient", "estimate", "judgement",
                    "white noise is how it was separated from the level", **where)
                add("residual_price_sd_log", pr if pr else "0", "log, innovation per month", "estimate", "data", n2, **where)
                add("residual_price_ar1", "0", "coefficient", "estimate", "judgement", "", **where)
                add("residual_price_volume_corr", round(r, 2) if r else "0", "correlation", "estimate", "data",
                    "changes, cut by a fifth: rounding of quantities makes it too negative" if r else "", **where)
    # lags
    for name, key, group in (("capex_lag_months", "capex_lag_months", "all"), ("oil_lag_months", "oil_passthrough_lag", "all")):
        add(name, scaled_prior(P[key, group, "all"], 1), "months", "priors", "judgement")
    add("memory_lag_months", J("{triangular: [0.25, 1.25, 3]}", "{triangular: [0, 1, 3]}"), "months", J("estimate", "judgement"),
        J("data", "judgement"), J("unit values of ICs, storage units and computer parts on the index fit best at 1 to 2 months; the prior's 2.5 is spot to this index",
          "goods are invoiced at prices of the weeks before; the prior's 2.5 is spot to this index"))
    # capex
    add("hardware_share_frac", J("{beta: {mean: 0.65, sd: 0.078}}", "{beta: {mean: 0.55, sd: 0.1}}"), "share", J("priors", "judgement"),
        J("literature", "judgement"), J("", "half to two thirds of spending on short-lived assets, by the calls of autumn 2025"))
    add("memory_share_of_hardware_frac", "{triangular: [0.08, 0.15, 0.3]}", "share", "judgement", "judgement",
        "no measurement at hand")
    add("capex_annual_sd_log", scaled_prior(P["capex_forecast_error_std_12m", "all", "all"], 1), "log", "priors", "judgement")
    add("capex_common_share_frac", "{beta: {mean: 0.6, sd: 0.12}}", "share of variance", "judgement", "judgement",
        "guidance of the four firms moves together")
    add("capex_growth_log", "{normal: {mean: 0.25, sd: 0.2}}", "log per year", "priors", "judgement",
        J("2027 without guidance; mean of 2018-2026 0.28", "years without guidance"))
    add("capex_cash_per_company_frac", J("{normal: {mean: 0.917, sd: 0.015}}", "{normal: {mean: 0.95, sd: 0.03}}"), "share", "edgar",
        J("data", "judgement"), J("376 against 410 bn in 2025", "228 of more than 230 bn in 2024; finance leases grow"))
    # tariffs
    Q = "tariff-imposing market"
    for p in PID:
        keys = [PRIOR_GROUP[p]]
        if p == "labour_goods":
            keys = ["textiles_apparel_50_63", "footwear_furniture_toys_64_94_95"]
        for name, prior in (("tariff_elasticity_1y", "tariff_elasticity_short_run"),
            ("tariff_elasticity_long_run", "tariff_elasticity_long_run")):
            rows = [P[prior, k, Q] for k in keys]
            c, lo, hi = (sum(num(r[x]) for r in rows) / len(rows) for x in ("central", "low", "high"))
            add(name, dist(rows[0]["distribution"], c, lo, hi), "abs log value per log(1+tariff)", "priors", "judgement",
                "prior group " + " and ".join(keys), product=p, corr="0.5")
    add("tariff_half_life_months", scaled_prior(P["tariff_adjustment_half_life", "all", "all"], 1), "months", "priors",
        "judgement")
    add("tariff_pass_through_frac", J("{triangular: [0.82, 0.92, 1.0]}", "{triangular: [0.8, 0.95, 1.0]}"), "share", "priors", "literature",
        J("", "2018-19: near complete (Amiti, Redding and Weinstein 2019; Cavallo and others 2021)"))
    add("tariff_pass_through_frac", "{triangular: [0.5, 0.75, 0.95]}", "share", "priors", "literature",
        "steel exporters cut prices; size judgement",
        product="metals")
    for m in MID:
        add("import_demand_elasticity", "{lognormal: {median: 0.9, sd_log: 0.35}}", "abs log volume per log price",
            "judgement", "judgement",
            "aggregate import demand about 1 in the literature (Chinn 2010: 1.02 for US imports from China)", market=m,
                corr="0.6")
    # front-loading and diversion
    for p in PID:
        add("front_loading_share", scaled_prior(P["frontload_share", FRONT_LOAD_GROUP.get(PRIOR_GROUP[p], "all"), Q], 1),
            "share of a month of exports per month of lead and 10 pp", "priors", "judgement", "", product=p)
    add("front_loading_payback_share", "{beta: {mean: 0.7, sd: 0.15}}", "share of value", "priors", "judgement")
    add("front_loading_payback_months", scaled_prior(P["frontload_payback_months", "all", Q], 1), "months", "priors",
        "judgement", "mean time of an exponential")
    add("front_loading_cap_months", "0.5", "months of exports", "priors", "judgement",
        "largest cumulative front-loading named with the prior of its size")
    add("diversion_share", "{beta: {mean: 0.45, sd: 0.14}}", "share of lost value", "priors", "judgement")
    add("diversion_full_gap_log", "{triangular: [0.05, 0.1, 0.2]}", "log(1+tariff)", "judgement", "judgement",
        "tariff advantage at which the full share is diverted")
    destinations = None if VINTAGE.full else early.diversion_shares(t.W)
    for m in MID:
        group, part = DIVERSION_GROUP.get(m, (None, 0))
        share = (num(P["diversion_destination_share", "all", group]["central"]) if VINTAGE.full else destinations[group]) * part if group else 0
        add("diversion_destination_share", g(share), "share of diverted value", J("priors", "estimate"), "judgement",
            f"{part} of '{group}'" if group else "no diversion to or through this market is assumed", market=m)
    # memory
    months_all = months("2012-01", "2025-04")
    x = np.arange(len(months_all))
    y = np.array([math.log(t.memory_index[m]) for m in months_all])
    slope, const = np.polyfit(x, y, 1)
    now = len(months("2012-01", AS_OF)) - 1
    height = math.log(t.memory_index[AS_OF]) - (const + slope * now)
    add("memory_trend_log_per_month", "{normal: {mean: %s, sd: 0.0015}}" % g(slope), "log per month", "boj", "data",
        "log-linear trend of the USD index 2012-01..2025-04")
    add("memory_height_log", round(float(height), 3), "log", "boj", "data",
        "log of the index at as_of less the trend extended to as_of; it is an extrapolation: the trend may itself have shifted up")
    dev = y - (const + slope * x)
    rises = [math.log(num(r["rise_multiple"])) - slope * num(r["months_up"]) for r in read(data,
        "memory_price_cycles.csv") if r["series"] == "boj_memory_import"]
    rises.append(math.log(t.memory_index[AS_OF] / min(t.memory_index[m] for m in months("2023-06", AS_OF))) - slope * VINTAGE.memory_upswing_months)
    half = np.log(np.array(rises) / 2)
    add("memory_cycle_amplitude_log", "{lognormal: {median: %s, sd_log: %s}}" % (g(math.exp(half.mean())),
        g(half.std(ddof=1))), "log", "boj", "data",
        f"half of trough to peak, detrended, four closed upswings of the index 2008-2021 and the open one; n = {len(rises)}")
    add("memory_cycle_period_months", "{lognormal: {median: 36, sd_log: 0.4}}", "months", "priors", "data",
        "seven DRAM cycles 2001-2023: 17 to 55")
    add("memory_peak_delay_months", J("{triangular: [0, 2, 9]}", "{triangular: [0, 6, 18]}"), "months", "judgement", "judgement",
        J("index flat in April-May 2026, spot below its March peak, contract still up 10% in May; the index follows spot by two to three months",
          "upswings last 14 months (3 to 36), this one began with the spot price of April 2025"))
    add("memory_downswing_months", scaled_prior(P["memory_price_persistence", "DRAM contract", "all"], 1), "months", "priors",
        "data", "17 (10-30)")
    smooth = np.convolve(np.pad(dev, 4, mode="edge"), np.ones(9) / 9, "valid")
    noise = dev - smooth
    ar = float(np.corrcoef(noise[1:], noise[:-1])[0, 1])
    add("memory_noise_sd_log", float(noise.std()), "log, stationary sd", "boj", "data",
        "index about its nine-month mean 2012-2025")
    add("memory_noise_half_life_months", round(max(math.log(0.5) / math.log(max(ar, 0.05)), 1.0), 1), "months", "boj", "data",
        "")
    # oil, exchange rate, demand
    add("oil_level_usd_per_bbl", "{lognormal: {median: 72, sd_log: 0.2}}", "usd per bbl", "eia", "judgement",
        "mean of 2015-2025 about 70; long-run level")
    add("oil_half_life_months", "{lognormal: {median: 18, sd_log: 0.5}}", "months", "judgement", "judgement",
        "slow return; half-lives of one to three years in futures curves")
    oil_sd, rate_sd = (0.108, 0.0115) if VINTAGE.full else (monthly_sd(data, "oil_price_monthly.csv", "brent_usd_bbl", "2010-01"),
                                                            monthly_sd(data, "fx_monthly.csv", "cny_per_usd", "2015-09"))
    add("oil_annual_sd_log", round(oil_sd * math.sqrt(12), 3), "log per year", J("priors", "eia"), "data",
        f"{oil_sd:.3f} a month 2010-{AS_OF[:4]}")
    add("exchange_rate_annual_sd_log", round(rate_sd * math.sqrt(12), 4), "log per year", J("priors", "fed_h10"), "data",
        f"{rate_sd:.4f} a month 2015-{AS_OF[:4]}")
    weo = {"us": (.021, 1), "eu": (J(.012, .011), 1), "asean": (.045, 0), "japan": (.007, 0), "korea": (.018, 0), "taiwan": (.025, 0),
        "hong_kong": (.022, 0),
           "india": (.063, 0), "mexico": (.014, 0), "other_latin_america": (.024, 0), "africa": (.043, 0),
               "russia": (.009, 0), "uk": (.013, 0),
           "rest_of_world": (.031, 0)}
    for m in MID:
        add("demand_growth_log", weo[m][0], "log per year", "weo", "literature" if weo[m][1] else "judgement",
            "" if weo[m][1] else "regional figure not at hand; order of magnitude of the forecast", market=m)
    add("demand_sd_pp", "{lognormal: {median: 1.0, sd_log: 0.3}}", "pp per year", "judgement", "judgement",
        "one-year errors of world growth forecasts outside 2009 and 2020 are 0.5 to 1; single economies more")
    add("demand_common_share_frac", "{beta: {mean: 0.6, sd: 0.12}}", "share of variance", "judgement", "judgement")


# ---------------------------------------------------------------- all tables
YAML = """plimsoll_calibration: 1
name: china-2026-05
title: {en: "China, exports to May 2026", zh: "中国出口，截至2026年5月"}
reporter: china
as_of: 2026-05
known_on: 2026-06-09
trend_window_from: 2024-01
memory_index: boj_usd
note:
  en: "Customs lines grouped into 23 products and 14 markets. Levels are the vintage of June 2026 (May 2026: 376.3 bn, +19.2%; first print 376.78 bn, +19.4%). Chips, network equipment, semiconductor equipment, machinery, petrochemicals and the residual rest on stated splits; see README.md."
  zh: "将海关主要商品归为23类产品和14个市场。金额采用2026年6月时点的数据（2026年5月3763亿美元，同比+19.2%；首次公布为3767.8亿美元，+19.4%）。芯片、网络通信设备、半导体设备、机械、石化及其他商品由给定比例拆分得到，详见 README.md。"
"""


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--data", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--vintage", help="the name of the output folder where not given")
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    T = lambda name, *columns, **k: Table(a.out, name, list(columns), **k)
    K = KNOWN_ON
    NOTE = "note_2026_06_09" if VINTAGE.full else "estimate"  # what divides lines that customs prints whole
    t = Trade(a.data)

    with open(os.path.join(a.out, "calibration.yaml"), "w", encoding="utf-8") as f:
        f.write(YAML + SOBOL_ORDER if VINTAGE.full else early.YAML)

    s = T("sources.csv", "id", "publisher", "title", "vintage", "note", provenance=False)
    for row in SOURCES if VINTAGE.full else early_sources():
        s.add(*row)
    s.write()

    s = T("products.csv", "id", "title_en", "title_zh", "customs_lines", "hs_codes", "share_of", "price_split")
    fm, (la, lb) = t.frac_me, t.memory_split
    share_of = {
        "memory": ("Integrated circuits", f"logit share = {la:.3f} + {lb:.3f} (ln lagged index - 4): exact at 23.22 bn in Jan-Apr 2025 and 65.5% in Jan-Apr 2026"),
        "computing_chips": ("Integrated circuits", f"{t.compute_frac:.4f} of the line without memory, so that 854231+854232 = 162.7 bn in 2025"),
        "other_ics": ("Integrated circuits", "the rest of the line"),
        "network_optical": ("mechanical and electrical remainder",
            f"{fm['network_optical']:.4f}: 58.7 bn of 847150+851762 in 2025 less the central-processing line"),
        "semiconductor_equipment": ("mechanical and electrical remainder",
            f"{fm['semiconductor_equipment']:.4f}: 5.5 bn in 2025, judgement"),
        "machinery": ("mechanical and electrical remainder", "0.27 of it, from HS chapter 84 totals, judgement"),
        "petrochemicals_plastics": ("other remainder",
            "0.29 of it without medicines, from HS chapters 28 29 32 38 39 40, judgement"),
        "pharmaceuticals": ("other remainder", "medicinal products printed from January 2026 and for Jan-Feb 2025; share interpolated between"),
    }
    if not VINTAGE.full:
        share_of.update(early.shares(t))
    for pid, en, zh, lines, hs in PRODUCTS:
        so, note = share_of.get(pid, ("", ""))
        kind = "judgement" if pid in ("semiconductor_equipment", "machinery", "petrochemicals_plastics") else "data"
        if not VINTAGE.full and pid in share_of:
            kind = "data" if pid == "memory" else "judgement"
        s.add(pid, en, zh, lines, hs, so, "quantity" if pid in QUANTITY_PRODUCTS else "imputed",
              NOTE if pid in ("memory", "computing_chips", "network_optical") else "gacc_products", kind, K, note)
    s.write()

    s = T("markets.csv", "id", "title_en", "title_zh", "members")
    for row in MARKETS:
        s.add(*row, "gacc_partners", "data", K, "")
    s.write()

    weights = ai_chain_weights(t)
    s = T("sets.csv", "set", "dimension", "member", "weight_frac")
    cpu25 = t.year(t.cpu, 2025)
    core = {"memory": 1, "computing_chips": 1, "network_optical": 1,
        "servers_computers": cpu25 / t.year(t.V["servers_computers"], 2025)}
    core["network_optical"] = 1
    for p in PID:
        if p in core:
            s.add("ai_core", "product", p, float(core[p]), NOTE, "data", K,
                  "847150 inside the group: central-processing line over the group in 2025" if p == "servers_computers" else "")
    for name in ("ai_chain", "ai_without_memory"):
        for p in PID:
            if p in weights and not (name == "ai_without_memory" and p == "memory"):
                s.add(name, "product", p, weights[p], "note_2026_06_09" if VINTAGE.full else "judgement", "judgement", K,
                      "nearest to a prior fraction subject to the published chain levels of 2025, Jan-Apr 2025 and Jan-Apr 2026"
                      if VINTAGE.full else "fraction judged from the list of AI-enabling goods; no level of the chain was published")
    for p in ("memory", "computing_chips", "other_ics"):
        s.add("integrated_circuits", "product", p, 1.0, "gacc_products", "data", K, "the customs line")
    for p in ("servers_computers", "computer_parts", "storage_units"):
        s.add("adp_equipment", "product", p, 1.0, "gacc_products", "data", K, "the customs line")
    for p in ("memory", "computing_chips") if VINTAGE.full else ():
        s.add("memory_compute", "product", p, 1.0, "note_2026_06_09", "data", K, "854231 and 854232")
    for m in MID[1:]:
        s.add("non_us", "market", m, 1.0, "gacc_partners", "data", K, "")
    for m in ("mexico", "other_latin_america"):
        s.add("latin_america", "market", m, 1.0, "gacc_partners", "data", K, "")
    sets = s  # import sets follow

    s = T("history.csv", "product", "market", "month", "value_usd_bn", "quantity", "quantity_unit", "status")
    for m in months("2008-01", AS_OF):
        s.add("all", "all", m, t.total[m], "", "", "observed", "gacc_total", "data", later(m, True), "")
    for p in PID:
        for m in MONTHS:
            q = t.Q.get(p, {}).get(m, math.nan)
            # stated splits use facts of 2026; a month of 2024 worked back from growth rates was known a year later
            note_based = p in share_of
            known = K if note_based or p == "other" else later(m,
                True) if t.S[p][m] != "derived" else min(later(f"{int(m[:4]) + 1}{m[4:]}", True), K)
            known = max(known, "2024-04-09")  # products of January to March 2024 are printed combined
            s.add(p, "all", m, t.V[p][m], float(q), t.U[p] if p in t.U and q == q else "", t.S[p][m],
                  NOTE if p in ("memory", "computing_chips", "other_ics", "network_optical") else "gacc_products",
                  "judgement" if p in ("semiconductor_equipment", "machinery", "petrochemicals_plastics") or
                  not VINTAGE.full and p in share_of and p != "memory" else "data", known,
                      "")
    for k in MID:
        for m in MONTHS:
            s.add("all", k, m, t.W[k][m], "", "", t.WS[k][m], "gacc_partners", "data", later(m, True), "")
    s.write()

    seed, scale = matrix_seed(t, a.data)
    s = T("matrix.csv", "product", "market", "value_usd_bn", "status")
    for p in PID:
        for m in MID:
            us = m == "us"
            s.add(p, m, max(seed[p, m], 1e-4), "observed" if us else "imputed", "census_2024" if us else "judgement",
                "data" if us else "judgement", K,
                  f"US imports by HS6 times {scale:.3f} (China's exports over US customs value)" if us
                  else "market share of exports outside the US times a judged affinity")
    s.write()

    e = trend_estimates(t)
    comp = component_estimates(t, e)
    s = T("seasonal.csv", "product", "season", "factor_log")
    for p in PID:
        f = comp["season"][p]
        mean = (2 * f["JF"] + sum(f[q] for q in SEASONS[1:])) / 12
        rounded = {q: round(f[q] - mean, 6) for q in SEASONS}
        rounded["12"] = round(-(2 * rounded["JF"] + sum(rounded[q] for q in SEASONS[1:-1])), 6)
        for q in SEASONS:
            s.add(p, q, rounded[q], "estimate", "data", K,
                f"season of the total 2013-{AS_OF[:4]} plus own deviation shrunk by {comp['shrink'][p]:.2f}")
    s.write()

    actual, fitted, resid = lunar(t)
    s = T("lunar_new_year.csv", "year", "new_year_date", "january_frac")
    for y, d in NEW_YEAR.items():
        if y in actual:
            s.add(y, f"{y}-{d}", round(actual[y], 4), "gacc_total", "data", f"{y}-03-15",
                "actual" if y != 2020 else "actual; February was shut down")
        else:
            s.add(y, f"{y}-{d}", round(fitted[y], 4), "estimate", "data", K,
                f"quadratic in the date, 2008-{VINTAGE.new_years_seen} without 2020; residual sd {resid:.3f}")
    s.write()

    s = T("drivers.csv", "driver", "period", "value", "unit", "status")
    driver_rows(t, a.data, s)
    s.write()

    s = T("tariffs.csv", "market", "product", "from", "rate_pct", "competitors_rate_pct")
    average = tariff_rows(a.data, s)
    s.write()

    s = T("loadings.csv", "product", "market", "driver", "volume", "price", "unit", "family_corr")
    measured, capex, memory = loading_rows(t, a.data, s)
    s.write()

    oos = out_of_sample(t, e)
    # explicit drivers in the history behind those errors, in pp of the total after a year: demand 1.6, capital spending 0.9,
    # oil 0.7, tariffs 1, memory 0.3, exchange rate 0.5
    driver_sd = math.sqrt(1.6 ** 2 + 0.9 ** 2 + 0.7 ** 2 + 1.0 ** 2 + 0.3 ** 2 + 0.5 ** 2)
    world = world_part(e, comp, t, oos, driver_sd)
    s = T("parameters.csv", "parameter", "product", "market", "value", "unit", "family_corr")
    parameter_rows(t, a.data, s, e, world, comp)
    s.write()

    s = T("correlations.csv", "a", "b", "value")
    for x, y, v, note in (("capex", "memory_price", 0.3, "both driven by AI demand; dear memory raises capex by 0.03 per log"),
                          ("oil_price", "foreign_demand", 0.2, "demand shocks dominate outside supply crises"),
                          ("capex", "foreign_demand", 0.2, ""), ("exchange_rate", "foreign_demand", -0.2,
                              "yuan firmer when demand is strong"),
                          ("memory_price", "foreign_demand", 0.2, "")):
        s.add(x, y, v, "judgement", "judgement", K, note)
    s.write()

    if VINTAGE.full:  # the import lines of early 2025 are at hand from tables of 2026 only, December from none
        write_imports(a.out, a.data, t, capex, memory, comp["product_pool"]["sigma_mu"], sets)
    sets.write()
    if VINTAGE.full:  # the earlier vintage was recorded without them
        write_hs_codes(a.out)
        write_suppliers(a.out, a.data, PID, MID, COMPETITOR_HS, seed)

    s = T("prior_groups.csv", "product", "prior_group")
    for p in PID:
        s.add(p, PRIOR_GROUP[p] + (" and footwear_furniture_toys_64_94_95" if p == "labour_goods" else ""), "priors",
            "judgement", K,
              "oil: energy_27" if p == "refined_products" else "")
    s.write()

    print("phi scores", {k: round(v, 3) for k, v in e["score"].items()}, "->", e["phi"])
    print("total: sa %.4f sm %.4f su %.4f rho %.2f slope %.3f (sd %.3f)" % (e["sa"], e["sm"], e["su"], e["rho"], e["slope"],
        e["sd_slope"]))
    print("out of sample", {h: round(v, 2) for h, v in oos.items()})
    print("world sa %.4f sm %.4f su %.4f start %.4f k %.2f" % (world["sa"], world["sm"], world["su"], world["sd_slope"],
        world["k"]))
    print("implied sd of the total, baseline processes", {h: round(v, 2) for h, v in world["implied"].items()})
    print("pools", {k: {a: round(b, 4) for a, b in comp[k].items()} for k in ("product_pool", "market_pool")})
    if not VINTAGE.full:
        print("memory index nowcast", round(t.memory_index[AS_OF], 2), t.index_note)
        print("memory share of ICs", {m: round(t.V["memory"][m] / t.ic[m], 3) for m in ("2024-06", "2025-05", AS_OF)}, "log se", round(t.memory_se, 2))
        print("US imports on capital spending", {c: round(early.us_elasticity(a.data, c), 2) for c in early.US_CATEGORY.values()})
        print("capex scale, log growth of China and of the US", [round(x, 3) for x in t.capex_scale])
        print("destinations of diverted trade", {k: round(v, 3) for k, v in early.diversion_shares(t.W).items()})
    print("memory loadings measured", {k: (round(x, 3), round(y, 3)) for k, (x, y) in measured.items()})
    print("average US tariff", {d: round(v, 1) for d, v in average.items()})


if __name__ == "__main__":
    main()
