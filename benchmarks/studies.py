"""A study end to end, files included: 1,000 replicates of 100 leaders over 100 rounds, and how it scales."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.mechanisms import clocked
from benchmarks.timing import REPEATS, elapsed, side_by_side
from benchmarks.worlds import FULL
from commonweal.analysis.results import run_study
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.study import play as play_module
from commonweal.study.dataset import Dataset
from commonweal.study.pool import usable_cores
from commonweal.study.study import Study

REPLICATES, LEADERS, ROUNDS = 1_000, 100, 100


def study(replicates: int, *words: str) -> Study:
    """The baseline of the full model, or what the words ask for."""
    size = f"community.leaders={LEADERS}", f"run.rounds={ROUNDS}", f"run.replicates={replicates}"
    with session():
        return read([*FULL, *size, *words]).study


def play(replicates: int, workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run_study(study(replicates), Path(folder) / "out", workers=workers)


@contextmanager
def writing() -> Iterator[list[float]]:
    """Seconds spent in putting results on disk while the context lasts."""
    spent = [0.0]
    places = (Dataset, "write"), (Dataset, "write_conditions"), (play_module, "write_tables")
    originals = [(owner, name, getattr(owner, name)) for owner, name in places]

    def clock(original: Any) -> Any:
        def call(*arguments: Any) -> Any:
            start = time.thread_time()
            result = original(*arguments)
            spent[0] += time.thread_time() - start
            return result

        return call

    for owner, name, original in originals:
        setattr(owner, name, clock(original))
    try:
        yield spent
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)


def end_to_end(replicates: int = REPLICATES, repeats: int = REPEATS) -> dict[str, Any]:
    """Seconds on one core after warm-up, and the share of them that writing takes."""
    play(10, 1)
    with writing() as spent:
        (seconds,) = side_by_side(lambda: play(replicates, 1), repeats=repeats)
    return {
        "replicates": replicates, "leaders": LEADERS, "rounds": ROUNDS, "seconds": seconds,
        "writing_share": spent[0] / repeats / seconds,
    }  # fmt: skip


def overhead(replicates: int = REPLICATES, repeats: int = REPEATS) -> dict[str, float]:
    """Share of a study's seconds that is spent outside compiled code, in one process, files and tables included.

    A comparison of doing nothing with communication, and a design of the same two conditions.
    """
    design = "design=grid", "design.over.strategy=[laissez_faire,communication]"
    asked = {"comparison": study(replicates, "strategy=communication"), "design": study(replicates, *design)}
    found = {}
    for name, each in asked.items():
        shares = []
        for _ in range(repeats):
            with tempfile.TemporaryDirectory() as folder, clocked() as spent:
                whole = elapsed(lambda each=each, folder=folder: run_study(each, Path(folder) / "out", workers=1), 1)
            shares.append(1 - sum(spent.values()) / whole)
        found[name] = statistics.median(shares)
    return found


def scaling(replicates: int = REPLICATES) -> dict[str, float]:
    """Seconds on the clock by number of workers, up to the cores there are; starting the workers included."""
    counts = [workers for workers in (1, 2, 4, 8, 16, 32, 64) if workers <= usable_cores()]
    return {str(workers): elapsed(lambda workers=workers: play(replicates, workers), 3) for workers in counts}
