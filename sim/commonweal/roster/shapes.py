"""Shapes of tables: leaders, ties, groups, a matrix, people by committees, answers about each partner in a column."""

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations

from commonweal.roster.describe import counted, listed, quote, text
from commonweal.roster.errors import RosterError
from commonweal.roster.found import UNDIRECTED, Sheet, sheet_of
from commonweal.roster.matrix import MOST, NO, YES, first_of, is_tie, without_sums
from commonweal.roster.partners import lists_of, partners_of
from commonweal.roster.people import folded
from commonweal.roster.roles import TABLES, candidates, plain

CALLED = {
    "leaders": "leaders, nodes, elements, organisations, organizations, members, people, partners, actors, vertices",
    "ties": "ties, edges, connections, links, relations, relationships, network, arcs",
    "groups": "groups, communities, areas, neighbourhoods, neighborhoods, populations",
}
COMMITTEE = re.compile(r"^(committee|event|meeting|coalition|working group|forum|project|affiliation|club|board)s?$")
Candidates = dict[str, list[tuple[str, str]]]


def kind_of(sheet: Sheet) -> str:
    """leaders, ties, groups, matrix, two modes, pairs of two modes, partners, lists; '' where nothing tells."""
    if sheet.kind:
        return sheet.kind
    if lists_of(sheet)[1]:
        return "lists"
    square = _is_square(sheet)
    roles = {kind: candidates(sheet.headings, kind) for kind in TABLES}
    if _has_two_ends(roles["ties"]) and not square:
        return "ties"
    if _is_pairs_of_two_modes(sheet):
        return "pairs of two modes"
    if square:
        return "matrix"
    if partners_of(sheet)[1]:
        return "partners"
    return "two modes" if _is_two_modes(sheet) else _list_of(sheet, roles["leaders"], roles["groups"])


def _list_of(sheet: Sheet, as_leaders: Candidates, as_groups: Candidates) -> str:
    """Whether a table lists leaders or groups, by its name and the columns that only one of them has."""
    named = next((kind for kind, words in CALLED.items() if plain(sheet.name) in words.split(", ")), "")
    of_groups = as_groups.keys() & {"size", "marginalised"} or any(each.startswith("need_") for each in as_groups)
    of_leaders = as_leaders.keys() & {"id", "endowment", "sector", "standing", "seated"}
    if named != "ties" and "group" in as_groups and of_groups and (named == "groups" or not of_leaders):
        return "groups"
    if named in ("leaders", "groups"):
        return named
    return "leaders" if as_leaders.keys() & {"id", "name"} or not sheet.headings[0] else ""


def _has_two_ends(roles: Candidates) -> bool:
    """Whether two headings name the ends of a tie; a list of organisations alone has but one."""
    source, target = ({heading for heading, _ in roles.get(end, [])} for end in ("source", "target"))
    return bool(target) and bool(source - target)


def _is_pairs_of_two_modes(sheet: Sheet) -> bool:
    """Whether each row names a leader, who may have several, and something that they take part in."""
    if len(sheet.headings) < 2 or not sheet.headings[0] or not COMMITTEE.match(plain(sheet.headings[1])):
        return False
    return len(sheet.headings) == 2 or len({*first_of(sheet)}) < len(sheet.rows)


def _is_square(sheet: Sheet) -> bool:
    """Whether rows and columns have the same names, or nearly so."""
    rows, columns = first_of(sheet), sheet.headings[1:]
    exact = {*rows} & {*columns} - {""}
    shared = max(exact, {*map(folded, rows)} & {*map(folded, columns)} - {""}, key=len)
    return len(shared) >= 2 and 2 * len(shared) > max(len(rows), len(columns))


def _is_two_modes(sheet: Sheet) -> bool:
    """Whether rows are people, and all columns marks of where they take part."""
    sheet = without_sums(sheet)
    others, rows = sheet.headings[1:], sheet.rows
    if len(others) < 2 or not all(others) or any(row[0] == "" for row in rows):
        return False
    if any(
        rule != "words in the heading"
        for kind in TABLES
        for each in candidates(others, kind).values()
        for _, rule in each
    ):
        return False
    cells = [cell.lower() for row in rows for cell in row[1:]]
    return all(cell in YES or cell in NO for cell in cells) and any(cell in YES for cell in cells)


def project(sheet: Sheet) -> tuple[Sheet, Sheet]:
    """Leaders, and a tie for every two of them that take part in the same things, as strong as these are many."""
    _tell_unused(sheet)
    if sheet.kind != "pairs" and (alone := without_sums(sheet)) is not sheet:
        sheet.review.note("its rows and columns of sums were left out")
        sheet = alone
    if sheet.kind != "pairs" and COMMITTEE.match(plain(sheet.headings[0])):
        sheet = _turned(sheet)
    members: dict[str, list[str]] = {}
    people: dict[str, int] = {}
    for name, row, line in zip(first_of(sheet), sheet.rows, sheet.lines, strict=True):
        people.setdefault(name, line)
        places = [row[1]] if sheet.kind == "pairs" else sheet.headings[1:]
        cells = row[1 : 1 + len(places)]
        for place, cell in zip(places, cells, strict=True):
            if sheet.kind == "pairs" or is_tie(cell):
                members.setdefault(place, []).append(name)
    if len(people) > MOST:
        raise RosterError(
            f"{sheet.review.file}: {len(people):,} people by committees, over {MOST:,}; give ties instead"
        )
    shared: Counter[tuple[str, str]] = Counter()
    for there in members.values():
        shared.update(combinations(sorted({*there}), 2))
    bonds = [
        {"source": i, "target": j, "type": UNDIRECTED, "weight": str(count)} for (i, j), count in sorted(shared.items())
    ]
    how = "tied where they share one, the more they share the stronger"
    sheet.review.note(
        f"it was read as {counted(len(people), 'leader')} by {counted(len(members), 'thing')} they take part in "
        f"({listed([quote(name) for name in members])}): {how}"
    )
    nodes = [{"id": name} for name in people]
    leaders = sheet_of(sheet.name, nodes, [*people.values()], sheet.review, "leaders", ("id",))
    ties = sheet_of(sheet.name, bonds, [0] * len(bonds), sheet.review, "ties", ("source", "target", "type"))
    return leaders, ties


def _tell_unused(sheet: Sheet) -> None:
    if sheet.kind == "pairs" and sheet.headings[2:]:
        sheet.review.note(f"these columns were ignored: {listed([quote(each) for each in sheet.headings[2:]], 10)}")


def _turned(sheet: Sheet) -> Sheet:
    """A table of committees by people as one of people by committees."""
    places = zip(sheet.headings, *sheet.rows, strict=True)
    headings, *rows = ([text(cell) for cell in place] for place in places)
    return replace(sheet, headings=headings, rows=rows, lines=[0] * len(rows))
