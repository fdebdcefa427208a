"""The groups whom leaders serve: how large they are, what they need, and who serves which."""

import numpy as np

from commonweal.model import luck
from commonweal.model.community import community_of_roster
from commonweal.model.community.draw import Draw, exp
from commonweal.model.community.people import People
from commonweal.model.state import blank_groups
from commonweal.roster import Roster


def groups_of(people: People, roster: Roster | None, run: np.ndarray, n: int, issues: int):
    """The groups of every community; marginalised ones come last where a roster does not name them."""
    known_groups = roster is not None and bool(roster.groups)
    count = len(roster.groups) if roster is not None and known_groups else min(people.groups or n, n)
    if roster is not None and known_groups:
        key = community_of_roster.keys(roster.groups)
        if (roster.group < 0).any():
            key = np.append(key, luck.identity(""))
            count += 1
    else:
        key = np.arange(count, dtype=np.uint64)
    islands = len(run)
    draw = Draw(run, key)
    groups = blank_groups(count * islands, issues)
    groups.island[:] = draw.island
    relative = exp(people.group_size_spread * draw.normal(luck.SIZE)).reshape(islands, count)
    mean = people.people_per_leader * n / count
    groups.size[:] = (relative / relative.mean(axis=1, keepdims=True) * mean).ravel()
    groups.marginalised[:] = np.tile(np.arange(count) >= count - round(people.marginalised * count), islands)
    groups.need[:] = draw.composition(luck.NEED, issues, people.need_spread)
    if roster is not None and known_groups:
        named = len(roster.groups)
        put_given(groups.size.reshape(islands, count)[:, :named], roster.group_size)
        put_given(groups.marginalised.reshape(islands, count)[:, :named], roster.marginalised)
        if roster.need.shape[1] == issues:
            put_given(groups.need.reshape(islands, count, issues)[:, :named], roster.need)
    groups.usual_need[:] = groups.need
    return groups


def put_given(drawn: np.ndarray, given: np.ndarray) -> None:
    """Put what a roster gives (not nan) in the place of what was drawn, in every community."""
    drawn[...] = np.where(np.isnan(given), drawn, given)


def served(people: People, roster: Roster | None, draw: Draw, groups: int) -> np.ndarray:
    """(L,) the group each leader serves, counted within the community; each group has a leader if there are enough."""
    if roster is not None and roster.groups:
        return np.tile(np.where(roster.group < 0, len(roster.groups), roster.group), len(draw.run)).astype(np.int32)
    n = len(draw.key) // len(draw.run)
    if people.groups == 0:
        return np.tile(np.arange(n), len(draw.run)).astype(np.int32)
    rank = draw.uniform(luck.GROUP).reshape(-1, n).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    return (rank.ravel() % groups).astype(np.int32)
