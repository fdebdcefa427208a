"""A community of leaders given by its user, and what of it is not given."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from commonweal.roster.attributes import attribute_table
from commonweal.roster.columns import GROUPS, LEADERS, TIES
from commonweal.roster.describe import counted, listed
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.file import SIZE_LIMIT
from commonweal.roster.from_csv import read_table
from commonweal.roster.from_graphml import read_graphml
from commonweal.roster.gaps import components, not_given, oddities, off_scale
from commonweal.roster.table import Table
from commonweal.roster.tables import groups_part, leaders_part, ties_part


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


def read_roster(
    leaders: Path | str,
    ties: Path | str | None = None,
    groups: Path | str | None = None,
    *,
    directed: bool = False,
    size_limit: int = SIZE_LIMIT,
) -> Roster:
    """The roster in a leaders, a ties and a groups table, or in one GraphML file (and a groups table).

    A ties row counts both ways unless its reverse has its own row; `directed` makes it count one way only.
    GraphML says of each edge itself whether it is directed. Files over `size_limit` bytes are refused.
    Raises RosterError, for the first file with a problem, with up to 20 of its problems.
    """
    path = Path(leaders)
    if path.suffix.lower() == ".graphml":
        if ties is not None:
            raise RosterError(f"{ties}: the ties are already in {path.name}; give one of the two")
        if directed:
            raise RosterError(f"{path}: GraphML says itself which edges are directed; leave directed out")
        people, bonds, mutual = read_graphml(path, size_limit)
    else:
        people = read_table(path, LEADERS, size_limit)
        bonds = read_table(Path(ties), TIES, size_limit) if ties is not None else Table({}, [], people.review)
        mutual = np.full(len(bonds.lines), not directed)
    served = read_table(Path(groups), GROUPS, size_limit) if groups is not None else None
    return _assemble(people, bonds, mutual, served)


def from_graph(graph: Any) -> Roster:
    """The roster in a networkx graph in memory, its attributes taken for columns, as in GraphML."""
    review = Review("graph")
    nodes = [{**_as_cells(data), "id": str(node)} for node, data in graph.nodes(data=True)]
    edges = [{**_as_cells(data), "source": str(i), "target": str(j)} for i, j, data in graph.edges(data=True)]
    people = attribute_table(nodes, ("id",), [0] * len(nodes), "node", LEADERS, review)
    bonds = attribute_table(edges, ("source", "target"), [0] * len(edges), "edge", TIES, review)
    return _assemble(people, bonds, np.full(len(edges), not graph.is_directed()), None)


def _as_cells(data: dict[Any, Any]) -> dict[str, str]:
    return {str(name): "" if value is None else str(value) for name, value in data.items()}


def _assemble(people: Table, bonds: Table, mutual: np.ndarray, served: Table | None) -> Roster:
    """One roster of its tables; `mutual`, (rows of ties,), says which ties count both ways."""
    known = leaders_part(people)
    known |= groups_part(served, known.pop("served"), known["issues"])
    if not known["priorities"].size:
        known["priorities"] = np.full((len(known["ids"]), len(known["issues"])), np.nan)
    known |= ties_part(bonds, known["ids"], mutual)
    reviews = {id(table.review): table.review for table in (people, bonds, served) if table}
    read = tuple(note for review in reviews.values() for note in review.notes)
    roster = Roster(**known)
    return replace(roster, filled=not_given(roster), notes=read + oddities(roster))


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
