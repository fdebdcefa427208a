"""Shapes of tables: leaders, ties, groups, a matrix, who takes part in what, answers about partners."""

from commonweal.roster.attendance import columns_of
from commonweal.roster.found import Sheet
from commonweal.roster.lists import lists_of
from commonweal.roster.matrix import first_of
from commonweal.roster.partners import partners_of
from commonweal.roster.people import folded
from commonweal.roster.roles import TABLES, candidates, plain
from commonweal.roster.two_modes import things_of

CALLED = {
    "leaders": "leaders, nodes, elements, organisations, organizations, members, people, partners, actors, vertices",
    "ties": "ties, edges, connections, links, relations, relationships, network, arcs",
    "groups": "groups, communities, areas, neighbourhoods, neighborhoods, populations",
}
Candidates = dict[str, list[tuple[str, str]]]


def kind_of(sheet: Sheet) -> str:
    """leaders, ties, groups, matrix, two modes, attendance, partners, lists; '' where nothing tells."""
    if sheet.kind:
        return sheet.kind
    if lists_of(sheet)[1]:
        return "lists"
    square = _is_square(sheet)
    roles = {kind: candidates(sheet.headings, kind) for kind in TABLES}
    if has_two_ends(roles["ties"]) and not square:
        return "ties"
    if not square and columns_of(sheet):
        return "attendance"
    if square:
        return "matrix"
    if partners_of(sheet)[1]:
        return "partners"
    return "two modes" if things_of(sheet)[1] else _list_of(sheet, roles["leaders"], roles["groups"])


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


def has_two_ends(roles: Candidates) -> bool:
    """Whether two headings name the ends of a tie; a list of organisations alone has but one."""
    source, target = ({heading for heading, _ in roles.get(end, [])} for end in ("source", "target"))
    return bool(target) and bool(source - target)


def _is_square(sheet: Sheet) -> bool:
    """Whether rows and columns have the same names, or nearly so."""
    rows, columns = first_of(sheet), sheet.headings[1:]
    exact = {*rows} & {*columns} - {""}
    shared = max(exact, {*map(folded, rows)} & {*map(folded, columns)} - {""}, key=len)
    return len(shared) >= 2 and 2 * len(shared) > max(len(rows), len(columns))
