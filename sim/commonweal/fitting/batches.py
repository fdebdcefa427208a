"""Batches: simulations by number, by as many processes as there are, each batch kept on disk as it is done."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from commonweal.errors import InputError
from commonweal.fitting.observed import Observed
from commonweal.fitting.summaries import summarise
from commonweal.fitting.watch import watch
from commonweal.study.parts import Parts
from commonweal.study.pool import Failure, Task, perform
from commonweal.study.variation import Variation

BATCH: Final = 50
"""worlds in a batch, a second or so: what a stop can lose"""
REPLICATES: Final = 4
"""communities of each world: they cost hardly more than one, and what is luck is known the better for them"""

Notify = Callable[[str, int, int], None]
"""called with what is being done, the worlds done and the worlds to do"""
Row = dict[str, float]
"""what a world changes of the configuration"""


def watched(
    past: Variation, rows: Sequence[Row], seed: int, first: int, observed: Observed, names: tuple[str, ...]
) -> np.ndarray:
    """(worlds, REPLICATES, summaries) of worlds, the first of which has the number `first`: luck goes by number."""
    found = np.empty((len(rows), REPLICATES, len(names)))
    for at, row in enumerate(rows):
        luck = range((first + at) * REPLICATES, (first + at + 1) * REPLICATES)
        told = summarise(watch(past.world(row), seed, luck, observed), observed)
        found[at] = np.stack([told[name] for name in names], axis=-1)
    return found


def perform_all(
    what: str, name: str, rows: Sequence[Row], call: Callable[..., np.ndarray],
    arguments: Callable[[int], tuple[Any, ...]], parts: Parts, workers: int, notify: Notify, deep: int = BATCH,
) -> np.ndarray:  # fmt: skip
    """What `call` makes of all rows, batch by batch, one after the other along the first axis.

    call takes the rows of a batch after the first of its arguments. arguments: those of a batch, from the number of its
    first row. deep: rows in a batch. What is there as it was written is not done again.
    Raises InputError where a batch cannot be done.
    """
    batches = {f"{name}-{first:06d}": first for first in range(0, len(rows), deep)}
    found: dict[str, np.ndarray] = {}
    for each, part in parts.listed().items():
        if each in batches and (content := parts.read(part)) is not None:
            found[each] = np.load(io.BytesIO(content), allow_pickle=False)
    missing = [each for each in batches if each not in found]
    done = sum(len(each) for each in found.values())
    notify(what, done, len(rows))

    def tasks() -> Iterator[Task]:
        for each in missing:
            first = batches[each]
            mine = list(rows[first : first + deep])
            start, *rest = arguments(first)
            yield Task(each, len(mine), call, (start, mine, *rest))

    for task, result in perform(tasks(), workers):
        if isinstance(result, Failure):
            raise InputError(f"a world could not be played: {result.error}")
        content = io.BytesIO()
        np.save(content, result, allow_pickle=False)
        parts.write(task.name, content.getvalue())
        found[task.name] = result
        done += task.cost
        notify(what, done, len(rows))
    return np.concatenate([found[each] for each in batches])
