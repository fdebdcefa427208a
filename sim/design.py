"""Design: which conditions a study compares, and how its work is cut into chunks."""

import hashlib
from dataclasses import dataclass, replace
from typing import Final, Literal

from sim.run import Own
from sim.strategies.portfolio import at_intensity
from sim.world import World

BASELINE: Final = "laissez_faire"
Basis = Literal["baseline", "full strength", "equal spend"]

CHUNK_LEADER_ROUNDS: Final = 400_000
"""about a second's work: what a chunk of replicates comes to"""
CHUNK_RUNS: Final = 250
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
        intensity = hashlib.blake2b(repr(self.condition.intensity).encode(), digest_size=4).hexdigest()
        return f"{self.condition.name}.{intensity}.{self.first:07d}-{self.last:07d}"


def chunks(condition: Condition, replicates: int, rounds: int) -> list[Chunk]:
    """Cut a condition's replicates. A pure function of the design, not of workers or time."""
    per_run = condition.world.community.size * rounds
    size = max(1, min(CHUNK_RUNS, CHUNK_LEADER_ROUNDS // per_run))
    return [Chunk(condition, first, min(first + size, replicates)) for first in range(0, replicates, size)]
