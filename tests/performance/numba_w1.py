#!/usr/bin/env python3
"""Workload W1 in numba: normals from NumPy's generators (faster than numba's own), everything else in one compiled
kernel per chunk, paths in the inner loop, threads over chunks.

usage: numba_w1.py [-n 10000] [--threads 1] [--chunk 64] [--dump FILE]
"""

import argparse
import os
import pathlib
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit
from w1_model import Model, growth_outputs, report, statistics


@njit(nogil=True, fastmath=True)
def step_month(z, t, products, markets, driver_ar1, driver_sd, volume_ar1, price_ar1, volume_sd, price_sd, volume, price,
               factor_volume, factor_price, start, drivers, u_volume, u_price, log_value, product, market):
    cells, paths = u_volume.shape
    n, k = drivers.shape[0], factor_volume.shape[1]
    for d in range(n):
        for i in range(paths):
            drivers[d, i] = driver_ar1[d] * drivers[d, i] + driver_sd[d] * z[d, i]
    for c in range(cells):
        zv, zp = z[n + k + c], z[n + k + cells + c]
        for i in range(paths):
            u_volume[c, i] = volume_ar1 * u_volume[c, i] + volume_sd[c] * zv[i]
            u_price[c, i] = price_ar1 * u_price[c, i] + price_sd[c] * zp[i]
        for f in range(k):
            for i in range(paths):
                u_volume[c, i] += factor_volume[c, f] * z[n + f, i]
                u_price[c, i] += factor_price[c, f] * z[n + f, i]
        for i in range(paths):
            log_value[i] = u_volume[c, i] + u_price[c, i]
        for d in range(0, n - 3, 4):  # four drivers at a time: fewer loads and stores of the sum
            b0, b1 = volume[c, d] + price[c, d], volume[c, d + 1] + price[c, d + 1]
            b2, b3 = volume[c, d + 2] + price[c, d + 2], volume[c, d + 3] + price[c, d + 3]
            for i in range(paths):
                log_value[i] += (b0 * drivers[d, i] + b1 * drivers[d + 1, i] + b2 * drivers[d + 2, i]
                                 + b3 * drivers[d + 3, i])
        for d in range(n - n % 4, n):
            for i in range(paths):
                log_value[i] += (volume[c, d] + price[c, d]) * drivers[d, i]
        p, m = c // markets, c % markets
        for i in range(paths):
            x = start[c, t % 12] * np.exp(log_value[i])
            product[p, t + 12, i] += x
            market[m, t + 12, i] += x


def simulate_chunk(q, seed, out):
    paths, p, m = out.shape[1], len(q.products), len(q.markets)
    g = np.random.Generator(np.random.SFC64(seed))
    drivers = np.zeros((q.drivers, paths))
    u_volume, u_price, log_value = np.zeros((q.cells, paths)), np.zeros((q.cells, paths)), np.empty(paths)
    product, market = np.zeros((p, q.months + 12, paths)), np.zeros((m, q.months + 12, paths))
    product[:, :12], market[:, :12] = q.past_product[:, :, None], q.past_market[:, :, None]
    for t in range(q.months):
        z = g.standard_normal((q.drivers + q.factors + 2 * q.cells, paths))
        step_month(z, t, p, m, q.driver_ar1, q.driver_sd, q.volume_ar1, q.price_ar1, q.volume_sd, q.price_sd, q.volume,
                   q.price, q.factor_volume, q.factor_price, q.start, drivers, u_volume, u_price, log_value, product,
                   market)
    growth_outputs(product, market, out)


def main():
    parser = argparse.ArgumentParser(description="workload W1 in numba")
    parser.add_argument("-n", type=int, default=10000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenario", default=pathlib.Path(__file__).with_name("w1.yaml"))
    parser.add_argument("--dump")
    a = parser.parse_args()
    q = Model(a.scenario)
    simulate_chunk(q, 0, np.empty((q.outputs, a.chunk)))  # compiles; not counted
    starts = range(0, a.n, a.chunk)
    seeds = np.random.SeedSequence(a.seed).spawn(len(starts))
    began = time.perf_counter()
    out = np.empty((q.outputs, a.n))
    rows = [slice(k, k + 26) for k in range(0, q.outputs, 26)]
    with ThreadPoolExecutor(a.threads) as pool:
        list(pool.map(lambda k: simulate_chunk(q, seeds[k], out[:, k * a.chunk:(k + 1) * a.chunk]), range(len(starts))))
        simulated = time.perf_counter()
        result = np.vstack(list(pool.map(lambda r: statistics(out[r]), rows)))
    counted = time.perf_counter()
    report("numba", a.n, simulated - began, counted - simulated, result, a.dump)


if __name__ == "__main__":
    main()
