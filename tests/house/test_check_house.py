#!/usr/bin/env python3
"""Each rule of check_house.py passes a clean little house and fails on its offender. usage: test_check_house.py COMPILER"""

import pathlib
import subprocess
import sys
import tempfile

CHECK = pathlib.Path(__file__).with_name("check_house.py")
HEADER = "/// \\file\n/// What it is for.\n#pragma once\n"
SLASH = "/"  # keeps this file clean under its own rule

OFFENDERS = {
    "include_direction": ("models/a.cpp", '#include "sim/b.hpp"\n'),
    "third_party_fences": ("outputs/a.cpp", "#include <yaml-cpp/yaml.h>\n"),
    "file_names": ("sim/BadName.cpp", "\n"),
    "file_length": ("sim/long.cpp", "\n" * 401),
    "first_sentence": ("sim/silent.hpp", "#pragma once\n"),
    "no_machine_paths": ("sim/path.cpp", f"// {SLASH}home{SLASH}someone\n"),
    "same_digits": ("models/noise.cpp", "std::normal_distribution<double> z;\n"),
    "docs_name_tests": ("docs/theory.md", "Proof: `Growth.IsRight`.\n"),
    "headers_compile_alone": ("sim/needy.hpp", HEADER + "inline std::string name() { return {}; }\n"),
}


def status(rule, root, compiler):
    arguments = [compiler] if rule == "headers_compile_alone" else []
    return subprocess.run([sys.executable, "-B", CHECK, rule, root, *arguments], capture_output=True, check=False).returncode


def main(compiler):
    failures = 0
    for rule, (name, text) in OFFENDERS.items():
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for room in ["scenarios", "models", "sim/program", "outputs", "docs"]:
                (root / room).mkdir(parents=True)
            (root / "sim/clean.hpp").write_text(HEADER + '#include "scenarios/plain.hpp"\n', encoding="utf-8")
            (root / "scenarios/plain.hpp").write_text(HEADER, encoding="utf-8")
            (root / "sim/program/main.cpp").write_text('#include "outputs/x.hpp"\n', encoding="utf-8")
            clean = status(rule, root, compiler)
            (root / name).write_text(text, encoding="utf-8")
            offended = status(rule, root, compiler)
        if (clean, offended) != (0, 1):
            print(f"{rule}: clean house {clean} (0 expected), offender {offended} (1 expected)")
            failures += 1
    return failures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
