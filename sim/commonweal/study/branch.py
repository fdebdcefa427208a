"""Counterfactual: the same run under another strategy from some round on, with the same luck before and after.

Luck is a pure function of run, stream, round and leader: up to the branch the two are one run, to the bit, and after
it every difference comes from the strategy.
"""

from typing import NamedTuple

import numpy as np
from pydantic import Field

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.measures import MEASURES
from commonweal.model.run import simulate
from commonweal.model.strategies.strategy import Strategy
from commonweal.model.world import World


class StrategyChange(Strategy):
    """One strategy before a round, another from it on; to that one, the round is its first."""

    before: Strategy
    """the strategy until the branch"""
    after: Strategy
    """the strategy from it on"""
    at: int = Field(ge=1, le=100_000)
    """the first round of the second"""

    def act(self, seen: PublicRecord) -> Levers:
        if seen.round < self.at:
            return self.before.act(seen)
        return self.after.act(seen._replace(round=seen.round - self.at + 1))


class Branches(NamedTuple):
    """Both runs, replicate by replicate."""

    kept: np.ndarray
    """(rounds, replicates, len(MEASURES)) under the strategy that went on"""
    changed: np.ndarray
    """the same under the other from the branch on"""

    def difference(self, measure: str) -> np.ndarray:
        """(rounds, replicates): what the change made of a measure."""
        at = list(MEASURES).index(measure)
        return self.changed[:, :, at] - self.kept[:, :, at]


def branch(world: World, after: Strategy, at: int, seed: int, replicates: range, rounds: int) -> Branches:
    """Play replicates of a world to their end, and once more with the strategy `after` from round `at` on."""
    changed = world.model_copy(update={"strategy": StrategyChange(before=world.strategy, after=after, at=at)})
    return Branches(*(simulate(each, seed, replicates, rounds).rounds for each in (world, changed)))
