#!/usr/bin/env python3
"""The house's own rules, checked on its files: which way includes point, where each third-party library may stand,
names, lengths, and that every header compiles alone.

usage: check_house.py RULE ROOT [COMPILER ARGUMENT..]        (the compiler only for headers_compile_alone)
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOMS = ["scenarios", "models", "sim", "outputs"]  # data flows rightward, includes point leftward
JOINS = "sim/program/"  # main and the verbs join the rooms
SOURCE_SUFFIXES = {".cpp", ".hpp", ".h", ".py", ".sh", ".cmake"}
TEXT_SUFFIXES = SOURCE_SUFFIXES | {".txt", ".md", ".yaml", ".yml", ".json", ".csv", ".in", ".S"}
LONGEST_LINES = 400
LOOK_AGAIN_LINES = 250

# Include prefix -> the files that may have it.
FENCES = {
    "yaml-cpp/": r"scenarios/|models/|tests/",
    "oneapi/": r"sim/for_each_task\.cpp$",
    "tbb/": r"sim/for_each_task\.cpp$",
    "boost/program_options": r"sim/program/",
    "hwy/": r"models/lanes[a-z_]*\.hpp$|(models|sim)/[a-z_]+\.kernel\.hpp$|sim/kernels\.cpp$",
    "openssl/": r"scenarios/sha256\.cpp$",
    "netcdf": r"outputs/netcdf_file\.hpp$",
    "xlsxwriter": r"outputs/xlsx/workbook_writer\.cpp$",
    "zlib": r"outputs/xlsx/workbook_check\.cpp$",
    "Eigen/": r"(models|sim)/[a-z_]+\.(cpp|hpp)$|tests/",
    "gtest/": r"tests/",
    "gmock/": r"tests/",
}
MODEL_FILES_WITH_YAML = 1  # the calibration's own yaml file

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def files(root, suffixes, folders):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in suffixes and path.is_file() and "__pycache__" not in path.parts:
                yield path


def includes(root, folders):
    """(file, line number, included name) of every include."""
    for path in files(root, {".cpp", ".hpp", ".h"}, folders):
        name = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if match:
                yield name, number, match.group(1)


def include_direction(root):
    """A room includes itself and the rooms left of it."""
    bad = []
    for name, number, included in includes(root, ROOMS):
        room, target = name.split("/")[0], included.split("/")[0]
        if name.startswith(JOINS) or target not in ROOMS:
            if included.startswith("tests/"):
                bad.append(f"{name}:{number}: a room includes the tests: {included}")
            continue
        if ROOMS.index(target) > ROOMS.index(room):
            bad.append(f"{name}:{number}: {room}/ includes {included}, to its right")
        elif included.startswith(JOINS):
            bad.append(f"{name}:{number}: nothing includes {JOINS}, which joins the rooms: {included}")
    return bad


def third_party_fences(root):
    """Each third-party library stands where it is needed and nowhere else."""
    bad = []
    yaml_in_models = set()
    for name, number, included in includes(root, ROOMS + ["tests"]):
        for prefix, allowed in FENCES.items():
            if included.startswith(prefix) and not re.match(allowed, name):
                bad.append(f"{name}:{number}: {included} does not belong here")
        if included.startswith("yaml-cpp/") and name.startswith("models/"):
            yaml_in_models.add(name)
    if len(yaml_in_models) > MODEL_FILES_WITH_YAML:
        bad.append(f"yaml-cpp in {len(yaml_in_models)} files of models/: {', '.join(sorted(yaml_in_models))}")
    return bad


def file_names(root):
    """Sources are snake_case; decisions are NNNN-title.md without gaps."""
    bad = []
    for path in files(root, SOURCE_SUFFIXES, ROOMS + ["tests"]):
        if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", path.name):
            bad.append(f"{path.relative_to(root)}: not snake_case")
    decisions = sorted(p.name for p in (root / "docs/decisions").glob("*.md"))
    for number, name in enumerate(decisions, 1):
        if not re.fullmatch(rf"{number:04d}-[a-z0-9-]+\.md", name):
            bad.append(f"docs/decisions/{name}: expected {number:04d}-title.md")
    return bad


def file_length(root):
    """One idea a file."""
    bad = []
    for path in files(root, {".cpp", ".hpp", ".h"}, ROOMS + ["tests"]):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LOOK_AGAIN_LINES:
            print(f"{path.relative_to(root)}: {lines} lines" + (": look again" if lines <= LONGEST_LINES else ""))
        if lines > LONGEST_LINES:
            bad.append(f"{path.relative_to(root)}: {lines} lines, more than {LONGEST_LINES}")
    return bad


def first_sentence(root):
    """Every header opens with what it is for and is included once."""
    bad = []
    for path in files(root, {".hpp", ".h"}, ROOMS):
        text = path.read_text(encoding="utf-8")
        if not re.match(r"/// \\file\n/// \S", text):
            bad.append(f"{path.relative_to(root)}:1: a header opens with `/// \\file` and a sentence on what it is for")
        if "#pragma once\n" not in text:
            bad.append(f"{path.relative_to(root)}:1: no #pragma once")
    return bad


def no_machine_paths(root):
    """Nothing of ours names a folder of somebody's machine."""
    pattern = re.compile(r"(?<![A-Za-z0-9_.~}/-])/(" + "|".join(["work", "home", "root", "Users", "mnt"]) + r")/[A-Za-z0-9_.]")
    bad = []
    top = [p for p in root.iterdir() if p.is_file() and (p.suffix in TEXT_SUFFIXES or p.suffix == "")]
    for path in top + list(files(root, TEXT_SUFFIXES, ROOMS + ["tests", "docs", "cmake", ".ci"])):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            if "malformed" in path.parts:
                continue  # such a file is what a test is about
            bad.append(f"{path.relative_to(root)}: not UTF-8")
            continue
        for number, line in enumerate(text.splitlines(), 1):
            match = pattern.search(line)
            if match:
                bad.append(f"{path.relative_to(root)}:{number}: names a machine's folder: {match.group(0)}..")
    return bad


def headers_compile_alone(root, compiler):
    """Every header can be the first one. Where its own source file includes it first, the build has shown that; the
    others are compiled here, kernels for the lowest instruction set they allow."""
    kernel_flags = ["-DPLIMSOLL_ISA=v3", "-march=x86-64-v3", "-maes", "-mpclmul"]

    def is_first_of_its_source(path):
        source = path.with_suffix(".cpp")
        includes = (INCLUDE.match(line) for line in source.read_text().splitlines()) if source.is_file() else ()
        first = next((include.group(1) for include in includes if include), None)
        return first == path.relative_to(root).as_posix()

    def compile_one(path):
        flags = []
        if path.name.endswith(".kernel.hpp") or path.name == "lanes.hpp":
            flags = kernel_flags
        name = path.relative_to(root).as_posix()
        result = subprocess.run([*compiler, *flags, "-I", str(root), "-std=c++20", "-fsyntax-only", "-x", "c++", "-"],
                                input=f'#include "{name}"\n', capture_output=True, text=True, check=False)
        return "" if result.returncode == 0 else f"{name}: does not compile alone\n{result.stderr.strip()}"

    with concurrent.futures.ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 2)) as pool:
        headers = [path for path in files(root, {".hpp", ".h"}, ROOMS) if not is_first_of_its_source(path)]
        return [problem for problem in pool.map(compile_one, headers) if problem]


def same_digits(root):
    """What gives other digits elsewhere: draws of the standard library, containers without an order, sums by TBB, fast maths."""
    banned = re.compile(r"std::\w+_distribution\b|std::random_device|std::unordered_|std::(shuffle|sample)\(|parallel_reduce|-ffast-math")
    # Tasks in any order are what it is for: results must not depend on it.
    shuffles_tasks = "sim/for_each_task.cpp"
    bad = []
    for path in files(root, SOURCE_SUFFIXES | {".txt"}, ROOMS + ["cmake"]):
        if path.relative_to(root).as_posix() == shuffles_tasks:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = banned.search(line.split("//")[0])
            if match:
                bad.append(f"{path.relative_to(root)}:{number}: {match.group(0)} gives other digits elsewhere")
    return bad


def docs_name_tests(root):
    """A test that a page names as proof exists; `.Name` after `Suite.Name` is of the same suite."""
    tests, suites = set(), set()
    for path in files(root, {".cpp"}, ["tests"]):
        for suite, name in re.findall(r"^TEST(?:_[FP])?\(\s*(\w+),\s*(\w+)", path.read_text(encoding="utf-8"), re.M):
            tests.add(f"{suite}.{name}")
            suites.add(suite)
    bad = []
    for path in files(root, {".md"}, ["docs"]):
        suite = ""
        for quoted in re.findall(r"`([^`\n]+)`", path.read_text(encoding="utf-8")):
            whole, more = re.fullmatch(r"([A-Z]\w+)\.([A-Z]\w+|\*)", quoted), re.fullmatch(r"\.([A-Z]\w+)", quoted)
            if whole:
                suite = whole.group(1)
                known = suite in suites if whole.group(2) == "*" else quoted in tests
            elif more and suite:
                known, quoted = suite + quoted in tests, suite + quoted
            else:
                continue
            if not known:
                bad.append(f"{path.relative_to(root)}: there is no test {quoted}")
    return bad


RULES = [include_direction, third_party_fences, file_names, file_length, first_sentence, no_machine_paths, same_digits,
         docs_name_tests, headers_compile_alone]


def main(arguments):
    rules = {rule.__name__: rule for rule in RULES}
    if len(arguments) < 2 or arguments[0] not in rules:
        print(f"{__doc__}\nrules: {' '.join(rules)}", file=sys.stderr)
        return 2
    rule, root = rules[arguments[0]], pathlib.Path(arguments[1]).resolve()
    missing = [room for room in ROOMS if not (root / room).is_dir()]
    if missing:
        print(f"{root}: no rooms {missing}", file=sys.stderr)
        return 2
    problems = rule(root, arguments[2:]) if rule is headers_compile_alone else rule(root)
    for problem in problems:
        print(problem)
    print(f"{rule.__name__}: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
