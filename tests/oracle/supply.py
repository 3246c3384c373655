"""Ceilings of capacity and foreign controls of one path, from docs/theory/supply.md."""

import math

import numpy

from model import day_share
from tables import date, month


class Supply:
    def __init__(self, exports, scenario):
        self.e, self.t, self.scenario = exports, exports.t, scenario
        self.learnt = [0.0 for _ in scenario["export_controls"]]
        self.imports = {}  # {(control, month): log of what is left of the goods}

    def limits(self, x, price, season, m):
        """Log price by product and log value: demand beyond capacity turns into price."""
        t = self.t
        of_price, of_value = numpy.zeros(len(t.products)), numpy.zeros(len(t.products))
        for limit in self.scenario["supply_limits"]:
            eps, sigma = limit["demand_elasticity"], limit["supply_elasticity"]
            used, width = math.log(limit["utilisation_pct"] / 100), -math.log(limit["tight_pct"] / 100) / math.log(19)
            capacity = 0.0
            for step in limit["expansions"]:
                first, last = month(step["from"]), month(step["to"])
                built = min(max((t.as_of + m - first + 1) / (last - first + 1), 0), 1)
                capacity += built * math.log(1 + step["change_pct"] / 100)

            def over(excess):
                return width * math.log(1 + math.exp(excess / width)) / (eps + sigma)

            for p in limit["products"]:
                i = t.products.index(p)
                volume = (x[i] * numpy.exp(-price[i])).sum() / self.e.history[0][i].sum()
                of_price[i] = over(math.log(volume) - season[i] + used - capacity) - over(used)
                of_value[i] = (1 - eps) * of_price[i]
        return of_price, of_value

    def controls(self, m):
        """Log effect on export products; what is left of the imported goods is kept."""
        t, out = self.t, numpy.zeros(len(self.t.products))
        for k, control in enumerate(self.scenario["export_controls"]):
            force = day_share(t.as_of + m, date(control["effective"]), date(control["expires"]))
            missing = control["cut_pct"] / 100 * (1 - control["leak_frac"])
            learning = control["substitution"]
            rate = force * (1 - 2 ** (-1 / learning["half_life_months"]))
            self.learnt[k] += rate * (learning["share"] - self.learnt[k])
            left = math.log(1 - missing * max(force, self.learnt[k]))
            for good in control["goods"]:
                self.imports[good, m] = self.imports.get((good, m), 0) + left
            felt = math.log(1 - missing * force * (1 - self.learnt[k]))
            for need in control["needed_by"]:
                for p in need["products"]:
                    out[t.products.index(p)] += need["elasticity"] * felt
        self.e.controlled = self.imports
        return out
