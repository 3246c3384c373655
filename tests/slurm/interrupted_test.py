#!/usr/bin/env python3
"""Sweeps on Slurm whose tasks are requeued, stopped, killed, preempted or doubled end with the bytes of one run."""

import subprocess
import threading

import sweeps


class InterruptedOnSlurm(sweeps.SlurmSweeps):
    # A point takes most of a second of a core, so that a task can be caught in the middle of its three.
    PATHS = 60000

    def test_requeued_and_warned_tasks_go_on_and_a_killed_one_is_resumed(self):
        array, merge = self.submitted("tasks")
        self.wait_for_running(array)
        self.slurm_says("scontrol", "requeue", f"{array}_1")
        # As Slurm does two minutes before the time limit: to the shell alone.
        self.slurm_says("scancel", "--batch", "--signal=USR1", f"{array}_2")
        self.kill("tasks", 3)
        self.wait_for_end(array, merge)
        for shard in [1, 2]:
            self.assertIn("restart 1", self.log_of("tasks", f"{array}_{shard}.log"))
        # Slurm does not run a task again that crashed: the merge says what is missing, and resume does just that.
        self.assertNotIn("restart 1", self.log_of("tasks", f"{array}_3.log"))
        self.assertNotEqual(self.exit_code(merge), 0)
        listed = self.good(self.run_program("resume", "tasks", "--dry-run")).stdout
        self.assertIn("#SBATCH --array=3\n", listed)
        array, merge = self.jobs_of(self.good(self.run_program("resume", "tasks")).stdout)
        self.wait_for_end(array, merge)
        self.expect_whole("tasks", merge)

    def test_a_node_that_is_lost_gives_its_tasks_to_others(self):
        array, merge = self.submitted("node")
        self.wait_for_running(array)
        self.slurm_says("scontrol", "update", "NodeName=n1", "State=DOWN", "Reason=test")
        self.slurm_says("scontrol", "update", "NodeName=n1", "State=RESUME")
        self.wait_for_end(array, merge)
        self.assertIn("restart 1", self.log_of("node", "*.log"))
        self.expect_whole("node", merge)

    def test_preempted_tasks_come_back(self):
        array, merge = self.submitted("preempted")
        self.wait_for_running(array)
        self.slurm_says("sbatch", "-p", "urgent", "--nodes=2", "--exclusive", "--output=/dev/null", "--wrap", "sleep 1")
        self.wait_for_end(array, merge)
        self.assertIn("restart 1", self.log_of("preempted", "*.log"))
        self.expect_whole("preempted", merge)

    def test_two_copies_of_a_shard_at_once_both_end_well(self):
        array, merge = self.submitted("copies")
        self.wait_for_running(array, 1)
        codes = []

        def copy(shard):
            codes.append(subprocess.run(["bash", self.top / "copies/sbatch.sh", str(shard)], env=self.environment,
                                        capture_output=True, check=False).returncode)

        by_hand = [threading.Thread(target=copy, args=(shard,)) for shard in [1, 1, 4]]
        for one in by_hand:
            one.start()
        for one in by_hand:
            one.join()
        self.wait_for_end(array, merge)
        self.assertEqual(codes, [0, 0, 0])
        self.expect_whole("copies", merge)

    def test_a_cancelled_sweep_stays_cancelled_until_it_is_resumed(self):
        array, merge = self.submitted("cancelled", "--array-limit", 2)
        self.wait_for_running(array, 2)
        self.slurm_says("scancel", array, merge)
        self.wait_for_end(array, merge)
        self.assertFalse((self.top / "cancelled/merged.csv").exists())
        # Half of it here, in this process; then the rest on Slurm again.
        self.good(self.run_program("resume", "cancelled", "--shard", f"2/{sweeps.SHARDS}"))
        listed = self.good(self.run_program("resume", "cancelled", "--dry-run")).stdout
        self.assertIn("#SBATCH --array=1,3,4%2\n", listed)
        array, merge = self.jobs_of(self.good(self.run_program("resume", "cancelled")).stdout)
        self.wait_for_end(array, merge)
        self.expect_whole("cancelled", merge)


if __name__ == "__main__":
    sweeps.main()
