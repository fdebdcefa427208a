"""Time of this thread's processor, in medians: the least that a shared machine allows."""

import statistics
import time
from collections.abc import Callable
from typing import Any

REPEATS = 5
"""the fewest repeats of which a median is taken"""


def seconds(call: Callable[[], Any]) -> float:
    """Seconds of processor time that a call takes in this thread."""
    start = time.thread_time()
    call()
    return time.thread_time() - start


def side_by_side(*calls: Callable[[], Any], repeats: int = REPEATS) -> list[float]:
    """The median seconds of each call; they take turns, so that what the machine does befalls them alike."""
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(repeats):
        for times, call in zip(taken, calls, strict=True):
            times.append(seconds(call))
    return [statistics.median(times) for times in taken]


def elapsed(call: Callable[[], Any], repeats: int = REPEATS) -> float:
    """The median seconds on the clock: for what runs in other processes."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
