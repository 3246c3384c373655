#!/usr/bin/env python3
"""`sweep --slurm` from submission to merged table, and what it refuses."""

import json
import subprocess

import sweeps


class SweepOnSlurm(sweeps.SlurmSweeps):
    def test_array_and_merge_give_the_bytes_of_one_run(self):
        folder = "100% of it"  # a blank, and what sbatch reads as a number
        options = ["--time", 5, "--sbatch-arg=--comment=two words", "--sbatch-arg=--hold"]
        listed = self.good(self.run_program("sweep", "sweep.yaml", "--slurm", "--shards", 4, "--out", folder, *options,
                                            "--dry-run")).stdout
        self.assertFalse((self.top / folder).exists(), "a dry run writes nothing")
        array, merge = self.submitted(folder, *options)
        for name in ["sbatch.sh", "merge.sh"]:
            script = (self.top / folder / name).read_text()
            self.assertIn(f"==> {self.top / folder}/{name} <==\n{script}", listed)
        kept = self.slurm_says("scontrol", "write", "batch_script", merge, "-")
        self.assertEqual(kept.rstrip("\n"), (self.top / folder / "merge.sh").read_text().rstrip("\n"))
        accepted = subprocess.run(["sbatch", "--test-only", self.top / folder / "sbatch.sh"], env=self.environment,
                                  capture_output=True, text=True, check=False)
        self.assertEqual(accepted.returncode, 0, accepted.stderr)

        status = self.good(self.run_program("status", folder)).stdout
        self.assertIn(f"Slurm job {array}: 4 PENDING (JobHeld", status)
        jobs = json.loads((self.top / folder / "jobs.json").read_text())
        self.assertEqual(jobs["submissions"][0]["array"]["id"], array)
        self.assertEqual(jobs["submissions"][0]["merge"]["id"], merge)

        # The same command again finds all of it in the queue, where it was held back so that this can be seen.
        again = self.good(self.run_program("sweep", "sweep.yaml", "--slurm", "--out", folder))
        self.assertIn("are in the queue; nothing more is submitted", again.stderr)
        longer = self.good(self.run_program("extend", folder, "--paths", 2 * self.PATHS), code=2)
        self.assertIn("are in the queue", longer.stderr)
        again = self.good(self.run_program("resume", folder))
        self.assertIn("are in the queue; nothing more is submitted", again.stderr)
        self.assertEqual(set(self.slurm_says("squeue", "-h", "-o", "%F").split()), {array, merge})
        queue = json.loads(self.good(self.run_program("status", folder, "--format", "json")).stdout)[0]["slurm"]["queue"]
        self.assertEqual(sorted(task["shard"] for task in queue if task["job"] == array), [1, 2, 3, 4])
        self.slurm_says("scontrol", "release", array, merge)

        self.wait_for_end(array, merge)
        self.expect_whole(folder, merge)
        done = self.good(self.run_program("resume", folder))
        self.assertIn("nothing is left to do", done.stderr)
        self.assertIn("Slurm has no job of this folder any more", self.run_program("status", folder).stdout)

    def test_extend_submits_all_points_with_more_paths(self):
        array, merge = self.submitted("extended")
        self.wait_for_end(array, merge)
        before = self.merged("extended")
        listed = self.good(self.run_program("extend", "extended", "--paths", 2 * self.PATHS, "--slurm", "--dry-run")).stdout
        self.assertIn("#SBATCH --array=1-4\n", listed)
        self.assertEqual(self.merged("extended"), before, "a dry run changes nothing")
        array, merge = self.jobs_of(
            self.good(self.run_program("extend", "extended", "--paths", 2 * self.PATHS, "--slurm")).stdout)
        self.wait_for_end(array, merge)
        self.assertEqual(self.exit_code(merge), 0, self.logs())
        self.good(self.run_program("sweep", "sweep.yaml", "--paths", 2 * self.PATHS, "--out", "here", "--quiet"))
        self.assertEqual(self.merged("extended"), self.merged("here"))
        self.assertNotEqual(self.merged("extended"), before)

    def test_a_point_that_fails_is_reported_and_leaves_the_others(self):
        array, merge = self.submitted("failing", sweep="failing.yaml")
        self.wait_for_end(array, merge)
        self.assertEqual(self.exit_code(merge), 6, self.logs())
        self.assertIn("monthly_sd_log", self.log_of("failing", "merge_*.log"))
        rows = self.merged("failing").decode().splitlines()
        self.assertEqual(len(rows), 1 + 12)
        # Points 9 to 12 are those with the value that is refused: one in each shard, and all of them are tried again.
        result = self.good(self.run_program("resume", "failing", "--dry-run"))
        self.assertIn("#SBATCH --array=1-4\n", result.stdout)

    def test_what_slurm_refuses_is_said_and_the_plan_stays(self):
        refused = self.run_program("sweep", "sweep.yaml", "--slurm", "--shards", 2, "--out", "refused", "--partition", "gpu")
        self.assertEqual(refused.returncode, 1, refused.stderr)
        self.assertIn("invalid partition", refused.stderr)
        self.assertTrue((self.top / "refused/plan.json").exists())
        self.assertFalse((self.top / "refused/jobs.json").exists())
        array, merge = self.jobs_of(self.good(self.run_program(
            "sweep", "sweep.yaml", "--slurm", "--shards", 2, "--out", "refused", "--partition", "main")).stdout)
        self.slurm_says("scancel", array, merge)
        self.wait_for_end(array, merge)

    def test_more_shards_than_an_array_may_have_are_refused(self):
        refused = self.run_program("sweep", "sweep.yaml", "--slurm", "--shards", 5000, "--out", "many")
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn("MaxArraySize", refused.stderr)

    def test_without_slurm_it_says_so(self):
        none = self.run_program("sweep", "sweep.yaml", "--slurm", "--out", "none", PATH="/nowhere")
        self.assertEqual(none.returncode, 2, none.stderr)
        self.assertIn("there is no Slurm on this host", none.stderr)
        self.assertFalse((self.top / "none").exists())
        stale = self.run_program("sweep", "sweep.yaml", "--slurm", "--out", "stale", SLURM_CONF="/nowhere/slurm.conf")
        self.assertEqual(stale.returncode, 2, stale.stderr)
        self.assertIn("SLURM_CONF names '/nowhere/slurm.conf', which is not there", stale.stderr)
        self.assertFalse((self.top / "stale").exists())


if __name__ == "__main__":
    sweeps.main()
