#!/usr/bin/env python3
"""Where npm's packages come from: unpacked once a lock file, and a clear word where npm is missing or fails.

usage: switch_test.py CMAKE_FOLDER      (that holds ReportPackages.cmake)
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

PROJECT = """cmake_minimum_required(VERSION 3.25)
project(packages NONE)
list(APPEND CMAKE_MODULE_PATH "{modules}")
include(ReportPackages)
npm_packages(${{CMAKE_CURRENT_SOURCE_DIR}}/web ${{CMAKE_CURRENT_BINARY_DIR}}/web problem)
message(STATUS "problem: [${{problem}}]")
"""
# Counts its calls; unpacks, or fails as npm does.
NPM = """#!/bin/sh
echo called >> "$0.calls"
[ -e "$0.fail" ] && { echo "npm error network request failed" >&2; exit 1; }
mkdir -p node_modules/charts
"""


def main(modules):
    failures = []
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        web, npm = root / "web", root / "npm"
        web.mkdir()
        (root / "CMakeLists.txt").write_text(PROJECT.format(modules=modules))
        for file in ("package.json", "package-lock.json", ".npmrc"):
            (web / file).write_text("{}")
        npm.write_text(NPM)
        npm.chmod(0o755)

        def problem(*options):
            command = ["cmake", "-S", root, "-B", root / "build", "-G", "Ninja",
                       f"-DCMAKE_MAKE_PROGRAM={shutil.which('ninja')}", *options]
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            said = [line for line in ran.stdout.splitlines() if "problem: [" in line]
            return said[-1].split("problem: ", 1)[1] if ran.returncode == 0 and said else ran.stdout + ran.stderr

        def expect(what, condition):
            if not condition:
                failures.append(what)

        calls = lambda: len((root / "npm.calls").read_text().splitlines()) if (root / "npm.calls").exists() else 0
        here = f"-DPLIMSOLL_NPM={npm}"

        missing = problem("-DPLIMSOLL_NPM=PLIMSOLL_NPM-NOTFOUND", "-DCMAKE_FIND_USE_SYSTEM_ENVIRONMENT_PATH=OFF",
                          "-DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF")
        expect(f"npm that is missing is named: {missing}", missing == "[npm is not installed]")
        (root / "npm.fail").touch()
        failed = problem(here)
        expect(f"npm's own words are told: {failed}", "npm error network request failed" in failed)
        (root / "npm.fail").unlink()
        expect("npm that works leaves no problem", problem(here) == "[]" and calls() == 2)
        expect("the same lock file is unpacked once", problem(here) == "[]" and calls() == 2)
        (web / "package-lock.json").write_text('{"lockfileVersion": 3}')
        expect("another lock file is unpacked again", problem(here) == "[]" and calls() == 3)
    for failure in failures:
        print(f"not so: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
