#!/usr/bin/env python3
"""The Apptainer definition installs what the project builds with, copies all that the build reads, and takes along what
the program is linked with.

usage: check_container.py DEFINITION PROJECT PROGRAM
"""

import pathlib
import re
import shutil
import subprocess
import sys

OF_NO_LIST = {"npm", "pandoc"}  # optional at build and at run time
PART_OF_LIBC = {"libc6"}
SKIPPED = 77


def installed(definition):
    """Packages of each `apt-get install`, in the order of stages."""
    text = re.sub(r"\\\n", " ", definition)
    return [set(line.split()) for line in re.findall(r"apt-get install((?: +[^\s-]\S*| +-\S+)*)", text)]


def packages(words):
    return {word for word in words if not word.startswith("-")}


def problems_of_build(definition, project):
    wanted = {line for line in (project / ".ci/packages-build.txt").read_text().splitlines() if line and line[0] != "#"}
    build = packages(installed(definition)[0]) - OF_NO_LIST
    bad = [f"the build installs no {name}" for name in sorted(wanted - build)]
    bad += [f"the build installs {name}, which .ci/packages-build.txt does not name" for name in sorted(build - wanted)]
    cmake = (project / "CMakeLists.txt").read_text()
    for folder in re.findall(r"^add_subdirectory\((\w+)", cmake, re.M):
        if not re.search(rf"^ +{folder} /src/{folder}$", definition, re.M):
            bad.append(f"folder {folder} is not copied")
    return bad


def linked_packages(program):
    """Debian packages of the libraries that the program itself names."""
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", subprocess.run(["readelf", "-d", program], capture_output=True, text=True,
                                                                  check=True).stdout))
    found = set()
    for line in subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout.splitlines():
        match = re.match(r"\s*(\S+) => (\S+)", line)
        if match and match.group(1) in needed:
            path = pathlib.Path(match.group(2))
            # /lib is a link to /usr/lib, and the package knows either name.
            owner = subprocess.run(["dpkg-query", "-S", path, path.resolve(), str(path.resolve()).removeprefix("/usr")],
                                   capture_output=True, text=True, check=False).stdout
            found.add(owner.split(":")[0] or f"(owner of {path})")
    return found - PART_OF_LIBC


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    definition, project, program = pathlib.Path(arguments[0]).read_text(), pathlib.Path(arguments[1]), arguments[2]
    if len(installed(definition)) != 2:
        print("the definition has not two installations of packages")
        return 1
    problems = problems_of_build(definition, project)
    skipped = not shutil.which("dpkg-query") or "bookworm" not in pathlib.Path("/etc/os-release").read_text()
    if not skipped:
        final = packages(installed(definition)[1]) - OF_NO_LIST
        linked = linked_packages(program)
        problems += [f"the program needs {name}, which the image lacks" for name in sorted(linked - final)]
        problems += [f"the image has {name}, which the program does not need" for name in sorted(final - linked)]
    for problem in problems:
        print(problem)
    if problems:
        return 1
    if skipped:
        print("skipped: what the program is linked with; this is not Debian 12")
    return SKIPPED if skipped else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
