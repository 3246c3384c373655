"""Who supplies each market with each product, for the market equilibrium armington_ces. Called by build_calibration.py.

  1. US      : China's share of imports, 2024, by partner: six-digit codes, or chapters where they stand for a product
  2. others  : the odds of the US pattern times one factor a market, so that the products' implied imports add up to the
               market's imports of 2024 (rounded judgement; no table by partner and product is at hand)
  3. domestic: share of domestic goods in use, judgement by product and market
"""
import math

from calibration_tools import KNOWN_ON, Table, num, read

YEAR = 2024
# Goods imports in 2024, USD bn, rounded (judgement); the EU without trade among members.
IMPORTS_2024 = {"eu": 2640, "asean": 1950, "japan": 743, "korea": 632, "taiwan": 394, "hong_kong": 700, "india": 700,
                "mexico": 625, "other_latin_america": 830, "africa": 720, "russia": 283, "uk": 815, "rest_of_world": 3400}
US_PATTERN = (0.05, 0.8)  # bounds of the US share as a pattern for others: energy and food come from elsewhere there
BOUNDS = (0.02, 0.95)
# Share of domestic goods in the use of a large economy: how far the goods are made where they are used.
DOMESTIC = {"memory": .15, "computing_chips": .2, "other_ics": .25, "servers_computers": .2, "computer_parts": .15,
            "storage_units": .1, "phones": .05, "network_optical": .2, "semiconductor_equipment": .4, "batteries": .35,
            "power_electrical": .5, "machinery": .6, "autos": .55, "ships": .5, "petrochemicals_plastics": .7,
            "refined_products": .85, "fertiliser": .6, "metals": .75, "labour_goods": .35, "appliances": .4,
            "pharmaceuticals": .6, "agriculture": .85, "other": .65}
# Shift of its log odds: small and open economies make less of what they use.
OPENNESS = {"us": 0, "eu": 0, "japan": .3, "korea": .2, "india": .5, "russia": 0, "taiwan": -.3, "asean": -.5, "mexico": -.6,
            "other_latin_america": -.3, "africa": -1.0, "uk": -.3, "hong_kong": -2.5, "rest_of_world": -.4}


def clip(x, low, high):
    return min(max(x, low), high)


def us_shares(data, codes_of):
    """China's share of US imports, by product."""
    value = {}
    for name, key in (("us_imports_2024_selected_hs6_by_partner.csv", "hs6"), ("us_imports_2024_hs2_by_partner.csv", "hs2")):
        for r in read(data, name):
            v = value.setdefault(r[key], [0.0, 0.0])
            v[0 if r["partner"] == "CHINA" else 1] += num(r["imports_customs_value_usd_mn"])
    shares = {}
    for product, codes in codes_of.items():
        china, others = (sum(value.get(c, [0, 0])[k] for c in codes) for k in (0, 1))
        shares[product] = china / (china + others)
    return shares


def china_shares(us, exports, products, market):
    """China's share of a market's imports by product: the US odds times a factor that fits the market's total."""
    pattern = {p: clip(us[p], *US_PATTERN) for p in products}
    odds = {p: pattern[p] / (1 - pattern[p]) for p in products}
    x = {p: exports[p, market] for p in products}
    factor = sum(x[p] / odds[p] for p in products) / (IMPORTS_2024[market] - sum(x.values()))
    return {p: clip(factor * odds[p] / (1 + factor * odds[p]), *BOUNDS) for p in products}, factor


def write_suppliers(out, data, products, markets, codes_of, exports):
    """`codes_of`: HS codes that stand for a product; `exports`: China's, by product and market, of YEAR."""
    us = us_shares(data, codes_of)
    s = Table(out, "supplier_shares.csv", ["market", "product", "year", "china_frac", "domestic_frac"])
    for m in markets:
        share, factor = ({p: clip(us[p], *BOUNDS) for p in products}, 1) if m == "us" else china_shares(us, exports, products, m)
        for p in products:
            odds = math.log(DOMESTIC[p] / (1 - DOMESTIC[p])) + OPENNESS[m]
            domestic = clip(1 / (1 + math.exp(-odds)), *BOUNDS)
            note = ("US imports by partner, HS " + " ".join(codes_of[p]) if m == "us" else
                    f"odds in the US times {factor:.2f}, which fits imports of {IMPORTS_2024[m]} bn")
            s.add(m, p, YEAR, round(share[p], 4), round(domestic, 4), "census_2024" if m == "us" else "judgement",
                  "data" if m == "us" else "judgement", KNOWN_ON, note + "; domestic share is judgement")
    s.write()

    s = Table(out, "armington_parameters.csv", ["parameter", "product", "market", "value", "unit", "family_corr"])
    supply = "log volume per log price"
    s.add("china_supply_elasticity", "", "", "{lognormal: {median: 5, sd_log: 0.6}}", supply, 0.5, "judgement", "judgement",
          KNOWN_ON, "prices before duty hardly fell in 2018-2019 (Amiti Redding Weinstein 2019; Fajgelbaum and others 2020), so "
          "supply is elastic; 1.5 in the GSIM example is the lower end")
    s.add("rival_supply_elasticity", "", "", "{lognormal: {median: 4, sd_log: 0.6}}", supply, 0.5, "judgement", "judgement",
          KNOWN_ON, "the rest of the world's exporters, a little less elastic than China's")
    s.add("domestic_supply_elasticity", "", "", "{lognormal: {median: 2, sd_log: 0.6}}", supply, 0.5, "judgement", "judgement",
          KNOWN_ON, "between the GSIM example (1.5) and exporters")
    s.add("total_demand_elasticity", "", "", "{triangular: [0.2, 0.5, 1.0]}", "abs log volume per log price", 0, "judgement",
          "judgement", KNOWN_ON, "a product as a whole has few substitutes; below the elasticity between imports and domestic goods")
    s.write()
