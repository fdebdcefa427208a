"""Design: which conditions a study compares, and how its work is cut into chunks."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

from commonweal.model.run import Own
from commonweal.model.strategies.portfolio import at_intensity
from commonweal.model.world import World

BASELINE: Final = "laissez_faire"
Basis = Literal["baseline", "full strength", "equal spend"]

CHUNK_LEADER_ROUNDS: Final = 1_500_000
"""about a second's work: what a chunk of replicates comes to"""
CHUNK_RUNS: Final = 200
"""the most replicates in a chunk; quantiles over rounds are taken within a chunk"""


@dataclass(frozen=True)
class Condition:
    """One strategy, at one intensity, in one scenario: a world and what it is called."""

    scenario: str
    strategy: str
    basis: Basis
    intensity: float
    world: World
    own: Own | None = None

    @property
    def name(self) -> str:
        """A file-safe name, the same for the same condition."""
        return f"{self.scenario}.{self.strategy}.{self.basis.replace(' ', '-')}"

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything that decides its numbers but the seed, the rounds and the version of the model."""
        return hashlib.blake2b(f"{self.world.fingerprint()} {self.own!r}".encode(), digest_size=8).hexdigest()

    def at(self, intensity: float) -> "Condition":
        """The same strategy with its doses scaled so that all spend the same."""
        strategy = at_intensity(self.strategy, self.world.strategy, intensity)
        world = self.world.model_copy(update={"strategy": strategy})
        return replace(self, basis="equal spend", intensity=intensity, world=world)


@dataclass(frozen=True)
class Chunk:
    """Replicates first..last-1 of a condition: the unit of work, and of what a stop can lose."""

    condition: Condition
    first: int
    last: int

    @property
    def name(self) -> str:
        """A file-safe name, the same for the same chunk."""
        return _name(self.condition.name, self.condition.fingerprint, self.first, self.last)


def chunks(condition: Condition, replicates: int, rounds: int) -> list[Chunk]:
    """Cut a condition's replicates. A pure function of the design, not of workers or time."""
    return [Chunk(condition, *each) for each in _cut(condition.world.community.size, replicates, rounds)]


def chunk_names(conditions: Mapping[str, str], leaders: int, replicates: int, rounds: int) -> dict[str, int]:
    """The chunks of some conditions, given as names and fingerprints, and how many runs are in each."""
    return {
        _name(name, fingerprint, first, last): last - first
        for name, fingerprint in conditions.items()
        for first, last in _cut(leaders, replicates, rounds)
    }


def _cut(leaders: int, replicates: int, rounds: int) -> Iterator[tuple[int, int]]:
    """Always at the same places, so that more replicates are more chunks; only the last one may be cut short."""
    size = max(1, min(CHUNK_RUNS, CHUNK_LEADER_ROUNDS // (leaders * rounds)))
    for first in range(0, replicates, size):
        yield first, min(first + size, replicates)


def _name(condition: str, fingerprint: str, first: int, last: int) -> str:
    return f"{condition}.{fingerprint}.{first:07d}-{last:07d}"
