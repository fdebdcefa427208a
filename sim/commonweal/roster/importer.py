"""The importer: from files of any kind to a roster, with a log of what was decided, and a mapping that decides it."""

from collections.abc import Mapping as Mapping_
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from commonweal.roster.bonds import named_in, ties_part
from commonweal.roster.columns import LEADERS
from commonweal.roster.describe import counted
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.file import SIZE_LIMIT
from commonweal.roster.found import Found
from commonweal.roster.from_networkx import found_in
from commonweal.roster.gaps import not_given, oddities
from commonweal.roster.headings import Ask, Choice
from commonweal.roster.kinds import read_file
from commonweal.roster.mapping import Mapping, drafted, known_encoding, read_mapping, worth_typed
from commonweal.roster.resolve import resolve
from commonweal.roster.roster import Roster
from commonweal.roster.sorting import Tables, sort
from commonweal.roster.table import Table
from commonweal.roster.tables import groups_part, leaders_part
from commonweal.roster.written import tables_of, write_new


@dataclass(frozen=True, slots=True)
class Import:
    """What came of files: the roster, a line for each decision and note, a mapping where one is of use."""

    roster: Roster
    log: tuple[str, ...]
    draft: str | None


def read_roster(
    leaders: Path | str,
    ties: Path | str | None = None,
    groups: Path | str | None = None,
    *,
    directed: bool = False,
    size_limit: int = SIZE_LIMIT,
) -> Roster:
    """The roster in one file of any kind that is read, or in a leaders, a ties and a groups table.

    A ties row counts both ways unless its reverse has its own row; `directed` makes it count one way only. Files that
    say themselves which ties are directed are taken at their word. Files over `size_limit` bytes are refused.
    Raises RosterError, for the first file with a problem, with up to 20 of its problems.
    """
    given = [(leaders, "leaders"), (ties, "ties"), (groups, "groups")]
    files = [(Path(path), kind) for path, kind in given if path is not None]
    found = [(read_file(path, size_limit), kind) for path, kind in files]
    return _imported(found, Mapping(), directed, _yes).roster


def import_files(
    files: Sequence[Path | str],
    *,
    mapping: Path | str | None = None,
    directed: bool = False,
    ask: Ask | None = None,
    units: Mapping_[str, str] | None = None,
    encoding: str = "",
) -> Import:
    """The roster in files in any order, as their content tells and the mapping says.

    ask: what to ask where a heading is not clear; without it the guess stands. units: money, mu and hour as typed, in
    the place of the mapping's. encoding: of files that are no Unicode, in the place of the mapping's.
    Raises RosterError as `read_roster`.
    """
    answers = read_mapping(Path(mapping)) if mapping is not None else Mapping()
    answers.units = worth_typed(units) if units else answers.units
    answers.encoding = known_encoding(encoding) if encoding else answers.encoding
    found = [(read_file(Path(path), encoding=answers.encoding), "") for path in files]
    guessed = {each.review.encoding for each, _ in found} - {""}
    if len(guessed) == 1:  # one for all files, so that several cannot be put into a mapping
        answers.encoding, answers.guessed = guessed.pop(), True
    return _imported(found, answers, directed, ask or _yes)


def read_ties(file: Path | str, of: Roster, *, directed: bool = False) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ties of a roster's leaders at another date: from whom, to whom (m,) as indices into its ids, and trust.

    Raises RosterError, where somebody is no leader of the roster or there are no ties too.
    """
    path = Path(file)
    found, mapping = read_file(path), Mapping()
    tables = sort([(found, "ties")], mapping)
    if tables.ties is None:
        raise RosterError(f"{path.name}: there are no ties in it; give a table with the columns source and target")
    table = resolve(Choice(tables.ties, "ties", mapping, _yes))
    bonds = ties_part(table, of.ids, of.names, directed)
    return bonds["source"], bonds["target"], bonds["trust"]


def write_import(done: Import, folder: Path | str) -> tuple[Path, ...]:
    """Write leaders.csv, ties.csv and groups.csv, import.log, and mapping.yaml if there is a draft; their paths.

    Raises RosterError, with nothing written, if one of the files is there already or the folder cannot be written.
    """
    contents = tables_of(done.roster) | {"import.log": "".join(f"{line}\n" for line in done.log)}
    contents |= {"mapping.yaml": done.draft} if done.draft else {}
    return write_new(folder, contents, "the roster")


def from_graph(graph: Any) -> Roster:
    """The roster in a networkx graph in memory, its attributes taken for columns, as in GraphML."""
    found = found_in(graph, Review("graph"), "networkx", graph.is_directed())
    return _imported([(found, "")], Mapping(), False, _yes).roster


def _yes(_: str) -> bool:
    return True


def _imported(found: list[tuple[Found, str]], mapping: Mapping, directed: bool, ask: Ask) -> Import:
    """One roster of all that was found."""
    tables = sort(found, mapping)
    if directed and tables.says:
        file = tables.ties.review.file if tables.ties else tables.says
        raise RosterError(f"{file}: {tables.says} says itself which edges are directed; leave directed out")
    guessed = mapping.guessed
    read: dict[str, Table] = {}
    for kind in ("leaders", "ties", "groups"):
        if sheet := getattr(tables, kind):
            choice = Choice(sheet, kind, mapping, ask)
            read[kind] = resolve(choice)
            guessed |= choice.guessed
    if directed:
        mapping.directed = True
    roster = _assemble(read, tables, directed or bool(mapping.directed), mapping)
    reviews = {
        id(each): each for each in (*(one.review for one, _ in found), *(table.review for table in read.values()))
    }
    log = tuple(dict.fromkeys(line for review in reviews.values() for line in review.log))
    return Import(roster, log, drafted(mapping) if any((guessed, mapping.tables, mapping.units)) else None)


def _assemble(read: dict[str, Table], tables: Tables, directed: bool, mapping: Mapping) -> Roster:
    """One roster of its tables."""
    bonds, people = read.get("ties"), read.get("leaders")
    if people is None:
        people, bonds = _people_of(bonds)
    known = leaders_part(people)
    known |= groups_part(read.get("groups"), known.pop("served"), known["issues"])
    if not known["priorities"].size:
        known["priorities"] = np.full((len(known["ids"]), len(known["issues"])), np.nan)
    known |= ties_part(bonds or Table({}, [], people.review), known["ids"], known["names"], directed)
    if bonds and not tables.says and not directed and mapping.directed is None and not bonds.columns.get("type"):
        mapping.directed = False
    reviews = {id(table.review): table.review for table in (people, bonds, read.get("groups")) if table}
    notes = tuple(dict.fromkeys(note for review in reviews.values() for note in review.notes))
    roster = Roster(**known)
    return replace(roster, filled=not_given(roster), notes=notes + oddities(roster))


def _people_of(bonds: Table | None) -> tuple[Table, Table]:
    """The leaders that ties name, where there is no table of leaders; a row with one name has one without a tie."""
    assert bonds
    names = named_in(bonds)
    bonds.review.note(f"there is no table of leaders, so the {counted(len(names), 'leader')} that ties name were taken")
    bonds.review.close()
    people = Table({LEADERS.required[0]: names}, [*range(1, len(names) + 1)], bonds.review)
    ends = [*zip(bonds.cells("source"), bonds.cells("target"), strict=True)]
    tied = [row for row, (source, target) in enumerate(ends) if bool(source) == bool(target)]
    if alone := len(ends) - len(tied):
        bonds.review.note(f"{counted(alone, 'row')} with one name read as a leader, and as no tie")
        bonds = bonds.those(tied)
    return people, bonds
