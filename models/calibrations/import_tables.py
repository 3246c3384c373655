"""The import tables of a calibration: one partner, the world. Called by build_calibration.py.

  1. lines      : customs lines; months that are printed only together are divided, December is interpolated
  2. products   : lines, and shares of lines, that add up to the customs total
  3. components : season, permanent and transitory shocks of each product's share of total imports
  4. responses  : prices, the link to exports, domestic demand
"""
import math

import numpy as np
from scipy.optimize import brentq, least_squares

from calibration_tools import (AS_OF, FROM, H_MONTHS, KNOWN_ON, MONTHS, NEW_YEAR, SEASONS, Table, fmt, forecast_sd, g,
                               lagged_log, later, load_priors, lunar, months, num, out_of_sample, read, scaled_prior,
                               split_level_residual, trend_estimates)

K = KNOWN_ON
IC, ADP, ME = ("Integrated circuits", "Automatic data processing equipment and parts",
               "Mechanical and electrical products (agg)")

# id, English, Chinese, customs lines, HS codes. An id that exports have too stands for the same goods.
PRODUCTS = [
    ("memory", "Memory chips", "存储芯片", "part of Integrated circuits", "854232"),
    ("computing_chips", "Processors and controllers", "处理器及控制器芯片", "part of Integrated circuits", "854231"),
    ("other_ics", "Other integrated circuits", "其他集成电路", "part of Integrated circuits", "854233 854239"),
    ("discrete_semiconductors", "Diodes and similar semiconductors", "二极管及类似半导体器件",
     "Diodes and similar semiconductors", "8541"),
    ("servers_computers", "Servers and computers", "服务器及计算机整机", "part of ADP equipment and parts",
     "8471 except 847170; 852852"),
    ("computer_parts", "Computer parts", "计算机零部件", "part of ADP equipment and parts", "847330"),
    ("storage_units", "Storage units", "存储部件", "part of ADP equipment and parts", "847170"),
    ("network_optical", "Network equipment and optical modules", "网络通信设备及光模块",
     "part of the mechanical and electrical remainder", "851762"),
    ("semiconductor_equipment", "Semiconductor equipment", "半导体制造设备",
     "part of the mechanical and electrical remainder", "8486"),
    ("display_panels", "Display panels", "平板显示模组", "LCD panel modules", "8524 (was 901380)"),
    ("autos", "Motor vehicles", "汽车（包括底盘）", "Motor vehicles incl. chassis", "8701-8706"),
    ("vehicle_parts", "Vehicle parts", "汽车零配件", "Motor vehicle parts", "8708"),
    ("aircraft", "Aircraft", "空载重量超过2吨的飞机", "Aircraft over 2 t", "8802 (part)"),
    ("medical_instruments", "Medical instruments", "医疗仪器及器械", "Medical instruments", "9018-9022"),
    ("machinery_electrical", "Machinery, electrical goods and instruments", "机械、电气设备及仪器",
     "Machine tools; rest of the mechanical and electrical remainder", "84 85 87-90 (rest)"),
    ("crude_oil", "Crude oil", "原油", "Crude oil", "2709"),
    ("refined_products", "Refined oil products", "成品油", "Refined oil products", "2710"),
    ("natural_gas", "Natural gas", "天然气", "Natural gas", "271111 271121"),
    ("coal", "Coal", "煤及褐煤", "Coal and lignite", "2701 2702"),
    ("iron_ore", "Iron ore", "铁矿砂及其精矿", "Iron ore", "2601"),
    ("copper_ore", "Copper ore", "铜矿砂及其精矿", "Copper ore", "2603"),
    ("unwrought_copper", "Unwrought copper and products", "未锻轧铜及铜材", "Unwrought copper and products", "7402-7411"),
    ("steel", "Steel", "钢材", "Steel products", "72 7301-7307"),
    ("plastics_rubber", "Plastics and rubber in primary forms", "初级形状的塑料及橡胶",
     "Plastics in primary forms; Natural and synthetic rubber", "3901-3914 4001 4002"),
    ("fertiliser", "Fertiliser", "肥料", "Fertiliser", "31"),
    ("pharmaceuticals", "Pharmaceuticals", "医药材及药品", "Medicinal products", "30 2936-2941"),
    ("soybeans", "Soybeans", "大豆", "Soybeans", "1201"),
    ("pulp", "Pulp", "纸浆", "Pulp", "47"),
    ("other", "Other goods", "其他商品", "residual of the customs total", ""),
]
PID = [p[0] for p in PRODUCTS]
LINES = {"discrete_semiconductors": ["Diodes and similar semiconductors"], "display_panels": ["LCD panel modules"],
         "autos": ["Motor vehicles incl. chassis"], "vehicle_parts": ["Motor vehicle parts"],
         "aircraft": ["Aircraft over 2 t"], "medical_instruments": ["Medical instruments"], "crude_oil": ["Crude oil"],
         "refined_products": ["Refined oil products"], "natural_gas": ["Natural gas"], "coal": ["Coal and lignite"],
         "iron_ore": ["Iron ore"], "copper_ore": ["Copper ore"],
         "unwrought_copper": ["Unwrought copper and products"], "steel": ["Steel products"],
         "plastics_rubber": ["Plastics in primary forms", "Natural and synthetic rubber"],
         "fertiliser": ["Fertiliser"], "pharmaceuticals": ["Medicinal products"], "soybeans": ["Soybeans"],
         "pulp": ["Pulp"]}
QUANTITY_PRODUCTS = [p for p in LINES if p not in ("vehicle_parts", "medical_instruments")]
ICS, COMPUTERS = ("memory", "computing_chips", "other_ics"), ("servers_computers", "computer_parts", "storage_units")
REMAINDER = ("network_optical", "semiconductor_equipment", "machinery_electrical")
# machinery_electrical is what is left of the mechanical and electrical goods
ME_LINES = [IC, ADP] + [LINES[p][0] for p in ("discrete_semiconductors", "display_panels", "autos", "vehicle_parts",
                                              "aircraft", "medical_instruments")]

# Published levels of 2025, USD bn. They define splits and weights, so they do not test them.
AI_CHAIN_2025, AI_CORE_2025, MEMORY_COMPUTE_2025 = 687.6, 352.2, 319.0
# Judgement: 851762 of 2025 (with 847150 it makes 33.2 bn, core less memory and processors), 8486 of 2025, and the
# shares of the data-processing line in 2025
NETWORK_2025, SEMICONDUCTOR_EQUIPMENT_2025 = 6.0, 40.0
COMPUTER_SHARES_2025 = {"servers_computers": 0.45, "computer_parts": 0.35, "storage_units": 0.20}


# ---------------------------------------------------------------- 1. lines
def span(period):
    return months(*period.split("..")) if ".." in period else [period]


class Imports:
    """Import lines and products, USD bn, every month of the trend window."""

    def __init__(self, data, memory_index, memory_psi, export_memory_loadings):
        self.data, self.memory_index, self.memory_psi = data, memory_index, memory_psi
        self.total = {r["date"]: num(r["imports_usd_bn"]) for r in read(data, "china_trade_monthly.csv")
                      if r["date"] <= AS_OF}
        self.printed, self.unit = {}, {}  # line -> [(months, value, quantity, basis)] by time
        for r in read(data, "china_imports_by_product_monthly.csv"):
            if r["flow"] == "import":
                self.printed.setdefault(r["product"], []).append(
                    (span(r["month"]), num(r["value_usd_bn"]), num(r["quantity"]), r["basis"]))
                self.unit[r["product"]] = r["qty_unit"]
        for line in self.printed.values():
            line.sort(key=lambda x: x[0][0])
        self.build(export_memory_loadings)

    def monthly(self, line):
        """-> value, quantity, status, known from by month. A figure for several months is divided like the customs total (its unit
        value is constant); a December that is not printed has the geometric mean of the line's shares of the total, and
        of its unit values, in the period before and in January-February."""
        V, Q, S, N = {}, {}, {}, {}
        year_after = lambda m: min(later(f"{int(m[:4]) + 1}{m[4:]}", True), K)
        blocks = [(ms, v, q) for ms, v, q, _ in self.printed[line]]
        for ms, v, q, basis in self.printed[line]:
            weight = sum(self.total[m] for m in ms)
            for m in ms:
                V[m], Q[m] = v * self.total[m] / weight, q * self.total[m] / weight
                S[m] = "imputed" if len(ms) > 1 else "observed" if basis.startswith("direct") else "derived"
                # other figures than a month's own stand in the next year's tables, or are differences to the month after
                N[m] = later(ms[-1], True) if S[m] == "observed" or m.startswith("2026") else year_after(ms[-1])
        for m in MONTHS:
            if m in V:
                continue
            assert m.endswith("-12"), (line, m)
            before = [b for b in blocks if b[0][-1] < m and b[0][0] >= m[:4] + "-10"]
            after = [b for b in blocks if b[0][0] > m][:1]
            sums = [[sum(b[k] for b in side) for k in (1, 2)] + [sum(self.total[x] for b in side for x in b[0])]
                    for side in (before, after)]
            share = math.sqrt(sums[0][0] / sums[0][2] * sums[1][0] / sums[1][2])
            V[m] = share * self.total[m]
            Q[m] = V[m] / math.sqrt(sums[0][0] / sums[0][1] * sums[1][0] / sums[1][1]) if sums[0][1] > 0 else math.nan
            S[m], N[m] = "imputed", later("2026-02", True)
        return V, Q, S, N

    def periods(self, lines):
        """The finest periods in which all lines are printed: [months]. December, never printed, is left out."""
        join = {m: m for m in MONTHS}
        for line in lines:
            for ms, *_ in self.printed[line]:
                for m in ms:
                    if join[m] != join[ms[0]]:
                        old, new = join[m], join[ms[0]]
                        join = {k: new if v == old else v for k, v in join.items()}
        groups = {}
        for m in MONTHS:
            groups.setdefault(join[m], []).append(m)
        printed = [set(m for ms, *_ in self.printed[line] for m in ms) for line in lines]
        return [ms for ms in groups.values() if all(m in p for m in ms for p in printed)]

    # ------------------------------------------------------------ 2. products
    def memory_share(self):
        """Share of memory in the IC line from its unit value: ln u = ln(A e^(g t) + B e^(psi m)), t in years, m the lagged
        log memory price; psi is the loading that the model gives memory. Mix by number of chips is taken as constant."""
        line = self.printed[IC]
        m0 = math.log(self.memory_index["2025-05"])
        part = lambda p, m: (math.exp(p[0] + p[2] * (MONTHS.index(m) - 16) / 12),
                             math.exp(p[1] + self.memory_psi * (lagged_log(self.memory_index, m) - m0)))
        gap = lambda p: [math.log(np.mean([sum(part(p, m)) for m in ms]) * q / v) for ms, v, q, _ in line]
        fit = least_squares(gap, [-3.0, -4.0, 0.0], x_scale=[0.1, 0.1, 0.1])
        covariance = np.linalg.inv(fit.jac.T @ fit.jac) * 2 * fit.cost / (len(line) - 3)
        self.unit_value_fit = dict(growth=float(fit.x[2]), se_memory=float(math.sqrt(covariance[1, 1])),
                                   rms=math.sqrt(2 * fit.cost / len(line)), n=len(line))
        return {m: part(fit.x, m)[1] / sum(part(fit.x, m)) for m in MONTHS}

    def build(self, export_memory_loadings):
        V, Q, S, U = {}, {}, {}, {}
        line = {name: self.monthly(name) for name in self.printed}
        self.known = {p: {m: max(line[n][3][m] for n in names) for m in MONTHS} for p, names in LINES.items()}
        self.known[IC] = line[IC][3]
        rank = {"observed": 0, "derived": 1, "split": 2, "imputed": 3}
        for p, names in LINES.items():
            V[p] = {m: sum(line[n][0][m] for n in names) for m in MONTHS}
            S[p] = {m: max((line[n][2][m] for n in names), key=rank.get) for m in MONTHS}
            if p in QUANTITY_PRODUCTS:
                Q[p] = {m: sum(line[n][1][m] for n in names) for m in MONTHS}
                U[p] = self.unit[names[0]]
                assert all(self.unit[n] == U[p] for n in names)
        split = lambda s: {m: "imputed" if s[m] == "imputed" else "split" for m in MONTHS}
        y25 = [m for m in MONTHS if m.startswith("2025")]

        ic, ic_q, ic_s, _ = line[IC]
        self.ic, self.ic_q, self.ic_s = ic, ic_q, ic_s
        share = self.memory_share()
        V["memory"] = {m: share[m] * ic[m] for m in MONTHS}
        self.compute_frac = (MEMORY_COMPUTE_2025 - sum(V["memory"][m] for m in y25)) / sum(
            ic[m] - V["memory"][m] for m in y25)
        V["computing_chips"] = {m: self.compute_frac * (ic[m] - V["memory"][m]) for m in MONTHS}
        V["other_ics"] = {m: ic[m] - V["memory"][m] - V["computing_chips"][m] for m in MONTHS}

        adp, _, adp_s, _ = line[ADP]
        self.adp, self.adp_s = adp, adp_s
        lagged = {m: lagged_log(self.memory_index, m) for m in MONTHS}
        level = sum(adp[m] * lagged[m] for m in y25) / sum(adp[m] for m in y25)
        tilt = {p: {m: math.exp(export_memory_loadings[p] * (lagged[m] - level)) for m in MONTHS} for p in COMPUTERS}
        base = dict(COMPUTER_SHARES_2025)
        for _ in range(200):  # base shares such that the value shares of 2025 are the stated ones
            got = {p: sum(adp[m] * base[p] * tilt[p][m] / sum(base[k] * tilt[k][m] for k in COMPUTERS) for m in y25)
                   for p in COMPUTERS}
            base = {p: base[p] * COMPUTER_SHARES_2025[p] * sum(adp[m] for m in y25) / got[p] for p in COMPUTERS}
        for p in COMPUTERS:
            V[p] = {m: adp[m] * base[p] * tilt[p][m] / sum(base[k] * tilt[k][m] for k in COMPUTERS) for m in MONTHS}

        rest = {m: line[ME][0][m] - sum(line[n][0][m] for n in ME_LINES) for m in MONTHS}
        rest_s = {m: "imputed" if any(line[n][2][m] == "imputed" for n in [ME] + ME_LINES) else "split" for m in MONTHS}
        self.rest = rest
        of_rest = sum(rest[m] for m in y25)
        self.frac_rest = {"network_optical": NETWORK_2025 / of_rest,
                          "semiconductor_equipment": SEMICONDUCTOR_EQUIPMENT_2025 / of_rest}
        for p, f in self.frac_rest.items():
            V[p] = {m: f * rest[m] for m in MONTHS}
        V["machinery_electrical"] = {m: rest[m] * (1 - sum(self.frac_rest.values())) for m in MONTHS}
        for ids, s in ((ICS, split(ic_s)), (COMPUTERS, split(adp_s)), (REMAINDER, rest_s)):
            for p in ids:
                S[p] = s

        for p in V:
            V[p] = {m: round(V[p][m], 6) for m in MONTHS}
        V["other"] = {m: round(self.total[m] - sum(V[p][m] for p in PID if p != "other"), 6) for m in MONTHS}
        S["other"] = {m: "imputed" if any(S[p][m] == "imputed" for p in PID if p != "other") else "derived" for m in MONTHS}
        for p in PID:
            assert min(V[p].values()) > 0, (p, V[p])
        self.V, self.Q, self.S, self.U = V, Q, S, U
        self.core_server_frac = (AI_CORE_2025 - MEMORY_COMPUTE_2025 - NETWORK_2025) / self.year(V["servers_computers"], 2025)

    def year(self, series, y):
        return sum(v for m, v in series.items() if m.startswith(str(y)))


# ---------------------------------------------------------------- sets
# prior fraction on the WTO list of AI-enabling goods (judgement), and how loosely it is held
AI_PRIOR = {"memory": (1, 0), "computing_chips": (1, 0), "network_optical": (1, 0), "other_ics": (0.95, 0.05),
            "discrete_semiconductors": (0.7, 0.2), "servers_computers": (0.85, 0.1), "computer_parts": (0.95, 0.1),
            "storage_units": (0.95, 0.1), "semiconductor_equipment": (1, 0.05), "display_panels": (0.2, 0.2),
            "machinery_electrical": (0.3, 0.15), "plastics_rubber": (0.02, 0.02), "other": (0.02, 0.02)}


def ai_weights(t):
    """Fractions nearest to the prior that make 687.6 bn in 2025: one multiplier, and no fraction above 1 or below 0."""
    level = {p: t.year(t.V[p], 2025) for p in AI_PRIOR}
    at = lambda k: {p: min(max(w + k * sd ** 2 * level[p], 0.0), 1.0) for p, (w, sd) in AI_PRIOR.items()}
    k = brentq(lambda k: sum(w * level[p] for p, w in at(k).items()) - AI_CHAIN_2025, -1, 1)
    return {p: round(float(w), 6) for p, w in at(k).items()}


def set_rows(t, table):
    add = lambda name, p, w, source, kind, note: table.add(name, "import_product", p, float(w), source, kind, K, note)
    for p in ("memory", "computing_chips", "servers_computers", "network_optical"):
        add("ai_core", p, t.core_server_frac if p == "servers_computers" else 1, "note_2026_06_09", "data",
            "847150 inside the group: 33.2 bn of 847150+851762 in 2025 less 6 bn (judgement) of 851762"
            if p == "servers_computers" else "")
    weights = ai_weights(t)
    for p in PID:
        if weights.get(p, 0) > 0.0005:
            add("ai_chain", p, weights[p], "note_2026_06_09", "judgement",
                "nearest to a prior fraction subject to the published 687.6 bn of 2025")
    for p in ("memory", "computing_chips"):
        add("memory_compute", p, 1, "note_2026_06_09", "data", "854231 and 854232")
    for p in ICS:
        add("integrated_circuits", p, 1, "gacc_import_lines", "data", "the customs line")
    for p in COMPUTERS:
        add("adp_equipment", p, 1, "gacc_import_lines", "data", "the customs line")


# ---------------------------------------------------------------- 3. components
def observations(t, p):
    """Periods of printed figures of a product (or of the line that it is split from)."""
    if p in ICS:
        return t.periods([IC]), t.ic
    if p in COMPUTERS:
        return t.periods([ADP]), t.adp
    if p in REMAINDER:
        return t.periods([ME] + ME_LINES), t.rest
    if p == "other":
        return t.periods([ME] + ME_LINES + [n for names in LINES.values() for n in names]), t.V[p]
    return t.periods(LINES[p]), t.V[p]


def grid_point(ms):
    return MONTHS.index(ms[-1] if ms[-1].endswith("-02") else ms[len(ms) // 2])


def season_of(periods, z, degree=2):
    """Log share by period on a polynomial trend and random season effects (EM); a period of several months has the mean of
    its months' effects. -> effects (mean zero over 12 months), deseasonalised z, detrended residuals, shrinkage"""
    n = len(z)
    t = np.array([np.mean([MONTHS.index(m) for m in ms]) for ms in periods])
    B = np.vander((t - t.mean()) / 14, degree + 1)
    D = np.zeros((n, 11))
    for i, ms in enumerate(periods):
        for m in ms:
            D[i, max(int(m[5:]) - 2, 0)] += 1 / len(ms)
    W = np.array([2.0] + [1.0] * 10)
    D = D - D @ np.outer(np.ones(11), W) / 12
    A = np.hstack([B, D])
    k = degree + 1
    tau2, s2 = 0.02 ** 2, 0.05 ** 2
    for _ in range(300):
        C = np.linalg.inv(A.T @ A + np.diag([0.0] * k + [s2 / tau2] * 11) + 1e-12 * np.eye(k + 11))
        beta = C @ A.T @ z
        r = z - A @ beta
        s2 = max(float(r @ r) / max(n - np.trace(A @ C @ A.T), 3), 1e-6)
        tau2 = max(float(np.mean(beta[k:] ** 2) + s2 * np.mean(np.diag(C)[k:])), 1e-7)
    e = beta[k:] - float(beta[k:] @ W) / 12
    return dict(zip(SEASONS, map(float, e))), z - D @ e, r, tau2 / (tau2 + s2 / 1.5)


def components(t, total, driver):
    """Permanent and transitory shocks and slopes of each product's share of the total, net of memory and oil prices, as for
    exports; shrunk to the pooled median."""
    res = {}
    cache = {}
    for p in PID:
        periods, series = observations(t, p)
        key = next((ids for ids in (ICS, COMPUTERS, REMAINDER) if p in ids), p)  # one series for what is split from one line
        if key not in cache:
            net = np.array([np.mean([driver(p, m) for m in ms]) for ms in periods])
            z = np.array([math.log(sum(series[m] for m in ms) / sum(t.total[m] for m in ms)) for ms in periods]) - net
            season, dz, _, shrink = season_of(periods, z)
            grid = np.full(len(MONTHS), math.nan)
            for ms, v in zip(periods, dz):
                grid[grid_point(ms)] = v
            level, noise = split_level_residual(grid)
            at = np.array([grid_point(ms) for ms in periods])
            slope = float(np.polyfit(at / 12, dz, 1)[0])
            cache[key] = dict(level=level, noise=noise, slope=slope, n=len(periods), season=season, shrink=shrink)
        res[p] = dict(cache[key])
    sds = {k: math.sqrt(v["level"] ** 2 + 2 * v["noise"] ** 2) for k, v in cache.items()}
    median_sd = float(np.exp(np.median(np.log(list(sds.values())))))
    spread = float(np.var(np.log(list(sds.values()))))
    keep = spread / (spread + 1 / (2 * 12))  # about 12 degrees of freedom of each sd
    frac = float(np.median([v["level"] ** 2 / max(sds[k] ** 2, 1e-12) for k, v in cache.items()]))
    for p, v in res.items():
        sd = math.sqrt(v["level"] ** 2 + 2 * v["noise"] ** 2)
        f = 0.5 * v["level"] ** 2 / max(sd ** 2, 1e-12) + 0.5 * frac
        if p == "aircraft":
            f = min(f, 0.1)  # deliveries are lumpy
        sd = math.exp(keep * math.log(max(sd, 1e-3)) + (1 - keep) * math.log(median_sd))
        if p in ("network_optical", "semiconductor_equipment"):
            sd, f = median_sd, frac  # a fixed share of a carrier says nothing about its own noise
        v["sigma_a"], v["sigma_u"] = sd * math.sqrt(f), sd * math.sqrt((1 - f) / 2)
        v["var_slope"] = 144 * (1.2 * v["sigma_a"] ** 2 / 28 + 12 * v["sigma_u"] ** 2 / (v["n"] * 28 ** 2))
    of = [res[p] for p in PID if p not in ("network_optical", "semiconductor_equipment")]
    tau2 = max(float(np.median([v["slope"] ** 2 for v in of])) / 0.455 - float(np.median([v["var_slope"] for v in of])), 0.03 ** 2)
    for v in res.values():
        v["sd_slope"] = math.sqrt(v["var_slope"] * tau2 / (v["var_slope"] + tau2))
    pool = dict(median_sd=median_sd, keep=keep, level_frac=frac, tau=math.sqrt(tau2),
                shrink=float(np.median([tau2 / (tau2 + v["var_slope"]) for v in of])))
    # volume and unit value where customs prints quantities: changes between periods, net of season and drivers
    vp = {}
    for p in QUANTITY_PRODUCTS:
        periods = t.periods(LINES[p])
        lq = np.array([math.log(sum(t.Q[p][m] for m in ms) / len(ms)) for ms in periods])
        lv = np.array([math.log(sum(t.V[p][m] for m in ms) / len(ms)) for ms in periods])
        net = np.array([np.mean([driver(p, m) for m in ms]) for ms in periods])
        _, _, eq, _ = season_of(periods, lq)
        _, _, ep, _ = season_of(periods, lv - lq - net)
        dq, dp = np.diff(eq), np.diff(ep)
        vp[p] = (float(dq.std()), float(dp.std()), 0.8 * float(np.corrcoef(dq, dp)[0, 1]))
    return res, pool, vp


def world_part(t, e, res, sigma_mu, oos, driver_sd):
    """The common factor, as for exports: the model's own out-of-sample errors less products and explicit drivers."""
    w = {p: t.year(t.V[p], 2025) / t.year(t.total, 2025) for p in PID}
    own = lambda key: sum((w[p] * res[p][key]) ** 2 for p in PID)
    pool = sum(x ** 2 for x in w.values()) * sigma_mu ** 2
    su = math.sqrt(max(e["su"] ** 2 - own("sigma_u"), (0.5 * e["su"]) ** 2))
    sa = math.sqrt(max(e["sa"] ** 2 - own("sigma_a"), (0.3 * e["sa"]) ** 2))

    def sd(k, h):
        base = forecast_sd(k * sa, k * e["sm"], su, e["rho"], e["phi"], k * e["sd_slope"], H_MONTHS[h])
        extra = forecast_sd(math.sqrt(own("sigma_a")), math.sqrt(pool), math.sqrt(own("sigma_u")), 0.0, e["phi"],
                            math.sqrt(own("sd_slope")), H_MONTHS[h])
        return 100 * math.sqrt(base ** 2 + extra ** 2)

    gap = lambda k: sum(sd(k, h) ** 2 + driver_sd ** 2 * H_MONTHS[h] / 12 - oos[h] ** 2 for h in (5, 8, 12))
    k = brentq(gap, 0.2, 5) if gap(0.2) < 0 else 0.2
    return dict(su=su, sa=k * sa, sm=k * e["sm"], sd_slope=k * e["sd_slope"], k=k, implied={h: sd(k, h) for h in H_MONTHS})


# ---------------------------------------------------------------- 4. responses
def gamma_lag(series, month, mean, length=12):
    """Log of a monthly series through a gamma lag of shape 2."""
    cdf = lambda x: 1 - math.exp(-2 * x / mean) * (1 + 2 * x / mean) if x > 0 else 0.0
    w = [cdf(k + 0.5) - cdf(k - 0.5) for k in range(length)]
    grid = months("2022-01", month)
    return sum(x * math.log(series[grid[-1 - k]]) for k, x in enumerate(w)) / sum(w)


def oil_loading(t, brent, p, mean):
    """Slope of the log unit value on lagged log Brent over the printed periods. -> slope, standard error, residual sd, n"""
    periods = t.periods(LINES[p])
    y = np.array([math.log(sum(t.V[p][m] for m in ms) / sum(t.Q[p][m] for m in ms)) for ms in periods])
    x = np.array([np.mean([gamma_lag(brent, m, mean) for m in ms]) for ms in periods])
    w = np.sqrt([len(ms) for ms in periods])
    A = np.column_stack([np.ones(len(x)), x]) * w[:, None]
    beta, *_ = np.linalg.lstsq(A, y * w, rcond=None)
    r = y * w - A @ beta
    s2 = float(r @ r) / (len(x) - 2)
    return float(beta[1]), math.sqrt(s2 * np.linalg.inv(A.T @ A)[1, 1]), math.sqrt(s2), len(x)


OIL_LAG, GAS_LAG = 1.0, 4.5  # months: least residual sd of the unit values of crude oil and of natural gas on Brent

# Cost share of an imported input in the value of an exported good (judgement from bills of materials, cut by the part that
# is bought at home). The elasticity is share x exports of 2025 / imports of 2025.
INPUT_SHARES = {
    "memory": {"servers_computers": .10, "computer_parts": .15, "storage_units": .30, "phones": .06, "memory": .15},
    "computing_chips": {"servers_computers": .18, "computer_parts": .25, "phones": .15, "network_optical": .15,
                        "computing_chips": .40, "autos": .02, "appliances": .02},
    "other_ics": {"servers_computers": .04, "phones": .06, "network_optical": .08, "other_ics": .40,
                  "power_electrical": .03, "appliances": .03, "autos": .015},
    "discrete_semiconductors": {"power_electrical": .03, "phones": .01, "appliances": .01, "autos": .01},
    "display_panels": {"phones": .02, "servers_computers": .02},
    "computer_parts": {"servers_computers": .06},
    "storage_units": {"servers_computers": .04},
    "crude_oil": {"refined_products": .80, "petrochemicals_plastics": .15},
    "plastics_rubber": {"petrochemicals_plastics": .03, "appliances": .02, "labour_goods": .01},
    "iron_ore": {"metals": .20, "machinery": .02},
    "copper_ore": {"power_electrical": .07},
    "unwrought_copper": {"power_electrical": .05, "appliances": .02},
}

# log volume per log of domestic demand; judgement around 1, the aggregate income elasticity; investment goods more, food and
# energy less
DOMESTIC = {
    "memory": .8, "computing_chips": .8, "other_ics": .8, "discrete_semiconductors": .8, "servers_computers": 1.0,
    "computer_parts": .8, "storage_units": .8, "network_optical": 1.0, "semiconductor_equipment": 1.3, "display_panels": .6,
    "autos": 1.5, "vehicle_parts": 1.2, "aircraft": .8, "medical_instruments": 1.1, "machinery_electrical": 1.3,
    "crude_oil": .6, "refined_products": .6, "natural_gas": .9, "coal": .6, "iron_ore": .9, "copper_ore": .9,
    "unwrought_copper": .9, "steel": .9, "plastics_rubber": .9, "fertiliser": .3, "pharmaceuticals": .8, "soybeans": .4,
    "pulp": .8, "other": 1.1}


def loading_rows(t, exports, brent, export_capex, export_memory, table):
    """export_capex: product -> (value elasticity, unit-value share, prior row) of the export table; export_memory: product ->
    (mean, sd). Goods of one id have one world price, so unit values respond alike in both directions."""
    normal = lambda a, b: "{normal: {mean: %s, sd: %s}}" % (g(a), g(b))
    tri = lambda *x: "{triangular: [%s]}" % ", ".join(g(v) for v in x)
    add = lambda p, driver, volume, price, source, kind, note, corr="0.5", unit="log per log": table.add(
        p, driver, volume, price, unit, corr, source, kind, K, note)
    for p in PID:
        if p in export_capex and p != "other":  # the two residuals hold different goods
            value, price, row = export_capex[p]
            add(p, "capex", "0", scaled_prior(row, value / num(row["central"]) * price), "priors", "judgement",
                "unit value as for exports; volume follows the exports that use the goods")
    for p, (a, b) in export_memory.items():
        if p in PID:
            add(p, "memory_price", "0", normal(a, b), "priors" if p == "memory" else "estimate", "judgement",
                "as for exports; the history of the split depends on the same index", unit="log per log of boj_usd")
    for p in ("computing_chips", "other_ics"):
        add(p, "memory_price", "0", tri(0, .05, .15), "judgement", "judgement", "as for exports",
            unit="log per log of boj_usd")
    off = load_priors(t.data)["oil_volume_offset", "chemicals_plastics_28_40", "all"]
    measured = {}
    for p, mean, volume, note in (
            ("crude_oil", OIL_LAG, tri(-.15, -.05, 0), "volume: short-run demand elasticity; the fall of volume in 2026 was a loss of supply"),
            ("refined_products", OIL_LAG, scaled_prior(off, 1), "volume: prior of chemicals"),
            ("natural_gas", GAS_LAG, tri(-.2, -.08, 0), "contracts follow oil with a delay"),
            ("plastics_rubber", OIL_LAG, scaled_prior(off, 1), "volume: prior of chemicals")):
        a, se, sd, n = oil_loading(t, brent, p, mean)
        measured[p] = (a, se)
        add(p, "oil_price", volume, normal(a, max(2 * se, .05)), "estimate", "data",
            f"unit value on Brent, gamma lag of {g(mean)} months, {n} periods 2024-2026, residual sd {sd:.3f}; standard error {se:.2f} doubled; " + note,
            unit="log per log Brent")
    add("coal", "oil_price", "0", tri(0, .15, .4), "judgement", "judgement",
        "two trends in one short sample, so not estimated", unit="log per log Brent")
    add("other", "oil_price", "0", tri(0, .1, .2), "judgement", "judgement", "liquefied petroleum gas, naphtha and chemicals inside",
        unit="log per log Brent")
    add("all", "exchange_rate", tri(-.8, -.4, -.1), tri(-.15, -.05, 0), "judgement", "judgement",
        "a weaker yuan makes imports dearer; nearly all are invoiced in dollars", corr="1", unit="log per log CNY per USD")
    for p in PID:
        x = DOMESTIC[p]
        add(p, "domestic_demand", tri(.5 * x, x, 1.6 * x), "0", "judgement", "judgement",
            "aggregate income elasticity about 1, more for investment goods", corr="0.6", unit="log per log GDP")
    omega = {}
    for p, shares in INPUT_SHARES.items():
        for x, share in shares.items():
            w = share * exports.year(exports.V[x], 2025) / t.year(t.V[p], 2025)
            omega[p, x] = w
            add(p, "exports." + x, tri(.5 * w, w, 1.5 * w), "0", "judgement", "judgement",
                f"input share {g(share)} (judgement) x exports over imports of 2025")
    return measured, omega


def parameter_rows(table, e, world, res, pool, vp, sigma_mu):
    add = lambda name, value, unit, source, kind, note="", p="": table.add(
        name, p, "", value if isinstance(value, str) else g(value), unit, "0", source, kind, K, note)
    add("import_trend_long_run_log_per_year", "{normal: {mean: 0.03, sd: 0.015}}", "log per year", "estimate", "judgement",
        f"2012-2025 mean {e['mu_lr']:.3f}; sd as for exports")
    add("import_trend_shrinkage_frac", "{beta: {mean: %s, sd: 0.15}}" % g(min(0.75 * pool["shrink"], 0.5)), "share", "estimate",
        "judgement", f"empirical Bayes {pool['shrink']:.2f}, cut by a quarter and capped at 0.5 as for exports")
    sa = world["sa"] if world["sa"] > 1e-5 else "0"
    add("import_level_sd_log", sa, "log per month", "estimate", "data", "common factor: maximum likelihood 2013-2026"
        + (" goes to 0, all permanent change is in the slope" if sa == "0" else " less products, scaled to out-of-sample errors"))
    add("import_trend_sd_log_per_year", world["sm"], "log per year, per month", "estimate", "data", f"scaled by {world['k']:.2f}")
    add("import_trend_start_sd_log_per_year", world["sd_slope"], "log per year", "estimate", "data",
        f"Kalman filter at as_of, scaled by {world['k']:.2f}")
    add("import_residual_sd_log", world["su"], "log, innovation per month", "estimate", "data", "common factor")
    add("import_residual_ar1", e["rho"], "coefficient", "estimate", "data", "common factor, with a weak prior 0.4 (sd 0.25)")
    for p in PID:
        c = res[p]
        note = f"local level plus noise on {c['n']} printed periods of the log share, net of memory and oil prices, shrunk to the pooled median"
        if p in ICS or p in COMPUTERS:
            note += "; from the customs line as a whole"
        elif p in ("network_optical", "semiconductor_equipment"):
            note = "no figure of its own: pooled median"
        add("import_level_sd_log", c["sigma_a"], "log per month", "estimate", "data", note, p)
        add("import_trend_sd_log_per_year", sigma_mu, "log per year, per month", "estimate", "judgement",
            "as for export products: the sample is too short to tell", p)
        add("import_trend_start_sd_log_per_year", c["sd_slope"], "log per year", "estimate", "data",
            "posterior of the slope of the log share", p)
        v, price, r, how = c["sigma_u"], 0.0, 0.0, "value noise; no quantity printed"
        if p in QUANTITY_PRODUCTS:
            sq, sp, r = vp[p]
            scale = v / max(math.sqrt(sq ** 2 + sp ** 2 + 2 * r * sq * sp), 1e-9)
            v, price = sq * scale, sp * scale
            how = "sizes and correlation from changes of quantity and unit value, scaled to the value noise"
        add("import_residual_sd_log", v, "log, innovation per month", "estimate", "data", how, p)
        add("import_residual_ar1", "0", "coefficient", "estimate", "judgement", "white noise is how it was separated from the level", p)
        add("import_residual_price_sd_log", price if price else "0", "log, innovation per month", "estimate", "data", how, p)
        add("import_residual_price_ar1", "0", "coefficient", "estimate", "judgement", "", p)
        add("import_residual_price_volume_corr", round(r, 2) if r else "0", "correlation", "estimate", "data",
            "changes, cut by a fifth" if r else "", p)
    add("import_oil_lag_months", "{triangular: [0.5, 1, 2]}", "months", "estimate", "data",
        "unit value of crude oil on Brent fits best at 1 (0.5 and 1.5 are twice as bad)")
    add("import_oil_lag_months", "{triangular: [3, 4.5, 6]}", "months", "estimate", "data",
        "unit value on Brent fits best at 4 to 5", "natural_gas")
    add("import_domestic_growth_log", "0.044", "log per year", "judgement", "judgement",
        "growth of 4.5% held by the trend; order of magnitude of the forecasts for 2026")


# ---------------------------------------------------------------- all tables
def share_of(t):
    f = t.unit_value_fit
    line = "Integrated circuits"
    return {
        "memory": (line, f"unit value of the line = A e^(gt) + B e^(psi m), psi {t.memory_psi:.2f}, least squares on {f['n']} printed periods: "
                   f"log of the memory part has standard error {f['se_memory']:.2f}", "estimate", "data"),
        "computing_chips": (line, f"{t.compute_frac:.4f} of the line without memory, so that 854231+854232 = 319.0 bn in 2025",
                            "note_2026_06_09", "data"),
        "other_ics": (line, "the rest of the line", "gacc_import_lines", "data"),
        **{p: ("ADP equipment and parts", f"{COMPUTER_SHARES_2025[p]} of the line in 2025, tilted by the memory loadings of exports", "judgement",
               "judgement") for p in COMPUTERS},
        "network_optical": ("mechanical and electrical remainder", f"{t.frac_rest['network_optical']:.4f}: 6 bn in 2025", "judgement",
                            "judgement"),
        "semiconductor_equipment": ("mechanical and electrical remainder",
                                    f"{t.frac_rest['semiconductor_equipment']:.4f}: 40 bn in 2025", "judgement", "judgement"),
        "machinery_electrical": ("mechanical and electrical remainder", "what is left of it", "judgement", "judgement"),
    }


def history_rows(t, table):
    for m in months("2008-01", AS_OF):
        table.add("all", m, t.total[m], "", "", "observed", "gacc_total", "data", later(m, True), "")

    share = share_of(t)
    for p in PID:
        source, kind = (share[p][2], share[p][3]) if p in share else ("gacc_import_lines", "data")
        for m in MONTHS:
            q = t.Q[p][m] if p in t.Q else math.nan
            table.add(p, m, t.V[p][m], fmt(float(q)), t.U[p] if q == q else "", t.S[p][m], source, kind,
                      t.known[p][m] if p in t.known else K, "")  # stated splits use facts of 2026
    for m in MONTHS:
        value = round(sum(t.V[p][m] for p in ICS), 6)
        table.add("integrated_circuits", m, value, fmt(float(t.ic_q[m])), t.unit[IC], t.ic_s[m], "gacc_import_lines", "data",
                  t.known[IC][m], "")


def write_imports(out, data, exports, export_capex, export_memory, trend_sd, sets):
    """Writes the import tables and adds the import sets to the table `sets`. -> the figures of the summary."""
    t = Imports(data, exports.memory_index, export_memory["memory"][0],
                {p: export_memory[p][0] for p in COMPUTERS})
    T = lambda name, *columns: Table(out, name, list(columns))
    brent = {r["month"]: num(r["brent_usd_bbl"]) for r in read(data, "oil_price_monthly.csv")}
    set_rows(t, sets)

    s = T("import_products.csv", "id", "title_en", "title_zh", "customs_lines", "hs_codes", "share_of", "price_split")
    share = share_of(t)
    for p, en, zh, lines, hs in PRODUCTS:
        of, note, source, kind = share.get(p, ("", "", "gacc_import_lines", "data"))
        s.add(p, en, zh, lines, hs, of, "quantity" if p in QUANTITY_PRODUCTS else "imputed", source, kind, K, note)
    s.write()

    s = T("import_history.csv", "product", "month", "value_usd_bn", "quantity", "quantity_unit", "status")
    history_rows(t, s)
    s.write()

    e = trend_estimates(t)
    psi = {**{p: export_memory["memory"][0] * 0.25 for p in ICS}, **{p: 0.4 * export_memory["storage_units"][0] for p in COMPUTERS}}
    lag = {"crude_oil": (1.0, OIL_LAG), "refined_products": (0.9, OIL_LAG), "natural_gas": (0.75, GAS_LAG),
           "plastics_rubber": (0.4, OIL_LAG)}

    def driver(p, m):  # central response of the share's numerator to memory and oil prices
        if p in psi:
            return psi[p] * lagged_log(t.memory_index, m)
        return lag[p][0] * gamma_lag(brent, m, lag[p][1]) if p in lag else 0.0

    res, pool, vp = components(t, e, driver)
    s = T("import_seasonal.csv", "product", "season", "factor_log")
    for p in PID:
        f = {q: e["season"][q] + res[p]["season"][q] for q in SEASONS}
        mean = (2 * f["JF"] + sum(f[q] for q in SEASONS[1:])) / 12
        rounded = {q: round(f[q] - mean, 6) for q in SEASONS}
        rounded["12"] = round(-(2 * rounded["JF"] + sum(rounded[q] for q in SEASONS[1:-1])), 6)
        for q in SEASONS:
            s.add(p, q, rounded[q], "estimate", "data", K,
                  f"season of total imports 2013-2026 plus own deviation on {res[p]['n']} printed periods, shrunk by {res[p]['shrink']:.2f}")
    s.write()

    actual, fitted, resid = lunar(t)
    s = T("import_lunar_new_year.csv", "year", "new_year_date", "january_frac")
    for y, d in NEW_YEAR.items():
        if y in actual:
            s.add(y, f"{y}-{d}", round(actual[y], 4), "gacc_total", "data", f"{y}-03-15", "actual")
        else:
            s.add(y, f"{y}-{d}", round(fitted[y], 4), "estimate", "data", K,
                  f"quadratic in the date, 2008-2026 without 2020; residual sd {resid:.3f}")
    s.write()

    s = T("import_loadings.csv", "product", "driver", "volume", "price", "unit", "family_corr")
    measured, omega = loading_rows(t, exports, brent, export_capex, export_memory, s)
    s.write()

    oos = out_of_sample(t, e)
    w = {p: t.year(t.V[p], 2025) / t.year(t.total, 2025) for p in PID}
    # explicit drivers behind those errors, pp of total imports after a year: oil and memory prices by 2025 weights, domestic
    # demand 1.5 pp, linked exports (5% a year each, half of it common), exchange rate 4% a year times 0.45
    oil = 100 * 0.374 * sum(w[p] * measured[p][0] for p in measured)
    memory = 100 * 0.2 * sum(w[p] * export_memory[p][0] for p in export_memory if p in w)
    linked = 100 * 0.05 * sum(w[p] * x for (p, _), x in omega.items())
    parts = dict(oil=oil, memory=memory, demand=1.5, linked=linked, exchange_rate=1.8)
    world = world_part(t, e, res, trend_sd, oos, math.sqrt(sum(x ** 2 for x in parts.values())))
    s = T("import_parameters.csv", "parameter", "product", "market", "value", "unit", "family_corr")
    parameter_rows(s, e, world, res, pool, vp, trend_sd)
    s.write()

    y25 = {p: round(t.year(t.V[p], 2025), 1) for p in PID}
    jf = [f"2026-{k:02d}" for k in range(1, 5)]
    weights = ai_weights(t)
    ratio = sum(t.V[p][m] for p in ("memory", "computing_chips") for m in jf) / sum(
        weights[p] * t.V[p][m] for p in weights for m in jf)
    print("imports 2025", y25, "total", round(t.year(t.total, 2025), 1))
    print("memory share of the line", {m: round(t.V["memory"][m] / t.ic[m], 3) for m in ("2024-03", "2025-05", "2026-05")}, t.unit_value_fit)
    print("AI weights", weights, "core servers", round(t.core_server_frac, 3), "memory+compute of AI imports Jan-Apr 2026", round(ratio, 4))
    print("oil", {p: (round(a, 2), round(b, 2)) for p, (a, b) in measured.items()}, "explicit drivers pp", {k: round(v, 1) for k, v in parts.items()})
    print("links", {f"{p}<-{x}": round(v, 3) for (p, x), v in omega.items()})
    print("phi scores", {k: round(v, 3) for k, v in e["score"].items()}, "mu_lr", round(e["mu_lr"], 4), "slope %.3f (%.3f)" % (e["slope"], e["sd_slope"]))
    print("out of sample", {h: round(v, 2) for h, v in oos.items()}, "world", {k: v if k == "implied" else round(v, 4) for k, v in world.items()})
    print("pool", {k: round(v, 4) for k, v in pool.items()})
    print("sds", {p: (round(v["sigma_a"], 3), round(v["sigma_u"], 3), round(v["slope"], 2), v["n"], round(v["shrink"], 2)) for p, v in res.items()})
    print("volume, price, corr", {p: tuple(round(x, 3) for x in v) for p, v in vp.items()})
