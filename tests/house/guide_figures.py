#!/usr/bin/env python3
"""Figures that the guide in Chinese quotes are those of the README and of the program.

usage: guide_figures.py PROGRAM SOURCE_DIR [--offend]        --offend changes one figure first and has to be noticed
"""

import pathlib
import re
import subprocess
import sys


def quoted(pattern, text, what):
    match = re.search(pattern, text)
    if not match:
        sys.exit(f"the guide no longer says {what}: mend this test with it")
    return [x.replace("−", "-") for x in match.groups()]


def main(program, source, offend=""):
    root = pathlib.Path(source)
    guide = (root / "docs/guide/zh/guide.md").read_text(encoding="utf-8")
    readme = (root / "README.md").read_text(encoding="utf-8")
    if offend:
        guide = guide.replace("差 −2.60", "差 −2.70").replace("出口同比 +2", "出口同比 +3")
    wrong = []

    # The sentence for citing, from the README's result, which another test compares with the program.
    year, low, high, memory, next_year, fall = quoted(
        r"2026 年出口同比 (\S+?)%（90% 区间 (\S+?)% 至 (\S+?)%），其中存储价格拉动 (\S+?) 个百分点；2027 年中位数 (\S+?)%，负增长概率约 (\d+)%",
        guide, "how to cite a run")
    for figure in (f"in 2026: {year}% (90% interval {low}% to {high}%)", f"in 2027: {next_year}% (90%",
                   f"probability of a fall {fall}%"):
        if figure not in readme:
            wrong.append(f"README.md does not say '{figure}'")
    told = re.search(r"memory_price +\+(\d+\.\d+) ", readme)
    if not told or abs(float(told.group(1)) - float(memory)) > 0.0501:
        wrong.append(f"memory adds {memory} points in the guide, {told and told.group(1)} in README.md")

    # The example of compare.
    base, pause, difference, error, paths = quoted(
        r"2027 年均值：基准 (\S+?)%，暂停扩张 (\S+?)%，差 (\S+?) 个百分点，误差 (\S+?)（(\d+) 条路径）", guide, "what compare prints")
    table = subprocess.run([program, "compare", "base", "capex-pause", "--paths", paths], check=True, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    line = re.search(r"^  2027 +(\S+) ±\S+ +(\S+) ±\S+ +(\S+) ±(\S+)", table, re.M)
    for mine, printed in zip((base, pause, difference, error), line.groups()):
        digits = len(mine.partition(".")[2])
        if f"{float(printed):+.{digits}f}".lstrip("+") != mine.lstrip("+"):
            wrong.append(f"compare prints {printed} where the guide says {mine}")

    print("\n".join(wrong) if wrong else "the guide's figures are the program's")
    return 1 if bool(wrong) != bool(offend) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
