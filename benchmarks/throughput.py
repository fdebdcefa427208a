"""Leader-rounds per second of the full model, and the plain twin beside it: same world, luck and process."""

from typing import Any

import numpy as np

from benchmarks.batch import ROUNDS, WARM_UP, Batch
from benchmarks.timing import side_by_side
from benchmarks.worlds import STRATEGIES
from commonweal.agents.plain.twin import PlainTwin
from commonweal.model.measures import MEASURES

TWIN_UP_TO = 1_000
"""leaders beyond which the plain twin takes too long"""
WORK = 60_000
"""leader-rounds that are timed as one"""


def throughput(leaders: int, strategy: str) -> dict[str, Any]:
    """Engine and plain twin at one size; the twin's measures of the same community must be the engine's."""
    batch = Batch(leaders, strategy)
    rounds = max(1, WORK // batch.leaders)
    found: dict[str, Any] = {"leaders": leaders, "strategy": strategy, "communities": len(batch.run)}
    if leaders > TWIN_UP_TO:
        (engine,) = side_by_side(lambda: batch.play(rounds))
    else:
        alone, twin = Batch(leaders, strategy, 1), PlainTwin(batch.world, rounds=ROUNDS)
        for _ in range(WARM_UP):
            twin.step()
        theirs = np.array([twin.measures[name] for name in MEASURES])
        if not np.allclose(batch.out[0], theirs, 1e-9, 1e-12, equal_nan=True):
            raise RuntimeError(f"engine and plain twin differ at {leaders} leaders under {strategy}")
        engine, plain, single = side_by_side(lambda: batch.play(rounds), twin.step, lambda: alone.play(10))
        found["plain_mesa_leader_rounds_per_second"] = leaders / plain
        found["single_community_leader_rounds_per_second"] = 10 * leaders / single
        found["ratio_to_plain_mesa"] = plain / leaders / (engine / rounds / batch.leaders)
    found["leader_rounds_per_second"] = rounds * batch.leaders / engine
    found["ns_per_tie_round"] = engine / rounds / batch.ties * 1e9
    return found


def table(sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    """Every size under the baseline and under all strategies at once."""
    return [throughput(leaders, strategy) for strategy in STRATEGIES for leaders in sizes]
