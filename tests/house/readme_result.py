#!/usr/bin/env python3
"""The result that README.md shows is one that the program prints.

usage: readme_result.py PROGRAM README            compares the block's shape with a small run: every line, no digit
       readme_result.py PROGRAM README --write    runs the scenario `base` at full size and replaces the block
       readme_result.py PROGRAM README --offend   a block that lacks a line or has an old name must be noticed
"""

import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"(<!-- result -->\n```text\n)(.*?)(```\n)", re.DOTALL)


def shown(program, *options):
    """What the program prints on `base`, up to what makes the first year."""
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "run", "base", "--quiet", "--out", folder + "/run", *options]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    parts = re.split(r"(?=^What makes )", text, flags=re.MULTILINE)
    if len(parts) < 2:
        sys.exit("the program prints no contributions")
    return parts[0] + parts[1].rstrip("\n") + "\n"


def shape(text):
    """The text without its digits; of contributions, whose order depends on digits, the titles."""
    head, contributions = re.split(r"(?=^What makes )", text, flags=re.MULTILINE)
    lines = []
    for line in head.splitlines():
        if "░" in line and "median" not in line:  # a drawn distribution
            line = line.split()[0]
        if re.fullmatch(r"[\s+\-0-9]+", line):  # its axis
            line = "axis"
        line = re.sub(r"\b(below|above) (?=[0-9])", "", line)
        lines.append(re.sub(r"\s+", " ", re.sub(r"[+-]?[0-9][0-9,.]*", "#", line)).strip())
    titles = [re.sub(r"[0-9]+", "#", line.strip()) for line in contributions.splitlines()
              if re.match(r"What makes|  by ", line)]
    return lines + titles


def problems(block, program):
    then, now = shape(block), shape(shown(program, "--paths", "256"))
    return [f"README.md: the result block shows {a!r}, the program prints {b!r}"
            for a, b in zip(then + [None] * len(now), now + [None] * len(then)) if a != b]


def main(arguments):
    program, readme = arguments[0], pathlib.Path(arguments[1])
    text = readme.read_text(encoding="utf-8")
    found = BLOCK.search(text)
    if found is None:
        sys.exit("README.md: no result block after <!-- result -->")
    if "--write" in arguments:
        readme.write_text(text[:found.start(2)] + shown(program) + text[found.end(2):], encoding="utf-8")
        return 0
    if "--offend" in arguments:
        lines = found.group(2).splitlines(keepends=True)
        offenders = ["".join(lines[:5] + lines[6:]), found.group(2).replace("Growth on", "Rise on")]
        return 0 if all(problems(offender, program) for offender in offenders) else 1
    bad = problems(found.group(2), program)
    for problem in bad[:5]:
        print(problem)
    if bad:
        print(f"mend it with: python3 tests/house/readme_result.py {program} README.md --write")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
