"""A study end to end, files included: 1,000 replicates of 100 leaders over 100 rounds, and how it scales."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.timing import REPEATS, elapsed, side_by_side
from benchmarks.worlds import full
from sim.design import Condition
from sim.store import Store
from sim.study import Size, Study, run_study
from sim.work import usable_cores

REPLICATES, LEADERS, ROUNDS = 1_000, 100, 100


def study(replicates: int) -> Study:
    """The baseline of the full model."""
    baseline = Condition("calm", "laissez_faire", "baseline", 1.0, full(LEADERS))
    size = Size(replicates=replicates, rounds=ROUNDS, seed=1, trajectories="summary")
    return Study("benchmark", (baseline,), size, None, {})


def play(replicates: int, workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run_study(study(replicates), Path(folder) / "out", workers=workers)


@contextmanager
def writing() -> Iterator[list[float]]:
    """Seconds spent in putting results on disk while the context lasts."""
    spent = [0.0]
    originals = {name: getattr(Store, name) for name in ("add", "finish", "write_manifest", "runs_table")}

    def clock(original: Any) -> Any:
        def call(*arguments: Any) -> Any:
            start = time.thread_time()
            result = original(*arguments)
            spent[0] += time.thread_time() - start
            return result

        return call

    for name in ("add", "finish", "write_manifest"):
        setattr(Store, name, clock(originals[name]))
    try:
        yield spent
    finally:
        for name, original in originals.items():
            setattr(Store, name, original)


def end_to_end(replicates: int = REPLICATES, repeats: int = REPEATS) -> dict[str, Any]:
    """Seconds on one core after warm-up, and the share of them that writing takes."""
    play(10, 1)
    with writing() as spent:
        (seconds,) = side_by_side(lambda: play(replicates, 1), repeats=repeats)
    return {
        "replicates": replicates, "leaders": LEADERS, "rounds": ROUNDS, "seconds": seconds,
        "writing_share": spent[0] / repeats / seconds,
    }  # fmt: skip


def scaling(replicates: int = REPLICATES) -> dict[str, float]:
    """Seconds on the clock by number of workers, up to the cores there are; starting the workers included."""
    counts = [workers for workers in (1, 2, 4, 8, 16, 32, 64) if workers <= usable_cores()]
    return {str(workers): elapsed(lambda workers=workers: play(replicates, workers), 3) for workers in counts}
