#!/usr/bin/env python3
"""A real Slurm of one's own on this machine, for as long as its owner lives: munged, slurmctld and two slurmd.

usage: private_slurm.py run COMMAND..      a command with SLURM_CONF set; its exit code, or 3: packages are missing

A keeper process starts the daemons and is the subreaper of all that they start, so that even a process that left its
family is found and ended. The keeper takes everything down when its owner ends, however that is: their pipe closes.
Neither root nor systemd nor cgroups are needed, and nothing outside the folder is written.
"""

import contextlib
import ctypes
import os
import pathlib
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PROGRAMS = {"munged": "munge", "slurmctld": "slurmctld", "slurmd": "slurmd", "sbatch": "slurm-client",
            "squeue": "slurm-client", "scontrol": "slurm-client", "sinfo": "slurm-client"}
NODES = 2
CPUS_A_NODE = 2
START_SECONDS = 30
LIFETIME_SECONDS = 900
MISSING = 3  # exit code
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36

# Slurm's daemons live where a user's PATH may not lead.
SEARCH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def missing_packages():
    return sorted({package for program, package in PROGRAMS.items() if shutil.which(program, path=SEARCH) is None})


def loopback_name():
    """(name for the configuration, its line on addresses, prefix of commands). Slurm binds to the address of the host's
    own name; where that is not a loopback one, the daemons get a name of their own."""
    narrow = "CommunicationParameters=NoCtldInAddrAny,NoInAddrAny"
    name = socket.gethostname()
    with contextlib.suppress(OSError):
        if socket.gethostbyname(name).startswith("127."):
            return name.split(".")[0], narrow, []
    if subprocess.run(["unshare", "--uts", "true"], capture_output=True, check=False).returncode == 0:
        renamed = 'echo localhost >/proc/sys/kernel/hostname; exec "$@"'
        return "localhost", narrow, ["unshare", "--uts", "sh", "-c", renamed, "sh"]
    return name.split(".")[0], "", []  # listens on all addresses


def free_ports(count):
    """The first of `count` free ports in a row."""
    while True:
        first = random.randrange(20000, 29000)
        with contextlib.ExitStack() as held, contextlib.suppress(OSError):
            for port in range(first, first + count):
                held.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first


def configuration(folder, host, addresses, extra):
    port = free_ports(NODES + 1)
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    return f"""ClusterName=private
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
{addresses}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
# A requeued job waits until its old credential has expired: 120 s by default.
AuthInfo=socket={folder}/run/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/slurmd-%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/slurmd-%n.log
MailProg=/bin/true
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
# As on many small clusters: no accounting, so nothing may need sacct.
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
DefMemPerCPU=64
SlurmdParameters=config_overrides
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=1,sched_interval=1,bf_interval=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
KillWait=2
MinJobAge=600
SlurmdTimeout=60
NodeName=n[1-{NODES}] NodeHostname={host} NodeAddr=127.0.0.1 Port=[{port + 1}-{port + NODES}] \
CPUs={CPUS_A_NODE} RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES DefaultTime=60 PriorityTier=1 PreemptMode=REQUEUE GraceTime=0 State=UP
PartitionName=urgent Nodes=ALL DefaultTime=60 PriorityTier=10 PreemptMode=OFF State=UP
{extra}"""


def descendants(of):
    """Live processes below `of`, from /proc."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError, IndexError):
                state, parent = pathlib.Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()[:2]
                if state not in "ZX":
                    children.setdefault(int(parent), []).append(int(entry))
    found, todo = [], [of]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


class Keeper:
    """Runs in a process of its own: starts, waits for the owner's end, takes down."""

    def __init__(self, folder, extra):
        self.folder = folder
        self.environment = dict(os.environ, PATH=SEARCH, LC_ALL="C", SLURM_CONF=f"{folder}/slurm.conf")
        self.daemons = {}
        self.ended = set()
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        host, addresses, self.prefix = loopback_name()
        for name in ["run", "state", "spool", "log", "munge"] + [f"spool/n{k}" for k in range(1, NODES + 1)]:
            (folder / name).mkdir()
        for secret in ["munge", "state"]:
            (folder / secret).chmod(0o700)
        (folder / "munge/key").write_bytes(os.urandom(128))
        (folder / "munge/key").chmod(0o600)
        (folder / "slurm.conf").write_text(configuration(folder, host, addresses, extra))

    def launch(self, name, *command):
        with open(self.folder / f"log/{name}.out", "wb") as out:
            self.daemons[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=self.environment, start_new_session=True,
                preexec_fn=lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)).pid

    def reap(self):
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                self.ended.add(ended)

    @staticmethod
    def owner_left(seconds):
        return bool(select.select([sys.stdin], [], [], seconds)[0]) and not os.read(0, 1)

    def ask(self, *command):
        result = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=20, check=False)
        return result.stdout if result.returncode == 0 else ""

    def wait_for(self, what, is_so):
        end = time.monotonic() + START_SECONDS
        while not is_so():
            self.reap()
            for name, pid in self.daemons.items():
                if pid in self.ended:
                    last = (self.folder / f"log/{name}.out").read_text(errors="replace")[-600:]
                    raise RuntimeError(f"{name} ended: {last}")
            if self.owner_left(0):
                raise RuntimeError("the owner has ended")
            if time.monotonic() > end:
                raise RuntimeError(f"{what} after {START_SECONDS} s; see {self.folder}/log")
            time.sleep(0.05)

    def start(self):
        run, munge = self.folder / "run", self.folder / "munge"
        self.launch("munged", "munged", "-F", "--force", f"--key-file={munge}/key", f"--socket={run}/munge.socket",
                    f"--pid-file={run}/munged.pid", f"--log-file={self.folder}/log/munged.log",
                    f"--seed-file={munge}/seed")
        self.wait_for("no socket of munged", (run / "munge.socket").exists)
        self.launch("slurmctld", *self.prefix, "slurmctld", "-D", "-i")
        for k in range(1, NODES + 1):
            self.launch(f"slurmd-n{k}", *self.prefix, "slurmd", "-D", "-N", f"n{k}")
        idle = {f"n{k} idle" for k in range(1, NODES + 1)}  # sinfo has a line for each partition
        self.wait_for("nodes are not idle",
                      lambda: set(self.ask("sinfo", "-h", "-N", "-o", "%N %T").splitlines()) == idle)

    def take_down(self):
        if "slurmctld" in self.daemons and self.daemons["slurmctld"] not in self.ended:
            with contextlib.suppress(subprocess.TimeoutExpired):
                jobs = set(self.ask("squeue", "-h", "-o", "%A").split())
                if jobs:
                    self.ask("scancel", "--quiet", "--full", *jobs)
        for with_signal, seconds in [(signal.SIGTERM, 4), (signal.SIGKILL, 4)]:
            end = time.monotonic() + seconds
            while (left := descendants(os.getpid())) and time.monotonic() < end:
                for pid in left:
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.kill(pid, with_signal)
                time.sleep(0.2)
                self.reap()
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep(self):
        """Until the owner's end of the pipe closes, somebody asks us to end, or the longest time is over."""
        end = time.monotonic() + LIFETIME_SECONDS
        while time.monotonic() < end:
            self.reap()
            if self.owner_left(0.5):
                return


def keeper_main(folder, extra):
    def stop(*_):
        raise SystemExit(0)
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keeper = Keeper(pathlib.Path(folder), extra)
    try:
        keeper.start()
        print("ready", flush=True)
        os.close(1)
        keeper.keep()
    except RuntimeError as error:
        with contextlib.suppress(OSError):
            print(error, flush=True)
    finally:
        for one in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, signal.SIG_IGN)
        keeper.take_down()


class PrivateSlurm:
    """with PrivateSlurm() as slurm: commands with env=slurm.environment"""

    def __init__(self, extra=""):
        self.folder = tempfile.mkdtemp(prefix="sl.", dir="/tmp")  # short: a socket's path ends at 107 bytes
        os.chmod(self.folder, 0o755)
        self.environment = dict(os.environ, PATH=SEARCH, SLURM_CONF=f"{self.folder}/slurm.conf")
        for name in [n for n in self.environment if n.startswith(("SLURM_", "SBATCH_", "SQUEUE_")) and n != "SLURM_CONF"]:
            del self.environment[name]  # a test may itself run in a Slurm job
        self.keeper = subprocess.Popen([sys.executable, __file__, "keep", self.folder, extra], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True, start_new_session=True)
        said = self.keeper.stdout.readline().strip()
        if said != "ready":
            self.close()
            raise RuntimeError(f"the private Slurm did not start: {said}")

    def close(self):
        self.keeper.stdin.close()
        self.keeper.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def main(arguments):
    if len(arguments) == 3 and arguments[0] == "keep":
        keeper_main(*arguments[1:])
        return 0
    if len(arguments) < 2 or arguments[0] != "run":
        print(__doc__, file=sys.stderr)
        return 2
    if missing_packages():
        print("missing; install with: apt-get install --no-install-recommends " + " ".join(missing_packages()),
              file=sys.stderr)
        return MISSING
    with PrivateSlurm() as slurm:
        return subprocess.run(arguments[1:], env=slurm.environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
