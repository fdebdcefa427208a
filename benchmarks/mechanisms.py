"""Where a round's time goes: nanoseconds per tie and round of every mechanism, and what Python between them costs.

Each compiled kernel that Python calls is wrapped in a clock for the while; kernels that kernels call are part of
those. Orchestration is what a round costs in a community of two leaders: the calls and next to no work.
"""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.batch import Batch
from benchmarks.timing import REPEATS, side_by_side
from commonweal.model import measures
from commonweal.model.kernel import Kernel

ROUNDS = 20


@contextmanager
def clocked(every: bool = False) -> Iterator[dict[str, float]]:
    """Seconds spent in each kernel called from Python, and in sorting, while the context lasts, by name.

    every: those too that take no tables of the state, by which communities are made.
    """
    spent: dict[str, float] = defaultdict(float)

    def wrap(name: str, kernel: Any) -> Any:
        def call(*arguments: Any) -> Any:
            start = time.perf_counter()
            result = kernel(*arguments)
            spent[name] += time.perf_counter() - start
            return result

        return call

    wrapped = [(measures, "rank", measures.rank)]
    for module in [module for name, module in sys.modules.items() if name.startswith("commonweal.model.")]:
        for name, value in vars(module).items():
            if (isinstance(value, Kernel) or (every and hasattr(value, "py_func"))) and value is not measures.gather:
                wrapped.append((module, name, value))
    for module, name, value in wrapped:
        origin = (
            getattr(value, "py_func", value).__module__.removeprefix("commonweal.model.").removeprefix("mechanisms.")
        )
        setattr(module, name, wrap(f"{origin}.{name}", value))
    try:
        yield spent
    finally:
        for module, name, value in wrapped:
            setattr(module, name, value)


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
