"""Singles: what single communities go through, month by month, as their own leaders would see it."""

from typing import Final, NamedTuple

import numpy as np

from commonweal.model import luck
from commonweal.model.community.labels import labels
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.run import YEAR, Own
from commonweal.model.world import World

TWENTY: Final = 20
"""communities that are shown: few enough to be told apart"""


class Singles(NamedTuple):
    """Some communities under one strategy. Replicates meet the same luck under any other."""

    strategy: str
    measures: np.ndarray
    """(rounds, n, len(MEASURES))"""
    welfare: np.ndarray
    """(rounds, n, G) MU per person of each group, net of what the convener spends; nan of a group nobody leads"""
    agenda: np.ndarray
    """(rounds, n, K) share of joint effort for each issue"""
    agreed: np.ndarray
    """(rounds, n) bool, whether the agenda was official"""
    groups: tuple[str, ...]
    """G names"""
    issues: tuple[str, ...]
    """K names"""

    def path(self, measure: str) -> np.ndarray:
        """(rounds, n) one measure."""
        return self.measures[:, :, list(MEASURES).index(measure)]


def singles(
    world: World, strategy: str, own: Own | None, seed: int, rounds: int, replicates: int = TWENTY
) -> Singles:  # fmt: skip
    """Replicates 0 and so on of a study's condition. own: leaders of the user's own class, None for plain ones."""
    keys = luck.run_keys(seed, range(replicates))
    state = populate(world.community, world.people, world.scenario.conditions, keys, world.game.team)
    begin(world, state)
    choosing = (lambda _: ()) if own is None else own.choosing(world, state)
    names, measures = labels(world.community, world.people), np.empty((rounds, replicates, len(MEASURES)))
    welfare, agenda, agreed = [], [], []
    for at in range(rounds):
        play(world, state, at + 1, rounds, measures[at], choosing(at + 1))
        served = np.where(state.groups.leaders > 0, state.groups.welfare, np.nan).reshape(replicates, -1)
        welfare.append(served - (state.islands.money / state.islands.people)[:, None])
        agenda.append(state.islands.agenda.copy())
        agreed.append(state.islands.agreed.copy())
    told = names.groups, names.issues
    return Singles(strategy, measures, np.array(welfare), np.array(agenda), np.array(agreed), *told)


def last_year(values: np.ndarray) -> np.ndarray:
    """The mean over the last year of (rounds, ...); over all there is where there is less."""
    return values[-YEAR:].mean(axis=0)
