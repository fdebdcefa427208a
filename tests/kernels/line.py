"""Four leaders in a line, 0 - 1 - 2 - 3, small enough to work every kernel by hand.

Two issues, two sectors (0 and 1; 2 and 3), two groups (the same pairs, the second marginalised), one team.

    tie        0->1  1->0  1->2  2->1  2->3  3->2        leader       0     1     2     3
    strength    .8    .4    .6    .5    .5    .2         priorities  1 0  ¾ ¼   ½ ½   ¼ ¾
    trust       .5    .9    .3    .6    .2    .4         standing     .5   1.5    1     1
"""

import numpy as np
import pytest
from worlds import same_bits

from commonweal.model import luck
from commonweal.model.levers import Levers
from commonweal.model.state import State, blank_groups, blank_islands, blank_leaders, blank_teams, blank_ties

WISHES = [[1, 0], [0.75, 0.25], [0.5, 0.5], [0.25, 0.75]]
AGENDA = [0.5, 0.5]


def line(teams: int = 1) -> State:
    """The four leaders, all present; 0, 1 and 2 have a seat. Luck is that of run 1."""
    leaders = blank_leaders(4, 2)
    given = {
        "run": 1, "key": range(4), "sector": [0, 0, 1, 1], "group": [0, 0, 1, 1], "endowment": [100, 200, 300, 400],
        "standing": [0.5, 1.5, 1, 1], "slope": [1, 0.5, 0, 0.8], "intercept": [0, 0.1, 0, 0.2],
        "promise_keeping": [1, 0.5, 0, 0.5], "trusting": [0.2, 0.4, 0.6, 0.8], "faith": 0.5, "reservation": 0.5,
        "belief": 0.5, "invited": [1, 1, 1, 0],
        "seated": [1, 1, 1, 0], "voice": [0.25, 0.5, 0.25, 0], "priorities": WISHES, "anchor": WISHES,
        "stated": WISHES, "revised": WISHES, "talking": True, "overlap": [0.5, 0.75, 1, 0.75], "accepts": True,
    }  # fmt: skip
    for name, values in given.items():
        getattr(leaders, name)[:] = values
    ties = blank_ties(np.full(4, 2))
    ties.to[:] = [1, -1, 0, 2, 1, 3, 2, -1]
    ties.strength[:] = [0.8, 0, 0.4, 0.6, 0.5, 0.5, 0.2, 0]
    ties.trust[:] = [0.5, 0, 0.9, 0.3, 0.6, 0.2, 0.4, 0]
    groups = blank_groups(2, 2)
    groups.size[:], groups.marginalised[:], groups.leaders[:] = [100, 300], [False, True], 2
    groups.need[:] = groups.usual_need[:] = [[0.5, 0.5], [0.25, 0.75]]
    islands = blank_islands(1, 2, 4, 2)
    islands.run[:], islands.present[:], islands.people[:] = 1, 4, 400
    islands.leader_start[:], islands.group_start[:], islands.team_start[:] = [0, 4], [0, 2], [0, teams]
    islands.sector_start[:], islands.members[:], islands.agenda[:] = [0, 2, 4], range(4), AGENDA
    state = State(leaders, ties, blank_teams(teams), groups, islands)
    state.teams.size[0] = 4
    return state


def uniform(stream, index=0, round_=1):
    """A number of luck for each of the four."""
    return [luck.uniform(np.uint64(1), stream, round_, np.uint64(i), index) for i in range(4)]


def levers(**values: float) -> Levers:
    """These levers, the others neutral."""
    return Levers(**values).rows(1)


def copied(thing):
    """A copy with arrays of its own."""
    if isinstance(thing, np.ndarray):
        return thing.copy()
    if isinstance(thing, tuple):
        parts = [copied(part) for part in thing]
        return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
    return thing


def bits_agree(one, other) -> bool:
    """Equal to the last bit, array by array."""
    if isinstance(one, tuple):
        return all(bits_agree(*parts) for parts in zip(one, other, strict=True))
    return same_bits(np.asarray(one), np.asarray(other))


def both(kernel, *arguments):
    """Call a kernel compiled, and once more as plain Python on copies: they must agree to the last bit."""
    plain = copied(arguments)
    found = kernel(*arguments)
    again = getattr(kernel, "py_func", kernel)(*plain)
    assert bits_agree(arguments, plain), "compiled and plain Python leave different arrays"
    same = bits_agree(found, again) if isinstance(found, np.ndarray) else found == again
    assert same, f"compiled {found}, plain Python {again}"
    return found


def near(expected, tolerance=1e-12):
    """What was worked by hand."""
    return pytest.approx(np.asarray(expected, float), rel=0, abs=tolerance)
