"""Diary: what happened in a community in a month, in short sentences, the most telling first."""

from collections import Counter
from typing import NamedTuple

import numpy as np

from commonweal.model.community.labels import Labels
from commonweal.model.state import State

KEPT = 0.02
"""how far below a pledge a gift may lie and still be said to keep it, share of the endowment"""
MOVED = 0.03
"""a change of the mean share given that is told of"""


class Before(NamedTuple):
    """What is remembered of the month before."""

    giving: float
    """mean share given"""
    there: tuple[bool, ...]
    """who was present, in the order of rows"""
    agreed: bool


def remember(state: State, island: int = 0) -> Before:
    """What the next month's sentences are told against."""
    rows = _rows(state, island)
    there = state.leaders.present[rows]
    giving = float(state.leaders.contribution[rows][there].mean()) if there.any() else 0.0
    return Before(giving, tuple(there.tolist()), bool(state.islands.agreed[island]))


def month(state: State, names: Labels, before: Before | None = None, island: int = 0) -> list[str]:
    """Sentences on the month that the state has just been through. before: None after the first month."""
    now = remember(state, island)
    found = [*_arrived(names, now, before), *_agreement(state, names, now, before, island)]
    return [*found, *_pledges(state, names, island), *_giving(now, before)]


def _rows(state: State, island: int) -> slice:
    return slice(int(state.islands.leader_start[island]), int(state.islands.leader_start[island + 1]))


def _arrived(names: Labels, now: Before, before: Before | None) -> list[str]:
    if before is None or now.there == before.there:
        return []
    new = [name for name, here, was in zip(names.names, now.there, before.there, strict=True) if here and not was]
    return [f"{_some(new)} joined"] if new else []


def _agreement(state: State, names: Labels, now: Before, before: Before | None, island: int) -> list[str]:
    """That an agenda was refused, and by whom; or that there is one at last."""
    if now.agreed:
        return [] if before is not None and before.agreed else ["an agenda was agreed"]
    rows, leaders = _rows(state, island), state.leaders
    against = leaders.seated[rows] & ~leaders.accepts[rows] & leaders.present[rows]
    sectors = Counter(names.sectors[each] for each in leaders.sector[rows][against])
    most = sectors.most_common(1)
    return [f"the agenda was refused, most by {most[0][0]}" if most else "there was no agenda"]


def _pledges(state: State, names: Labels, island: int) -> list[str]:
    """How many kept what they pledged, and who of them pledged most; or who fell short most."""
    rows, leaders = _rows(state, island), state.leaders
    gave = leaders.pledged[rows] & leaders.present[rows] & leaders.accepts[rows]
    if not gave.any():
        return []
    pledge, given = leaders.pledge[rows], leaders.contribution[rows]
    kept = gave & (pledge - given <= KEPT)
    if not kept.any():
        return [f"{names.names[int(np.where(gave, pledge - given, -np.inf).argmax())]} gave less than pledged"]
    largest = names.names[int(np.where(kept, pledge, -np.inf).argmax())]
    return [f"{kept.sum()} of {gave.sum()} kept their pledge, {largest} the largest"]


def _giving(now: Before, before: Before | None) -> list[str]:
    if before is None or abs(now.giving - before.giving) < MOVED:
        return []
    return [f"giving {'rose' if now.giving > before.giving else 'fell'} to {now.giving:.0%}"]


def _some(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 2 else f"{names[0]} and {len(names) - 1} others"
