"""A world played through the months that were observed, and of each what was seen of the community."""

from typing import NamedTuple

import numpy as np

from commonweal.fitting.observed import KINDS, Observed
from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.state import State
from commonweal.model.world import World


class Record(NamedTuple):
    """What is known of B communities of n leaders that are alike. By kind and month, shapes of Observed after B."""

    seen: dict[str, dict[int, np.ndarray]]
    named: np.ndarray
    """(n, n) who attended to whom at the start, bool"""
    trusted: np.ndarray
    """(n, n) trust at the start where a roster gives it, nan elsewhere"""
    sector: np.ndarray
    """(n,) the sector of each leader; -1 where no roster gives it"""


def given(observed: Observed, start: World) -> Record:
    """What was seen of the community itself, in the shape of what is watched in worlds."""
    seen = {
        name: {month: np.asarray(each, float)[None] for month, each in getattr(observed, name).items()}
        for name in KINDS
    }
    return Record(seen, *_start(start, observed.leaders))


def watch(world: World, seed: int, replicates: range, observed: Observed) -> Record:
    """Play some replicates of a world, and keep what was seen of the community, month by month."""
    count, n, months = len(replicates), world.community.size, observed.months
    run = luck.run_keys(seed, replicates)
    state = populate(world.community, world.people, world.scenario.conditions, run, world.game.team)
    begin(world, state)
    seen: dict[str, dict[int, np.ndarray]] = {name: {} for name in KINDS}
    out = np.empty((count, len(MEASURES)))
    _look(seen, state, 0, observed, count, n)
    for month in range(1, months + 1):
        play(world, state, month, months, out)
        _look(seen, state, month, observed, count, n)
    return Record(seen, *_start(world, n))


def _start(world: World, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    roster = world.community.roster()
    named, trusted, sector = np.zeros((n, n), bool), np.full((n, n), np.nan), np.full(n, -1)
    if roster is not None:
        named[roster.source, roster.target] = True
        trusted[roster.source, roster.target] = roster.trust
        sector = np.asarray(roster.sector) if roster.sectors else sector
    return named, trusted, sector


def _look(seen: dict[str, dict[int, np.ndarray]], state: State, month: int, observed: Observed, count: int, n: int):
    """Keep of a month what was seen of it."""
    leaders = state.leaders
    for name in KINDS:
        if month not in getattr(observed, name):
            continue
        match name:
            case "gave":
                found = leaders.contribution
            case "gave_all":
                found = leaders.contribution.reshape(count, n).mean(axis=1)
            case "expected":
                found = leaders.belief
            case "agreed":
                found = state.islands.agreed
            case "accepted":
                found = leaders.accepts
            case "attended":
                found = leaders.seated
            case "faith":
                found = leaders.faith
            case "met":
                found = _met(state, count, n)
            case "trust":
                found = _trust(state, count, n)
            case _:
                found = _tied(state, count, n)
        seen[name][month] = np.array(found, float).reshape((count, *np.shape(getattr(observed, name)[month])))


def _met(state: State, count: int, n: int) -> np.ndarray:
    """(B, n, n) 1 where two met, whoever sought whom."""
    whom = state.leaders.encounters
    row, at = np.nonzero(whom >= 0)
    found = np.zeros((count, n, n))
    found[row // n, row % n, whom[row, at] % n] = 1.0
    return np.maximum(found, found.transpose(0, 2, 1))


def _senders(state: State) -> np.ndarray:
    return np.repeat(np.arange(len(state.leaders.key)), np.diff(state.ties.start))


def _tied(state: State, count: int, n: int) -> np.ndarray:
    """(B, n, n) 1 where a row attends to a column."""
    there = state.ties.to >= 0
    source, target = _senders(state)[there], state.ties.to[there]
    found = np.zeros((count, n, n))
    found[source // n, source % n, target % n] = 1.0
    return found


def _trust(state: State, count: int, n: int) -> np.ndarray:
    """(B, n, n) trust of a row in a column; without a tie, the row's disposition to trust whom it knows nothing of."""
    found = np.repeat(state.leaders.trusting.reshape(count, n, 1), n, axis=2)
    there = state.ties.to >= 0
    source, target = _senders(state)[there], state.ties.to[there]
    found[source // n, source % n, target % n] = state.ties.trust[there]
    return found
