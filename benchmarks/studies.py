"""A study end to end, files included: 1,000 replicates of 100 leaders over 100 rounds, and how it scales."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.mechanisms import clocked
from benchmarks.timing import REPEATS, elapsed, side_by_side
from benchmarks.worlds import full
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.study.comparison import Size, Study, run_study
from commonweal.study.conditions import Condition
from commonweal.study.play import run_survey
from commonweal.study.pool import usable_cores
from commonweal.study.store import Store

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
    originals = {name: getattr(Store, name) for name in ("add", "tables", "write_tables", "write_manifest")}

    def clock(original: Any) -> Any:
        def call(*arguments: Any) -> Any:
            start = time.thread_time()
            result = original(*arguments)
            spent[0] += time.thread_time() - start
            return result

        return call

    for name, original in originals.items():
        setattr(Store, name, clock(original))
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


def overhead(replicates: int = REPLICATES, repeats: int = REPEATS) -> dict[str, float]:
    """Share of a study's seconds that is spent outside compiled code, in one process, files and tables included.

    A comparison of doing nothing with communication, and a design of the same two conditions.
    """
    compared = tuple(
        Condition("calm", strategy, basis, 1.0, full(LEADERS, strategy))
        for strategy, basis in (("laissez_faire", "baseline"), ("communication", "full strength"))
    )
    comparison = replace(study(replicates), conditions=compared)
    design = (
        "design=grid", "design.over.strategy=[laissez_faire,communication]", f"community.leaders={LEADERS}",
        f"run.rounds={ROUNDS}", f"run.replicates={replicates}",
    )  # fmt: skip
    with session():
        survey = read(design).survey
    assert survey is not None
    plays = {"comparison": lambda out: run_study(comparison, out, workers=1),
             "design": lambda out: run_survey(survey, out, workers=1)}  # fmt: skip
    found = {}
    for name, call in plays.items():
        shares = []
        for _ in range(repeats):
            with tempfile.TemporaryDirectory() as folder, clocked(every=True) as spent:
                whole = elapsed(lambda call=call, folder=folder: call(Path(folder) / "out"), 1)
            shares.append(1 - sum(spent.values()) / whole)
        found[name] = statistics.median(shares)
    return found


def scaling(replicates: int = REPLICATES) -> dict[str, float]:
    """Seconds on the clock by number of workers, up to the cores there are; starting the workers included."""
    counts = [workers for workers in (1, 2, 4, 8, 16, 32, 64) if workers <= usable_cores()]
    return {str(workers): elapsed(lambda workers=workers: play(replicates, workers), 3) for workers in counts}
