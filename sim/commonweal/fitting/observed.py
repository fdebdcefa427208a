"""What was seen of a community: a log of months, and ties at a later date, leaders in the model's order."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from commonweal.errors import InputError
from commonweal.roster import Roster
from commonweal.roster.importer import read_ties
from commonweal.roster.log import LAST, SEEN, Log, read_log
from commonweal.roster.mapping import Mapping

Numbers = dict[int, np.ndarray]
"""by month"""


@dataclass(frozen=True)
class Observed:
    """What was seen of n leaders, by month; nan where nothing was seen."""

    leaders: int
    gave: Numbers = field(default_factory=dict)
    """(n,) the share that each gave"""
    gave_all: dict[int, float] = field(default_factory=dict)
    """the mean of what all gave, where no more is known"""
    expected: Numbers = field(default_factory=dict)
    """(n,) the share that each expected the others to give"""
    agreed: dict[int, float] = field(default_factory=dict)
    """1 where the table agreed, else 0"""
    accepted: Numbers = field(default_factory=dict)
    """(n,) 1 for those who accepted the agenda, else 0"""
    attended: Numbers = field(default_factory=dict)
    """(n,) 1 for those with a seat, else 0"""
    met: Numbers = field(default_factory=dict)
    """(n, n) 1 where two met, in every month of the log if it has any meeting"""
    faith: Numbers = field(default_factory=dict)
    """(n,) trust in the others"""
    trust: Numbers = field(default_factory=dict)
    """(n, n) trust of each row in each column"""
    tie: Numbers = field(default_factory=dict)
    """(n, n) 1 where a row attends to a column, 0 where not, nan for rows that did not answer"""
    notes: tuple[str, ...] = ()
    """how it was read"""

    @property
    def months(self) -> int:
        """The last month of which anything was seen; 0 where nothing was."""
        return max((month for name in KINDS for month in getattr(self, name)), default=0)

    @property
    def dates(self) -> list[int]:
        """The months of which anything was seen."""
        return sorted({month for name in KINDS for month in getattr(self, name)})

    def count(self, name: str) -> int:
        """How many cells of a kind were seen."""
        return sum(int(np.count_nonzero(~np.isnan(each))) for each in getattr(self, name).values())

    def fingerprint(self) -> str:
        """A hash of all that was seen."""
        digest = hashlib.blake2b(digest_size=16)
        for name in KINDS:
            for month, each in sorted(getattr(self, name).items()):
                digest.update(f"{name} {month} ".encode() + np.asarray(each, float).tobytes())
        return digest.hexdigest()


KINDS = tuple(each.name for each in fields(Observed) if each.name not in ("leaders", "notes"))
"""what may be seen"""


def observe(
    roster: Roster, log: Path | None = None, later: Path | None = None, month: int | None = None,
    mapping: Mapping | None = None, directed: bool = False,
) -> Observed:  # fmt: skip
    """What was seen of the leaders of a roster, in the order in which it has them.

    later, month: a table of ties as they were in a later month. Raises RosterError for a log or ties that cannot be
    read or mean what no community can do.
    """
    found = Observed(len(roster.ids))
    if log is not None:
        found = _of_log(read_log(log, roster, mapping), len(roster.ids))
    if later is not None and month is not None:
        _add_ties(found, month, *read_ties(later, roster, directed=directed))
    return found


def refuse_unpaired(later: object, month: int | None) -> None:
    """Raise InputError where of later ties and their month only one is given, or the month is none that can be."""
    if (later is None) != (month is None):
        lacks = "month=N, the month of its date" if month is None else "later=FILE, the ties of that month"
        raise InputError(f"{'later' if month is None else 'month'}= is given without {lacks}; give both, or neither")
    if month is not None and not 1 <= month <= LAST:
        raise InputError(f"month is {month}; ties that were asked for again are of month 1 to {LAST}")


def _of_log(log: Log, n: int) -> Observed:
    found = Observed(n, notes=log.notes)
    for name in SEEN:
        rows = zip(*(getattr(log, each)[name] for each in ("month", "who", "other", "value")), strict=True)
        if name in ("met", "tie"):
            months = {int(each) for kind in SEEN for each in log.month[kind]} if name == "met" else set()
            _pairs(found, name, [(*map(int, row[:3]), float(row[3])) for row in rows], months)
            continue
        for month, who, other, value in rows:
            _put(found, name, int(month), int(who), int(other), float(value))
    return found


def _put(found: Observed, name: str, month: int, who: int, other: int, value: float) -> None:
    """One cell that was seen."""
    n = found.leaders
    if who < 0:
        {"gave": found.gave_all, "agreed": found.agreed}[name][month] = value
    elif name == "trust" and other >= 0:
        found.trust.setdefault(month, np.full((n, n), np.nan))[who, other] = value
    else:
        place = getattr(found, {"agreed": "accepted", "trust": "faith"}.get(name, name))
        place.setdefault(month, np.full(n, np.nan))[who] = value


def _pairs(found: Observed, name: str, rows: Sequence[Any], months: Collection[int] = ()) -> None:
    """Who met and who is tied, each row a month, two leaders and whether; all others did not or are not.

    months: those of which all meetings are known, if any is. Ties are known of those who say something of theirs.
    """
    n, there = found.leaders, getattr(found, name)
    for month in months if rows else ():
        if month > 0:
            there[month] = np.zeros((n, n))
    for month, who, other, value in rows:
        each = there.setdefault(month, np.full((n, n), np.nan))
        if name == "met":
            each[who, other] = each[other, who] = max(value, each[who, other])
            continue
        if np.isnan(each[who]).all():
            each[who] = 0.0
        if other >= 0:
            each[who, other] = value
    for each in there.values():
        np.fill_diagonal(each, np.nan)


def _add_ties(found: Observed, month: int, source: np.ndarray, target: np.ndarray, trust: np.ndarray) -> None:
    """Ties that were asked for again: whoever names somebody has answered, and the others have not."""
    n = found.leaders
    _pairs(found, "tie", [(month, int(i), int(j), 1.0) for i, j in zip(source, target, strict=True)])
    known = ~np.isnan(trust)
    if known.any():
        there = found.trust.setdefault(month, np.full((n, n), np.nan))
        there[source[known], target[known]] = trust[known]


def as_seen(name: str, month: int, observed: Observed) -> np.ndarray:
    """Which cells of a kind were seen in a month, bool, in the shape of what was seen."""
    return ~np.isnan(np.asarray(getattr(observed, name)[month]))
