"""A community of leaders given by its user, and what of it is not given."""

from dataclasses import dataclass, fields

import numpy as np

from commonweal.roster.describe import counted, listed
from commonweal.roster.gaps import components, off_scale


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Roster:
    """n leaders, G groups, K issues, m directed ties. Arrays are read-only; NaN or -1 is unknown.

    Leaders stand in the order of their file, sectors and groups in the alphabet's, issues in the order of the
    leaders' columns, ties by source and target.
    """

    ids: tuple[str, ...]  # n, each once
    names: tuple[str, ...]  # n, the id where no name is given
    sectors: tuple[str, ...]
    sector: np.ndarray  # (n,) index into sectors
    groups: tuple[str, ...]
    group: np.ndarray  # (n,) index into groups
    issues: tuple[str, ...]  # K, none or at least two
    endowment: np.ndarray  # (n,) MU per round, > 0
    standing: np.ndarray  # (n,) > 0, relative
    slope: np.ndarray  # (n,) 0..2
    intercept: np.ndarray  # (n,) 0..1, share
    promise_keeping: np.ndarray  # (n,) 0..1
    belief: np.ndarray  # (n,) 0..1, share
    reservation: np.ndarray  # (n,) 0..1, overlap
    seated: np.ndarray  # (n,) 1 or 0
    priorities: np.ndarray  # (n, K), rows sum to 1
    group_size: np.ndarray  # (G,) people, > 0
    marginalised: np.ndarray  # (G,) 1 or 0
    need: np.ndarray  # (G, K), rows sum to 1
    source: np.ndarray  # (m,) index into ids: who attends
    target: np.ndarray  # (m,) index into ids: who is attended to
    strength: np.ndarray  # (m,) attention, above 0 and at most 1
    trust: np.ndarray  # (m,) 0..1
    filled: tuple[str, ...] = ()  # what is not given and will be drawn, a sentence each
    notes: tuple[str, ...] = ()  # how it was read, and what is odd about it

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, np.ndarray):
                value.flags.writeable = False


def describe(roster: Roster, usual: float) -> str:
    """What was read, what will be filled in, what is odd: plain lines (names may hold markup).

    usual: MU per round, the mean endowment that prices are made for (people.endowment).
    """
    n, m = len(roster.ids), len(roster.source)
    lines = [f"{counted(n, 'leader')}: {listed(roster.names, 5)}"]
    for noun, labels in (("sector", roster.sectors), ("group", roster.groups), ("issue", roster.issues)):
        if labels:
            lines.append(f"{counted(len(labels), noun)}: {listed(labels, 10)}")
    if m:
        parts = counted(int(components(n, roster.source, roster.target).max()) + 1, "component")
        lines.append(f"{counted(m, 'directed tie')}, {m / n:.1f} for each leader; {parts}")
    if roster.filled:
        lines += ["not given, and filled in anew for each replicate:", *(f"  {gap}" for gap in roster.filled)]
    scale = off_scale(roster, usual)
    notes = (*roster.notes, *([scale] if scale else []))
    if notes:
        lines += ["notes:", *(f"  {note}" for note in notes)]
    return "\n".join(lines)
