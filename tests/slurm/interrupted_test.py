#!/usr/bin/env python3
"""Sweeps on Slurm whose tasks are requeued, stopped, killed, preempted or doubled end with the bytes of one run."""

import signal
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
        # It comes back by itself, sometimes before it could be asked to.
        subprocess.run(["scontrol", "update", "NodeName=n1", "State=RESUME"], env=self.environment, capture_output=True,
                       timeout=60, check=False)
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

    def test_where_requeue_is_forbidden_the_log_says_how_to_go_on(self):
        array, merge = self.submitted("forbidden", "--sbatch-arg=--no-requeue")
        self.wait_for_running(array)
        self.slurm_says("scancel", "--batch", "--signal=USR1", f"{array}_2")
        self.wait_for_end(array, merge)
        log = self.log_of("forbidden", f"{array}_2.log")
        self.assertIn("does not let a job requeue itself", log)
        self.assertIn(f"plimsoll resume {self.top}/forbidden", log)
        self.assertNotEqual(self.exit_code(merge), 0)
        array, merge = self.jobs_of(self.good(self.run_program("resume", "forbidden")).stdout)
        self.assertIn("#SBATCH --array=2\n", (self.top / "forbidden/sbatch.sh").read_text())
        self.wait_for_end(array, merge)
        self.expect_whole("forbidden", merge)

    def test_a_task_that_meets_its_limit_over_and_over_gives_up(self):
        array, merge = self.submitted("over", "--sbatch-arg=--hold")
        self.slurm_says("scancel", array, merge)
        task = subprocess.Popen(["bash", self.top / "over/sbatch.sh", "3"], stdout=subprocess.PIPE, text=True,
                                env=dict(self.environment, SLURM_JOB_ID=array, SLURM_RESTART_COUNT="20"))
        self.wait_until("the shard runs", lambda: self.process_of("over", 3) is not None)
        task.send_signal(signal.SIGUSR1)
        said, _ = task.communicate(timeout=sweeps.END_SECONDS)
        self.assertEqual(task.returncode, 75, said)
        self.assertIn("stopped at its time limit 20 times: give more --time", said)


if __name__ == "__main__":
    sweeps.main()
