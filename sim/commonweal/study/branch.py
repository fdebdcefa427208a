"""Counterfactual: the same run under another strategy from some round on, with the same luck before and after.

Luck is a pure function of run, stream, round and leader: up to the branch the two are one run, to the bit, and after
it every difference comes from the strategy.
"""

from copy import deepcopy
from typing import NamedTuple

import numpy as np
from pydantic import Field

from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.run import BATCH, simulate
from commonweal.model.state import State
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
    return Branches(*(simulate(each, seed, replicates, rounds).rounds for each in (world, branched(world, after, at))))


def branched(world: World, after: Strategy, at: int) -> World:
    """The same world, but that from round `at` on there is another strategy."""
    return world.model_copy(update={"strategy": StrategyChange(before=world.strategy, after=after, at=at)})


class Fork:
    """Communities as they are where two paths part, from which other worlds can be gone on with."""

    def __init__(self, world: World, at: int, seed: int, replicates: range, rounds: int) -> None:
        """Play replicates of a world to just before round `at`."""
        self.at, self.rounds = at, rounds
        step = max(1, BATCH // world.community.size)
        self._states: list[State] = []
        for first in range(0, len(replicates), step):
            keys = luck.run_keys(seed, replicates[first : first + step])
            state = populate(world.community, world.people, world.scenario.conditions, keys, world.game.team)
            begin(world, state)
            self._play(world, state, range(1, at))
            self._states.append(state)

    def go_on(self, world: World) -> np.ndarray:
        """(rounds from `at` on, replicates, len(MEASURES)) by the rules and the strategy of this world."""
        there = range(self.at, self.rounds + 1)
        return np.concatenate([self._play(world, deepcopy(each), there) for each in self._states], axis=1)

    def _play(self, world: World, state: State, there: range) -> np.ndarray:
        out = np.empty((len(there), len(state.islands.run), len(MEASURES)))
        for row, round_ in zip(out, there, strict=True):
            play(world, state, round_, self.rounds, row)
        return out
