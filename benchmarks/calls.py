"""What Python costs between kernels: a call with next to no work, a strategy's look, a step of a single community."""

import statistics
import sys
from typing import Any

from benchmarks.batch import ROUNDS, WARM_UP, Batch
from benchmarks.timing import REPEATS, seconds, side_by_side
from benchmarks.worlds import STRATEGIES, full
from commonweal.agents.cooperation import Cooperation
from commonweal.model.kernel import Kernel
from commonweal.model.round import look
from commonweal.model.tape import tape_of

TIMES = 200


def few(strategy: str) -> Batch:
    """A community of two leaders without ties."""
    return Batch(2, strategy, 1, "community.degree=0")


def calls() -> dict[str, float]:
    """Microseconds of a call from Python of the kernels of a round of two leaders, their work included."""
    batch, asked = few("all"), []
    call = Kernel.__call__

    def noted(kernel: Any, *arguments: Any) -> Any:
        asked.append((kernel, arguments))
        return call(kernel, *arguments)

    batch.tape(sys.maxsize)
    Kernel.__call__ = noted
    try:
        batch.play()
    finally:
        Kernel.__call__ = call

    def repeated(kernel: Any, arguments: tuple[Any, ...]) -> float:
        def again() -> None:
            for _ in range(TIMES):
                kernel(*arguments)

        return statistics.median(seconds(again) for _ in range(REPEATS)) / TIMES * 1e6

    taken = [repeated(*each) for each in asked]
    return {"kernels": len(taken), "median": statistics.median(taken), "least": min(taken), "most": max(taken)}


def looks() -> dict[str, float]:
    """Microseconds a round that the convener and a strategy take in one community."""
    found = {}
    for strategy in STRATEGIES:
        batch = few(strategy)

        def again(batch: Batch = batch) -> None:
            for _ in range(TIMES):
                look(batch.world, batch.state, 50, ROUNDS)

        found[strategy] = side_by_side(again)[0] / TIMES * 1e6
    return found


def steps() -> list[dict[str, Any]]:
    """Cooperation.step beside a batch: leader-rounds per second, and how many times a batch is as fast."""
    found = []
    for strategy in STRATEGIES:
        for leaders in (30, 100):
            batch, model = Batch(leaders, strategy), Cooperation(full(leaders, strategy), rounds=ROUNDS)
            tape_of(model.world, model.state).before = WARM_UP - 1  # as nearly all rounds of a process are
            for _ in range(WARM_UP):
                model.step()

            def again(model: Cooperation = model) -> None:
                for _ in range(TIMES // 4):
                    model.step()

            alone, together = side_by_side(again, lambda batch=batch: batch.play(4), repeats=2 * REPEATS)
            rate, least = TIMES // 4 * leaders / alone, 4 * batch.leaders / together
            found.append(
                {
                    "leaders": leaders,
                    "strategy": strategy,
                    "step": rate,
                    "batch": least,
                    "batch_over_step": least / rate,
                }
            )
    return found
