"""Blocks: a design's work is cut into rectangles of conditions and replicates, and a process plays one at a time."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from commonweal.errors import InputError
from commonweal.model.run import RUN_MEASURES, simulate
from commonweal.study.pool import Failure, attempt
from commonweal.study.variation import Variation

BLOCK_LEADER_ROUNDS: Final = 1_500_000
"""a few seconds' work: what a block comes to at most, and what a stop can lose"""
BLOCK_CONDITIONS: Final = 500
"""the most conditions in a block: each costs a few milliseconds besides"""


class Block(NamedTuple):
    """Replicates first_replicate..last_replicate-1 of conditions first..last-1: the unit of work."""

    first: int
    last: int
    first_replicate: int
    last_replicate: int

    @property
    def name(self) -> str:
        """A file-safe name, in the order of blocks."""
        return f"c{self.first:07d}-{self.last:07d}.r{self.first_replicate:07d}-{self.last_replicate:07d}"

    @property
    def runs(self) -> int:
        return (self.last - self.first) * (self.last_replicate - self.first_replicate)


def cut(extent: Block, leaders: int, rounds: int) -> Iterator[Block]:
    """An extent of conditions and replicates as blocks of equal work. Workers and time have no say in it."""
    per_run = leaders * rounds
    replicates = extent.last_replicate - extent.first_replicate
    deep = min(replicates, max(1, BLOCK_LEADER_ROUNDS // per_run))
    wide = max(1, min(BLOCK_CONDITIONS, BLOCK_LEADER_ROUNDS // (deep * per_run)))
    for first, last in _even(extent.first, extent.last, wide):
        for first_replicate, last_replicate in _even(extent.first_replicate, extent.last_replicate, deep):
            yield Block(first, last, first_replicate, last_replicate)


def _even(first: int, last: int, most: int) -> Iterator[tuple[int, int]]:
    """A range in as few pieces of at most `most` as there can be, all about as long."""
    pieces = -(-(last - first) // most)
    edges = [first + (last - first) * at // pieces for at in range(pieces + 1)]
    yield from itertools.pairwise(edges)


class Played(NamedTuple):
    """What came of a block."""

    runs: np.ndarray
    """(conditions, replicates, len(RUN_MEASURES)); nan where a measure is not defined or the run failed"""
    errors: tuple[str, ...]
    """per condition what went wrong, empty where nothing did"""


def play_block(
    variation: Variation, changes: Sequence[Mapping[str, Any]], block: Block, seed: int, rounds: int
) -> Played:
    """Simulate a block. A condition that fails is left out, with its error, and stops none of the others.

    changes: per condition of the block what it changes.
    """
    replicates = range(block.first_replicate, block.last_replicate)
    runs = np.full((len(changes), len(replicates), len(RUN_MEASURES)), np.nan)
    errors = []
    for row, change in enumerate(changes):
        found = attempt(_play, (variation, change, seed, replicates, rounds))
        errors.append(found.error if isinstance(found, Failure) else "")
        if not isinstance(found, Failure):
            runs[row] = found
    return Played(runs, tuple(errors))


def _play(variation: Variation, change: Mapping[str, Any], seed: int, replicates: range, rounds: int) -> np.ndarray:
    try:
        world = variation.world(change)
    except InputError as error:
        raise ValueError(str(error)) from None
    return simulate(world, seed, replicates, rounds).runs


def failed(block: Block, error: str) -> Played:
    """A block of which nothing came."""
    shape = block.last - block.first, block.last_replicate - block.first_replicate, len(RUN_MEASURES)
    return Played(np.full(shape, np.nan), (error,) * shape[0])
