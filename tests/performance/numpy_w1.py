#!/usr/bin/env python3
"""Workload W1 in NumPy as an expert would write it: paths last, chunks that fit the cache, arithmetic in place, one
matrix product for volume and price, quantiles from all stored outputs.

usage: numpy_w1.py [-n 10000] [--threads 1] [--chunk 100] [--dtype f8|f4] [--generator pcg|sfc|philox] [--dump FILE]
"""

import argparse
import os
import pathlib
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads are over chunks, not inside a product

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from w1_model import Model, growth_outputs, report, statistics

GENERATORS = {"pcg": np.random.PCG64, "sfc": np.random.SFC64, "philox": np.random.Philox}


class Simulation:
    def __init__(self, model, dtype, generator):
        q = self.model = model
        self.type, self.generator = np.dtype(dtype), GENERATORS[generator]
        self.loading = np.vstack([q.volume, q.price]).astype(self.type)
        self.factor = np.vstack([q.factor_volume, q.factor_price]).astype(self.type)
        self.sd = np.concatenate([q.volume_sd, q.price_sd]).astype(self.type)[:, None]
        self.ar1 = np.repeat([q.volume_ar1, q.price_ar1], q.cells).astype(self.type)[:, None]
        self.driver_sd = q.driver_sd.astype(self.type)[:, None]
        self.driver_ar1 = q.driver_ar1.astype(self.type)[:, None]
        self.start = q.start.astype(self.type)

    def chunk(self, seed, out):
        q, n, dtype = self.model, out.shape[1], self.type
        g = np.random.Generator(self.generator(seed))
        drivers = g.standard_normal((q.months, q.drivers, n), dtype=dtype)
        drivers *= self.driver_sd
        for t in range(1, q.months):
            drivers[t] += self.driver_ar1 * drivers[t - 1]
        factors = g.standard_normal((q.months, q.factors, n), dtype=dtype)
        state = np.zeros((2 * q.cells, n), dtype)
        shock, log_value = np.empty_like(state), np.empty_like(state)
        p, m = len(q.products), len(q.markets)
        product, market = np.empty((p, q.months + 12, n), dtype), np.empty((m, q.months + 12, n), dtype)
        product[:, :12], market[:, :12] = q.past_product[:, :, None], q.past_market[:, :, None]
        for t in range(q.months):
            g.standard_normal(out=shock, dtype=dtype)
            shock *= self.sd
            state *= self.ar1
            state += shock
            np.matmul(self.factor, factors[t], out=shock)
            state += shock
            np.matmul(self.loading, drivers[t], out=log_value)
            log_value += state
            value = log_value[:q.cells]
            value += log_value[q.cells:]
            np.exp(value, out=value)
            value *= self.start[:, t % 12, None]
            value = value.reshape(p, m, n)
            value.sum(1, out=product[:, 12 + t])
            value.sum(0, out=market[:, 12 + t])
        growth_outputs(product, market, out)


def main():
    parser = argparse.ArgumentParser(description="workload W1 in NumPy")
    parser.add_argument("-n", type=int, default=10000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=100)
    parser.add_argument("--dtype", choices=("f8", "f4"), default="f8")
    parser.add_argument("--generator", choices=sorted(GENERATORS), default="pcg")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenario", default=pathlib.Path(__file__).with_name("w1.yaml"))
    parser.add_argument("--dump")
    a = parser.parse_args()
    model = Model(a.scenario)
    simulation = Simulation(model, a.dtype, a.generator)
    starts = range(0, a.n, a.chunk)
    seeds = np.random.SeedSequence(a.seed).spawn(len(starts))
    began = time.perf_counter()
    out = np.empty((model.outputs, a.n), a.dtype)
    rows = [slice(k, k + 26) for k in range(0, model.outputs, 26)]
    with ThreadPoolExecutor(a.threads) as pool:
        list(pool.map(lambda k: simulation.chunk(seeds[k], out[:, k * a.chunk:(k + 1) * a.chunk]), range(len(starts))))
        simulated = time.perf_counter()
        result = np.vstack(list(pool.map(lambda r: statistics(out[r]), rows)))
    counted = time.perf_counter()
    report(f"numpy {a.dtype} {a.generator}", a.n, simulated - began, counted - simulated, result, a.dump)


if __name__ == "__main__":
    main()
