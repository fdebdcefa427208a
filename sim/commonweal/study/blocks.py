"""Blocks: a study's work is cut into rectangles of conditions and replicates, and a process plays one at a time."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import numpy as np

from commonweal.errors import InputError
from commonweal.model.measures import MEASURES
from commonweal.model.run import BATCH, RUN_MEASURES, Outcome, Own, simulate
from commonweal.study.pool import Failure, attempt
from commonweal.study.variation import Variation

BLOCK_LEADER_ROUNDS: Final = 1_500_000
"""a few seconds' work: what a block comes to at most, and what a stop can lose"""
BLOCK_CONDITIONS: Final = 500
"""the most conditions in a block: each costs a few milliseconds besides"""
BLOCK_REPLICATES: Final = 200
"""the most replicates in a block of which rounds are kept: quantiles are taken within it"""
PIECES: Final = 64
"""blocks that work is cut into at least, four for each of sixteen slots: none has to wait long for the last of them"""
PIECE_LEADER_ROUNDS: Final = 30_000
"""what a block comes to at least where it is cut that small: what its file takes is a tenth of it"""
Keep = Literal["runs", "rounds", "trajectories"]
"""what is kept: a row per run; also means and quantiles of each round; also every round of every run"""
QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)


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


class Extent(NamedTuple):
    """A rectangle that is cut into blocks, always in the same way, however large communities grow later."""

    first: int
    last: int
    first_replicate: int
    last_replicate: int
    leaders: int
    """of the largest community when it was cut"""
    pieces: int = 1
    """blocks it is cut into at least, where runs alone are kept; 1 in studies begun before there was a least"""

    def blocks(self, rounds: int, keep: Keep) -> Iterator[Block]:
        """Blocks of equal work. Workers and time have no say in it.

        Where rounds are kept, a block is of one condition, and replicates are cut at the same places however many there
        are: so the means and quantiles of rounds do not depend on how a study has grown.
        """
        per_run = self.leaders * rounds
        most = max(1, BLOCK_LEADER_ROUNDS // per_run)
        if keep != "runs":
            deep = min(most, BLOCK_REPLICATES)
            for condition in range(self.first, self.last):
                for first in range(0, self.last_replicate, deep):
                    yield Block(condition, condition + 1, first, min(first + deep, self.last_replicate))
            return
        conditions, replicates = self.last - self.first, self.last_replicate - self.first_replicate
        fewest = -(-PIECE_LEADER_ROUNDS // per_run)
        deep = min(replicates, most, max(-(-replicates * conditions // self.pieces), -(-BATCH // self.leaders), fewest))
        wide = max(1, min(BLOCK_CONDITIONS, BLOCK_LEADER_ROUNDS // (deep * per_run)))
        wide = min(wide, max(1, conditions // self.pieces, -(-fewest // deep)))
        for first, last in _even(self.first, self.last, wide):
            for first_replicate, last_replicate in _even(self.first_replicate, self.last_replicate, deep):
                yield Block(first, last, first_replicate, last_replicate)


@dataclass(frozen=True)
class Blocks:
    """The blocks of some extents, in order, made anew whenever they are gone through: there may be very many."""

    extents: Sequence[Extent]
    rounds: int
    keep: Keep
    live: Sequence[bool] | None = None
    """of each condition whether it is part of the study still; None where all are"""
    shards: int = 1
    shard: int = 0
    """of every `shards` blocks only the one of this number, from 0"""

    def __iter__(self) -> Iterator[Block]:
        blocks = (block for extent in self.extents for block in extent.blocks(self.rounds, self.keep))
        live = self.live
        if live is not None:
            blocks = (each for each in blocks if any(live[each.first : each.last]))
        return itertools.islice(blocks, self.shard, None, self.shards)


def _even(first: int, last: int, most: int) -> Iterator[tuple[int, int]]:
    """A range in as few pieces of at most `most` as there can be, all about as long."""
    pieces = -(-(last - first) // most)
    yield from itertools.pairwise(first + (last - first) * at // pieces for at in range(pieces + 1))


def extend(extents: Sequence[Extent], wanted: Iterable[int], replicates: int, leaders: int, keep: Keep) -> list[Extent]:
    """The extents with what is missing of `replicates` of each of the conditions wanted.

    It comes after them; where rounds are kept, in their place, since the last replicates are then cut anew.
    """
    covered = {at: each for each in extents for at in range(each.first, each.last)}
    lacking = sorted(at for at in set(wanted) if at not in covered or covered[at].last_replicate < replicates)
    if keep == "runs":
        there = {at: covered[at].last_replicate if at in covered else 0 for at in lacking}
        return [*extents, *_runs_of({at: (there[at], replicates, leaders) for at in lacking})]
    before = {at: (0, each.last_replicate, each.leaders) for at, each in covered.items()}
    more = {at: (0, replicates, covered[at].leaders if at in covered else leaders) for at in lacking}
    return _runs_of(before | more)


def _runs_of(cells: Mapping[int, tuple[int, int, int]]) -> list[Extent]:
    """Rectangles of neighbouring conditions with the same replicates and leaders."""
    found: list[Extent] = []
    for at in sorted(cells):
        first, last, leaders = cells[at]
        if found and found[-1].last == at and found[-1][2:5] == (first, last, leaders):
            found[-1] = found[-1]._replace(last=at + 1)
        else:
            found.append(Extent(at, at + 1, first, last, leaders, PIECES))
    return found


class BlockResult(NamedTuple):
    """What came of a block."""

    runs: np.ndarray
    """(conditions, replicates, len(RUN_MEASURES)); nan where a measure is not defined or the run failed"""
    errors: tuple[str, ...]
    """per condition what went wrong, empty where nothing did"""
    rounds: np.ndarray | None = None
    """(conditions, rounds, len(MEASURES), 3 + len(QUANTILES)): what `spread` makes of the replicates, if it is kept"""
    trajectories: np.ndarray | None = None
    """(conditions, rounds, replicates, len(MEASURES)), if they are kept"""


class Work(NamedTuple):
    """What is the same for every block of a study."""

    variation: Variation
    seed: int
    rounds: int
    keep: Keep
    own: Own | None = None


def play_block(work: Work, changes: Sequence[Mapping[str, Any]], block: Block) -> BlockResult:
    """Simulate a block. A condition that fails is left out, with its error, and stops none of the others.

    changes: per condition of the block what it changes.
    """
    replicates = range(block.first_replicate, block.last_replicate)
    played, errors = nothing(work, block), []
    for row, change in enumerate(changes):
        found = attempt(_play, (work, change, replicates))
        errors.append(found.error if isinstance(found, Failure) else "")
        if isinstance(found, Failure):
            continue
        played.runs[row] = found.runs
        if played.rounds is not None:
            played.rounds[row] = spread(found.rounds)
        if played.trajectories is not None:
            played.trajectories[row] = found.rounds
    return played._replace(errors=tuple(errors))


def _play(work: Work, change: Mapping[str, Any], replicates: range) -> Outcome:
    try:
        world = work.variation.world(change)
    except InputError as error:
        raise ValueError(str(error)) from None
    return simulate(world, work.seed, replicates, work.rounds, work.own)


def nothing(work: Work, block: Block, error: str = "") -> BlockResult:
    """A block of which nothing came, or nothing yet."""
    conditions, replicates = block.last - block.first, block.last_replicate - block.first_replicate
    rounds = (conditions, work.rounds, len(MEASURES), 3 + len(QUANTILES))
    trajectories = (conditions, work.rounds, replicates, len(MEASURES))
    return BlockResult(
        np.full((conditions, replicates, len(RUN_MEASURES)), np.nan),
        (error,) * conditions,
        np.full(rounds, np.nan) if work.keep != "runs" else None,
        np.full(trajectories, np.nan) if work.keep == "trajectories" else None,
    )


def joined(one: BlockResult, other: BlockResult) -> BlockResult:
    """The conditions of two halves of a block, one after the other."""
    both = [
        None if first is None or second is None else np.concatenate([first, second])
        for first, second in (
            (one.runs, other.runs),
            (one.rounds, other.rounds),
            (one.trajectories, other.trajectories),
        )
    ]
    return BlockResult(both[0], one.errors + other.errors, both[1], both[2])  # pyright: ignore[reportArgumentType]


def spread(rounds: np.ndarray) -> np.ndarray:
    """Count, mean, standard deviation and quantiles over replicates, leaving nan out.

    rounds: (rounds, replicates, measures). Returns (rounds, measures, 3 + len(QUANTILES)); a standard deviation is nan
    where fewer than two replicates are defined.
    """
    defined = ~np.isnan(rounds)
    count = defined.sum(axis=1)
    out = np.full((*count.shape, 3 + len(QUANTILES)), np.nan)
    out[..., 0] = count
    np.divide(np.where(defined, rounds, 0.0).sum(axis=1), count, out=out[..., 1], where=count > 0)
    squares = np.where(defined, (rounds - out[:, None, :, 1]) ** 2, 0.0).sum(axis=1)
    np.sqrt(np.divide(squares, count - 1, out=out[..., 2], where=count > 1), out=out[..., 2])
    whole = count == rounds.shape[1]
    quantiles = np.moveaxis(np.quantile(rounds, QUANTILES, axis=1), 0, -1)
    out[..., 3:] = np.where(whole[..., None], quantiles, np.nan)
    for at in zip(*np.nonzero(~whole & (count > 0)), strict=True):
        column = rounds[at[0], :, at[1]]
        out[(*at, slice(3, None))] = np.quantile(column[~np.isnan(column)], QUANTILES)
    return out
