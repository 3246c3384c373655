#!/usr/bin/env python3
"""The private Slurm goes when its owner goes, with all that its jobs have started."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import private_slurm
import sweeps

FIXTURE = pathlib.Path(private_slurm.__file__)


def alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


class PrivateSlurm(unittest.TestCase):
    def test_leaves_nothing_when_its_owner_is_killed(self):
        # A job that hides a process from Slurm: in a session of its own, its parent ended.
        job = '#!/bin/bash\n(setsid sh -c "echo \\$\\$ >$1/hidden; exec sleep 600" &)\nsleep 600\n'
        command = 'set -e; printf %s "$2" >"$3/job.sh"; sbatch --output=/dev/null "$3/job.sh" "$3"; echo "$SLURM_CONF"; sleep 600'
        folder = pathlib.Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
        owner = subprocess.Popen([sys.executable, FIXTURE, "run", "bash", "-c", command, "bash", "", job, folder],
                                 stdout=subprocess.PIPE, text=True, start_new_session=True)
        try:
            self.assertIn("Submitted batch job", owner.stdout.readline())
            cluster = pathlib.Path(owner.stdout.readline().strip()).parent
            end = time.monotonic() + 30
            while not (folder / "hidden").exists() or not (folder / "hidden").read_text().strip():
                self.assertLess(time.monotonic(), end, "the job does not run")
                time.sleep(0.1)
            hidden = int((folder / "hidden").read_text())
            self.assertTrue(alive(hidden))
            os.killpg(owner.pid, signal.SIGKILL)
            owner.wait()
            end = time.monotonic() + 30
            while cluster.exists():
                self.assertLess(time.monotonic(), end, f"{cluster} is still there")
                time.sleep(0.1)
            self.assertFalse(alive(hidden))
        finally:
            owner.stdout.close()
            subprocess.run(["rm", "-rf", folder], check=True)

    @unittest.skipIf(os.geteuid() != 0, "all of these tests are an ordinary user's already")
    def test_serves_an_ordinary_user_whose_sweep_needs_nothing_of_root(self):
        commands = """set -e
            "$1" sweep sweep.yaml --slurm --shards 2 --out submitted >said
            merge=$(sed -n 's/^merge job *\\([0-9]*\\):.*/\\1/p' said)
            while squeue -h -o %A | grep -qx "$merge"; do sleep 0.2; done
            "$1" sweep sweep.yaml --out here --quiet >said
            cmp submitted/merged.csv here/merged.csv
            stat -c %U submitted/merged.csv"""
        with tempfile.TemporaryDirectory(prefix="plimsoll-slurm-") as name:
            folder = pathlib.Path(name)
            shutil.copy(sweeps.PROGRAM, folder / "plimsoll")  # a checkout below /root is closed to others
            shutil.copy(FIXTURE, folder / "private_slurm.py")
            (folder / "sweep.yaml").write_text(sweeps.SWEEP.format(paths=1600, noise="[0.03, 0.05]"))
            for one in [folder, *folder.iterdir()]:
                shutil.chown(one, "nobody", "nogroup")
            result = subprocess.run(
                ["/usr/bin/python3", "-B", folder / "private_slurm.py", "run", "bash", "-c", commands, "bash",
                 folder / "plimsoll"], user="nobody", group="nogroup", extra_groups=[], cwd=folder,
                env={"PATH": os.environ["PATH"], "HOME": name}, capture_output=True, text=True, timeout=300, check=False)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
            self.assertEqual(result.stdout, "nobody\n")


if __name__ == "__main__":
    sweeps.main()
