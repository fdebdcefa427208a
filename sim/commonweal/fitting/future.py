"""The future: accepted worlds under each strategy, and of each what a survey of its leaders would have found."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from commonweal.fitting.adjust import Accepted, drawn
from commonweal.fitting.batches import Notify, Row, perform_all
from commonweal.fitting.fit import Size, rows_of
from commonweal.fitting.town import Town
from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.run import simulate
from commonweal.model.state import State
from commonweal.model.world import World
from commonweal.roster import Roster
from commonweal.study.parts import Parts
from commonweal.study.variation import Variation

COMMUNITIES: Final = 8
"""of each world, the same under every strategy"""
DEEP: Final = 4
"""worlds in a batch"""
NEW_LUCK: Final = 600_000_000
"""worlds by which this luck is apart from that of the fit"""
NET: Final = "welfare_net"
"""what strategies are weighed by: MU per person and month, as effects are"""


class Item(NamedTuple):
    """What a survey may ask of all leaders."""

    words: str
    given: Callable[[Roster], bool]
    """whether a roster has all of it"""
    answers: Callable[[State], np.ndarray]
    """(leaders,) the answers, nan for those who have none"""


def _leaders(name: str) -> Item:
    """A column of the table of leaders."""
    return Item(
        f"{name} of each leader", lambda roster: not np.isnan(getattr(roster, name)).any(),
        lambda state: np.asarray(getattr(state.leaders, "invited" if name == "seated" else name), float),
    )  # fmt: skip


def _trust(state: State) -> np.ndarray:
    return state.leaders.faith


def _attention(state: State) -> np.ndarray:
    starts = state.ties.start[:-1]
    return np.add.reduceat(state.ties.strength, np.minimum(starts, len(state.ties.strength) - 1))


def _agreeing(state: State) -> np.ndarray:
    """How far each leader's priorities are those of their community on the mean."""
    leaders = state.leaders
    count = np.bincount(leaders.island)[:, None]
    mean = np.zeros((len(count), leaders.priorities.shape[1]))
    np.add.at(mean, leaders.island, leaders.priorities)
    return np.minimum(leaders.priorities, (mean / count)[leaders.island]).sum(axis=1)


def _served(state: State) -> np.ndarray:
    """How far each leader's priorities are what the group needs that they serve."""
    return np.minimum(state.leaders.priorities, state.groups.need[state.leaders.group]).sum(axis=1)


def _sizes(state: State) -> np.ndarray:
    return state.groups.size[state.leaders.group]


def _marginalised(state: State) -> np.ndarray:
    return state.groups.marginalised[state.leaders.group].astype(float)


ITEMS: Final[dict[str, Item]] = {
    **{name: _leaders(name) for name in ("endowment", "standing", "belief", "promise_keeping", "reservation", "slope",
                                         "intercept", "seated")},
    "trust": Item("trust of each leader in those they attend to", lambda r: bool(len(r.trust)) and not
                  np.isnan(r.trust).any(), _trust),
    "strength": Item("how much attention each tie has", lambda r: bool(len(r.strength)) and not
                     np.isnan(r.strength).any(), _attention),
    "priorities": Item("the priorities of each leader", lambda r: bool(r.issues) and not
                       np.isnan(r.priorities).any(), _agreeing),
    "need": Item("what each group needs", lambda r: bool(r.groups) and r.need.size > 0 and not
                 np.isnan(r.need).any(), _served),
    "size": Item("how many people each group has", lambda r: bool(r.groups) and not np.isnan(r.group_size).any(),
                 _sizes),
    "marginalised": Item("which groups have little voice", lambda r: bool(r.groups) and not
                         np.isnan(r.marginalised).any(), _marginalised),
}  # fmt: skip
"""what a survey may ask, by the column of the roster in which it would stand"""


class Future(NamedTuple):
    """What becomes of accepted worlds."""

    normal: np.ndarray
    """(worlds, parameters)"""
    net: np.ndarray
    """(worlds, communities, strategies) net welfare, MU per person and month, the mean over the months to come"""
    answers: dict[str, np.ndarray]
    """per item that the roster leaves out, (worlds, communities, 2): mean and spread of leaders' answers"""


def future(town: Town, accepted: Accepted, size: Size, parts: Parts, notify: Notify) -> Future:
    """Play accepted worlds, each as often as its weight has it, under every strategy."""
    normal = accepted.normal[drawn(accepted, size.future)]
    asked = tuple(name for name, item in ITEMS.items() if not item.given(town.roster()))
    found = perform_all(
        "playing strategies", "future", rows_of(town, normal), ahead,
        lambda first: (town.future, town.strategies, asked, town.seed, NEW_LUCK + first, town.rounds), parts,
        town.options.workers, notify, DEEP,
    )  # fmt: skip
    count = len(town.strategies)
    answers = {name: found[:, :, count + 2 * at : count + 2 * at + 2] for at, name in enumerate(asked)}
    return Future(normal, found[:, :, :count], answers)


def ahead(
    variation: Variation, rows: Sequence[Row], strategies: Sequence[str], asked: Sequence[str], seed: int, first: int,
    rounds: int,
) -> np.ndarray:  # fmt: skip
    """(worlds, communities, strategies + 2 for each item asked) net welfare, then means and spreads of answers."""
    found = np.empty((len(rows), COMMUNITIES, len(strategies) + 2 * len(asked)))
    at_measure = list(MEASURES).index(NET)
    for at, row in enumerate(rows):
        replicates = range((first + at) * COMMUNITIES, (first + at + 1) * COMMUNITIES)
        for number, strategy in enumerate(strategies):
            world = variation.world({"strategy": strategy, **row})
            found[at, :, number] = simulate(world, seed, replicates, rounds).rounds[:, :, at_measure].mean(axis=0)
        found[at, :, len(strategies) :] = _answers(variation.world(row), seed, replicates, asked)
    return found


def _answers(world: World, seed: int, replicates: range, asked: Sequence[str]) -> np.ndarray:
    """(communities, 2 for each item asked) mean and spread of what leaders would have answered at the start."""
    run = luck.run_keys(seed, replicates)
    state = populate(world.community, world.people, world.scenario.conditions, run, world.game.team)
    columns = []
    for name in asked:
        each = ITEMS[name].answers(state).reshape(len(run), -1)
        columns += [each.mean(axis=1), each.std(axis=1)]
    return np.column_stack(columns) if columns else np.empty((len(run), 0))
