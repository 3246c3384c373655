"""Sweeps of the real program on a private Slurm: what the tests of this folder share."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from private_slurm import PrivateSlurm, missing_packages  # noqa: E402

PROGRAM = os.environ.get("PLIMSOLL_PROGRAM", str(pathlib.Path(__file__).resolve().parents[2] / "build/release/plimsoll"))
SKIPPED = 77  # exit code that ctest shows as skipped
END_SECONDS = 90

SWEEP = """plimsoll_sweep: 1
name: slurm-test
scenario: base
paths: {paths}
seed: 7
set: {{horizon: 2027-12}}
design:
  grid:
    memory_price_cycle.noise.monthly_sd_log: {noise}
    exchange_rate.annual_sd_log: [0.03, 0.05, 0.07, 0.09]
outputs: ['mean(exports.total.yoy@2027)', 'p05(exports.total.yoy@2027)', 'prob(exports.total.yoy@2027 < 0)']
"""
SHARDS = 4


class SlurmSweeps(unittest.TestCase):
    """One cluster for the tests of a class; each test has a folder of its own."""

    PATHS = 20000
    EXTRA = ""  # lines of slurm.conf

    @classmethod
    def setUpClass(cls):
        cls.slurm = PrivateSlurm(cls.EXTRA)
        cls.addClassCleanup(cls.slurm.close)
        temporary = tempfile.TemporaryDirectory(prefix="plimsoll-slurm-")
        cls.addClassCleanup(temporary.cleanup)
        cls.top = pathlib.Path(temporary.name)
        (cls.top / "sweep.yaml").write_text(SWEEP.format(paths=cls.PATHS, noise="[0.03, 0.05, 0.07]"))
        # A standard deviation below zero is refused at that point alone.
        (cls.top / "failing.yaml").write_text(SWEEP.format(paths=1600, noise="[0.03, 0.05, -1]"))
        cls.environment = dict(cls.slurm.environment)
        for name in ["PLIMSOLL_THREADS", "PLIMSOLL_SEED", "PLIMSOLL_OUT", "PLIMSOLL_HOME"]:
            cls.environment.pop(name, None)

    def tearDown(self):
        """What a test that failed has left in the queue is not to fail the next one."""
        jobs = set(self.slurm_says("squeue", "-h", "-o", "%A").split())
        if jobs:
            self.slurm_says("scancel", "--quiet", *jobs)
            self.wait_until("the queue is empty", lambda: not self.slurm_says("squeue", "-h").strip())

    @classmethod
    def run_program(cls, *arguments, **changed):
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=cls.top, env=dict(cls.environment, **changed),
                              capture_output=True, text=True, timeout=300, check=False)

    @classmethod
    def slurm_says(cls, *command):
        return subprocess.run(command, env=cls.environment, capture_output=True, text=True, timeout=60, check=True).stdout

    def good(self, result, code=0):
        self.assertEqual(result.returncode, code, f"{result.args}\n{result.stdout}\n{result.stderr}")
        return result

    def submitted(self, folder, *options, sweep="sweep.yaml"):
        """The numbers of the array and of the merge job."""
        result = self.good(self.run_program("sweep", sweep, "--slurm", "--shards", SHARDS, "--out", folder, *options))
        return self.jobs_of(result.stdout)

    def jobs_of(self, text):
        lines = [line.split() for line in text.splitlines()]
        array, = [words[2].rstrip(":") for words in lines if words[:2] == ["array", "job"]]
        merge, = [words[2].rstrip(":") for words in lines if words[:2] == ["merge", "job"]]
        return array, merge

    def queue(self, job):
        """{index: state} of the tasks that are in the queue or run."""
        lines = self.slurm_says("squeue", "-h", "-r", "-o", "%F %K %T").splitlines()
        tasks = [line.split() for line in lines]
        return {int(index) if index.isdigit() else 0: state for number, index, state in tasks if number == job}

    def wait_until(self, what, is_so, seconds=END_SECONDS):
        end = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > end:
                self.fail(f"not within {seconds} s: {what}\n{self.slurm_says('squeue', '-r')}{self.logs()}")
            time.sleep(0.1)

    def logs(self):
        return "".join(f"{file}:\n{file.read_text(errors='replace')}\n" for file in sorted(self.top.rglob("*.log")))

    def wait_for_end(self, *jobs):
        self.wait_until(f"jobs {jobs} end", lambda: not any(self.queue(job) for job in jobs))

    def wait_for_running(self, job, count=SHARDS):
        self.wait_until(f"{count} tasks of {job} run",
                        lambda: list(self.queue(job).values()).count("RUNNING") >= count)
        time.sleep(0.2)  # into the first point

    def exit_code(self, job):
        facts = dict(word.split("=", 1) for word in self.slurm_says("scontrol", "-o", "show", "job", job).split()
                     if "=" in word)
        return int(facts["ExitCode"].split(":")[0])

    def process_of(self, folder, shard):
        """The program's process that does this shard."""
        wanted = f"{shard}/{SHARDS}"
        for entry in pathlib.Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
            except OSError:
                continue
            words = [word.decode(errors="replace") for word in words]
            if wanted in words and str(self.top / folder) in words and pathlib.Path(words[0]).name == "plimsoll":
                return int(entry.name)
        return None

    def kill(self, folder, shard):
        process = self.process_of(folder, shard)
        self.assertIsNotNone(process, f"shard {shard} does not run")
        os.kill(process, signal.SIGKILL)

    def log_of(self, folder, name):
        return "".join(file.read_text() for file in sorted((self.top / folder / "log").glob(name)))

    def merged(self, folder):
        return (self.top / folder / "merged.csv").read_bytes()

    @classmethod
    def one_run(cls):
        """The table of one undisturbed sweep without Slurm."""
        if not hasattr(cls, "reference"):
            result = cls.run_program("sweep", "sweep.yaml", "--out", "one-run")
            if result.returncode != 0:
                raise AssertionError(result.stderr)
            cls.reference = (cls.top / "one-run/merged.csv").read_bytes()
        return cls.reference

    def expect_whole(self, folder, merge):
        self.assertEqual(self.exit_code(merge), 0, self.logs())
        self.assertEqual(self.merged(folder), self.one_run())


def main():
    missing = missing_packages()
    if missing:
        required = os.environ.get("PLIMSOLL_SLURM") == "required"
        print(f"{'failed' if required else 'skipped'}: no Slurm here; apt-get install --no-install-recommends "
              + " ".join(missing))
        sys.exit(1 if required else SKIPPED)
    unittest.main(module="__main__", verbosity=2)
