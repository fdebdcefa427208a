"""What a roster does not say, and what is odd about what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from commonweal.roster.columns import LEADERS, TIES
from commonweal.roster.describe import counted, listed

if TYPE_CHECKING:
    from commonweal.roster.roster import Roster


def not_given(roster: Roster) -> tuple[str, ...]:
    """A sentence for each quantity that is unknown for some or all leaders, groups or ties."""
    leaders = [("sector", roster.sector < 0), ("group", roster.group < 0)]
    leaders += [(column, np.isnan(getattr(roster, column))) for column in LEADERS.numbers]
    leaders += [("seated", np.isnan(roster.seated)), ("priorities", _unknown_rows(roster.priorities))]
    groups = [
        ("group size", np.isnan(roster.group_size)),
        ("marginalised", np.isnan(roster.marginalised)),
        ("need", _unknown_rows(roster.need)),
    ]
    ties = [(column, np.isnan(getattr(roster, column))) for column in TIES.numbers]
    names = [f"{roster.ids[i]} -> {roster.ids[j]}" for i, j in zip(roster.source, roster.target, strict=True)]
    return (
        *_sentences(leaders, "leader", roster.ids),
        *_sentences(groups, "group", roster.groups),
        *_sentences(ties, "tie", names),
        *(["issues: no column says what they are"] if not roster.issues else []),
    )


def _unknown_rows(shares: np.ndarray) -> np.ndarray:
    """(rows,) True where the shares over the issues are not known."""
    return np.isnan(shares).any(axis=1) | (shares.shape[1] == 0)


def _sentences(unknown: list[tuple[str, np.ndarray]], noun: str, names: Sequence[str]) -> list[str]:
    """'standing: not given for 2 of 12 leaders (ann, bob)', for each quantity with a gap."""
    sentences = []
    for quantity, gap in unknown:
        rows = np.flatnonzero(gap).tolist()
        if len(rows) and len(rows) == len(names):
            sentences.append(f"{quantity}: not given")
        elif len(rows):
            some = f"{len(rows):,} of {counted(len(names), noun)}"
            sentences.append(f"{quantity}: not given for {some} ({listed([names[row] for row in rows])})")
    return sentences


def oddities(roster: Roster) -> tuple[str, ...]:
    """Notes on the network and the seats: leaders apart, islands, nobody seated."""
    n = len(roster.ids)
    notes = []
    if not len(roster.source):
        notes.append("there are no ties, so the leaders begin without any")
    else:
        tied = np.isin(np.arange(n), np.append(roster.source, roster.target))
        apart = [roster.ids[i] for i in np.flatnonzero(~tied)]
        if apart:
            notes.append(f"{counted(len(apart), 'leader')} without any tie: {listed(apart)}")
        parts = np.bincount(components(n, roster.source, roster.target))
        if len(parts) > 1:
            sizes = ", ".join(map(str, sorted(parts.tolist(), reverse=True)[:5]))
            more = " and smaller ones" if len(parts) > 5 else ""
            notes.append(f"the network falls into {len(parts):,} components, of {sizes} leaders{more}")
    if (roster.seated == 0).all():
        notes.append("no leader is seated, so nobody makes the agenda unless a strategy gives seats")
    return (*notes, *_bare(roster))


def _bare(roster: Roster) -> list[str]:
    """A note on leaders of whom there is a name and nothing else, where of most there is more: it may be a heading."""
    told = np.isin(np.arange(len(roster.ids)), np.append(roster.source, roster.target))
    told |= (roster.sector >= 0) | (roster.group >= 0) | ~np.isnan(roster.seated) | ~_unknown_rows(roster.priorities)
    for column in LEADERS.numbers:
        told |= ~np.isnan(getattr(roster, column))
    bare = [roster.ids[i] for i in np.flatnonzero(~told)]
    if not 0 < len(bare) < len(told) / 2:
        return []
    what = "leader has a name and nothing else" if len(bare) == 1 else "leaders have a name and nothing else"
    return [f"{len(bare):,} {what}: {listed(bare)}; where these are headings of parts of the list, delete their rows"]


FAR = 20.0
"""how many times larger or smaller the median endowment may be than the one that prices are made for"""


def off_scale(roster: Roster, usual: float) -> str:
    """A sentence where the known endowments are not on the scale of prices, or ''.

    usual: MU per round, the mean endowment that prices are made for (people.endowment).
    """
    known = roster.endowment[~np.isnan(roster.endowment)]
    if not len(known) or usual <= 0:
        return ""
    median = float(np.median(known))
    if usual / FAR <= median <= usual * FAR:
        return ""
    seems, mu = "much" if median < usual else "little", f"{float(f'{median / usual:.2g}'):.9f}".rstrip("0").rstrip(".")
    return (
        f"the median endowment is {median:g} MU per round, while the levers' prices are made for about {usual:g}, so "
        f"every strategy will seem to cost far too {seems}: give endowments in MU of that size (of money, "
        f"`units: {{money: EUR, mu: {mu}}}` in a mapping file makes such, with your currency for EUR), or put "
        "people.endowment and convener.prices on the scale of yours"
    )


def components(n: int, source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The component of each leader, (n,), numbered from 0 by their first leaders; directions do not count."""
    label = np.arange(n)
    while True:
        before = label
        low = np.minimum(label[source], label[target])
        label = label.copy()
        np.minimum.at(label, before[source], low)
        np.minimum.at(label, before[target], low)
        while (label != label[label]).any():
            label = label[label]
        if (label == before).all():
            return np.unique(label, return_inverse=True)[1]
