#!/usr/bin/env python3
"""The engine and the NumPy program sample the same W1: runs both with few paths and compares all statistics.

usage: check_w1.py PLIMSOLL [PATHS]; exits with 77 (skipped) when no Python with NumPy is there.
"""

import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def python_with_numpy():
    for python in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([python, "-c", "import numpy"], capture_output=True, check=False).returncode == 0:
            return python
    print("skipped: no NumPy (Debian: python3-numpy)")
    sys.exit(SKIPPED)


def main():
    plimsoll, paths = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "8192"
    python = python_with_numpy()
    with tempfile.TemporaryDirectory() as name:
        run, dump = f"{name}/run", f"{name}/numpy.npy"
        subprocess.run([plimsoll, "run", str(HERE / "w1.yaml"), "--paths", paths, "--sampling", "random", "--out", run],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run([python, "-B", str(HERE / "numpy_w1.py"), "-n", paths, "--dump", dump], check=True)
        done = subprocess.run([python, "-B", str(HERE / "compare_statistics.py"), run, dump, paths], check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
