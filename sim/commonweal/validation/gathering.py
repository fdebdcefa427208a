"""Leaders put together by hand: who is tied to whom, and what everyone wants. All else is neutral.

Everyone is present, seated, of standing 1, endowed with 1 MU, in the one team of their community, and trusts fully.
"""

import numpy as np

from commonweal.model.levers import Levers
from commonweal.model.state import State, blank_groups, blank_islands, blank_leaders, blank_teams, blank_ties


def gathering(priorities: np.ndarray, ties: np.ndarray | None = None) -> State:
    """B communities of n leaders with `priorities`, (B, n, K), on the simplex.

    ties: (n, n), the strength of i's tie to j, 0 for none; the same in each community. None for no ties.
    """
    communities, n, issues = priorities.shape
    total, each = communities * n, np.arange(communities + 1)
    leaders = blank_leaders(total, issues)
    leaders.key[:] = np.tile(np.arange(n), communities)
    leaders.island[:] = leaders.group[:] = leaders.team[:] = np.repeat(each[:-1], n)
    leaders.priorities[:] = leaders.anchor[:] = priorities.reshape(total, issues)
    leaders.endowment[:] = leaders.standing[:] = 1.0
    leaders.invited[:] = leaders.seated[:] = leaders.accepts[:] = True
    leaders.voice[:] = 1.0 / n
    leaders.overlap[:], leaders.faith[:] = 1.0, 0.5
    groups = blank_groups(communities, issues)
    groups.island[:], groups.size[:], groups.leaders[:] = each[:-1], n, n
    groups.need[:] = groups.usual_need[:] = 1.0 / issues
    islands = blank_islands(communities, issues, total, 1)
    islands.leader_start[:], islands.group_start[:], islands.team_start[:] = each * n, each, each
    islands.sector_start[:], islands.members[:] = np.column_stack((each[:-1], each[1:])) * n, np.arange(total)
    islands.present[:] = islands.people[:] = n
    islands.agenda[:] = 1.0 / issues
    teams = blank_teams(communities)
    teams.size[:] = n
    return State(leaders, tied(ties, communities, n), teams, groups, islands)


def tied(ties: np.ndarray | None, communities: int, n: int):
    """The ties of each community, in slots: one for every tie there is, and one empty slot for who has none."""
    strength = np.zeros((n, n)) if ties is None else ties
    source, target = np.nonzero(strength)
    slots = blank_ties(np.tile(np.maximum(np.bincount(source, minlength=n), 1), communities))
    place = np.arange(len(source)) - np.searchsorted(source, source)
    for community in range(communities):
        slot = slots.start[community * n + source] + place
        slots.to[slot] = target + community * n
        slots.strength[slot] = strength[source, target]
        slots.trust[slot] = 1.0
    return slots


def opinions(positions: np.ndarray) -> np.ndarray:
    """Positions on a line from 0 to 1, (B, n), as priorities on two issues: distances stay the same."""
    return np.stack((positions, 1.0 - positions), axis=-1)


def complete(n: int) -> np.ndarray:
    """Everyone is tied to all others at full strength."""
    return np.ones((n, n)) - np.eye(n)


def neutral(state: State, **levers) -> Levers:
    """These levers, the others neutral."""
    return Levers(**levers).rows(len(state.islands.run))
