"""From the command to its first output and to its end, with the kernels compiled before (warm) and not (cold)."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from benchmarks.timing import REPEATS
from commonweal.configuration.compose import compose
from commonweal.configuration.conf import session
from commonweal.model.needed import needed
from commonweal.model.world import build_world

HELP, SMOKE = ("--help",), ("run", "run=smoke")


def command(arguments: tuple[str, ...], cache: str | None = None) -> tuple[float, float]:
    """Seconds until `commonweal ARGUMENTS` says something, and until it ends."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | ({} if cache is None else {"COMMONWEAL_CACHE": cache})
        out = () if arguments == HELP else (f"out={folder}/out", "workers=1")
        start = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "commonweal", *arguments, *out],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            process.stdout.read(1)
            first = time.perf_counter() - start
            process.stdout.read()
        if process.returncode:
            raise RuntimeError(f"commonweal {' '.join(arguments)} ended with {process.returncode}")
        return first, time.perf_counter() - start


def warm() -> dict[str, Any]:
    """Medians with the kernels compiled before."""
    command(SMOKE)
    found = {}
    for name, arguments in (("help", HELP), ("smoke", SMOKE)):
        times = [command(arguments) for _ in range(REPEATS)]
        found[f"{name}_first_output"] = statistics.median(first for first, _ in times)
        found[name] = statistics.median(end for _, end in times)
    return found


def cold() -> dict[str, Any]:
    """Once with an empty cache, and what compilation makes of it: kernels, and processor seconds of them all."""
    with session():
        composed = compose(["strategy=communication"])
    kernels = len(needed([build_world(composed.values, composed.choices)]))
    with tempfile.TemporaryDirectory() as cache:
        (first, end), taken = clocked(cache)
        (_, again), usual = clocked(cache)
    return {
        "smoke_cold_first_output": first, "smoke_cold": end, "compilation": end - again, "kernels": kernels,
        "compilation_processor": taken - usual, "cold_over_warm_processor": taken / usual,
    }  # fmt: skip


def clocked(cache: str) -> tuple[tuple[float, float], float]:
    """What `command` says of a smoke of one strategy in one process, without figures, and its processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    times = command((*SMOKE, "strategy=communication", "figures=false"), cache)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return times, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
