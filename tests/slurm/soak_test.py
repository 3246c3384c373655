#!/usr/bin/env python3
"""What takes Slurm minutes: real time limits, a node that dies, and a sweep of a thousand points.

Slurm's limits are whole minutes and it looks at them twice a minute, so this runs under `ctest -C soak -L soak` only.
"""

import os
import pathlib
import shlex
import signal
import subprocess
import time

import sweeps

LIMIT_MINUTES = 1
END_SECONDS = 900  # the limit, several times over, on a machine that is busy with other things

LONG_SWEEP = """plimsoll_sweep: 1
name: slurm-soak
scenario: base
paths: {paths}
seed: 7
set: {{horizon: 2027-12}}
design: {{sobol: {{exchange_rate.annual_sd_log: {{uniform: [0.03, 0.09]}}, oil_price.annual_sd_log: {{uniform: [0.2, 0.4]}}}}, points: {points}}}
outputs: ['mean(exports.total.yoy@2027)', 'p05(exports.total.yoy@2027)', 'prob(exports.total.yoy@2027 < 0)']
"""


def environment_of(process):
    try:
        return pathlib.Path(f"/proc/{process}/environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def words_of(process):
    try:
        words = pathlib.Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []
    return [word.decode(errors="replace") for word in words]


class SlurmForMinutes(sweeps.SlurmSweeps):
    PATHS = 1600
    # A node that died is noticed within seconds.
    EXTRA = "SlurmdTimeout=10\n"

    def wait_until(self, what, is_so, seconds=END_SECONDS):
        super().wait_until(what, is_so, seconds)

    def paths_that_take(self, seconds):
        """So many paths of `base` on one thread, a multiple of a block of Sobol points, measured here and now."""
        began = time.monotonic()
        paths = 16384
        self.good(self.run_program("run", "base", "--set", "report.series=[exports.total.yoy]", "--paths", paths,
                                   "--threads", 1, "--write", "csv", "--out", f"measured-{seconds}-{began}"))
        return int(seconds / (time.monotonic() - began) * paths) // 256 * 256 + 256

    def write_sweep(self, points, paths):
        (self.top / "soak.yaml").write_text(LONG_SWEEP.format(points=points, paths=paths))

    def of_one_run(self):
        self.good(self.run_program("sweep", "soak.yaml", "--out", "here", "--force", "--quiet"))
        return self.merged("here")


class TimeLimit(SlurmForMinutes):
    def test_tasks_longer_than_their_limit_come_back_until_they_are_done(self):
        # Two tasks of 50 points; a point takes some seconds, all of a task more than the limit.
        self.write_sweep(100, self.paths_that_take(3))
        result = self.good(self.run_program("sweep", "soak.yaml", "--slurm", "--shards", 2, "--time", LIMIT_MINUTES,
                                            "--out", "limit"))
        array, merge = self.jobs_of(result.stdout)
        self.wait_for_end(array, merge)
        for shard in [1, 2]:
            self.assertIn("restart 1", self.log_of("limit", f"{array}_{shard}.log"), self.logs())
        self.assertEqual(self.exit_code(merge), 0, self.logs())
        self.assertEqual(self.merged("limit"), self.of_one_run())

    def test_a_job_that_is_ended_at_its_limit_leaves_a_state_that_resume_finishes(self):
        # No warning is asked for: at the limit Slurm sends TERM, and KILL two seconds later.
        arguments = ["run", "base", "--set", "report.series=[exports.total.*]", "--paths", str(self.paths_that_take(150)),
                     "--quiet"]
        job = self.slurm_says("sbatch", "--parsable", f"--time={LIMIT_MINUTES}", "--output", self.top / "run.log", "--wrap",
                              f"exec {sweeps.PROGRAM} {shlex.join(arguments)} --threads 1 --out {self.top}/run"
                              ).strip()
        self.wait_until("the run ends", lambda: not self.queue(job))
        facts = self.slurm_says("scontrol", "-o", "show", "job", job)
        self.assertIn("JobState=TIMEOUT", facts)
        self.assertIn("plimsoll resume", (self.top / "run.log").read_text())
        status = self.good(self.run_program("status", "run")).stdout
        self.assertIn("stopped", status)
        self.good(self.run_program("resume", "run", "--quiet"))
        self.good(self.run_program(*arguments, "--out", "whole"))
        for file in sorted((self.top / "whole").iterdir()):
            if file.name not in ["manifest.json", "progress.jsonl"]:
                self.assertEqual(file.read_bytes(), (self.top / "run" / file.name).read_bytes(), file.name)


class LostNode(SlurmForMinutes):
    """A cluster each: the node stays away."""

    def end_node(self, node, payload_too):
        """Ends the node's daemon and steps as a power cut would; returns the tasks' processes that were under them."""
        conf = f"SLURM_CONF={self.environment['SLURM_CONF']}"
        ours = [int(entry.name) for entry in pathlib.Path("/proc").iterdir()
                if entry.name.isdigit() and conf in environment_of(entry.name)]
        ended, payload = [], []
        for process in ours:
            words, environment = words_of(process), environment_of(process)
            name = pathlib.Path(words[0]).name if words else ""
            if name == "slurmd" and words[-2:-1] == [node] or name.startswith("slurmstepd") and self.is_below(process, node):
                ended.append(process)
            elif f"SLURMD_NODENAME={node}" in environment:
                payload.append(process)
        self.assertGreaterEqual(len(ended), 2, "a daemon and at least one step")
        self.assertTrue(payload)
        for process in ended + (payload if payload_too else []):
            os.kill(process, signal.SIGKILL)
        return payload

    @staticmethod
    def is_below(step, node):
        """A step is told by what runs under it."""
        for entry in pathlib.Path("/proc").iterdir():
            try:
                parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1] if entry.name.isdigit() else ""
            except OSError:
                continue
            if parent == str(step) and f"SLURMD_NODENAME={node}" in environment_of(entry.name):
                return True
        return False

    def lose_node(self, folder, payload_too):
        self.write_sweep(16, self.paths_that_take(4))
        result = self.good(self.run_program("sweep", "soak.yaml", "--slurm", "--shards", 4, "--out", folder))
        array, merge = self.jobs_of(result.stdout)
        self.wait_for_running(array)
        payload = self.end_node("n2", payload_too)
        self.wait_for_end(array, merge)
        self.assertIn("restart 1", self.log_of(folder, "*.log"), self.logs())
        self.assertEqual(self.exit_code(merge), 0, self.logs())
        self.wait_until("tasks on the lost node end too",
                        lambda: not any(os.path.exists(f"/proc/{one}") and words_of(one) for one in payload))
        self.good(self.run_program("merge", folder, "--quiet"))  # what the lost tasks wrote last counts too
        self.assertEqual(self.merged(folder), self.of_one_run())


class CutOffNode(LostNode):
    def test_its_tasks_go_on_beside_the_copies_that_slurm_starts_elsewhere(self):
        self.lose_node("cut-off", payload_too=False)


class DeadNode(LostNode):
    def test_what_its_tasks_had_not_written_is_simulated_elsewhere(self):
        self.lose_node("dead", payload_too=True)


class ThousandPoints(SlurmForMinutes):
    def test_a_sweep_of_a_thousand_points_from_submission_to_table(self):
        self.write_sweep(1000, 256)
        result = self.good(self.run_program("sweep", "soak.yaml", "--slurm", "--shards", 8, "--time", 10, "--out", "many"))
        array, merge = self.jobs_of(result.stdout)
        self.wait_for_end(array, merge)
        self.assertEqual(self.exit_code(merge), 0, self.logs())
        rows = self.merged("many").decode().splitlines()
        self.assertEqual(len(rows), 1 + 1000)
        self.assertEqual(self.merged("many"), self.of_one_run())


if __name__ == "__main__":
    sweeps.main()
