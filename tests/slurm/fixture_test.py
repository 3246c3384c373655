#!/usr/bin/env python3
"""The private Slurm goes when its owner goes, with all that its jobs have started."""

import os
import pathlib
import signal
import subprocess
import sys
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


if __name__ == "__main__":
    sweeps.main()
