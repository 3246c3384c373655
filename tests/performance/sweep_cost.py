#!/usr/bin/env python3
"""What a sweep costs, from shards that are measured: processor time by point and path, storage and merge time by point.
Then the plan of a larger one, in the words of docs/guide/slurm.md.

usage: sweep_cost.py PROGRAM [POINTS PATHS]        (default: 10^4 points of 10^9 paths)
"""

import pathlib
import resource
import subprocess
import sys
import tempfile
import time

OUTPUTS = ["mean(exports.total.yoy@2027)", "p05(exports.total.yoy@2027)", "p50(exports.total.yoy@2027)",
           "p95(exports.total.yoy@2027)", "prob(exports.total.yoy@2027 < 0)"]
LONG = 655_360  # paths of the points by which a path is timed
KILO_CORE = 1000


def sweep_text(points, paths):
    side = round(points ** 0.5)
    noise = ", ".join(f"{0.02 + 0.06 * k / side:.6f}" for k in range(side))
    spread = ", ".join(f"{0.02 + 0.06 * k / (points // side):.6f}" for k in range(points // side))
    return (f"plimsoll_sweep: 1\nname: cost\nscenario: base\npaths: {paths}\nseed: 1\ndesign:\n  grid:\n"
            f"    memory_price_cycle.noise.monthly_sd_log: [{noise}]\n    exchange_rate.annual_sd_log: [{spread}]\n"
            f"outputs: {OUTPUTS}\n")


def processor_seconds(command, folder):
    """Of a command's processes, and by the clock."""
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before, began = used(), time.monotonic()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return used() - before, time.monotonic() - began


def measure(program, points, paths):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        (folder / "sweep.yaml").write_text(sweep_text(points, paths))
        work, _ = processor_seconds([program, "sweep", "sweep.yaml", "--out", "x", "--shard", "1/1", "--threads", "1"], folder)
        merge, _ = processor_seconds([program, "merge", "x"], folder)
        size = {name: sum(f.stat().st_size for f in (folder / "x").rglob(name)) for name in ["plan.json", "shard-*", "merged.*"]}
    count = round(points ** 0.5) * (points // round(points ** 0.5))
    print(f"| {count:,} x {paths:,} | {work:.2f} | {1e3 * work / count:.2f} | {merge:.2f} | "
          + " | ".join(f"{bytes_ / count:.0f}" for bytes_ in size.values()) + " |", flush=True)
    return count, work, merge, size


def main(arguments):
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    program = str(pathlib.Path(arguments[0]).resolve())
    points, paths = (int(float(a)) for a in arguments[1:3]) if len(arguments) > 2 else (10**4, 10**9)
    print("| points x paths | shard, core s | a point, ms | merge, s | plan, bytes a point | results | tables |")
    print("|---|---|---|---|---|---|---|")
    many_short = measure(program, 2500, 16)
    few_short = measure(program, 100, 16)
    long = measure(program, 2, LONG)
    set_up = (many_short[1] - few_short[1]) / (many_short[0] - few_short[0])
    path = (long[1] / long[0] - set_up) / LONG
    merge = (many_short[2] - few_short[2]) / (many_short[0] - few_short[0])
    storage = sum(many_short[3].values()) / many_short[0]
    work = points * (set_up + paths * path)
    print(f"\na point {1e3 * set_up:.2f} ms, a path {1e6 * path:.2f} us of a core; merge {1e3 * merge:.3f} ms a point; "
          f"{storage:.0f} bytes a point")
    print(f"{points:,} points x {paths:,} paths: {work / 3600:,.0f} core hours; a point {paths * path / 60:,.0f} core minutes; "
          f"on {KILO_CORE:,} cores {work / 3600 / KILO_CORE:,.1f} h; merge {points * merge:.1f} s; "
          f"{points * storage / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
