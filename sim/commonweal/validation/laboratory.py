"""The laboratory: experiments of conf/experiment are played, and what their subjects did is kept.

Nothing here knows a mechanism: an experiment is a world like any other, and the engine plays it.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

from commonweal.configuration.compose import compose
from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.state import State
from commonweal.model.strategies.laissez_faire import LaissezFaire
from commonweal.model.world import World, build_world
from commonweal.validation.rows import Measurement

PERIODS: Final = 10
TOKENS: Final = 20
"""endowment of the games calibrated on: subjects give whole tokens, so a gift of less than half a token is nothing"""


class Behaviour(NamedTuple):
    """What the subjects of all groups did, (periods, subjects); shares of the endowment unless said otherwise."""

    gift: np.ndarray
    belief: np.ndarray
    """held before the period"""
    seen: np.ndarray
    """mean gift of the others in the team"""
    willing: np.ndarray
    """whether they cooperated conditionally before the period"""
    first: np.ndarray
    """whether they gave first"""
    kind: np.ndarray
    """(subjects,) the number of their kind in people.kinds"""
    measures: np.ndarray
    """(periods, groups, measures)"""

    def measure(self, name: str) -> np.ndarray:
        """(groups,) the mean of a measure over the periods."""
        return self.measures[:, :, list(MEASURES).index(name)].mean(axis=0)


@cache
def experiment(*overrides: str) -> World:
    """The world that `commonweal run OVERRIDES` would play; within a session of commonweal.configuration."""
    composed = compose(list(overrides))
    return build_world(composed.values, composed.choices)


def changed(of: World, values: Mapping[str, Any]) -> World:
    """The same world with other values, by their names: `choose.noise`, `strategy.channels.text.pledges`."""
    for name, value in values.items():
        of = _with(of, name.split("."), value)
    return of


def _with(node: Any, path: list[str], value: Any) -> Any:
    name, *rest = path
    inner = node[name] if isinstance(node, Mapping) else getattr(node, name)
    value = _with(inner, rest, value) if rest else value
    return {**node, name: value} if isinstance(node, Mapping) else node.model_copy(update={name: value})


def without(of: World) -> World:
    """The same world in which the convener does nothing: the control group."""
    return of.model_copy(update={"strategy": LaissezFaire()})


def behaviour(
    of: World, groups: int, seed: int, periods: int = PERIODS, bent: Callable[[State], State] | None = None
) -> Behaviour:
    """Play `groups` communities of a world, before the first period bent as is said, and keep what everyone did."""
    state = populate(of.community, of.people, of.scenario.conditions, luck.run_keys(seed, range(groups)), of.game.team)
    state = bent(state) if bent else state
    begin(of, state)
    leaders, teams = state.leaders, state.teams
    shape = periods, len(leaders.key)
    gift, belief, seen = np.empty(shape), np.empty(shape), np.empty(shape)
    willing, first = np.empty(shape, bool), np.empty(shape, bool)
    measures = np.full((periods, groups, len(MEASURES)), np.nan)
    for period in range(periods):
        belief[period], willing[period] = leaders.belief, leaders.willing > 0
        play(of, state, period + 1, periods, measures[period])
        gift[period], first[period] = leaders.contribution, leaders.exemplar
        others = np.maximum(teams.size[leaders.team] - 1, 1)
        seen[period] = (teams.shares[leaders.team] - leaders.contribution) / others
    return Behaviour(gift, belief, seen, willing, first, _kinds(of, state), measures)


def _kinds(of: World, state: State) -> np.ndarray:
    """Which kind everyone was drawn to be: the state keeps only what follows from it."""
    run, key = state.islands.run[state.leaders.island], state.leaders.key
    chance = [luck.uniform(one, luck.TYPE, 0, who, 0) for one, who in zip(run, key, strict=True)]
    edges = np.cumsum([kind.share for kind in of.people.kinds.values()])[:-1]
    return np.searchsorted(edges, chance, side="right")


def stated(of: World, groups: int, seed: int) -> np.ndarray:
    """(21,) the mean of drawn schedules: what all say they give where the others give 0, 1, ... 20 tokens; shares."""
    run = luck.run_keys(seed, range(groups))
    leaders = populate(of.community, of.people, of.scenario.conditions, run, of.game.team).leaders
    says = leaders.intercept[:, None] + leaders.slope[:, None] * np.arange(TOKENS + 1) / TOKENS
    return np.clip(says, 0, 1).mean(axis=0)


def effect_size(treated: Behaviour, control: Behaviour, groups: int) -> Measurement:
    """d: the difference of mean gifts over the pooled standard deviation of individuals' means over the periods.

    The meta-analyses aimed at standardise by the spread among individuals where a study reports it. The error is
    between groups that met the same luck, by the linear approximation of both the difference and the spread.
    """
    one, other = treated.gift.mean(axis=0), control.gift.mean(axis=0)
    spread = np.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 2)
    d = (one.mean() - other.mean()) / spread
    squares = (one - one.mean()) ** 2 + (other - other.mean()) ** 2
    moved = (one - other) / spread - d * squares / (4 * spread**2)
    return Measurement(float(d), _error(moved.reshape(groups, -1).mean(axis=1)))


def error_of_ratio(above: np.ndarray, below: np.ndarray) -> float:
    """Standard error of a ratio of two means over groups, (groups,) each, by its linear approximation."""
    return _error((above - above.mean() / below.mean() * below) / below.mean())


def _error(by_group: np.ndarray) -> float:
    """Standard error of a mean over groups, (groups,)."""
    return float(by_group.std(ddof=1) / len(by_group) ** 0.5)


def nothing(gift: np.ndarray) -> np.ndarray:
    """Share of subjects who give no whole token, per period."""
    return (gift * TOKENS < 0.5).mean(axis=1)
