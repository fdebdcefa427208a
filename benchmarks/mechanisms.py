"""Where a round's time goes: nanoseconds per tie and round of every mechanism, and what Python between them costs.

Each call of a compiled kernel from Python is clocked for the while; kernels that kernels call are part of those.
Orchestration is what a round costs in a community of two leaders: the calls and next to no work.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from benchmarks.batch import Batch
from benchmarks.timing import REPEATS, side_by_side
from commonweal.model.kernel import Kernel, in_place_of_kernels

ROUNDS = 20


class Clock:
    """What calls of kernels go to while they are clocked."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def call(self, kernel: Kernel, arguments: tuple[Any, ...]) -> Any:
        return self._clocked(_name(kernel), kernel.call, arguments)

    def between(self, function: Any, arguments: tuple[Any, ...]) -> Any:
        return self._clocked("sort", function, arguments) if function is np.ndarray.sort else function(*arguments)

    def made_once(self, make: Any, arguments: tuple[Any, ...]) -> Any:
        return make(*arguments)

    def _clocked(self, name: str, function: Any, arguments: tuple[Any, ...]) -> Any:
        start = time.perf_counter()
        result = function(*arguments)
        self.spent[name] += time.perf_counter() - start
        return result


@contextmanager
def clocked() -> Iterator[dict[str, float]]:
    """Seconds in each kernel called from Python, and in sorting, meanwhile, by name. No tape is played."""
    clock = Clock()
    with in_place_of_kernels(clock):
        yield clock.spent


def _name(kernel: Kernel) -> str:
    module = kernel.__module__.removeprefix("commonweal.model.").removeprefix("mechanisms.")
    return f"{module}.{kernel.__name__}"


def by_mechanism(leaders: int, strategy: str) -> dict[str, float]:
    """Nanoseconds per tie and round by kernel, the dearest first; medians."""
    batch = Batch(leaders, strategy)
    rounds = max(1, ROUNDS * 1000 // batch.leaders)
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(REPEATS):
        with clocked() as spent:
            batch.play(rounds)
        for name, seconds in spent.items():
            taken[name].append(seconds)
    found = {name: statistics.median(times) / rounds / batch.ties * 1e9 for name, times in taken.items()}
    return dict(sorted(found.items(), key=lambda each: -each[1]))


def orchestration(leaders: int, strategy: str) -> float:
    """Share of a batch's round that is Python and calls."""
    batch, hardly_any = Batch(leaders, strategy), Batch(2, strategy, 1, "community.degree=0")
    whole, calls = side_by_side(lambda: batch.play(ROUNDS), lambda: hardly_any.play(ROUNDS), repeats=2 * REPEATS)
    return calls / whole
