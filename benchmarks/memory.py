"""Peak memory, of a process of its own for each size: `python -m benchmarks.memory LEADERS DEGREE` prints bytes."""

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.batch import Batch

SIZES = ((2_000, 10), (100_000, 10), (200_000, 10), (100_000, 20), (200_000, 20))
PER_TIE, PER_LEADER = 64, 400


def peak(leaders: int, degree: int) -> int:
    """Bytes at most resident in a process that makes a community, gives each as many slots as ties, and plays it."""
    command = [sys.executable, "-m", "benchmarks.memory", str(leaders), str(degree)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def per_leader_and_tie(sizes: tuple[tuple[int, int], ...]) -> dict[str, Any]:
    """Least squares of peak memory on a constant, leaders and ties, and the whole against what was aimed at."""
    peaks = np.array([peak(leaders, degree) for leaders, degree in sizes], float)
    plan = np.array([(1, leaders, leaders * degree) for leaders, degree in sizes], float)
    constant, leader, tie = np.linalg.lstsq(plan, peaks, rcond=None)[0]
    return {"bytes_per_leader": leader, "bytes_per_tie": tie, "constant_bytes": constant}


def most() -> int:
    """Bytes at most resident so far. (What getrusage says on Linux includes the process that began this one.)"""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main(leaders: int, degree: int) -> None:
    Batch(leaders, "laissez_faire", 1, f"community.degree={degree}", f"people.attention={degree}")
    print(most())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
